"""What a scanned code means for a document: the barcode of a unit, an item's own code, or the label of a scale.

A code that stands on a card comes first, whatever it looks like; then the scale codes of the setting `scale_codes`.
Nothing is guessed: a code that means nothing, or two things, is refused.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.pricing.line_price import PriceMode
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.quantity import WHOLE, Quantity, UnitPrice
from jxc_desktop.kernel.rounding import MICRO, half_up
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.masters.scale_code import layouts_in, read_scale_code
from jxc_desktop.queries.scale_items import items_on_scale
from jxc_desktop.resource_files import read_csv

from .drafting import KnownLine, known_line
from .intake import Desktop

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.money import Money
    from jxc_desktop.masters.scale_code import ScaleLabel

    from .catalog import Card

ONE = Quantity(MICRO)
MICRO_PER_FEN = 10_000
WITHOUT_ZERO = 12
"""A UPC-A code is an EAN-13 without the 0 in front; scanners read it either way."""


class Scanned(NamedTuple):
    """What a code means: the line it stands for, or why there is none.

    `is_label`: it is the label of one weighed thing, which stays a line of its own.
    """

    known: KnownLine | None = None
    refused: Text | None = None
    is_label: bool = False


def scanned_line(session: Session, *, draft: Document, code: str) -> Scanned:
    """The new line that a code stands for in a draft; the draft needs no lines."""
    desk = Desktop(session)
    found = _by_barcode(desk, code) or _by_code(desk, code)
    if len(found) > 1:
        return _refused("scan.many", code=code, items="、".join(f"{card.code} {card.name}" for card, _unit in found))
    if found:
        card, unit = found[0]
        return _line(session, draft, card, unit, ONE)
    label = read_scale_code(code, layouts_in(desk.settings.get("scale_codes")))
    if label is None:
        return _refused("scan.unknown", code=code)
    return _weighed(session, desk, draft, code, label)


def _refused(name: str, **params: str) -> Scanned:
    return Scanned(refused=Text(name, params))


def _line(session: Session, draft: Document, card: Card, unit: str, quantity: Quantity) -> Scanned:
    if not card.is_active:
        return _refused("scan.inactive", item=f"{card.code} {card.name}")
    try:
        known = known_line(session, draft=draft, item=card.id, unit=unit, quantity=quantity)
    except UserError as error:
        return Scanned(refused=error.text)
    return Scanned(known)


def _by_barcode(desk: Desktop, code: str) -> list[tuple[Card, str]]:
    other = f"0{code}" if len(code) == WITHOUT_ZERO else code[1:] if code.startswith("0") else ""
    found = desk.catalog.by_barcode(code) or (desk.catalog.by_barcode(other) if other else [])
    return [each for each in found if each[0].is_active] or found


def _by_code(desk: Desktop, code: str) -> list[tuple[Card, str]]:
    card = desk.catalog.by_code("item", code)
    return [] if card is None else [(card, "")]


def _weighed(session: Session, desk: Desktop, draft: Document, code: str, label: ScaleLabel) -> Scanned:
    cards = [card for each in items_on_scale(session, label.plu) if (card := desk.catalog.card("item", each))]
    if not cards:
        return _refused("scan.unknown_plu", code=code, plu=label.plu)
    if len(cards) > 1:
        return _refused("scan.many", code=code, items="、".join(f"{card.code} {card.name}" for card in cards))
    card = cards[0]
    quantity = _quantity(card, label)
    if not quantity:
        name = "scan.no_weight" if label.weight is not None else "scan.no_price"
        return _refused(name, item=f"{card.code} {card.name}")
    found = _line(session, draft, card, card.base_unit, quantity)
    if found.known is None:
        return found
    is_sale = document_type(draft.type).price_of == "sale" and draft.price_mode == PriceMode.INCLUDED
    known = _at_the_label(found.known, label) if is_sale else found.known
    return Scanned(known, is_label=True)


def _quantity(card: Card, label: ScaleLabel) -> Quantity | None:
    """What was weighed, in base units; by an amount alone at the price of the card, which the scale was told."""
    parts = _grams().get(card.base_unit, 1)
    if label.weight is not None:
        return Quantity(label.weight * MICRO // parts)
    price = label.unit_price.fen * MICRO_PER_FEN if label.unit_price else card.retail_price
    assert label.amount is not None
    if not price:
        return None
    return Quantity(half_up(label.amount.fen * MICRO_PER_FEN * parts, price) * MICRO // parts)


@cache
def _grams() -> dict[str, int]:
    """Grams of each unit of weight that holds a whole number of them, by its name in every language."""
    return {
        row[name]: int(row["grams"])
        for row in read_csv("units.csv")
        for name in ("name_zh_cn", "name_zh_tw", "name_en")
        if row["grams"] != "0"
    }


def _at_the_label(known: KnownLine, label: ScaleLabel) -> KnownLine:
    """The customer pays what the label says."""
    line = known.line
    if label.unit_price:
        line = changed(line, price=_price(label.unit_price), discount=WHOLE, price_source="")
    if label.amount is not None:
        line = changed(line, typed_amount=label.amount, discount=WHOLE, price_source="")
    return known._replace(line=line)


def _price(price: Money) -> UnitPrice:
    return UnitPrice(price.fen * MICRO_PER_FEN)
