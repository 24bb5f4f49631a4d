"""Posting a 5-line delivery against writing the same prebuilt rows with plain sqlite3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.services.book import Book
from jxc_desktop.services.documents import post
from tests.benchmarks.books import BigBook
from tests.benchmarks.capture import captured, connect, copy_book, write
from tests.benchmarks.figure import Figure, Spent, median_ratio, percentile, spent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAIRS, WARM_UP, BETWEEN_CHECKPOINTS = 300, 30, 25


def alternating(folder: Path, documents: int) -> list[tuple[Spent, Spent]]:
    """Pairs (product, floor): three copies of one book, the first only says which rows the work comes to."""
    made = BigBook(folder / f"book{documents}.jxc", documents)
    made.book.close()
    prebuilt, product, floor = (copy_book(made.path, folder / f"{name}.jxc") for name in ("rows", "book", "raw"))
    drafts = [made.delivery(made.last) for _ in range(PAIRS + WARM_UP)]
    with Book.open(prebuilt) as book:
        rows = []
        for draft in drafts:
            with captured() as written:
                book.do(post, drafts=[draft])
            rows.append(written)
    raw = connect(floor)
    pairs = []
    with Book.open(product) as book:
        for number, (draft, written) in enumerate(zip(drafts, rows, strict=True)):
            one = spent(lambda draft=draft: book.do(post, drafts=[draft]))  # type: ignore[misc]
            other = spent(lambda written=written: write(raw, written))  # type: ignore[misc]
            pairs.append((one, other))
            if number % BETWEEN_CHECKPOINTS == 0:
                book.checkpoint()
                raw.execute("PRAGMA wal_checkpoint(PASSIVE)")
    raw.close()
    for path in folder.glob("*.jxc*"):
        path.unlink()
    return pairs[WARM_UP:]


def post_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """In a book of 20,000 documents."""
    pairs = alternating(folder, int(20_000 * scale))
    ratio = median_ratio(pairs)
    yield Figure("post.wall", ratio.wall, 2.0, "x raw")
    yield Figure("post.cpu", ratio.cpu, 2.2, "x raw")
    yield Figure("post.p99", percentile([one.wall for one, _other in pairs], 0.99) * 1000, 10, "ms")


def growth_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """In a book of 100,000 documents against one of 1,000, each divided by its own floor."""
    small = median_ratio(alternating(folder, int(1_000 * scale)))
    large = median_ratio(alternating(folder, int(100_000 * scale)))
    yield Figure("post.growth", large.wall / small.wall, 1.2, "x small book")
