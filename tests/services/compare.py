"""What the product holds and what the model says, in the same shape."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tests.reference.layers import LayeredPool

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from tests.reference.book import BookModel
    from tests.services.twin import Twin

Rows = dict[Any, Any]


def _line(row: str, prefix: str = "", *, of: str = "d") -> str:
    """The number of a line as the model has it: what comes in of a transfer below 0."""
    return (
        f"CASE WHEN {of}.type = 'stock_transfer' AND {row}.{prefix}leg = 1"
        f" THEN -{row}.{prefix}line ELSE {row}.{prefix}line END"
    )


_MOVES = f"""
    SELECT i.code, d.uuid, {_line("m")}, w.code, m.quantity, m.own_value, m.value, m.pool_quantity, m.pool_value,
           m.warehouse_quantity, m.short_quantity
      FROM stock_move m JOIN document d ON d.id = m.document JOIN item i ON i.id = m.item
      JOIN warehouse w ON w.id = m.warehouse
     ORDER BY m.item, m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line
"""


def product(twin: Twin) -> dict[str, Rows]:
    """The figures the product holds."""

    def read(session: Session) -> dict[str, Rows]:
        names = {bytes.fromhex(key): name for key, name in twin.names.items()}
        return {
            "moves": _moves(session, names),
            "pools": _pools(session),
            "on hand": _on_hand(session),
            "shortages": _shortages(session, names),
            "layers": _layers(session, names),
            "covers": _covers(session, names),
            "vouchers": _vouchers(session, names),
            "open items": _open_items(session, names),
            "parties": _parties(session),
        }

    return twin.book.read(read)


def _moves(session: Session, names: dict[bytes, str]) -> Rows:
    moves: Rows = defaultdict(list)
    for item, uuid, line, *figures in session.rows(_MOVES):
        moves[item].append((names[uuid], line, *figures))
    return dict(moves)


def _pools(session: Session) -> Rows:
    text = (
        "SELECT i.code, w.code, p.quantity, p.value FROM cost_pool p JOIN item i ON i.id = p.item"
        " LEFT JOIN warehouse w ON w.id = p.pool"
    )
    return {(item, pool or "book"): (quantity, value) for item, pool, quantity, value in session.rows(text)}


def _on_hand(session: Session) -> Rows:
    text = (
        "SELECT i.code, w.code, s.quantity FROM stock_on_hand s JOIN item i ON i.id = s.item"
        " JOIN warehouse w ON w.id = s.warehouse WHERE s.quantity <> 0"
    )
    return {(item, warehouse): quantity for item, warehouse, quantity in session.rows(text)}


def _shortages(session: Session, names: dict[bytes, str]) -> Rows:
    text = f"SELECT d.uuid, {_line('s')}, s.quantity, s.value FROM shortage s JOIN document d ON d.id = s.document"
    return {(names[uuid], line): (quantity, value) for uuid, line, quantity, value in session.rows(text)}


def _layers(session: Session, names: dict[bytes, str]) -> Rows:
    text = (
        f"SELECT i.code, w.code, d.uuid, {_line('l')}, l.left_quantity, l.left_value FROM cost_layer l"
        " JOIN item i ON i.id = l.item JOIN document d ON d.id = l.document LEFT JOIN warehouse w ON w.id = l.pool"
        " WHERE l.left_quantity > 0 OR l.left_value <> 0 ORDER BY l.item, l.effective_period, l.effective_date, l.hlc,"
        " l.stream, l.document, l.leg, l.line"
    )
    layers: Rows = defaultdict(list)
    for item, pool, uuid, *layer in session.rows(text):
        layers[item, pool or "book"].append((names[uuid], *layer))
    return dict(layers)


def _covers(session: Session, names: dict[bytes, str]) -> Rows:
    text = (
        f"SELECT d.uuid, {_line('s', 'issue_')}, c.uuid, {_line('s', 'cover_', of='c')},"
        " s.quantity, s.value, s.variance FROM shortage_cover s"
        " JOIN document d ON d.id = s.issue_document JOIN document c ON c.id = s.cover_document"
    )
    return {
        (names[issue], issue_line, names[cover], cover_line): tuple(figures)
        for issue, issue_line, cover, cover_line, *figures in session.rows(text)
    }


def _vouchers(session: Session, names: dict[bytes, str]) -> Rows:
    text = (
        "SELECT d.uuid, a.code, sum(v.debit - v.credit) FROM voucher_line v JOIN document d ON d.id = v.document"
        " JOIN account a ON a.id = v.account GROUP BY 1, 2 HAVING sum(v.debit - v.credit) <> 0"
    )
    vouchers: Rows = defaultdict(dict)
    for uuid, account, amount in session.rows(text):
        vouchers[names[uuid]][account] = amount
    return dict(vouchers)


def _open_items(session: Session, names: dict[bytes, str]) -> Rows:
    text = "SELECT d.uuid, o.kind, o.amount, o.settled FROM open_item o JOIN document d ON d.id = o.document"
    return {(names[uuid], kind): (amount, settled) for uuid, kind, amount, settled in session.rows(text)}


def _parties(session: Session) -> Rows:
    text = "SELECT p.code, b.kind, b.balance FROM party_balance b JOIN party p ON p.id = b.party WHERE b.balance <> 0"
    return {(party, kind): balance for party, kind, balance in session.rows(text)}


def expected(model: BookModel) -> dict[str, Rows]:
    """The figures the model says."""
    stock, ledger = model.stock(), model.ledger()
    moves: Rows = defaultdict(list)
    for move in stock.moves.values():
        moves[move.item].append(
            (
                *move.key,
                move.warehouse,
                move.quantity,
                move.value,
                move.value - sum(cover.variance for cover in move.covers),
                move.pool_quantity,
                move.pool_value,
                move.warehouse_quantity,
                move.short_quantity,
            )
        )
    vouchers = {}
    for document in model.posted():
        lines = {account: debit - credit for account, (debit, credit) in ledger.voucher(document.id).items()}
        vouchers[document.id] = {account: amount for account, amount in lines.items() if amount}
    return {
        "moves": dict(moves),
        "pools": {key: (pool.quantity, pool.value) for key, pool in stock.pools.items()},
        "on hand": {key: quantity for key, quantity in stock.on_hand.items() if quantity},
        "shortages": {
            shortage.key: (shortage.quantity, shortage.value)
            for pool in stock.pools.values()
            for shortage in pool.shortages
        },
        "layers": {
            key: [(*layer.key, layer.quantity, layer.value) for layer in pool.layers]
            for key, pool in stock.pools.items()
            if isinstance(pool, LayeredPool) and pool.layers
        },
        "covers": {
            (*cover.issue, *cover.receipt): (cover.quantity, cover.value, cover.variance)
            for move in stock.moves.values()
            for cover in move.covers
        },
        "vouchers": {document: lines for document, lines in vouchers.items() if lines},
        "open items": ledger.open_items(),
        "parties": {key: balance for key, balance in ledger.party_balances().items() if balance},
    }


def differences(twin: Twin) -> list[str]:
    """Where the two disagree, in words."""
    theirs, ours = product(twin), expected(twin.model)
    return [
        f"{subject} {key}: product {theirs[subject].get(key)}, model {ours[subject].get(key)}"
        for subject in ours
        for key in sorted(theirs[subject].keys() | ours[subject].keys(), key=repr)
        if theirs[subject].get(key) != ours[subject].get(key)
    ]
