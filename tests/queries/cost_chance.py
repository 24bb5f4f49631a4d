"""A shop that trades by chance: sales before receipts, late entries, returns, counts, corrections, two warehouses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.services.intake import read_drafts
from tests.builders import (
    as_date,
    count,
    delivery,
    line,
    opening_stock,
    purchase_return,
    receipt,
    retail,
    sales_return,
    tender,
)
from tests.queries.ask import show

if TYPE_CHECKING:
    from random import Random

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop


class ChanceTrade:
    """Posts and corrects documents of two items at days, quantities and prices drawn by chance."""

    def __init__(self, shop: Shop, chance: Random) -> None:
        self.shop = shop
        self._chance = chance
        self._items = [shop.item("P1", "笔", reference_cost=1_300_000), shop.item("P2", "杯")]
        self._supplier, self._customer = shop.supplier("S1"), shop.customer("K1")
        self._places = [shop.warehouse("N", "北"), shop.warehouse("S", "南")]
        self.documents: list[Id] = []

    def go_on(self) -> None:
        """One more document or correction; what the book refuses is left undone."""
        try:
            if self.documents and self._chance.random() < 0.25:
                self._correct(self._chance.choice(self.documents))
            else:
                self.documents += self.shop.post(self._draft())
        except UserError:
            return

    def _correct(self, target: Id) -> None:
        verb = self._chance.choice(("amend", "void", "reverse"))
        if verb == "amend":
            self.shop.amend(target, self._other_content(target))
        elif verb == "void":
            self.shop.void(target)
        else:
            self.documents.append(self.shop.reverse(target, self._day()))

    def _other_content(self, target: Id) -> Document:
        (content,) = self.shop.book.read(read_drafts, content=show(self.shop, target))
        lines = tuple(replace(each, quantity=Quantity.parse(self._pieces())) for each in content.lines)
        return replace(content, date=as_date(self._day()), lines=lines)

    def _draft(self) -> Document:
        lines = [line(item, self._pieces(), self._price()) for item in self._some_items()]
        on, place = self._day(), self._chance.choice(self._places)
        kind = self._chance.choice(
            ("receipt", "receipt", "sale", "sale", "back", "give_back", "count", "ticket", "old")
        )
        if kind in {"receipt", "give_back"}:
            made = receipt(on, self._supplier, lines)
            if kind == "give_back":
                made = purchase_return(on, self._supplier, self._linked("goods_receipt") or lines)
        elif kind in {"sale", "back"}:
            made = delivery(on, self._customer, lines)
            if kind == "back":
                made = sales_return(on, self._customer, self._linked("delivery_note") or lines)
        elif kind == "count":
            made = count(on, [replace(each, unit_cost=self._chance.choice((None, each.price))) for each in lines])
        elif kind == "ticket":
            made = retail(on, lines, [tender(self.shop.cash, "1")])
        else:
            made = opening_stock([line(self._items[0], self._pieces(), unit_cost=self._price())])
        return replace(made, warehouse=place)

    def _linked(self, kind: str) -> list[ItemLine]:
        rows = self.shop.rows(
            "SELECT d.uuid, l.line, i.uuid FROM document d JOIN item_line l ON l.document = d.id"
            " JOIN item i ON i.id = l.item WHERE d.type = ? AND d.status = 'posted' AND d.reverses = 0",
            kind,
        )
        if not rows or self._chance.random() < 0.2:
            return []
        document, key, item = self._chance.choice(rows)
        return [line(item.hex(), self._pieces(2), self._price(), source_document=document.hex(), source_line=key)]

    def _some_items(self) -> list[Id]:
        return self._items if self._chance.random() < 0.3 else [self._chance.choice(self._items)]

    def _day(self) -> int:
        return self._chance.randint(1, 12)

    def _pieces(self, most: int = 6) -> str:
        return str(self._chance.randint(1, most))

    def _price(self) -> str:
        return f"{self._chance.randint(0, 700) / 100:.2f}"
