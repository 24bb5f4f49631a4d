"""When each item was last counted, warehouse by warehouse. A count that was voided or taken back counts for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.doctypes.inventory.stock_count import STOCK_COUNT

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

COUNTS = (
    "SELECT l.item, l.warehouse, d.date, d.number, l.base_quantity, d.effective_period, d.effective_date, d.hlc"
    " FROM document d CROSS JOIN item_line l ON l.document = d.id"
    " WHERE d.type = ?1 AND d.status = 'posted' AND d.reverses = 0 AND (?2 IS NULL OR l.warehouse = ?2)"
    " AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses = d.id AND r.reverses <> 0 AND r.status = 'posted')"
    " ORDER BY d.effective_period, d.effective_date, d.hlc, d.stream, d.id"
)


class LastCount(NamedTuple):
    """The last count of an item in a warehouse: day YYYYMMDD, what was counted in 10⁻⁶, its place in the books."""

    date: int
    number: str
    quantity: int
    position: tuple[int, int, int]


def last_counts(session: Session, warehouse: int | None = None) -> dict[tuple[int, int], LastCount]:
    """(item, warehouse), as local numbers → its last count."""
    return {
        (item, place): LastCount(day, number, quantity, (period, effective, hlc))
        for item, place, day, number, quantity, period, effective, hlc in session.rows(
            COUNTS, (STOCK_COUNT.code, warehouse)
        )
    }
