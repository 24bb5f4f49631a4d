"""Telling a scanner from a hand: a scanner's characters come faster than anybody types and end with Enter or Tab.

The keys are watched where they arrive, at the part that has the focus; what a scan has put there is taken out again, so
that digits never land in a quantity. With an input method on, a scan comes as commits, perhaps full-width: in one piece
or sign by sign, and the Enter after it as a key.
"""

from __future__ import annotations

import time
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

GAP_MS = 35
"""The longest time between two keys of a scan; fast typists stay above 60 ms."""
COMMIT_GAP_MS = 80
"""The same for what an input method commits, which carries no time of its own and is late when the window is busy."""
FEWEST_KEYS, FEWEST_COMMITTED = 4, 6
ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


def _monotonic() -> int:
    return time.monotonic_ns() // 1_000_000


def _timestamp(event: QKeyEvent) -> int:
    """When the key was pressed; keys that a program sends carry no time."""
    return event.timestamp() or _monotonic()


class Scanner(QObject):
    """Watches the keys that go to the window of a page while the page is in front.

    `drop` puts a cell away that opened under a scan. `clock` says when a key was pressed, `now` what time it is.
    """

    scanned = Signal(str)

    def __init__(self, page: QWidget, drop: Callable[[], None], *, gap_ms: int = GAP_MS) -> None:
        super().__init__(page)
        self.clock: Callable[[QKeyEvent], int] = _timestamp
        self.now: Callable[[], int] = _monotonic
        self._page = page
        self._drop = drop
        self._gap = gap_ms
        self._typed = ""
        self._key_at = self._seen_at = 0
        self._was_committed = False
        self._found_at = -COMMIT_GAP_MS
        self._before: _Before | None = None
        self._watched: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._watch)
        self._watch(None, QApplication.focusWidget())

    @property
    def is_reading(self) -> bool:
        """Whether a scan may be coming in at this moment."""
        return bool(self._typed) and self._is_soon()

    def _watch(self, _before: QWidget | None, focus: QWidget | None) -> None:
        """Where the focus is, keys arrive; where it is nowhere, the window gets them."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = focus or (self._page.window() if isValid(self._page) else None)
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at keys and commits; a scan's end and a committed scan stay with us.

        A key that opened a cell comes a second time, handed on to the field in it: then it is not spontaneous.
        """
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._is_ours(watched):
            return event.spontaneous() and self._key(watched, event)
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent) and self._is_ours(watched):
            return self._commit(watched, unicodedata.normalize("NFKC", event.commitString()))
        return False

    def _is_ours(self, watched: QObject) -> bool:
        """Keys of the page, and those that mean nothing where they go: on a tab, a button of the bars."""
        if not isinstance(watched, QWidget) or not self._page.isVisible():
            return False
        is_inside = self._page.isAncestorOf(watched)
        return is_inside or (watched.window() is self._page.window() and not isinstance(watched, QLineEdit))

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        at = self.clock(event)
        is_quick = self._is_soon() if self._was_committed else at - self._key_at <= self._gap
        if event.key() in ENDS:
            return self._end(is_quick=is_quick)
        sign = unicodedata.normalize("NFKC", event.text())
        if len(sign) != 1 or not sign.isprintable() or sign.isspace() or event.isAutoRepeat():
            if event.text():
                self._typed = ""
            return False
        self._take(watched, sign, is_quick=is_quick)
        self._key_at, self._was_committed = at, False
        return False

    def _is_soon(self) -> bool:
        return self.now() - self._seen_at <= COMMIT_GAP_MS

    def _end(self, *, is_quick: bool) -> bool:
        """Enter or Tab: after a scan it is the scan's own."""
        if not self._typed and self.now() - self._found_at <= COMMIT_GAP_MS:
            self._found_at = -COMMIT_GAP_MS
            return True
        if not is_quick or len(self._typed) < FEWEST_KEYS:
            self._typed = ""
            return False
        self._found()
        return True

    def _commit(self, watched: QObject, text: str) -> bool:
        if not text or not text.isascii() or not text.isprintable() or " " in text:
            return False
        if len(text) >= FEWEST_COMMITTED and any(sign.isdigit() for sign in text):
            self._typed, self._before = text, None
            self._found()
            self._found_at = self.now()
            return True
        self._take(watched, text, is_quick=self._is_soon())
        self._was_committed = True
        return False

    def _take(self, watched: QObject, text: str, *, is_quick: bool) -> None:
        if not self._typed or not is_quick:
            self._typed = ""
            self._before = _Before(watched)
        self._typed += text
        self._seen_at = self.now()

    def _found(self) -> None:
        code, before, self._typed, self._before = self._typed, self._before, "", None
        if before is not None and not before.restore():
            self._drop()
        self.scanned.emit(code)


class _Before:
    """What stood in a field before the first character of a scan."""

    def __init__(self, part: QObject) -> None:
        self._part = part
        if isinstance(part, QLineEdit):
            self._text, self._was_typed, self._at = part.text(), part.isModified(), part.cursorPosition()
        elif isinstance(part, QComboBox):
            self._choice = part.currentIndex()

    def restore(self) -> bool:
        """Put it back; False where the scan did not begin in a field that is still there."""
        part = self._part
        if not isValid(part):
            return False
        if isinstance(part, QLineEdit):
            part.setText(self._text)
            part.setModified(self._was_typed)
            part.setCursorPosition(self._at)
            return True
        if isinstance(part, QComboBox) and part.currentIndex() != self._choice:
            part.setCurrentIndex(self._choice)
            part.activated.emit(self._choice)
        return isinstance(part, QComboBox)
