"""单到回冲: which part of what is owed by estimate an invoice or a return clears, frozen in the document.

Each line clears the share of its receipt line by quantity; whatever clears the last piece takes the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.document import TO_COME
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.domain.documents.line import Allocation
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.estimates import find_estimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.queries.estimates import Estimate

    from .catalog import Card
    from .work import Work

KIND = OpenItemKind.PAYABLE_ESTIMATED


def clears_estimates(declared: DocumentType) -> bool:
    """Whether documents of a type may clear what is owed by estimate."""
    return KIND in declared.allocation_kinds


def default_invoice_kind(work: Work, declared: DocumentType, draft: Document, party: Card) -> str:
    """The kind of invoice of a purchase that names none: the supplier's habit, in a return that of its receipt."""
    usual = "special" if work.settings.taxpayer == "general" else "ordinary" if declared.is_invoice else "none"
    known = str(party.invoice_kind)
    if known in _choices(declared):
        usual = known or usual
    if declared.moves_stock < 0 and any(_waits(work, line) for line in draft.lines):
        return TO_COME
    return usual


def _choices(declared: DocumentType) -> tuple[object, ...]:
    """What may be a habit: a return never waits for an invoice by habit."""
    (field,) = (each for each in declared.head_fields if each.name == "invoice_kind")
    return tuple(each for each in field.choices if declared.moves_stock > 0 or each != TO_COME)


def _waits(work: Work, line: ItemLine) -> bool:
    found = _estimate(work, line)
    return found is not None and found.left > 0


def _estimate(work: Work, line: ItemLine) -> Estimate | None:
    if not line.source_document:
        return None
    return find_estimate(work.session, line.source_document, line.source_line, without=work.left_out)


def cleared_shares(
    work: Work,
    declared: DocumentType,
    head: Document,
    lines: Iterable[ItemLine],
    free: Iterator[int],
    found: list[Problem],
) -> tuple[Allocation, ...]:
    """What each line clears, in the order of the lines; what cannot be cleared is added to `found`."""
    if not declared.is_invoice and not head.is_estimated:
        found += _not_invoiced(work, lines)
        return ()
    made: list[Allocation] = []
    for line in lines:
        estimate = _estimate(work, line)
        if estimate is None:
            place = ("lines", line.key, "source_document")
            if line.source_document or not declared.is_invoice:
                found.append(Problem(place, Text("estimate.none", {"item": line.item_code})))
            continue
        quantity = abs(line.base_quantity.micro)
        if quantity > estimate.left:
            found.append(_more_than("estimate.more_than_left", line, estimate, estimate.left))
            continue
        amount = Money(estimate.share(quantity))
        made.append(Allocation(next(free), line.source_document, line.source_line, KIND, estimate.number, amount))
    return tuple(made)


def _not_invoiced(work: Work, lines: Iterable[ItemLine]) -> Iterator[Problem]:
    """A return with an invoice takes back what was invoiced; the rest goes back as 票未到."""
    for line in lines:
        estimate = _estimate(work, line)
        if estimate is not None:
            left = estimate.invoiced - estimate.given_back
            if abs(line.base_quantity.micro) > left:
                yield _more_than("estimate.more_than_invoiced", line, estimate, left)


def _more_than(text: str, line: ItemLine, estimate: Estimate, left: int) -> Problem:
    params = {"item": line.item_code, "number": estimate.number, "left": Quantity(left)}
    return Problem(("lines", line.key, "quantity"), Text(text, {**params, "quantity": abs(line.base_quantity)}))
