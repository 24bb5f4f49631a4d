"""What a use case would change: the rows of the book before and after it, none of it kept.

The use case itself runs and is rolled back; while it is, the reading connection still sees the book as it was, so both
sides are read from the same tables. A later document whose cost would change is in it like the document itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.queries.plain import day_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jxc_desktop.db.engine import Session

    from .book import Book

R = TypeVar("R", bound=NamedTuple)


class DocumentRow(NamedTuple):
    """A document and what it earns: `cost` and `profit` of sales only, both at the cost of now."""

    number: str
    type: str
    date: str | None
    status: str
    party: str
    amount: Money
    revenue: Money
    cost: Money
    profit: Money


class MoveRow(NamedTuple):
    """A movement of stock: its own value, what the pool changed by, and the balances behind it."""

    number: str
    type: str
    line: int
    leg: int
    date: str | None
    item: str
    item_name: str
    warehouse: str
    quantity: Quantity
    own_value: Money
    value: Money
    variance: Money
    pool_quantity: Quantity
    pool_value: Money
    warehouse_quantity: Quantity


class OpenItemRow(NamedTuple):
    """What a party owes or is owed by one document."""

    number: str
    kind: str
    line: int
    party: str
    due_date: str | None
    amount: Money
    settled: Money


class VoucherRow(NamedTuple):
    """One line of a voucher."""

    number: str
    period: int
    word: str
    voucher_number: int
    entry: int
    account: str
    account_name: str
    party: str
    money_account: str
    debit: Money
    credit: Money
    summary: str


class OnHandRow(NamedTuple):
    """What lies in a warehouse."""

    item: str
    item_name: str
    warehouse: str
    quantity: Quantity


class PoolRow(NamedTuple):
    """What a pool of cost holds; `warehouse` is empty where the pool is the whole book."""

    item: str
    item_name: str
    warehouse: str
    quantity: Quantity
    value: Money


class RowChange(NamedTuple, Generic[R]):
    """One row before and after; None where there was none or will be none."""

    before: R | None
    after: R | None


class Impact(NamedTuple):
    """Every row that would change, by table."""

    documents: tuple[RowChange[DocumentRow], ...]
    movements: tuple[RowChange[MoveRow], ...]
    on_hand: tuple[RowChange[OnHandRow], ...]
    pools: tuple[RowChange[PoolRow], ...]
    open_items: tuple[RowChange[OpenItemRow], ...]
    vouchers: tuple[RowChange[VoucherRow], ...]


SHOWN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "documents": (("number", "type", "date", "status"), ("amount", "cost", "profit")),
    "on_hand": (("item", "item_name", "warehouse"), ("quantity",)),
    "pools": (("item", "item_name", "warehouse"), ("quantity", "value")),
    "open_items": (("number", "kind", "party"), ("amount", "settled")),
    "vouchers": (("number", "account", "account_name", "party"), ("debit", "credit")),
}
"""Table → the columns that name a row, and those that are shown before and after. Movements are not
looked at: what they come to stands in the others."""

Keyed = dict[Any, R]


def impact_of(book: Book, use_case_function: Callable[..., Any], **params: Any) -> Impact:
    """What the use case would change; the book stays as it is. Raises what the use case refuses with."""

    def look(after: Session) -> Impact:
        return book.read(compared, after=after)

    return book.preview(use_case_function, look, **params)


def compared(before: Session, *, after: Session) -> Impact:
    """Every row that differs between two views of one book, the second of which has more records."""
    sides = (before, after)
    touched = _touched_documents(before, after)
    items = _touched_items(sides, touched)
    moves = _pair(sides, lambda session: _moves(session, items))
    changed = {key[0] for key in _differing(moves)}
    documents = touched | changed
    open_documents = touched | _settled_by(sides, touched)
    return Impact(
        _changes(_pair(sides, lambda session: _documents(session, documents))),
        _changes(moves),
        _changes(_pair(sides, lambda session: _on_hand(session, items))),
        _changes(_pair(sides, lambda session: _pools(session, items))),
        _changes(_pair(sides, lambda session: _open_items(session, open_documents))),
        _changes(_pair(sides, lambda session: _voucher_lines(session, documents))),
    )


def _touched_documents(before: Session, after: Session) -> set[int]:
    """The documents that the new records are about; local keys are the same on both sides."""
    last = before.value("SELECT max(id) FROM change_record") or 0
    text = (
        "SELECT DISTINCT d.id FROM change_record r JOIN document d ON d.uuid = r.subject"
        " WHERE r.id > ? AND r.kind LIKE 'document.%'"
    )
    return {row[0] for row in after.rows(text, (last,))}


def _touched_items(sides: tuple[Session, Session], documents: set[int]) -> set[int]:
    """The items of these documents, and those that take their cost."""
    found: set[int] = set()
    for session in sides:
        for key in documents:
            found.update(row[0] for row in session.rows("SELECT item FROM item_line WHERE document = ?", (key,)))
    waiting = list(found)
    while waiting:
        item = waiting.pop()
        for session in sides:
            text = "SELECT DISTINCT target_item FROM cost_edge WHERE item = ? AND target_item <> item"
            new = {row[0] for row in session.rows(text, (item,))} - found
            found |= new
            waiting += new
    return found


def _settled_by(sides: tuple[Session, Session], documents: set[int]) -> set[int]:
    """The documents whose open items these settle."""
    text = "SELECT target_document FROM allocation WHERE document = ?"
    return {row[0] for session in sides for key in documents for row in session.rows(text, (key,))}


def _pair(sides: tuple[Session, Session], read: Callable[[Session], Keyed[R]]) -> tuple[Keyed[R], Keyed[R]]:
    return read(sides[0]), read(sides[1])


def _differing(pair: tuple[Keyed[R], Keyed[R]]) -> Iterator[Any]:
    """The keys whose rows differ, in order."""
    before, after = pair
    return (key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key))


def _changes(pair: tuple[Keyed[R], Keyed[R]]) -> tuple[RowChange[R], ...]:
    before, after = pair
    return tuple(RowChange(before.get(key), after.get(key)) for key in _differing(pair))


_DOCUMENT = (
    "SELECT d.number, d.type, d.date, d.status, d.party_name, d.amount, d.net,"
    " (SELECT coalesce(sum(m.own_value), 0) FROM item_line l JOIN stock_move m ON m.item = l.item"
    " AND m.effective_period = d.effective_period AND m.effective_date = d.effective_date AND m.hlc = d.hlc"
    " AND m.stream = d.stream AND m.document = d.id AND m.line = l.line WHERE l.document = d.id)"
    " FROM document d WHERE d.id = ? AND d.status <> 'missing'"
)


def _documents(session: Session, keys: Iterable[int]) -> Keyed[DocumentRow]:
    found = ((key, session.first(_DOCUMENT, (key,))) for key in keys)
    return {key: _document_row(*row) for key, row in found if row is not None}


def _document_row(
    number: str, code: str, on: int, status: str, party: str, amount: int, net: int, stock_value: int
) -> DocumentRow:
    declared = document_type(code)
    is_sale = declared.price_of == "sale" and status == "posted"
    revenue = Money(-declared.moves_stock * net if is_sale else 0)
    cost = Money(-stock_value if is_sale else 0)
    return DocumentRow(number, code, day_text(on), status, party, Money(amount), revenue, cost, revenue - cost)


_MOVES = (
    "SELECT m.document, m.line, m.leg, d.number, d.type, d.date, i.code, i.name, coalesce(w.name, ''), m.quantity,"
    " m.own_value, m.value, m.variance, m.pool_quantity, m.pool_value, m.warehouse_quantity"
    " FROM stock_move m JOIN document d ON d.id = m.document JOIN item i ON i.id = m.item"
    " LEFT JOIN warehouse w ON w.id = m.warehouse WHERE m.item = ?"
)


def _moves(session: Session, items: Iterable[int]) -> Keyed[MoveRow]:
    found: Keyed[MoveRow] = {}
    for item in items:
        for document, line, leg, number, code, on, item_code, name, house, *amounts in session.rows(_MOVES, (item,)):
            quantity, own, value, variance, pool_quantity, pool_value, warehouse_quantity = amounts
            found[document, line, leg, item] = MoveRow(
                number, code, line, leg, day_text(on), item_code, name, house, Quantity(quantity), Money(own),
                Money(value), Money(variance), Quantity(pool_quantity), Money(pool_value), Quantity(warehouse_quantity),
            )  # fmt: skip
    return found


_ON_HAND = (
    "SELECT h.warehouse, i.code, i.name, coalesce(w.name, ''), h.quantity FROM stock_on_hand h"
    " JOIN item i ON i.id = h.item LEFT JOIN warehouse w ON w.id = h.warehouse WHERE h.item = ? AND h.quantity <> 0"
)


def _on_hand(session: Session, items: Iterable[int]) -> Keyed[OnHandRow]:
    return {
        (item, key): OnHandRow(code, name, house, Quantity(quantity))
        for item in items
        for key, code, name, house, quantity in session.rows(_ON_HAND, (item,))
    }


_POOLS = (
    "SELECT p.pool, i.code, i.name, coalesce(w.name, ''), p.quantity, p.value FROM cost_pool p"
    " JOIN item i ON i.id = p.item LEFT JOIN warehouse w ON w.id = p.pool"
    " WHERE p.item = ? AND (p.quantity <> 0 OR p.value <> 0)"
)


def _pools(session: Session, items: Iterable[int]) -> Keyed[PoolRow]:
    return {
        (item, key): PoolRow(code, name, house, Quantity(quantity), Money(worth))
        for item in items
        for key, code, name, house, quantity, worth in session.rows(_POOLS, (item,))
    }


_OPEN_ITEMS = (
    "SELECT o.kind, o.line, d.number, coalesce(p.name, ''), o.due_date, o.amount, o.settled FROM open_item o"
    " JOIN document d ON d.id = o.document LEFT JOIN party p ON p.id = o.party WHERE o.document = ?"
)


def _open_items(session: Session, documents: Iterable[int]) -> Keyed[OpenItemRow]:
    return {
        (key, kind, line): OpenItemRow(number, kind, line, party, day_text(due), Money(amount), Money(settled))
        for key in documents
        for kind, line, number, party, due, amount, settled in session.rows(_OPEN_ITEMS, (key,))
    }


_VOUCHER_LINES = (
    "SELECT l.entry, l.account, l.party, l.money_account, d.number, l.effective_period, v.word, v.number, a.code,"
    " a.name, coalesce(p.name, ''), coalesce(m.name, ''), l.debit, l.credit, coalesce(nullif(l.summary, ''), v.summary)"
    " FROM voucher_line l JOIN document d ON d.id = l.document JOIN voucher v ON v.document = l.document"
    " JOIN account a ON a.id = l.account LEFT JOIN party p ON p.id = l.party"
    " LEFT JOIN money_account m ON m.id = l.money_account"
    " WHERE l.document = ? AND (l.debit <> 0 OR l.credit <> 0)"
)


def _voucher_lines(session: Session, documents: Iterable[int]) -> Keyed[VoucherRow]:
    found: Keyed[VoucherRow] = {}
    for document in documents:
        for row in session.rows(_VOUCHER_LINES, (document,)):
            entry, account, party, money = row[:4]
            number, period, word, voucher, code, name, party_name, money_name, debit, credit, summary = row[4:]
            found[document, entry, account, party, money] = VoucherRow(
                number, period, word, voucher, entry, code, name, party_name, money_name, Money(debit), Money(credit),
                summary,
            )  # fmt: skip
    return found
