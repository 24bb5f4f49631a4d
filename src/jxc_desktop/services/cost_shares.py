"""The share of a fee that each line of a receipt takes, worked out while the document is completed and frozen in it.

A part that names no line stands for every goods line of its receipt. What was entered by hand stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.codec import decode_document
from jxc_desktop.doctypes.stock import moves_stock
from jxc_desktop.doctypes.trade import is_input_deductible, worth
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ACCOUNTS, Allocation, ItemLine
from jxc_desktop.domain.inventory.landed_cost import COST, SpreadBy, spread_fee
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed

from .roles import line_accounts

if TYPE_CHECKING:
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.totals import Totals
    from jxc_desktop.kernel.ids import Id

    from .work import Work

_STANDING = (
    "SELECT d.record, d.status, d.number, EXISTS (SELECT 1 FROM document r WHERE r.reverses = d.id AND r.reverses <> 0"
    " AND r.status = 'posted') FROM document d WHERE d.uuid = ?"
)


class _Taker(NamedTuple):
    """A part of the fee with the receipt's line that takes it."""

    part: Allocation
    receipt: Document
    line: ItemLine


def takes_cost(declared: DocumentType) -> bool:
    """Whether the allocations of a type are parts of a fee."""
    return declared.allocation_kinds == (COST,)


def receipt_of(work: Work, declared: DocumentType, reference: Id) -> Document | None:
    """The receipt as it stands; None where there is none, or nothing is left of it."""
    row = work.session.first(_STANDING, (bytes.fromhex(reference),))
    if row is None or not row[0] or row[1] != "posted" or row[3]:
        return None
    document = decode_document(work.log.body(row[0]))
    return document if document.type in declared.made_from and not document.reverses else None


def with_every_line(work: Work, declared: DocumentType, draft: Document) -> Document:
    """The draft with a part for each goods line where a part names a whole receipt; defaults of the head filled in."""
    if not takes_cost(declared):
        return draft
    parts: list[Allocation] = []
    for part in draft.allocations:
        receipt = None if part.target_line else receipt_of(work, declared, part.target_document)
        lines = [line.key for line in receipt.lines if moves_stock(line)] if receipt else [part.target_line]
        for place, line in enumerate(lines or [0]):
            parts.append(changed(part, key=0 if place else part.key, target_line=line))
    return changed(
        draft,
        allocations=tuple(parts),
        reason=draft.reason or work.settings.get("goods_in_cost"),
        spread_by=draft.spread_by or SpreadBy.VALUE,
    )


def with_shares(
    work: Work, declared: DocumentType, head: Document, totals: Totals, problems: list[Problem]
) -> tuple[Allocation, ...]:
    """The allocations of the document with the numbers of their targets.

    Parts of a fee get their amounts and accounts as well; what cannot be spread is added to `problems`.
    """
    if not takes_cost(declared):
        return tuple(changed(line, target_number=_number(work, line)) for line in head.allocations)
    takers: list[_Taker] = []
    for part in head.allocations:
        taker = _taker(work, declared, part, problems)
        if taker is not None:
            takers.append(taker)
    if len(takers) < len(head.allocations):
        return head.allocations
    parts = [_named(work, taker) for taker in takers]
    if head.spread_by == SpreadBy.HAND or not takers:
        return tuple(parts)
    known = len(problems)
    weights = [_weight(work, head, taker, problems) for taker in takers]
    fee = totals.net if is_input_deductible(head) else totals.gross
    if len(problems) > known:
        return tuple(parts)
    if not any(weights):
        by = Text(f"choice.spread_by.{head.spread_by}")
        problems.append(Problem(("spread_by",), Text("landed_cost.no_base", {"by": by})))
        return tuple(parts)
    return tuple(changed(part, amount=share) for part, share in zip(parts, spread_fee(fee, weights), strict=True))


def _taker(work: Work, declared: DocumentType, part: Allocation, problems: list[Problem]) -> _Taker | None:
    place = ("allocations", part.key)
    receipt = receipt_of(work, declared, part.target_document)
    if receipt is None:
        text = Text("landed_cost.no_receipt", {"number": _number(work, part)})
        problems.append(Problem((*place, "target_document"), text))
        return None
    line = next((each for each in receipt.lines if each.key == part.target_line and moves_stock(each)), None)
    if line is None:
        params = {"number": receipt.number, "line": part.target_line}
        problems.append(Problem((*place, "target_line"), Text("landed_cost.no_line", params)))
        return None
    return _Taker(part, receipt, line)


def _number(work: Work, part: Allocation) -> str:
    target = (bytes.fromhex(part.target_document),)
    number: str = work.session.value("SELECT number FROM document WHERE uuid = ?", target)
    return number or part.target_number


def _named(work: Work, taker: _Taker) -> Allocation:
    """The part with the number of its receipt and the account where what comes too late for the goods goes."""
    card = work.catalog.card("item", taker.line.item)
    accounts = line_accounts(work, card, ("cost_of_sales",)) if card is not None else NO_ACCOUNTS
    return changed(taker.part, target_kind=COST, target_number=taker.receipt.number, accounts=accounts)


def _weight(work: Work, head: Document, taker: _Taker, problems: list[Problem]) -> int:
    line = taker.line
    if head.spread_by == SpreadBy.VALUE:
        return worth(taker.receipt, line).fen
    if head.spread_by == SpreadBy.QUANTITY:
        return line.base_quantity.micro
    card = work.catalog.card("item", line.item)
    weight = int(card.fields["weight"]) if card is not None else 0
    if not weight:
        text = Text("landed_cost.no_weight", {"item": f"{line.item_code} {line.item_name}"})
        problems.append(Problem(("allocations", taker.part.key, "target_line"), text))
    return line.base_quantity.micro * weight
