"""Whatever is posted, corrected and entered late: batches and bins lie where a slow walk through all documents says."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.db.changelog import Log
from jxc_desktop.db.codec import decode_document
from jxc_desktop.kernel.errors import UserError
from tests.builders import adjustment, batch, count, delivery, line, open_shop, receipt, sales_return, serial, transfer
from tests.scenarios.business import keyed
from tests.scenarios.proof import prove

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine, Tracking
    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop

Shelf = dict[tuple[str, str, str], int]
"""Batch, serial, bin → how much, in one warehouse."""
SALES, COUNTS, TRANSFERS = {"delivery_note", "retail_sale"}, {"stock_count"}, {"stock_transfer"}


class SlowShelves:
    """Walks every posted document in the order of the books, one row after the other."""

    def __init__(self, session: Session) -> None:
        self.shelves: dict[tuple[Id, Id], Shelf] = defaultdict(lambda: defaultdict(int))
        self._found: dict[tuple[Id, int], Shelf] = {}
        log = Log(session)
        places = "effective_period, effective_date, hlc, stream"
        for (record,) in session.rows(f"SELECT record FROM document WHERE status = 'posted' ORDER BY {places}"):
            document = decode_document(log.body(record))
            for each in document.lines:
                self._line(document, each, [row for row in document.tracking if row.line == each.key])

    def _line(self, document: Document, each: ItemLine, rows: list[Tracking]) -> None:
        shelf = self.shelves[each.item, each.warehouse]
        if not rows:
            return
        if document.type in COUNTS:
            if document.reverses:
                for tag, change in self._found[document.reverses, each.key].items():
                    shelf[tag] -= change
            else:
                self._count(document, each, rows, shelf)
            return
        sign = 1 if document.type in {"goods_receipt", "sales_return"} or document.reason == "other_in" else -1
        for row in rows:
            if row.batch or row.serial or row.bin:
                shelf[row.batch, row.serial, row.bin] += sign * row.base_quantity.micro
            if document.type in TRANSFERS and (row.batch or row.serial or each.to_bin):
                other = self.shelves[each.item, document.to_warehouse]
                other[row.batch, row.serial, each.to_bin] += row.base_quantity.micro
        self._one_life_each(each.item)

    def _one_life_each(self, item: Id) -> None:
        """At no moment is a serial number in two places, or less than nowhere."""
        places: dict[str, int] = defaultdict(int)
        for (of, _warehouse), shelf in self.shelves.items():
            for (_batch, number, _bin), quantity in shelf.items():
                if of == item and number:
                    assert quantity in {0, 1_000_000}
                    places[number] += quantity
        assert not places or max(places.values()) <= 1_000_000

    def _count(self, document: Document, each: ItemLine, rows: list[Tracking], shelf: Shelf) -> None:
        before = dict(shelf)
        shelf.clear()
        for row in rows:
            shelf[row.batch, row.serial, row.bin] += row.base_quantity.micro
        self._one_life_each(each.item)
        tags = before.keys() | shelf.keys()
        self._found[document.id, each.key] = {tag: shelf.get(tag, 0) - before.get(tag, 0) for tag in tags}

    def lying(self) -> set[tuple[Id, Id, str, str, str, int]]:
        """Everything that lies somewhere."""
        return {
            (item, warehouse, *tag, quantity)
            for (item, warehouse), shelf in self.shelves.items()
            for tag, quantity in shelf.items()
            if quantity
        }


def _lying(session: Session) -> set[tuple[Any, ...]]:
    text = (
        "SELECT lower(hex(i.uuid)), lower(hex(w.uuid)), t.batch, t.serial, t.bin, t.quantity FROM tracked_on_hand t"
        " JOIN item i ON i.id = t.item JOIN warehouse w ON w.id = t.warehouse"
    )
    return set(session.rows(text))


class Play:
    """A shop in which anything happens: two items in three batches, one with serial numbers, a warehouse with bins."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.shop: Shop = open_shop(folder, negative_stock="allow")
        self.numbered = self.shop.item("M3", "表", has_serial=1)
        self.items = [self.shop.item("M1", "奶", has_batch=1), self.shop.item("M2", "布"), self.numbered]
        self.places = [
            self.shop.warehouse("01", "总仓"),
            self.shop.warehouse("02", "门店", bins=["A1", "A2"]),
        ]
        self.customer, self.supplier = self.shop.customer("K1"), self.shop.supplier("G1")
        self.posted: list[Id] = []

    def step(self) -> None:
        """Post something, or correct something; what is refused changes nothing."""
        try:
            if self.posted and self.dice.random() < 0.3:
                self._correct(self.dice.choice(self.posted))
            else:
                self.posted.append(self.shop.post_one(self._draft()))
        except UserError:
            return

    def _correct(self, document: Id) -> None:
        verb = self.dice.choice(("void", "reverse", "amend", "amend"))
        if verb == "void":
            self.shop.void(document)
            self.posted.remove(document)
        elif verb == "reverse":
            self.posted.append(self.shop.reverse(document, 28))
        else:
            self.shop.amend(document, self._draft())

    def _draft(self) -> Document:
        item, (here, there) = self.dice.choice(self.items), self.dice.sample(self.places, 2)
        has_bins = here == self.places[1]
        size = self.dice.randint(1, 9)
        kind = self.dice.choice(("receipt", "receipt", "delivery", "return", "count", "transfer", "scrap", "found"))
        quantity = str(size - 1 if kind == "count" else size)
        place = self.dice.choice(("", "A1", "A2")) if has_bins else ""
        more = {"to_bin": self.dice.choice(("", "A1"))} if kind == "transfer" and not has_bins else {}
        lines = [keyed(1, line(item, quantity, "2", warehouse=here, bin=place, **more))]
        is_named = kind in {"receipt", "return", "found"} or self.dice.random() < 0.3
        tracking = [batch(1, self.dice.choice(("X", "Y", "Z")), quantity)] if is_named and quantity != "0" else []
        if item == self.numbered:
            numbers = self.dice.sample("ABCDEF", self.dice.randint(1, 3))
            lines = [keyed(1, line(item, str(len(numbers)), "2", warehouse=here, bin=place, **more))]
            tracking = [serial(1, number) for number in numbers]
        day = self.dice.randint(1, 25)
        if kind == "receipt":
            return receipt(day, self.supplier, lines, tracking=tracking)
        if kind == "delivery":
            return delivery(day, self.customer, lines, tracking=tracking)
        if kind == "return":
            return sales_return(day, self.customer, lines, tracking=tracking)
        if kind == "count":
            return count(day, lines, tracking=tracking)
        if kind == "transfer":
            return transfer(day, lines, there, tracking=tracking)
        return adjustment(day, "scrap" if kind == "scrap" else "other_in", lines, tracking=tracking)


@pytest.mark.parametrize("seed", range(6))
def test_a_slow_walk_finds_the_same(tmp_path: Path, seed: int) -> None:
    play = Play(tmp_path, seed)
    with play.shop.book as book:
        for _step in range(50):
            play.step()
            assert book.read(_lying) == book.read(SlowShelves).lying()
        assert len(play.posted) > 10
        prove(book)
