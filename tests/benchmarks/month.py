"""Pricing a month of 10,000 items and 100,000 movements under periodic average, a tenth of the items kits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.services.documents import post
from jxc_desktop.services.masters import CardChange, set_cards
from jxc_desktop.services.month_prices import price_month
from tests import builders
from tests.benchmarks.figure import Figure, spent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop

LINES = 100
DAYS = 5
"""Each item comes in and goes out once on so many days."""
KITS = 10
"""One item in so many is put together from its neighbours instead of bought."""


def month_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """One pricing of the first month, as the user waits for it; most issues go out before their receipts."""
    shop = builders.open_shop(folder, costing="periodic_average", negative_stock="allow")
    with shop.book:
        items = _items(shop, max(int(10_000 * scale), LINES))
        supplier, customer = shop.supplier("S1"), shop.customer("K1")
        for start in range(0, len(items), LINES):
            some = items[start : start + LINES]
            drafts = []
            for day in range(1, DAYS + 1):
                bought = [builders.line(item, "12", f"{day}.37") for item in some[len(some) // KITS :]]
                sold = [builders.line(item, "5", "9") for item in some]
                drafts += [builders.delivery(day, customer, sold), builders.receipt(day, supplier, bought)]
                drafts += _put_together(day, some)
            shop.book.do(post, drafts=drafts)
        shop.book.checkpoint()
        yield Figure("price_month.wall", spent(lambda: shop.book.do(price_month, period=202601)).wall, 5 * scale, "s")


def _put_together(day: int, items: list[Id]) -> Iterator[Document]:
    """Each kit from a bought item and, where there is one, from the kit before it."""
    count = len(items) // KITS
    for number in range(count):
        parts = [builders.line(items[count + number], "7")]
        if number:
            parts.append(builders.line(items[number - 1], "1"))
        yield builders.assembly(day, builders.line(items[number], "7"), parts)


def _items(shop: Shop, count: int) -> list[Id]:
    ids = [shop.book.ids.new_id() for _ in range(count)]
    fields = {"base_unit": "个", "kind": "goods", "is_active": 1}
    changes = [
        CardChange("item", {"code": f"I{number}", "name": f"商品{number}", **fields}, item)
        for number, item in enumerate(ids)
    ]
    shop.book.do(set_cards, changes=changes)
    return ids
