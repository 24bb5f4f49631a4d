"""The measurements of the window; `tests.benchmarks.child` runs one in a process of its own.

Prints its figures as one line of JSON. Qt runs without a screen, on its own raster engine. Milliseconds are those of
all threads of the process on the processor: what it takes on a machine that has nothing else to do.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from jxc_desktop.language import Language
from jxc_desktop.services.book import Book
from jxc_desktop.ui.shell.running import application
from jxc_desktop.ui.shell.window import THEME, MainWindow
from jxc_desktop.ui.widgets.page import EDITOR, Address
from jxc_desktop.ui.widgets.theme import Mode, Size
from tests.benchmarks.figure import percentile

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.ui.editor.page import EditorPage

KEYS, SCROLLS, SCANS = 200, 300, 60
PATIENCE, PULSE_MS = 60.0, 100
WORDS = ("nongfu", "chongq", "hongse", "农夫", "可口", "纯净水", "红色", "kk")


class Screen:
    """The application with the window on a book."""

    def __init__(self, path: str) -> None:
        folder = Path(tempfile.mkdtemp(prefix="jxc-bench-window-"))
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        settings.setValue(THEME, Mode.LIGHT.value)
        self.app = application(settings)
        self._pulse = QTimer()
        self._pulse.start(PULSE_MS)
        self.window = MainWindow(Book.open(Path(path)), settings, Language.ZH_CN)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.window._seal.stop()
        self.until(lambda: bool(self.window.state.company))

    def settle(self) -> None:
        """The window is at rest: the kinds of pages are loaded, everything is painted."""
        self.until(lambda: self.window.is_loaded)
        self.paint()

    def paint(self) -> None:
        """Everything that waits is done and painted."""
        self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def until(self, holds: Callable[[], bool]) -> None:
        """Sleep until something happens, until it holds. Raises TimeoutError."""
        end = time.perf_counter() + PATIENCE
        while not holds():
            if time.perf_counter() > end:
                raise TimeoutError
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def open(self, module: str, kind: str, name: str) -> Any:
        """The page of an address."""
        self.window.open(Address(module, kind, name))
        return self.window.front()

    def close(self) -> None:
        """Close the window without its backup, which is not what is measured."""
        self.window.ops.close()


def editor(path: str) -> dict[str, float]:
    """A draft of 1,000 lines comes back; a key in a cell of it; a scan."""
    screen = Screen(path)
    screen.settle()
    began = time.process_time()
    page = screen.open("sales", EDITOR, "delivery_note")
    screen.until(lambda: len(page.entry.draft.lines) >= 1_000)
    screen.paint()
    found = {"open_ms": (time.process_time() - began) * 1_000}
    found["scan_ms"] = percentile(_scans(screen, page), 0.95)
    place, ours, theirs = page.lines.place("quantity"), [], []
    bare = _bare_grid(page)
    for number in range(KEYS):
        text = str(number % 9 + 1)
        screen.window.activateWindow()
        ours.append(_key(screen.app, page.grid, place, text, Qt.Key.Key_Return))
        bare.activateWindow()
        theirs.append(_key(screen.app, bare, place, text, Qt.Key.Key_Tab))
    found["key_ratio"] = percentile(ours, 0.95) / percentile(theirs, 0.95)
    found["key_median_ratio"] = statistics.median(ours) / statistics.median(theirs)
    screen.close()
    return found


def _key(app: QApplication, grid: QTableView, column: int, text: str, on: Qt.Key) -> float:
    """CPU of this thread from a key in an open cell to the painted cell, and on to the next cell, open and painted.

    That is what Enter does in a document, and Tab in a plain table.
    """
    index = grid.model().index(500, column)
    grid.setFocus()
    grid.setCurrentIndex(index)
    grid.edit(index)
    app.processEvents()
    from PySide6.QtTest import QTest  # noqa: PLC0415 — the start of the window is measured without it

    field = next(each for each in grid.findChildren(QLineEdit) if each.isVisible())
    began = time.thread_time()
    QTest.keyClicks(field, text)
    app.processEvents()
    QTest.keyClick(field, on)
    app.processEvents()
    return time.thread_time() - began


def _bare_grid(page: EditorPage) -> QTableView:
    """The same cells in a plain table of strings."""
    lines = page.lines
    model = QStandardItemModel(lines.rowCount(), lines.columnCount())
    for row in range(lines.rowCount()):
        for place in range(lines.columnCount()):
            model.setItem(row, place, QStandardItem(str(lines.index(row, place).data() or "")))
    bare = QTableView()
    bare.setModel(model)
    model.setParent(bare)
    bare.setWordWrap(False)
    bare.verticalHeader().setDefaultSectionSize(Size.ROW)
    for place in range(lines.columnCount()):
        bare.setColumnWidth(place, page.grid.columnWidth(place))
    bare.resize(page.grid.size())
    bare.show()
    bare.scrollTo(model.index(500, 0))
    QApplication.processEvents()
    return bare


def _scans(screen: Screen, page: EditorPage) -> list[float]:
    """Milliseconds from the last key of a scan to the new line on the screen."""
    from PySide6.QtTest import QTest  # noqa: PLC0415

    clock = [0]

    def tick(_event: object) -> int:
        clock[0] += 5
        return clock[0]

    page.scanning.scanner.clock = tick
    times = []
    for number in range(SCANS):
        count = sum(line.quantity.micro for line in page.entry.draft.lines.values())
        page.grid.open_next()
        screen.paint()
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, f"69{number:011d}")
        began = time.process_time()
        QTest.keyClick(field, Qt.Key.Key_Return)
        screen.until(lambda count=count: sum(x.quantity.micro for x in page.entry.draft.lines.values()) > count)  # type: ignore[misc]
        screen.paint()
        times.append((time.process_time() - began) * 1_000)
        clock[0] += 1_000
    return times


def picker(path: str) -> dict[str, float]:
    """Milliseconds from a key in the item cell to the painted offers."""
    screen = Screen(path)
    screen.settle()
    page = screen.open("sales", EDITOR, "delivery_note")
    screen.until(lambda: page._start is not None)
    page.grid.open_next()
    times = []
    for word in WORDS * 6:
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.clear()
        screen.paint()
        for length in range(1, len(word) + 1):
            began = time.process_time()
            field.setText(word[:length])
            field.textEdited.emit(word[:length])
            screen.until(lambda field=field, text=word[:length]: field._answered == text)  # type: ignore[misc]
            screen.paint()
            times.append((time.process_time() - began) * 1_000)
    screen.close()
    return {"key_ms": percentile(times, 0.95)}


def listing(path: str) -> dict[str, float]:
    """The list of 1,000,000 documents: its first page, scrolling, memory."""
    screen = Screen(path)
    screen.settle()
    before = _resident_mib()
    began = time.process_time()
    page = screen.open("sales", "documents", "delivery_note")
    screen.until(lambda: page.model.rowCount() > 0)
    screen.paint()
    found = {"first_page_ms": (time.process_time() - began) * 1_000}
    screen.until(lambda: page.model.rowCount() >= 1_000_000)
    chance = random.Random(1)
    ours = _scroll(screen.app, page.body.table, chance)
    found["memory_mib"] = _resident_mib() - before
    texts = [
        [str(page.model.index(row, place).data() or "") for place in range(page.model.columnCount())]
        for row in range(200)
    ]
    bare = QTableView()
    model = QStandardItemModel(20_000, page.model.columnCount(), bare)
    for row in range(20_000):
        for place, text in enumerate(texts[row % 200]):
            model.setItem(row, place, QStandardItem(text))
    bare.setModel(model)
    bare.setWordWrap(False)
    bare.verticalHeader().setDefaultSectionSize(Size.ROW)
    for place in range(model.columnCount()):
        bare.setColumnWidth(place, page.body.table.columnWidth(place))
    bare.resize(page.body.table.size())
    bare.show()
    screen.paint()
    theirs = _scroll(screen.app, bare, chance)
    found["scroll_ratio"] = percentile(ours, 0.95) / percentile(theirs, 0.95)
    screen.close()
    return found


def _scroll(app: QApplication, table: QTableView, chance: random.Random) -> list[float]:
    """CPU of this thread for each frame of a wheel that turns from a place on, three rows at a time."""
    bar = table.verticalScrollBar()
    bar.setValue(chance.randrange(max(bar.maximum() // 2, 1)))
    for _wait in range(20):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    times = []
    for _frame in range(SCROLLS):
        began = time.thread_time()
        bar.setValue(bar.value() + 3)
        app.processEvents()
        times.append(time.thread_time() - began)
    return times


def _resident_mib() -> float:
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


MEASURES = {"editor": editor, "picker": picker, "listing": listing}
