"""Work that would hold up the book's own threads, or has no book yet: on a thread of its own, one piece at a time."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable


class Aside(QObject):
    """Does one thing at a time away from the window's thread; `done` and `failed` come on the window's."""

    done = Signal(object)
    failed = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_busy = False
        self._ended.connect(self._tell)
        self._thread = ThreadPoolExecutor(1, "jxc-aside")

    def start(self, work: Callable[[], Any]) -> None:
        """Do it, unless something is being done already."""
        if self.is_busy:
            return
        self.is_busy = True
        self._thread.submit(work).add_done_callback(self._hand_over)

    def _hand_over(self, ended: Future[Any]) -> None:
        """On its own thread; whoever wanted it may be gone."""
        if isValid(self):
            self._ended.emit(ended)

    def _tell(self, ended: Future[Any]) -> None:
        self.is_busy = False
        error = ended.exception()
        if error is None:
            self.done.emit(ended.result())
        else:
            self.failed.emit(error)
