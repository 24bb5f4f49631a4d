"""A backdated receipt before 10,000 later movements of its item, each in another document of a large book."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, ItemLine
from jxc_desktop.kernel.quantity import Quantity, UnitPrice
from jxc_desktop.services.documents import post
from jxc_desktop.services.masters import CardChange, set_cards
from tests.benchmarks.books import CHUNK, START, BigBook
from tests.benchmarks.figure import Figure, spent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id

TRIES = 5
DOCUMENTS, LATER, KIT_SALES, ASSEMBLIES = 90_000, 10_000, 2_000, 100
DAYS = 200


def backdated_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """The median of several receipts, each a day earlier than the last: one pool by two methods, and through a kit."""
    for costing in ("moving_average", "fifo"):
        hot = _Hot(folder / f"{costing}.jxc", scale, costing=costing)
        hot.sell(hot.item, int(LATER * scale))
        yield Figure(f"backdated_{costing}.wall", hot.receipt_s(), 0.3 * scale, "s")
    hot = _Hot(folder / "kit.jxc", scale)
    hot.assemble(int(ASSEMBLIES * scale), int(KIT_SALES * scale))
    hot.sell(hot.item, int((LATER - ASSEMBLIES) * scale))
    hot.sell(hot.kit, int(KIT_SALES * scale))
    yield Figure("backdated_kit.wall", hot.receipt_s(), 0.6 * scale, "s")


class _Hot:
    """A large book with one item that everybody buys, and one that is made of it."""

    def __init__(self, path: Path, scale: float, **choice: Any) -> None:
        self._made = BigBook(path, int(DOCUMENTS * scale), **choice)
        self._book = self._made.book
        self.item, self.kit, self._supplier = (self._book.ids.new_id() for _ in range(3))
        goods = {"base_unit": "个", "kind": "goods", "is_active": 1}
        self._book.do(
            set_cards,
            changes=[
                CardChange("item", {"code": "HOT", "name": "畅销品", **goods}, self.item),
                CardChange("item", {"code": "KIT", "name": "礼盒", **goods}, self.kit),
                CardChange("party", {"code": "S1", "name": "供应商", "is_supplier": 1, "is_active": 1}, self._supplier),
            ],
        )
        opening = ItemLine(0, self.item, quantity=Quantity(2 * LATER * 1_000_000), unit_cost=UnitPrice(2_000_000))
        self._book.do(post, drafts=[Document(NO_ID, "opening_stock", START, lines=(opening,))])
        self._first_day = START + timedelta(days=20)

    def _day(self, number: int, count: int) -> date:
        return self._first_day + timedelta(days=number * DAYS // count)

    def _post(self, drafts: list[Document]) -> None:
        for start in range(0, len(drafts), CHUNK):
            self._book.do(post, drafts=drafts[start : start + CHUNK])
        self._book.checkpoint()

    def sell(self, item: Id, count: int) -> None:
        """So many deliveries of one piece."""
        parties = self._made.parties
        line: Any = ItemLine(0, item, quantity=Quantity(1_000_000), price=UnitPrice(5_000_000))
        self._post(
            [
                Document(
                    NO_ID,
                    "delivery_note",
                    self._day(number, count),
                    party=parties[number % len(parties)],
                    lines=(line,),
                )
                for number in range(count)
            ]
        )

    def assemble(self, count: int, pieces: int) -> None:
        """Put so many pieces together in so many documents, each on the day it is needed."""
        each = Quantity(1_000_000 * (pieces // count))
        lines = (ItemLine(0, self.kit, quantity=each, is_product=True), ItemLine(0, self.item, quantity=each))
        self._post(
            [Document(NO_ID, "assembly", self._day(number, count), lines=lines) for number in range(count)],
        )

    def receipt_s(self) -> float:
        """Seconds until a receipt before all of them is posted."""
        times = []
        for number in range(TRIES):
            line = ItemLine(0, self.item, quantity=Quantity(700_000_000), price=UnitPrice(4_500_000))
            on = self._first_day - timedelta(days=1 + number)
            receipt = Document(NO_ID, "goods_receipt", on, party=self._supplier, lines=(line,))
            times.append(spent(lambda receipt=receipt: self._book.do(post, drafts=[receipt])).wall)  # type: ignore[misc]
            self._book.checkpoint()
        self._book.close()
        return sorted(times)[TRIES // 2]
