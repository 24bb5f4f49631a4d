"""Peak memory of importing 525,000 lines and of rebuilding the book they make, each in a process of its own."""

from __future__ import annotations

import csv
import gzip
import itertools
import sys
from typing import TYPE_CHECKING

from tests.benchmarks.exchange import MAPS, OPENING, SALES, SHOP
from tests.benchmarks.figure import Figure
from tests.benchmarks.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINES = 525_000


def many_lines(target: Path, lines: int) -> Path:
    """The shop's sales over and over, each time with other document numbers."""
    with gzip.open(SHOP / SALES, "rt", encoding="utf-8", newline="") as whole:
        header, *rows = csv.reader(whole)
    numbered = ([f"{row[0]}-{turn}", *row[1:]] for turn in itertools.count() for row in rows)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(itertools.islice(numbered, lines))
    return target


def memory_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """MiB of the largest moment, as the operating system counted it."""
    book = folder / "book.jxc"
    program = [sys.executable, "-m", "jxc_desktop"]
    sales = many_lines(folder / "sales.csv", int(LINES * scale))
    run([*program, "new", str(book), "--name", "Shop", "--start", "2010-12"])
    opening = ["--map", str(MAPS / "online_retail_opening.toml"), "--book", str(book)]
    run([*program, "import", "opening-stock", str(SHOP / OPENING), *opening])
    mapped = ["--map", str(MAPS / "online_retail.toml"), "--book", str(book)]
    imported = run([*program, "import", "documents", str(sales), *mapped])
    yield Figure("memory.import", imported.peak_mib, 300, "MiB")
    rebuilt = run([*program, "rebuild", "--book", str(book)])
    yield Figure("memory.rebuild", rebuilt.peak_mib, 300, "MiB")
