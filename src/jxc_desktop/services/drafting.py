"""What the editor of a document asks the book: an empty document with the defaults, and a line with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, ItemKind, ItemLine
from jxc_desktop.kernel.errors import NotFound, UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import SAME_UNIT
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.items import HeldRow, item_on_hand

from .business_day import business_day
from .intake import Desktop
from .line_prices import priced_line, tax_rate_of, unit_ratio

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.quantity import Quantity


class Choice(NamedTuple):
    """A card of a short list."""

    id: Id
    name: str


class Start(NamedTuple):
    """An empty document and what its boxes offer."""

    head: Document
    warehouses: list[Choice]
    money_accounts: list[Choice]


class KnownLine(NamedTuple):
    """A line as the cards and the history know it, and where the item lies."""

    line: ItemLine
    held: list[HeldRow]


def begin(session: Session, *, type: str, now_ms: int) -> Start:  # noqa: A002 — the field's name
    """An empty document of a type, dated today, with the book's defaults."""
    desk = Desktop(session)
    declared = document_type(type)
    warehouses, accounts = _choices(desk, "warehouse"), _choices(desk, "money_account")
    head = Document(NO_ID, type, business_day(session, now_ms=now_ms), taxpayer=desk.settings.taxpayer)
    head = changed(head, price_mode=desk.settings.get("price_mode"))
    if any(field.name == "warehouse" for field in declared.head_fields):
        head = changed(head, warehouse=warehouses[0].id if len(warehouses) == 1 else NO_ID)
    if declared.reasons:
        head = changed(head, reason=str(declared.reasons[0]))
    party = desk.settings.get("walk_in_party")
    if party and declared.party_role == "customer" and not declared.is_party_required:
        walk_in = desk.catalog.card("party", party)
        if walk_in is not None:
            head = changed(head, party=walk_in.id, party_code=walk_in.code, party_name=walk_in.name, is_walk_in=True)
    return Start(head, warehouses, accounts)


def _choices(desk: Desktop, kind: str) -> list[Choice]:
    return [Choice(each.id, each.name) for each in desk.catalog.all(kind) if each.is_active]


def known_line(
    session: Session, *, draft: Document, item: Id, unit: str = "", quantity: Quantity, key: int = 0
) -> KnownLine:
    """The line of an item in a draft: names, unit, tax rate and the price of the best source.

    `draft` needs no lines. Raises NotFound for an unknown item, UserError for a unit it does not have.
    """
    desk = Desktop(session)
    card = desk.catalog.card("item", item)
    if card is None:
        raise NotFound(Text("master.not_found", {"kind": Text("master.kind.item"), "reference": item}))
    unit = unit or card.base_unit
    ratio = unit_ratio(card, unit)
    if ratio == SAME_UNIT and unit != card.base_unit and all(each["unit"] != unit for each in card.units or ()):
        raise UserError(Text("line.unknown_unit", {"item": card.code, "unit": unit}))
    declared = document_type(draft.type)
    line = ItemLine(key, card.id, card.code, card.name, card.spec, card.kind or ItemKind.GOODS, unit, ratio, quantity)
    if not draft.warehouse:
        line = changed(line, warehouse=card.default_warehouse or desk.settings.get("default_warehouse"))
    line = changed(line, tax_rate=tax_rate_of(desk, declared, line, card))
    if declared.price_of:
        line = priced_line(desk, declared, draft, line) or line
    return KnownLine(line, item_on_hand(session, item))
