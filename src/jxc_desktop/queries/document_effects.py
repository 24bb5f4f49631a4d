"""What a posted document did: movements of stock, open items and its voucher, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .plain import day_text, id_text, micro_text, money_text

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Row, Session


class EffectsShown(NamedTuple):
    """The three kinds of effects under the names that `show` prints."""

    moves: list[dict[str, Any]]
    open_items: list[dict[str, Any]]
    voucher: dict[str, Any] | None


MOVES = (
    "SELECT m.line, i.uuid, i.code, w.uuid, w.name, m.quantity, m.own_value, m.value, m.variance, m.pool_quantity,"
    " m.pool_value, m.warehouse_quantity"
    " FROM document d CROSS JOIN (SELECT DISTINCT item FROM item_line WHERE document = ?1) l"
    " CROSS JOIN stock_move m ON m.item = l.item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " JOIN item i ON i.id = m.item JOIN warehouse w ON w.id = m.warehouse WHERE d.id = ?1 ORDER BY m.leg, m.line"
)
OPEN_ITEMS = (
    "SELECT o.kind, o.line, p.uuid, p.name, o.date, o.due_date, o.amount, o.settled FROM open_item o"
    " JOIN party p ON p.id = o.party WHERE o.document = ? ORDER BY o.kind, o.line"
)
VOUCHER = "SELECT effective_period, word, number, summary FROM voucher WHERE document = ?"
VOUCHER_LINES = (
    "SELECT a.code, a.name, coalesce(p.code, ''), coalesce(p.name, ''), coalesce(m.name, ''), v.debit, v.credit,"
    " v.summary FROM voucher_line v JOIN account a ON a.id = v.account LEFT JOIN party p ON p.id = v.party"
    " LEFT JOIN money_account m ON m.id = v.money_account WHERE v.document = ? AND (v.debit <> 0 OR v.credit <> 0)"
    " ORDER BY v.entry, a.code, p.code, m.code"
)


def document_effects(session: Session, key: int) -> dict[str, Any]:
    """The effects of the document with that local number; a voided one has none."""
    return EffectsShown(
        [_move(row) for row in session.rows(MOVES, (key,))],
        [_open_item(row) for row in session.rows(OPEN_ITEMS, (key,))],
        _voucher(session, key),
    )._asdict()


def _move(row: Row) -> dict[str, Any]:
    """`value` is what the pool changed by: the movement's own value less the differences of shortages it covered."""
    return {
        "line": row[0],
        "item": id_text(row[1]),
        "item_code": row[2],
        "warehouse": id_text(row[3]),
        "warehouse_name": row[4],
        "quantity": micro_text(row[5]),
        "own_value": money_text(row[6]),
        "value": money_text(row[7]),
        "variance": money_text(row[8]),
        "pool_quantity": micro_text(row[9]),
        "pool_value": money_text(row[10]),
        "warehouse_quantity": micro_text(row[11]),
    }


def _open_item(row: Row) -> dict[str, Any]:
    return {
        "kind": row[0],
        "line": row[1],
        "party": id_text(row[2]),
        "party_name": row[3],
        "date": day_text(row[4]),
        "due_date": day_text(row[5]),
        "amount": money_text(row[6]),
        "settled": money_text(row[7]),
        "open": money_text(row[6] - row[7]),
    }


def _voucher(session: Session, key: int) -> dict[str, Any] | None:
    head = session.first(VOUCHER, (key,))
    if head is None:
        return None
    period, word, number, summary = head
    return {
        "period": f"{period // 100:04d}-{period % 100:02d}",
        "word": word,
        "number": number,
        "summary": summary,
        "lines": [_voucher_line(row, summary) for row in session.rows(VOUCHER_LINES, (key,))],
    }


def _voucher_line(row: Row, summary: str) -> dict[str, Any]:
    return {
        "account_code": row[0],
        "account_name": row[1],
        "party_code": row[2],
        "party_name": row[3],
        "money_account_name": row[4],
        "debit": money_text(row[5]),
        "credit": money_text(row[6]),
        "summary": row[7] or summary,
    }
