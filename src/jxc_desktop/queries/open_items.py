"""What of a party is still open, oldest due first: what a payment settles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money

from .plain import day_text

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


class OpenItemRow(NamedTuple):
    """An open item: `line` is its line in the document, `type` and `number` name the document, dates are ISO."""

    document: Id
    line: int
    kind: str
    type: str
    number: str
    external_number: str
    date: str
    due_date: str
    amount: Money
    settled: Money
    open: Money


OPEN = (
    "SELECT d.uuid, o.line, o.kind, d.type, d.number, d.external_number, o.date, o.due_date, o.amount, o.settled"
    " FROM party p JOIN open_item o ON o.party = p.id JOIN document d ON d.id = o.document"
    " WHERE p.uuid = ?1 AND o.amount <> o.settled AND (?2 = '' OR o.kind = ?2)"
    " ORDER BY o.due_date, o.date, d.hlc, d.id, o.kind, o.line"
)


def open_items(session: Session, party: Id, *, kind: str = "") -> list[OpenItemRow]:
    """The open items of a party, oldest due first; what a return left is negative.

    `kind`: receivable, payable, advance_from_customer, prepayment_to_supplier; empty for all.
    """
    return [
        OpenItemRow(
            Id(row[0].hex()),
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            day_text(row[6]) or "",
            day_text(row[7]) or "",
            Money(row[8]),
            Money(row[9]),
            Money(row[8] - row[9]),
        )
        for row in session.rows(OPEN, (bytes.fromhex(party), kind))
    ]
