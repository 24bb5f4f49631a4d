"""Entering 10,000 serial numbers as a range, receiving and selling them, and selling one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.services.documents import post
from jxc_desktop.services.intake import read_drafts
from tests import builders
from tests.benchmarks.figure import Figure, percentile, spent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.builders import Shop

SINGLE = 100


def serial_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """From the text of the range to the commit, as the user waits for it."""
    count = max(int(10_000 * scale), SINGLE)
    shop = builders.open_shop(folder)
    with shop.book:
        shop.item("S1", has_serial=1)
        shop.supplier("G1")
        shop.customer("K1")
        received = spent(lambda: _posted(shop, "goods_receipt", "G1", count, f"N{1:06d}~N{count:06d}"))
        yield Figure("serials.received.wall", received.wall, 5 * scale, "s")
        rest = count - SINGLE
        sold = spent(lambda: _posted(shop, "delivery_note", "K1", rest, f"N{1:06d}~N{rest:06d}")) if rest else received
        yield Figure("serials.sold.wall", sold.wall, 5 * scale, "s")
        singles = [
            spent(lambda number=number: _posted(shop, "delivery_note", "K1", 1, f"N{number:06d}")).wall  # type: ignore[misc]
            for number in range(rest + 1, count + 1)
        ]
        yield Figure("serials.one.p95", percentile(singles, 0.95) * 1000, 20, "ms")


def _posted(shop: Shop, kind: str, party: str, count: int, serials: str) -> None:
    content: dict[str, Any] = {
        "type": kind,
        "date": "2026-01-09",
        "party_code": party,
        "lines": [{"line": 1, "item_code": "S1", "quantity": str(count), "price": "10"}],
        "tracking": [{"item_line": 1, "serials": serials}],
    }
    shop.book.do(post, drafts=shop.book.read(read_drafts, content=content))
