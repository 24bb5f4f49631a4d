"""A backdated receipt before 10,000 later movements of its item, each in another document of a large book."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

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

TRIES = 5


def backdated_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """The median of several receipts, each one day earlier than the last."""
    made = BigBook(folder / "book.jxc", int(90_000 * scale))
    item, supplier = made.book.ids.new_id(), made.book.ids.new_id()
    made.book.do(
        set_cards,
        changes=[
            CardChange(
                "item", {"code": "HOT", "name": "畅销品", "base_unit": "个", "kind": "goods", "is_active": 1}, item
            ),
            CardChange("party", {"code": "S1", "name": "供应商", "is_supplier": 1, "is_active": 1}, supplier),
        ],
    )
    opening = ItemLine(0, item, quantity=Quantity(10**12), unit_cost=UnitPrice(2_000_000))
    made.book.do(post, drafts=[Document(NO_ID, "opening_stock", START, lines=(opening,))])
    later = int(10_000 * scale)
    first_day = START + timedelta(days=20)
    drafts = [
        Document(
            NO_ID,
            "delivery_note",
            first_day + timedelta(days=number * 200 // later),
            party=made.parties[number % len(made.parties)],
            lines=(ItemLine(0, item, quantity=Quantity(1_000_000), price=UnitPrice(5_000_000)),),
        )
        for number in range(later)
    ]
    for start in range(0, later, CHUNK):
        made.book.do(post, drafts=drafts[start : start + CHUNK])
    made.book.checkpoint()
    times = []
    for number in range(TRIES):
        line = ItemLine(0, item, quantity=Quantity(7_000_000), price=UnitPrice(2_500_000 + number))
        receipt = Document(
            NO_ID, "goods_receipt", first_day - timedelta(days=1 + number), party=supplier, lines=(line,)
        )
        times.append(spent(lambda receipt=receipt: made.book.do(post, drafts=[receipt])).wall)  # type: ignore[misc]
        made.book.checkpoint()
    made.book.close()
    yield Figure("backdated.wall", sorted(times)[TRIES // 2], 0.3 * scale, "s")
