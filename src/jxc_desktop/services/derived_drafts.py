"""Drafts that begin with a posted document: its copy, and what follows from it (下推), by line or by settlement.

What may follow says the declaration of the type that follows: it is made from the type of the document, or it settles a
kind of open item the document left. Nothing here writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes.registry import all_types, document_type
from jxc_desktop.domain.documents.document import NO_DATE, Document
from jxc_desktop.domain.documents.line import NO_ACCOUNTS, NO_ID, RATE_NOT_GIVEN, Allocation, ItemLine
from jxc_desktop.domain.inventory.landed_cost import COST
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.quantity import SAME_UNIT, Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.document_record import posted_content
from jxc_desktop.queries.open_items import open_items
from jxc_desktop.queries.open_source_lines import open_source_lines

from .business_day import business_day
from .catalog import Catalog
from .drafting import begin, item_line
from .intake import Desktop
from .line_prices import priced_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.line import MoneyLine
    from jxc_desktop.domain.field import Field
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.queries.document_record import PostedContent
    from jxc_desktop.queries.open_items import OpenItemRow
    from jxc_desktop.queries.open_source_lines import OpenSourceLine

LINKED = "source_document"
KEPT = ("warehouse", "invoice_kind", "price_mode")
PARTY = ("party", "party_code", "party_name", "is_walk_in")
ONE_UNIT = 1_000_000


def copied_draft(session: Session, *, document_id: Id, now_ms: int) -> Document:
    """A new draft with what was entered in a document, dated today, also where that is voided.

    Links to sources, settlements, batches and what was paid at once are its own and not taken over. Raises NotFound,
    UserError for a document that takes another one back.
    """
    posted = posted_content(session, document_id=document_id).document
    if posted.reverses:
        raise UserError(Text("document.reversal_not_copied", {"number": posted.number}))
    declared = document_type(posted.type)
    on = posted.date if declared.is_opening else business_day(session, now_ms=now_ms)
    return changed(
        posted,
        id=NO_ID,
        date=on,
        due_date=NO_DATE,
        number="",
        external_number="",
        source="",
        voucher_number=0,
        summary="",
        accounts=NO_ACCOUNTS,
        lines=tuple(_copied_line(line) for line in posted.lines),
        money=tuple(_copied_money(declared, posted.money)),
        allocations=(),
        tracking=(),
        last_key=0,
    )


def _copied_line(line: ItemLine) -> ItemLine:
    return changed(line, source_document=NO_ID, source_line=0, accounts=NO_ACCOUNTS, price_source="")


def _copied_money(declared: DocumentType, money: Sequence[MoneyLine]) -> Iterator[MoneyLine]:
    """What was paid at once belongs to that sale; an expense is mostly the same as the last time, payment included."""
    return (line for line in money if not (line.kind == "tender" and declared.price_of))


def followers(session: Session, *, document_id: Id) -> list[str]:
    """The types that a document of this kind may be followed by now: something is left to return, settle or spread."""
    posted = posted_content(session, document_id=document_id)
    if not _is_standing(posted):
        return []
    return [each.code for each in all_types() if _is_left(session, each, posted.document)]


def _is_standing(posted: PostedContent) -> bool:
    return posted.status == "posted" and not posted.is_reversed and not posted.document.reverses


def _is_left(session: Session, declared: DocumentType, source: Document) -> bool:
    if _takes_lines(declared, source.type):
        is_invoice = declared.is_invoice
        return bool(open_source_lines(session, types=[source.type], document=source.id, is_invoice=is_invoice))
    return _takes_cost(declared, source.type) or bool(_open_items(session, declared, source))


def _takes_lines(declared: DocumentType, source: str) -> bool:
    return source in declared.made_from and takes_lines(declared)


def _takes_cost(declared: DocumentType, source: str) -> bool:
    return source in declared.made_from and COST in declared.allocation_kinds


def _open_items(session: Session, declared: DocumentType, source: Document) -> list[OpenItemRow]:
    if not source.party:
        return []
    found = (open_items(session, source.party, kind=kind) for kind in declared.allocation_kinds)
    return [each for rows in found for each in rows if each.document == source.id]


def following_draft(session: Session, *, document_id: Id, type: str, now_ms: int) -> Document:  # noqa: A002
    """The draft of a type that follows from a document: what is left of its lines, what it left open, or its receipt.

    Raises NotFound, UserError where such a document does not follow or nothing is left.
    """
    posted, declared = posted_content(session, document_id=document_id), document_type(type)
    draft = _begun(session, declared, posted, now_ms)
    if _takes_lines(declared, posted.document.type):
        types, is_invoice = [posted.document.type], declared.is_invoice
        rows = open_source_lines(session, types=types, document=document_id, is_invoice=is_invoice)
        draft = changed(draft, lines=tuple(lines_from(session, draft=draft, sources=rows)))
    elif _takes_cost(declared, posted.document.type):
        draft = changed(draft, allocations=(_spread_over(posted.document),))
    else:
        rest = _open_items(session, declared, posted.document)
        draft = changed(draft, allocations=tuple(_settles(each) for each in rest))
    if not _is_standing(posted) or not (draft.lines or draft.allocations):
        text = Text(f"document.type.{type}")
        raise UserError(Text("document.nothing_follows", {"number": posted.document.number, "type": text}))
    return draft


def _begun(session: Session, declared: DocumentType, posted: PostedContent, now_ms: int) -> Document:
    """An empty document of the type for the same party and warehouse."""
    head, source = begin(session, type=declared.code, now_ms=now_ms).head, posted.document
    fields = {field.name: field for field in declared.head_fields}
    names = [name for name in KEPT if name in fields and _may_be(fields[name], getattr(source, name))]
    if declared.party_role and declared.party_role == document_type(source.type).party_role:
        names += PARTY
    taken = {name: getattr(source, name) for name in names}
    return changed(head, date=max(head.date, source.date), **taken)


def _may_be(field: Field, value: object) -> bool:
    """The invoice of goods that came without one is of another kind."""
    return not field.choices or value in field.choices


def begun_for(session: Session, *, type: str, party: str, now_ms: int) -> Document:  # noqa: A002
    """An empty document of a type for the party of an id, code or name. Raises NotFound, Ambiguous."""
    card = Catalog(session).find("party", party)
    head = begin(session, type=type, now_ms=now_ms).head
    return changed(head, party=card.id, party_code=card.code, party_name=card.name)


def sources_of(session: Session, *, draft: Document) -> list[OpenSourceLine]:
    """The lines of its party that a draft may be made from (选源单), of every party where it has none."""
    declared = document_type(draft.type)
    if not takes_lines(declared):
        return []
    party, is_invoice = draft.party or None, declared.is_invoice
    return open_source_lines(session, types=declared.made_from, party=party, is_invoice=is_invoice)


def takes_lines(declared: DocumentType) -> bool:
    """Whether lines of a type may be made from those of others."""
    return bool(declared.made_from) and any(field.name == LINKED for field in declared.line_fields)


def lines_from(session: Session, *, draft: Document, sources: Sequence[OpenSourceLine]) -> list[ItemLine]:
    """Lines of a draft for what is left of source lines, each at the price of its source; `draft` needs no lines.

    Where the draft's type moves stock the same way as the source, a line takes back: its quantity is negative.
    """
    desk, declared = Desktop(session), document_type(draft.type)
    made = []
    for source in sources:
        card = desk.catalog.card("item", source.item)
        assert card is not None, "a posted line has an item"
        unit, left = _left_in_unit(source, card.base_unit)
        line = item_line(desk, declared, draft, card, unit, left)
        line = changed(line, source_document=source.document, source_line=source.line, item_name=source.item_name)
        if source.warehouse != draft.warehouse:
            line = changed(line, warehouse=source.warehouse)
        line = _priced(desk, declared, draft, line)
        same_way = declared.moves_stock and declared.moves_stock == document_type(source.type).moves_stock
        made.append(_taken_back(line) if same_way else line)
    return made


def _priced(desk: Desktop, declared: DocumentType, draft: Document, line: ItemLine) -> ItemLine:
    """With price, discount, tax rate and gift of the source line."""
    if not declared.price_of:
        return line
    return priced_line(desk, declared, draft, changed(line, tax_rate=RATE_NOT_GIVEN)) or line


def _taken_back(line: ItemLine) -> ItemLine:
    amount = line.typed_amount
    return changed(line, quantity=-line.quantity, typed_amount=None if amount is None else -amount)


def _left_in_unit(source: OpenSourceLine, base_unit: str) -> tuple[str, Quantity]:
    """What is left in the unit of the source line: all of it as it was entered, or full units; else in base units."""
    if source.ratio == SAME_UNIT:
        return source.unit, source.left
    units, rest = divmod(source.left.micro * source.ratio.den, source.ratio.num)
    if not rest and (units == source.quantity.micro or units % ONE_UNIT == 0):
        return source.unit, Quantity(units)
    return base_unit, source.left


def _spread_over(receipt: Document) -> Allocation:
    return Allocation(0, receipt.id, target_kind=COST, target_number=receipt.number)


def _settles(item: OpenItemRow) -> Allocation:
    return Allocation(0, item.document, item.line, item.kind, item.number, item.open)
