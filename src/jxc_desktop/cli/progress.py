"""Progress on stderr for work that takes longer than a second."""

from __future__ import annotations

import time
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Self

from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from .call import Call

FIRST, EVERY = 1.0, 0.5
"""Seconds before anything is shown, and between two messages; where nobody watches, ten times as long."""


class Progress:
    """Shows how far a work has come; the line is ended when the work ends."""

    def __init__(self, call: Call, text: str) -> None:
        self._call = call
        self._text = text
        self._next = time.monotonic() + FIRST
        self._every = EVERY if call.output.is_watched else EVERY * 10
        self._is_open = False

    def step(self, done: int) -> None:
        """So many rows, documents or records have been done."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._every
        message = self._call.words(Text(self._text, {"count": f"{done:,}"}))
        if self._call.output.is_watched:
            self._call.output.redraw(message)
            self._is_open = True
        else:
            self._call.output.note(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._is_open:
            self._call.output.note("")


@contextmanager
def patience(call: Call) -> Iterator[None]:
    """Say that work goes on where it takes longer than a second and nobody can tell how far it is."""
    notice = Timer(FIRST, call.note, [Text("cli.working")])
    notice.daemon = True
    notice.start()
    try:
        yield
    finally:
        notice.cancel()
        notice.join()
