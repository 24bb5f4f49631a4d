"""Telling a scanner from a hand: a scanner's characters come faster than anybody types and end with Enter or Tab.

What a scan has put into the field it happened to hit is taken out again, so that digits never land in a quantity.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

GAP_MS = 35
"""The longest time between two characters of a scan; fast typists stay above 60 ms."""
SHORTEST = 6
ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


def _timestamp(event: QKeyEvent) -> int:
    return event.timestamp()


class Scanner(QObject):
    """Watches the keys that go to a page and its parts."""

    scanned = Signal(str)

    def __init__(self, page: QWidget, *, clock: Callable[[QKeyEvent], int] = _timestamp) -> None:
        super().__init__(page)
        self._page = page
        self.clock = clock
        self._typed = ""
        self._last = 0
        self._before: tuple[QLineEdit, str] | None = None
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at every key that goes to the page; a scan's end and a committed scan stay with us."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._is_ours(watched):
            return self._key(watched, event)
        if isinstance(event, QInputMethodEvent) and self._is_ours(watched):
            return self._commit(event)
        return False

    def _is_ours(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and self._page.isVisible() and self._page.isAncestorOf(watched)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        now = self.clock(event)
        if event.key() in ENDS and len(self._typed) >= SHORTEST and now - self._last <= GAP_MS:
            self._found(self._typed)
            return True
        text = event.text()
        if len(text) != 1 or not text.isprintable() or text.isspace():
            self._typed = ""
            return False
        if not self._typed or now - self._last > GAP_MS:
            self._typed = ""
            field = self._field(watched)
            self._before = None if field is None else (field, field.text())
        self._typed += text
        self._last = now
        return False

    def _field(self, watched: QObject) -> QLineEdit | None:
        return watched if isinstance(watched, QLineEdit) else None

    def _commit(self, event: QInputMethodEvent) -> bool:
        """With an input method on, a scan arrives as one commit, perhaps in full-width characters."""
        text = unicodedata.normalize("NFKC", event.commitString())
        if len(text) < SHORTEST or not text.isascii() or not text.isalnum():
            return False
        self._before = None
        self._found(text)
        return True

    def _found(self, code: str) -> None:
        self._typed = ""
        if self._before is not None:
            field, text = self._before
            self._before = None
            if isValid(field):
                field.setText(text)
        self.scanned.emit(unicodedata.normalize("NFKC", code))
