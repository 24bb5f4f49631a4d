"""What the editor of a document asks the book: an empty document with the defaults, and a line with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, ItemKind, ItemLine
from jxc_desktop.kernel.errors import NotFound, UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import FREE, NOTHING, WHOLE, Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.items import HeldRow, item_on_hand

from .business_day import business_day
from .intake import Desktop
from .intake_values import read_value
from .line_prices import has_unit, priced_line, tax_rate_of, unit_ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.field import Field

    from .catalog import Card

PASTED = frozenset({
    "quantity", "price", "unit_cost", "discount", "typed_amount", "tax_rate", "is_gift", "warehouse", "note",
})  # fmt: skip


class Choice(NamedTuple):
    """A card of a short list."""

    id: Id
    name: str
    code: str = ""


class Start(NamedTuple):
    """An empty document and what its boxes offer."""

    head: Document
    warehouses: list[Choice]
    money_accounts: list[Choice]
    chart: list[Choice]


class KnownLine(NamedTuple):
    """A line as the cards and the history know it, and where the item lies."""

    line: ItemLine
    held: list[HeldRow]


class PastedLines(NamedTuple):
    """A new line for every row, and what is wrong with some, by row and column."""

    lines: list[ItemLine]
    problems: list[tuple[tuple[int, str], Text]]


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
    return Start(head, warehouses, accounts, _spent_on(desk) if "expense" in declared.money_kinds else [])


def _spent_on(desk: Desktop) -> list[Choice]:
    """The accounts an expense may be booked to."""
    cards = (each for each in desk.catalog.all("account") if each.is_active and each.is_leaf and not each.control)
    chosen = (each for each in cards if each.category in {"cost", "income"} and each.normal_balance == "debit")
    return [Choice(each.id, each.name, each.code) for each in chosen]


def _choices(desk: Desktop, kind: str) -> list[Choice]:
    return [Choice(each.id, each.name, each.code) for each in desk.catalog.all(kind) if each.is_active]


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
    if not has_unit(card, unit):
        raise UserError(Text("line.unknown_unit", {"item": card.code, "unit": unit}))
    declared = document_type(draft.type)
    line = changed(item_line(desk, declared, draft, card, unit, quantity), key=key)
    if declared.price_of:
        line = priced_line(desk, declared, draft, line) or line
    return KnownLine(line, item_on_hand(session, item))


def in_next_unit(session: Session, *, draft: Document, line: ItemLine) -> ItemLine | None:
    """A line in the next unit its item has, after the last in the first; None where it has but one.

    Price and discount are those of the new unit, as for a new line; a typed amount is given up. Raises NotFound.
    """
    desk = Desktop(session)
    card = desk.catalog.card("item", line.item)
    if card is None:
        raise NotFound(Text("master.not_found", {"kind": Text("master.kind.item"), "reference": line.item}))
    units = [card.base_unit, *(each["unit"] for each in card.units or () if each["unit"] != card.base_unit)]
    if len(units) == 1:
        return None
    unit = units[(units.index(line.unit) + 1) % len(units)] if line.unit in units else units[0]
    made = changed(line, unit=unit, ratio=unit_ratio(card, unit), typed_amount=None, price=FREE, discount=WHOLE)
    declared = document_type(draft.type)
    return (priced_line(desk, declared, draft, made) or made) if declared.price_of else made


def item_line(
    desk: Desktop, declared: DocumentType, draft: Document, card: Card, unit: str, quantity: Quantity
) -> ItemLine:
    """A new line of an item with what its card says; it has no price yet."""
    kind, ratio = card.fields["kind"] or ItemKind.GOODS, unit_ratio(card, unit)
    line = ItemLine(0, card.id, card.code, card.name, card.spec, kind, unit, ratio, quantity)
    if not draft.warehouse:
        line = changed(line, warehouse=card.default_warehouse or desk.settings.get("default_warehouse"))
    return changed(line, tax_rate=tax_rate_of(desk, declared, line, card))


def pasted_lines(session: Session, *, draft: Document, rows: Sequence[Mapping[str, str]]) -> PastedLines:
    """The lines that rows of a spreadsheet mean, each cell by the name of its column, written as its field is read.

    An item is found by code, barcode or name; a row without a price gets that of the best source. A row that is not
    understood becomes a line with what could be read, and its problems. `draft` needs no lines.
    """
    desk, declared = Desktop(session), document_type(draft.type)
    desk.catalog.prefetch_codes("item", [row["item"] for row in rows if row.get("item")])
    found = PastedLines([], [])
    for number, row in enumerate(rows):
        read = _Row(desk, declared, draft, row)
        found.lines.append(read.line())
        found.problems.extend(((number, name), text) for name, text in read.problems)
    return found


class _Row:
    """One pasted row on its way to a line."""

    def __init__(self, desk: Desktop, declared: DocumentType, draft: Document, row: Mapping[str, str]) -> None:
        self._desk = desk
        self._declared = declared
        self._draft = draft
        self._row = row
        self.problems: list[tuple[str, Text]] = []

    def line(self) -> ItemLine:
        """The line, as far as the row is understood."""
        values = self._values()
        if "price" in values:
            values.pop("typed_amount", None)
        card, scanned_unit = self._card()
        if card is None:
            return ItemLine(0, NO_ID, self._row.get("item", ""), self._row.get("item_name", ""), **values)
        unit = self._unit(card, scanned_unit)
        line = item_line(self._desk, self._declared, self._draft, card, unit, values.pop("quantity"))
        if self._declared.price_of and not values.keys() & {"price", "typed_amount"}:
            line = priced_line(self._desk, self._declared, self._draft, line) or line
        return changed(line, **values)

    def _values(self) -> dict[str, Any]:
        """What is typed into lines, but item and unit; a quantity that is not given is one."""
        made: dict[str, Any] = {"quantity": Quantity(1_000_000)}
        for field in self._declared.line_fields:
            if field.name not in PASTED or not self._row.get(field.name):
                continue
            try:
                made[field.name] = self._value(field)
            except UserError as error:
                made.update({"quantity": NOTHING} if field.name == "quantity" else {})
                self.problems.append((field.name, error.text))
        return made

    def _value(self, field: Field) -> Any:
        text = self._row[field.name]
        return self._desk.catalog.find(field.to, text).id if field.to else read_value(field, text)

    def _card(self) -> tuple[Card | None, str]:
        refused: UserError | None = None
        for name in ("item", "barcode", "item_name"):
            reference = self._row.get(name)
            if not reference:
                continue
            try:
                card = self._desk.catalog.find("item", reference)
            except UserError as error:
                refused = refused or error
                continue
            is_known = reference in {card.id, card.code, card.name}
            units = [] if is_known else self._desk.catalog.by_barcode(reference)
            return card, units[0][1] if units else ""
        self.problems.append(("item", refused.text if refused else Text("intake.missing", {"field": "item"})))
        return None, ""

    def _unit(self, card: Card, scanned: str) -> str:
        unit = self._row.get("unit") or scanned or card.base_unit
        if has_unit(card, unit):
            return str(unit)
        self.problems.append(("unit", Text("line.unknown_unit", {"item": card.code, "unit": unit})))
        return str(card.base_unit)
