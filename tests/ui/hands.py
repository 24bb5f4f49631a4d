"""Two hands on the keys of one editor, a scanner in one of them; and the list they begin from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jxc_desktop.ui.editor.page import EditorPage
from jxc_desktop.ui.listing.page import ListPage
from jxc_desktop.ui.widgets.page import EDITOR, Address

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow

WAIT = 10_000
QUICK_MS, SLOW_MS = 5, 200
"""Between two signs of a scanner, and between two keys of a hand."""


class Hands:
    """What a person does to one editor."""

    def __init__(self, window: MainWindow, qtbot: QtBot, type_: str, module: str = "sales") -> None:
        self.qtbot = qtbot
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
        window.open(Address(module, EDITOR, type_))
        page = window.front()
        assert isinstance(page, EditorPage)
        self.page = page
        self.until(lambda: page._start is not None)
        self.time = 0
        self.step = SLOW_MS
        self.heard: list[str] = []
        page.scanning.scanner.clock = lambda _event: self._tick()
        page.scanning.sounds._play = self._hear

    def _tick(self) -> int:
        self.time += self.step
        return self.time

    def _hear(self, file: Path) -> None:
        self.heard.append(file.stem)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what the book answers."""
        self.qtbot.waitUntil(holds, timeout=WAIT)

    def focus(self) -> QWidget:
        """Where keys go."""
        part = QApplication.focusWidget()
        assert part is not None
        return part

    def type(self, text: str) -> None:
        """Press the keys of a text, one after the other."""
        for each in text:
            QTest.keyClicks(self.focus(), each)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(self.focus(), key, modifier)

    def enter(self) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return)

    def scan(self, code: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        """Pull the trigger."""
        self.time += SLOW_MS
        self.step = QUICK_MS
        self.type(code)
        self.press(end)
        self.step = SLOW_MS

    def commit(self, text: str) -> None:
        """What an input method hands over."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(self.focus(), event)

    def cells(self) -> list[tuple[str, str, str]]:
        """Item, quantity and price of every line."""
        lines = self.page.entry.draft.lines.values()
        return [(each.item_code, str(each.quantity), str(each.price)) for each in lines]

    def at(self) -> tuple[int, str]:
        """Row and column that are open."""
        index = self.page.grid.currentIndex()
        return index.row(), self.page.lines.columns[index.column()].name


def list_of(window: MainWindow, qtbot: QtBot, address: Address) -> ListPage:
    """The list of an address with its rows, in the active window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open(address)
    page = window.front()
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0 and window.ops.is_idle)
    return page
