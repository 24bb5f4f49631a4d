"""What is owed by estimate for a line of a receipt, and how much of the line was invoiced or went back meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.domain.documents.document import TO_COME
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.rounding import half_up

from .reversed import is_reversed

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id

KIND = OpenItemKind.PAYABLE_ESTIMATED
INVOICES = ", ".join(f"'{each.code}'" for each in all_types() if each.is_invoice)
"""The types that clear estimates as invoices, as SQL."""

_ESTIMATE = (
    "SELECT d.id, d.number, abs(l.base_quantity), o.amount, (SELECT coalesce(sum(a.amount), 0) FROM allocation a"  # noqa: S608
    " JOIN document x ON x.id = a.document AND x.status = 'posted' AND x.uuid <> ?3"
    f" WHERE a.target_document = d.id AND a.target_line = o.line AND a.target_kind = '{KIND}')"
    " FROM document d JOIN item_line l ON l.document = d.id AND l.line = ?2"
    f" JOIN open_item o ON o.document = d.id AND o.line = l.line AND o.kind = '{KIND}'"
    f" WHERE d.uuid = ?1 AND d.status = 'posted' AND d.reverses = 0 AND NOT {is_reversed('d')}"
)
_TAKEN = (
    f"SELECT d.type IN ({INVOICES}), d.invoice_kind = '{TO_COME}', sum(abs(l.base_quantity)) FROM item_line l"  # noqa: S608
    " JOIN document d ON d.id = l.document WHERE l.source_document = ?1 AND l.source_document <> 0"
    f" AND l.source_line = ?2 AND d.status = 'posted' AND d.uuid <> ?3 AND NOT {is_reversed('d')} GROUP BY 1, 2"
)

_TAKEN_OF = (
    "SELECT coalesce(sum(abs(x.base_quantity)), 0) FROM item_line x JOIN document t ON t.id = x.document"  # noqa: S608
    " WHERE x.source_document = d.id AND x.source_document <> 0 AND x.source_line = l.line AND t.status = 'posted'"
    f" AND NOT {is_reversed('t')}"
)
_WAITING = (
    "SELECT date, number, line, party_code, party_name, item_code, item_name, quantity, invoiced, returned,"  # noqa: S608
    " quantity - invoiced - returned, open FROM (SELECT d.date, d.number, l.line, p.code AS party_code,"
    " p.name AS party_name, l.item_code, l.item_name, l.base_quantity AS quantity,"
    f" ({_TAKEN_OF} AND t.type IN ({INVOICES})) AS invoiced,"
    f" ({_TAKEN_OF} AND t.type NOT IN ({INVOICES}) AND t.invoice_kind = '{TO_COME}') AS returned,"
    " o.amount - o.settled AS open FROM open_item o JOIN document d ON d.id = o.document"
    " JOIN item_line l ON l.document = d.id AND l.line = o.line JOIN party p ON p.id = o.party"
    f" WHERE o.kind = '{KIND}' AND o.amount <> o.settled AND d.reverses = 0 AND NOT {is_reversed('d')}"
    " AND (?1 IS NULL OR o.party = ?1) AND (?2 IS NULL OR l.item = ?2))"
    " ORDER BY date, number, line"
)


class Estimate(NamedTuple):
    """A line of a receipt whose invoice was to come: quantities in 10⁻⁶ base units, amounts in fen.

    `returned` went back before its invoice, `given_back` after it; `cleared` is what of the estimated `amount` is gone.
    """

    number: str
    quantity: int
    amount: int
    cleared: int
    invoiced: int
    returned: int
    given_back: int

    @property
    def left(self) -> int:
        """How much still waits for its invoice."""
        return self.quantity - self.invoiced - self.returned

    def share(self, quantity: int) -> int:
        """What of the estimate goes with a quantity; the last piece takes the rest."""
        gone = self.quantity - self.left + quantity
        return half_up(self.amount * gone, self.quantity) - self.cleared


def find_estimate(session: Session, document: Id, line: int, *, without: Id = NO_ID) -> Estimate | None:
    """The estimate of a posted line; None where its invoice came with the goods. `without` counts as not there."""
    left_out = bytes.fromhex(without)
    found = session.first(_ESTIMATE, (bytes.fromhex(document), line, left_out))
    if found is None:
        return None
    key, number, quantity, amount, cleared = found
    invoiced = returned = given_back = 0
    for is_invoice, is_estimated, taken in session.rows(_TAKEN, (key, line, left_out)):
        if is_invoice:
            invoiced += taken
        elif is_estimated:
            returned += taken
        else:
            given_back += taken
    return Estimate(number, quantity, amount, cleared, invoiced, returned, given_back)


def waiting_lines(session: Session, *, party: int | None, item: int | None) -> list[tuple[Any, ...]]:
    """The lines of receipts that wait for their invoices, oldest first.

    Date (YYYYMMDD), number, line, party code and name, item code and name, quantity, invoiced, returned before the
    invoice, left, and what is still owed for it by estimate.
    """
    return session.rows(_WAITING, (party, item))
