"""Two hands and a scanner: they press real keys where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jxc_desktop.ui.editor.page import EditorPage
from jxc_desktop.ui.widgets.page import Address

if TYPE_CHECKING:
    from jxc_desktop.ui.shell.window import MainWindow

HAND_MS, SCANNER_MS = 200, 5
"""Between two keys."""


class Hands:
    """What is done to the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._time = 0
        self._pace = HAND_MS

    def module(self, code: str) -> None:
        """Bring a module to the front."""
        self._window.open_module(code)

    def open(self, module: str, kind: str, name: str) -> None:
        """Open the page of an address."""
        self._window.open(Address(module, kind, name))

    def _tick(self) -> int:
        self._time += self._pace
        return self._time

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        page = self._window.front()
        if isinstance(page, EditorPage):
            page.scanning.scanner.clock = lambda _event: self._tick()
        for sign in text:
            QTest.keyClicks(self._focus(), sign)

    def press(self, keys: str) -> None:
        """Press one key, with what is held down: `Return`, `F10`, `Ctrl+K`."""
        combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())

    def scan(self, code: str) -> None:
        """Pull the trigger of the scanner."""
        self._time += HAND_MS
        self._pace = SCANNER_MS
        self.type(code)
        QTest.keyClick(self._focus(), Qt.Key.Key_Return)
        self._pace = HAND_MS

    def focus(self, name: str) -> None:
        """Go to a field of the head by its name."""
        self._editor().head.fields[name].setFocus()

    def cell(self, row: int, name: str) -> None:
        """Go to a cell and open it."""
        grid = self._editor().grid
        grid.selectionModel().clear()
        grid.selectionModel().setCurrentIndex(
            grid.lines.index(row, grid.lines.place(name)), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        grid.open_cell(row, name)

    def _editor(self) -> EditorPage:
        page = self._window.front()
        assert isinstance(page, EditorPage)
        return page

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window
