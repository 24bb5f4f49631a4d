"""The window: how long it takes to be there, to answer a key, to show a long list; each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import ItemLine
from jxc_desktop.kernel.quantity import Quantity, UnitPrice
from jxc_desktop.services.book import Book
from jxc_desktop.services.drafts import save_drafts
from jxc_desktop.services.masters import CardChange, set_cards
from tests.benchmarks.books import START, BigBook
from tests.benchmarks.capture import connect
from tests.benchmarks.figure import Figure
from tests.benchmarks.finding import fill_with_items
from tests.benchmarks.processes import installed, ratio
from tests.benchmarks.window_child import SCANS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINES, ROWS = 1_000, 1_000_000
BARE = (
    "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
    "import sqlalchemy, sqlalchemy.dialects.sqlite\n"
    "from PySide6.QtWidgets import QApplication, QWidget\n"
    "app = QApplication([]); window = QWidget(); window.resize(1366, 768); window.show(); app.processEvents()\n"
    "os._exit(0)\n"
)


def window_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """All of them, the cheap ones first."""
    yield from _start(folder, scale)
    yield from _editor(folder, scale)
    yield from _listing(folder, scale)


def _start(folder: Path, scale: float) -> Iterator[Figure]:
    demo, large = folder / "demo.jxc", folder / "large.jxc"
    subprocess.run([sys.executable, "-m", "jxc_desktop", "demo", str(demo)], check=True, stdout=subprocess.DEVNULL)
    BigBook(large, int(100_000 * scale)).book.close()
    settings = str(folder / "window.ini")
    bare = [sys.executable, "-c", BARE]
    on_demo, on_large = (
        [sys.executable, "-m", "tests.benchmarks.window_start", str(book), settings] for book in (demo, large)
    )
    yield Figure("window.start", ratio(on_demo, bare, pairs=7), 1.6, "x bare Qt window and SQLAlchemy, CPU")
    yield Figure("window.start_large", ratio(on_large, on_demo, pairs=7), 1.1, "x demo")
    large.unlink()


def _editor(folder: Path, scale: float) -> Iterator[Figure]:
    made = BigBook(folder / "editor.jxc", 1_000)
    scanned = [
        CardChange(
            "item",
            {
                "code": f"S{number:03d}",
                "name": f"扫码商品{number}",
                "base_unit": "个",
                "kind": "goods",
                "is_active": 1,
                "barcodes": [{"barcode": f"69{number:011d}", "unit": "个"}],
            },
            made.book.ids.new_id(),
        )
        for number in range(SCANS)
    ]
    made.book.do(set_cards, changes=scanned)
    fill_with_items(made.book, int(200_000 * scale))
    lines = tuple(
        ItemLine(0, item, quantity=Quantity(1_000_000), price=UnitPrice(2_500_000)) for item in made.items[:LINES]
    )
    draft = Document(made.book.ids.new_id(), "delivery_note", START, party=made.parties[0], lines=lines)
    made.book.close()
    picked = _measured("picker", made.path)
    yield Figure("window.picker_per_key", picked["key_ms"], 40, "ms p95 until painted")
    with Book.open(made.path) as book:
        book.do(save_drafts, drafts=[draft])
    found = _measured("editor", made.path)
    yield Figure("window.open_1000_lines", found["open_ms"], 150, "ms")
    yield Figure("window.key_to_cell", found["key_ratio"], 1.4, "x the same in a bare QTableView, CPU p95")
    yield Figure("window.scan_to_line", found["scan_ms"], 50, "ms p95")
    made.path.unlink()


def _listing(folder: Path, scale: float) -> Iterator[Figure]:
    made = BigBook(folder / "list.jxc", 1_000)
    made.book.close()
    _multiply(made.path, ROWS)
    del scale
    found = _measured("listing", made.path)
    yield Figure("window.list_first_page", found["first_page_ms"], 100, "ms")
    yield Figure("window.list_scroll", found["scroll_ratio"], 1.4, "x bare QTableView, CPU p95")
    yield Figure("window.list_memory", found["memory_mib"], 150, "MiB above the window")


def _multiply(path: Path, rows: int) -> None:
    """Heads of documents alone, as many as wanted: a list reads nothing else."""
    raw = connect(path)
    names = [row[1] for row in raw.execute("PRAGMA table_info(document)")]
    made = {"id": "d.id + n.n * 1000000", "uuid": "randomblob(16)", "number": "d.number || '-' || n.n"}
    columns = ", ".join(made.get(name, f"d.{name}") for name in names)
    raw.execute("BEGIN")
    raw.execute(
        f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT ?) INSERT INTO document SELECT {columns}"
        " FROM n CROSS JOIN (SELECT * FROM document WHERE type = 'delivery_note' LIMIT 1000) d",
        (rows // 1_000,),
    )
    raw.execute("COMMIT")
    raw.close()


def _command(name: str, book: Path) -> list[str]:
    return [sys.executable, "-m", "tests.benchmarks.child", name, str(book)]


def _measured(name: str, book: Path) -> dict[str, float]:
    told = subprocess.run(_command(name, book), check=True, stdout=subprocess.PIPE, text=True, env=installed())
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found
