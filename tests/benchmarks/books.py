"""Large books for the benchmarks, made once per run."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, ItemLine
from jxc_desktop.kernel.quantity import Quantity, UnitPrice
from jxc_desktop.services.documents import post
from jxc_desktop.services.masters import CardChange, set_cards
from jxc_desktop.services.new_book import NewBook, create_book

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.book import Book

ITEMS, PARTIES, START = 3_000, 500, date(2026, 1, 1)
CHUNK = 10_000


class BigBook:
    """A book with many deliveries of many items, and the means to make more of them."""

    def __init__(
        self, path: Path, documents: int, *, lines: int = 5, items: int = ITEMS, seed: int = 1, **choice: Any
    ) -> None:
        self.path = path
        self.random = random.Random(seed)
        self.lines = lines
        self.book: Book = create_book(path, NewBook("大账套", 202601, **choice))
        self.items: list[Id] = [self.book.ids.new_id() for _ in range(items)]
        self.parties: list[Id] = [self.book.ids.new_id() for _ in range(PARTIES)]
        self._cards()
        self._days = max(documents, 1)
        for first in range(0, documents, CHUNK):
            many = range(first, min(first + CHUNK, documents))
            self.book.do(post, drafts=[self.delivery(START + timedelta(days=n * 300 // documents)) for n in many])
        self.last = START + timedelta(days=300)

    def _cards(self) -> None:
        cards = [
            CardChange(
                "item",
                {
                    "code": f"A{number:05d}",
                    "name": f"商品{number}",
                    "base_unit": "个",
                    "kind": "goods",
                    "tax_rate": 130_000,
                    "is_active": 1,
                },
                item,
            )
            for number, item in enumerate(self.items)
        ]
        cards += [
            CardChange(
                "party", {"code": f"C{number:04d}", "name": f"客户{number}", "is_customer": 1, "is_active": 1}, each
            )
            for number, each in enumerate(self.parties)
        ]
        self.book.do(set_cards, changes=cards)
        opening = tuple(
            ItemLine(0, item, quantity=Quantity(5_000_000_000), unit_cost=UnitPrice(2_000_000)) for item in self.items
        )
        self.book.do(post, drafts=[Document(NO_ID, "opening_stock", START, lines=opening)])

    def delivery(self, on: date) -> Document:
        """A draft of a delivery with lines of items at random."""
        lines = tuple(
            ItemLine(
                0,
                self.random.choice(self.items),
                quantity=Quantity(self.random.randint(1, 9) * 1_000_000),
                price=UnitPrice(self.random.randint(1, 999) * 10_000),
            )
            for _ in range(self.lines)
        )
        return Document(NO_ID, "delivery_note", on, party=self.random.choice(self.parties), lines=lines)
