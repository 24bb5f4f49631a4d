"""What the book has already: cards by code, name and barcode, units, settings; and the cards this import adds."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from jxc_desktop.exchange.cells import folded
from jxc_desktop.exchange.fields import unit_finder
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import SAME_UNIT, Ratio, UnitPrice
from jxc_desktop.queries.importing import (
    AccountRow,
    ItemRow,
    import_accounts,
    import_barcodes,
    import_cards,
    import_item_units,
    import_items,
    import_units,
)
from jxc_desktop.resource_files import read_csv
from jxc_desktop.services.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from jxc_desktop.queries.importing import CardRow
    from jxc_desktop.services.book import Book

NO_ID = Id("")


class Known:
    """The book as an import sees it. Codes and names are compared folded: half-width, one case, no edge spaces."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._settings = book.read(Settings)
        self.units = book.read(import_units)
        self.find_unit = self._unit_finder()

    @property
    def start(self) -> date:
        """The first day of the book."""
        return self._settings.start

    def setting(self, key: str) -> Any:
        """A setting of the book."""
        return self._settings.get(key)

    def new_id(self) -> Id:
        """An id for a new card or document."""
        return self.book.ids.new_id()

    @property
    def first_unit(self) -> str:
        """The unit that everything is counted in where nothing is said: the first of the list, 个."""
        return self.units[0][1] if self.units else ""

    @cached_property
    def items(self) -> dict[str, ItemRow]:
        """Folded code → item."""
        return {folded(row.code): row for row in reversed(self.book.read(import_items))}

    @cached_property
    def items_by_id(self) -> dict[Id, ItemRow]:
        """Id → item."""
        return {row.id: row for row in self.items.values()}

    @cached_property
    def barcodes(self) -> dict[str, Id]:
        """Barcode → item."""
        return dict(self.book.read(import_barcodes))

    @cached_property
    def item_units(self) -> dict[tuple[Id, str], Ratio]:
        """Item and larger unit → ratio to the base unit."""
        return {(item, unit): Ratio(num, den) for item, unit, num, den in self.book.read(import_item_units)}

    @cached_property
    def _item_names(self) -> dict[str, ItemRow]:
        return {folded(row.name): row for row in reversed(self.items.values())}

    @cached_property
    def parties(self) -> dict[str, CardRow]:
        """Folded code → party."""
        return _by_code(self.book.read(import_cards, kind="party"))

    @cached_property
    def party_names(self) -> dict[str, CardRow]:
        """Folded name → party."""
        return {folded(row.name): row for row in reversed(self.parties.values())}

    @cached_property
    def warehouses(self) -> dict[str, CardRow]:
        """Folded code or name → warehouse."""
        return self._by_both("warehouse")

    @cached_property
    def categories(self) -> dict[str, CardRow]:
        """Folded code or name → category."""
        return self._by_both("category")

    @cached_property
    def accounts(self) -> dict[str, AccountRow]:
        """Folded code or name → account; codes win, of names the leaf."""
        rows = self.book.read(import_accounts)
        names = {folded(row.name): row for row in sorted(rows, key=lambda row: row.is_leaf)}
        return names | {_account_key(row.code): row for row in rows}

    def account(self, code: str, name: str) -> AccountRow | None:
        """An account by its code, with or without dots and dashes, else by its name."""
        if code and (found := self.accounts.get(_account_key(code))):
            return found
        return self.accounts.get(folded(name)) if name else None

    def item(self, code: str, *, barcode: str = "", name: str = "") -> ItemRow | None:
        """An item by its code; without a code by its barcode, else by its name."""
        if code:
            return self.items.get(folded(code))
        if barcode:
            found = self.barcodes.get(barcode)
            return self.items_by_id.get(found) if found else self.items.get(folded(barcode))
        return self._item_names.get(folded(name)) if name else None

    def party(self, code: str, name: str) -> CardRow | None:
        """A party by its code; without a code by its name."""
        if code:
            return self.parties.get(folded(code))
        return self.party_names.get(folded(name)) if name else None

    def ratio(self, item: ItemRow, unit: str) -> Ratio | None:
        """The ratio of an item's unit to its base unit."""
        return SAME_UNIT if unit in {"", item.base_unit} else self.item_units.get((item.id, unit))

    def _by_both(self, kind: str) -> dict[str, CardRow]:
        rows = self.book.read(import_cards, kind=kind)
        return {folded(row.name): row for row in reversed(rows)} | _by_code(rows)

    def _unit_finder(self) -> Callable[[str], str]:
        """Units by the book's own name, or by the shipped name in any language."""
        own = dict(self.units)
        find = unit_finder(own.values())
        shipped: dict[str, str] = {}
        for row in read_csv("units.csv"):
            if row["code"] in own:
                for column in ("name_zh_cn", "name_zh_tw"):
                    shipped.setdefault(row[column], own[row["code"]])
        find_shipped = unit_finder(shipped)

        @cache
        def find_unit(written: str) -> str:
            return find(written) or shipped.get(find_shipped(written), "")

        return find_unit


def reference_cost(item: ItemRow) -> UnitPrice:
    """What an item is taken to cost where nothing is said."""
    return UnitPrice(item.reference_cost)


def _by_code(rows: list[CardRow]) -> dict[str, CardRow]:
    return {folded(row.code): row for row in reversed(rows)}


def _account_key(code: str) -> str:
    return folded(code).replace(".", "").replace("-", "").replace("_", "")
