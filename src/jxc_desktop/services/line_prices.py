"""The price of a line that names none: that of the line it takes back, else the first source that knows one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.domain.documents.line import RATE_NOT_GIVEN
from jxc_desktop.domain.pricing.line_price import PriceMode, derived_price
from jxc_desktop.domain.pricing.price_source import KnownPrice, PriceSource, choose_price, price_for
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import FREE, SAME_UNIT, WHOLE, Quantity, Rate, Ratio, UnitPrice
from jxc_desktop.queries.prices import last_price, source_lines

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.queries.prices import PriceRow, SourcePriceRow

    from .catalog import Card, Catalog
    from .settings import Settings


class Desk(Protocol):
    """Where drafts are read: a transaction's `Work`, or a reading session with its cards and settings."""

    @property
    def session(self) -> Session:
        """The connection."""
        ...

    @property
    def catalog(self) -> Catalog:
        """The cards."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings."""
        ...


def priced_line(desk: Desk, declared: DocumentType, draft: Document, line: ItemLine) -> ItemLine | None:
    """The line with the price (and, where it has none, the discount) of the best source; None where nobody knows one.

    A linked line takes price, discount, tax rate and gift of its source; the whole of it also its typed amount.
    """
    item = desk.catalog.card("item", line.item)
    if item is None:
        return None
    if line.source_document:
        return _of_source(desk, draft, line, item)
    found = choose_price(_known(desk, declared, draft, item))
    if found is None:
        return None
    source, known = found
    price = price_for(
        known, unit_ratio(item, line.unit), PriceMode(draft.price_mode), tax_rate_of(desk, declared, line, item)
    )
    discount = known.discount if line.discount == WHOLE else line.discount
    return replace(line, price=price, discount=discount, price_source=source)


def _known(desk: Desk, declared: DocumentType, draft: Document, item: Card) -> dict[PriceSource, KnownPrice | None]:
    party = desk.catalog.card("party", draft.party) if draft.party else None
    known: dict[PriceSource, KnownPrice | None] = {}
    if party is not None and not party.is_walk_in:
        known[PriceSource.LAST] = _last(desk, declared, item.id, party.id)
    if declared.price_of == "sale":
        level = (item.prices or {}).get(party.price_level) if party is not None else None
        known[PriceSource.LEVEL] = _of_card(level)
        known[PriceSource.RETAIL] = _of_card(item.retail_price)
    return known


def _of_card(micro: int | None) -> KnownPrice | None:
    """Prices on cards stand per base unit, with tax; 0 is none."""
    return KnownPrice(UnitPrice(micro)) if micro else None


def _last(desk: Desk, declared: DocumentType, item: Id, party: Id) -> KnownPrice | None:
    forward = -1 if declared.price_of == "sale" else 1
    types = [each.code for each in all_types() if each.price_of == declared.price_of and each.moves_stock == forward]
    row = last_price(desk.session, item=item, party=party, types=types)
    return None if row is None else _posted(row)


def _posted(row: PriceRow | SourcePriceRow) -> KnownPrice | None:
    """A posted price; one that follows from a typed amount is derived from it."""
    price, discount = UnitPrice(row.price), Rate(row.discount)
    if row.typed_amount is not None:
        derived = derived_price(Money(row.typed_amount), Quantity(row.quantity))
        if derived is None:
            return None
        price, discount = derived, WHOLE
    return KnownPrice(price, Ratio(row.ratio_num, row.ratio_den), PriceMode(row.price_mode), discount)


def _of_source(desk: Desk, draft: Document, line: ItemLine, item: Card) -> ItemLine | None:
    rows = source_lines(desk.session, document=line.source_document, item=line.item)
    row = next((each for each in rows if each.line == line.source_line), None)
    if row is None:
        return None
    made = replace(
        line,
        is_gift=line.is_gift or bool(row.is_gift),
        tax_rate=Rate(row.tax_rate) if line.tax_rate == RATE_NOT_GIVEN else line.tax_rate,
        price_source=PriceSource.SOURCE_LINE,
    )
    ratio = unit_ratio(item, line.unit)
    is_whole = line.quantity == Quantity(row.quantity) and ratio == Ratio(row.ratio_num, row.ratio_den)
    if row.typed_amount is not None and is_whole and row.price_mode == draft.price_mode:
        return replace(made, typed_amount=Money(row.typed_amount))
    known = _posted(row)
    if known is None:
        return None
    price = price_for(known, ratio, PriceMode(draft.price_mode), made.tax_rate)
    return replace(made, price=FREE if made.is_gift else price, discount=known.discount)


def tax_rate_of(desk: Desk, declared: DocumentType, line: ItemLine, item: Card) -> Rate:
    """The tax rate of a line: its own, the levy rate of a small-scale seller, else the item's."""
    if line.tax_rate != RATE_NOT_GIVEN:
        return line.tax_rate
    is_levied = declared.price_of == "sale" and desk.settings.taxpayer == "small"
    return desk.settings.sale_tax_rate if is_levied else Rate(item.tax_rate)


def has_unit(item: Card, unit: str) -> bool:
    """Whether an item is counted in that unit."""
    return unit == item.base_unit or any(each["unit"] == unit for each in item.units or ())


def unit_ratio(item: Card, unit: str) -> Ratio:
    """How many base units a unit of an item holds; a unit it does not have counts as the base unit."""
    for each in item.units or ():
        if each["unit"] == unit and unit != item.base_unit:
            return Ratio(each["num"], each["den"])
    return SAME_UNIT
