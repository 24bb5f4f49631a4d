"""Costs that are provisional: what went out before it came in, and how much has to come in to settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Row, Session


class ProvisionalRow(NamedTuple):
    """What is still open of a line that went short: quantities in 10⁻⁶, money in fen, the day YYYYMMDD.

    `value` is what it stands in the books at, `quantity` × the last known cost; the next receipts settle it at theirs,
    once `to_come` has come in: its own quantity and that of the shortages of the same pool before it.
    """

    date: int
    number: str
    kind: str
    line: int
    party: str
    item_code: str
    item_name: str
    warehouse: str
    quantity: int
    value: int
    to_come: int


# Also gives item and pool, by which the queue is counted, and the warehouse, by which rows are chosen afterwards.
OPEN = (
    "SELECT d.date, d.number, d.type, s.line, d.party_name, i.code, i.name, w.name, s.quantity, s.value,"
    " s.item, s.pool, l.warehouse"
    " FROM shortage s CROSS JOIN document d ON d.id = s.document CROSS JOIN item i ON i.id = s.item"
    " JOIN item_line l ON l.document = s.document AND l.line = s.line JOIN warehouse w ON w.id = l.warehouse"
    " WHERE {item} ORDER BY i.code, s.item, s.pool, d.effective_period, d.effective_date, d.hlc, d.stream, s.document,"
    " s.line"
)
OF_ALL = OPEN.format(item="?1 IS NULL")
OF_ONE = OPEN.format(item="s.item = ?1")


def provisional_costs(
    session: Session, *, item: int | None = None, warehouse: int | None = None
) -> list[ProvisionalRow]:
    """Every line whose cost is partly provisional, by item and in the order in which receipts settle them."""
    rows = session.rows(OF_ALL if item is None else OF_ONE, (item,))
    return [
        ProvisionalRow._make((*row[:10], to_come)) for row, to_come in _counted(rows) if warehouse in {None, row[12]}
    ]


def _counted(rows: Iterable[Row]) -> Iterable[tuple[Row, int]]:
    pool, to_come = None, 0
    for row in rows:
        if row[10:12] != pool:
            pool, to_come = row[10:12], 0
        to_come += row[8]
        yield row, to_come
