"""What a line of a document cost: the value that left stock with it, and the differences named after it since."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.money import ZERO, Money

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id


class LineCost(NamedTuple):
    """`cost` left stock with the line, provisional where it went short, negative where goods came in.

    `variance` is what was found to be missing from that cost (> 0): receipts that covered its shortage at another
    cost, and what a return to a supplier took above the receipt's cost.
    """

    cost: Money
    variance: Money


LINE_COST = (
    "SELECT -m.own_value, m.variance + (SELECT coalesce(sum(c.variance), 0) FROM shortage_cover c"
    " WHERE c.item = m.item AND c.issue_document = m.document AND c.issue_leg = m.leg AND c.issue_line = m.line)"
    " FROM document d JOIN item_line l ON l.document = d.id AND l.line = ?2"
    " CROSS JOIN stock_move m ON m.item = l.item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " AND m.line = l.line WHERE d.uuid = ?1"
)


def line_cost(session: Session, *, document: Id, line: int) -> LineCost:
    """The cost of a line of a document; nothing where it moves no stock or the document is voided."""
    row = session.first(LINE_COST, (bytes.fromhex(document), line))
    return LineCost(ZERO, ZERO) if row is None else LineCost(Money(row[0]), Money(row[1]))
