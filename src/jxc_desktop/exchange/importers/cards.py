"""New and changed cards out of records: items with units, barcodes and category; parties with their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.exchange.cells import folded
from jxc_desktop.queries.importing import CardRow, ItemRow
from jxc_desktop.services.catalog import Catalog
from jxc_desktop.services.masters import CardChange

from .known import NO_ID

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from jxc_desktop.exchange.records import Record
    from jxc_desktop.kernel.ids import Id

    from .known import Known

FIRST_CODE_LENGTH = 4
WHOLESALE = "wholesale"
_ADDED = frozenset({"barcodes", "units", "prices"})


class CardMaker:
    """Collects card changes in the order in which they refer to each other; what it adds is known from then on."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.changes: list[CardChange] = []
        self.rows: list[int] = []
        self.made = 0
        self._next: dict[str, int] = {}

    def new_item(self, fields: Mapping[str, Any], *, row: int = 0) -> ItemRow:
        """A new item; `fields` hold its code and name."""
        made = {"kind": "goods", "base_unit": self.known.first_unit, "is_active": 1, **fields}
        item_id = self._add("item", made, NO_ID, row)
        cost = made.get("reference_cost", 0)
        item = ItemRow(item_id, made["code"], made["name"], made["base_unit"], made["kind"], cost)
        self.known.items[folded(item.code)] = item
        self.known.items_by_id[item_id] = item
        for each in made.get("barcodes", ()):
            self.known.barcodes[each["barcode"]] = item_id
        return item

    def new_party(self, fields: Mapping[str, Any], *, row: int = 0) -> CardRow:
        """A new party; without a code it gets the next free number."""
        code = fields.get("code") or self._free_code("party", self.known.parties)
        made = {**fields, "code": code, "is_active": 1}
        card = CardRow(self._add("party", made, NO_ID, row), code, made["name"])
        self.known.parties[folded(code)] = card
        self.known.party_names.setdefault(folded(card.name), card)
        return card

    def category(self, name: str) -> Id:
        """The category of that name, made where there is none."""
        found = self.known.categories.get(folded(name))
        if found is None:
            fields = {"code": name, "name": name, "is_active": 1}
            found = CardRow(self._add("category", fields, NO_ID, 0), name, name)
            self.known.categories[folded(name)] = found
        return found.id

    def supplier(self, name: str) -> Id:
        """The supplier of that name, made where there is none."""
        found = self.known.party("", name) or self.known.party(name, "")
        return (found or self.new_party({"name": name, "is_supplier": 1})).id

    def change(self, kind: str, card_id: Id, fields: Mapping[str, Any], *, row: int = 0) -> None:
        """Set fields of a card that the book has."""
        self._add(kind, fields, card_id, row)

    def change_item(self, item: ItemRow, fields: Mapping[str, Any], *, row: int = 0) -> None:
        """Set fields of an item the book has. What it is counted in stays, barcodes, units and prices are added."""
        wanted = {name: given for name, given in fields.items() if name not in {"base_unit", "kind"}}
        if wanted.keys() & _ADDED:
            card = self.known.book.read(lambda session: Catalog(session).card("item", item.id))
            for name in wanted.keys() & _ADDED:
                wanted[name] = _added(card.fields[name] if card else None, wanted[name])
        self.change("item", item.id, wanted, row=row)

    def item_fields(self, record: Record) -> dict[str, Any]:
        """What a goods row says about its item, in stored form; what it leaves empty is not in it."""
        unit = record.text("unit")
        fields: dict[str, Any] = {
            "name": record.text("name"),
            "spec": record.text("spec"),
            "base_unit": unit,
            "kind": record.text("item_kind"),
            "note": record.text("note"),
            "category": self.category(record.text("category")) if record.text("category") else "",
            "default_supplier": self.supplier(record.text("supplier")) if record.text("supplier") else "",
            "barcodes": [{"barcode": record.text("barcode"), "unit": unit}] if record.text("barcode") else [],
            "units": self._larger_units(record),
        }
        for field, name in (("cost", "reference_cost"), ("price", "retail_price")):
            price = record.price(field)
            fields[name] = None if price is None else price.micro
        rate, wholesale = record.rate("tax_rate"), record.price("wholesale_price")
        fields["tax_rate"] = None if rate is None else rate.micro
        fields["prices"] = None if wholesale is None else {WHOLESALE: wholesale.micro}
        for name in ("min_stock", "max_stock"):
            quantity = record.quantity(name)
            fields[name] = None if quantity is None else quantity.micro
        return {name: given for name, given in fields.items() if given not in (None, "", [])}

    def _larger_units(self, record: Record) -> list[dict[str, Any]]:
        pack = record.pack()
        if pack is None:
            return []
        base = record.text("unit") or self.known.first_unit
        for written in (pack.unit, record.text("pack_unit"), "箱"):
            name = self.known.find_unit(written) if written else ""
            if name and name != base:
                ratio = pack.ratio
                unit = {"unit": name, "num": ratio.num, "den": ratio.den}
                return [{**unit, "barcode": "", "is_purchase": 1, "is_sales": 1}]
        return []

    def _add(self, kind: str, fields: Mapping[str, Any], card_id: Id, row: int) -> Id:
        self.made += not card_id
        made = card_id or self.known.new_id()
        self.changes.append(CardChange(kind, dict(fields), made))
        self.rows.append(row)
        return made

    def _free_code(self, kind: str, taken: Container[str]) -> str:
        number = self._next.get(kind, 0) + 1
        while f"{number:0{FIRST_CODE_LENGTH}}" in taken:
            number += 1
        self._next[kind] = number
        return f"{number:0{FIRST_CODE_LENGTH}}"


def _added(before: Any, more: Any) -> Any:
    """A list or map of a card with more entries; entries the card has already stay as they are."""
    if isinstance(more, dict):
        return {**(before or {}), **more}
    key = "barcode" if more and "num" not in more[0] else "unit"
    known = {each[key] for each in before or ()}
    return [*(before or ()), *(each for each in more if each[key] not in known)]


def party_fields(record: Record, kind: str) -> dict[str, Any]:
    """What a row says about its party, in stored form; what it leaves empty is not in it."""
    fields: dict[str, Any] = {
        name: record.text(name)
        for name in ("code", "name", "contact", "phone", "address", "tax_id", "bank", "bank_account", "note")
    }
    limit, days = record.money("credit_limit"), record.days("payment_days")
    fields["credit_limit"] = None if limit is None else limit.fen
    fields["payment_days"] = days
    return {name: given for name, given in fields.items() if given not in (None, "")} | roles(kind)


def roles(kind: str) -> dict[str, int]:
    """The roles that customer, supplier or both stand for."""
    fields = {}
    if kind in {"customer", "both"}:
        fields["is_customer"] = 1
    if kind in {"supplier", "both"}:
        fields["is_supplier"] = 1
    return fields
