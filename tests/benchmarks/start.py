"""How long the program takes to say something: its version, and the first report on a large book."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.benchmarks.books import BigBook
from tests.benchmarks.figure import Figure
from tests.benchmarks.processes import ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RAW_REPORT = (
    "import sqlite3, sys, sqlalchemy, sqlalchemy.dialects.sqlite\n"
    "rows = sqlite3.connect(sys.argv[1]).execute("
    "'SELECT i.code, i.name, w.name, h.quantity, p.quantity, p.value FROM stock_on_hand h JOIN item i ON i.id = h.item"
    " JOIN warehouse w ON w.id = h.warehouse JOIN cost_pool p ON p.item = h.item ORDER BY i.code').fetchall()\n"
    "print(rows)\n"
)


def start_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """Whole processes, CPU."""
    floor = [sys.executable, "-c", "import sqlite3, msgspec"]
    version = ratio([sys.executable, "-m", "jxc_desktop", "version"], floor)
    yield Figure("start.version", version, 2.0, "x python importing sqlite3 and msgspec")
    made = BigBook(folder / "book.jxc", int(20_000 * scale))
    made.book.close()
    report = [sys.executable, "-m", "jxc_desktop", "report", "stock-on-hand", "--json", "--book", str(made.path)]
    raw = [sys.executable, "-c", RAW_REPORT, str(made.path)]
    yield Figure("start.first_report", ratio(report, raw), 1.5, "x python importing SQLAlchemy plus the raw query")
