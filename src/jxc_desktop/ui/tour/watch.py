"""What each turn of the event loop takes of the window's thread."""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractEventDispatcher, QObject

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MS = 50
"""A turn that takes longer on the processor is felt."""


SQUARES, SQUARES_MS = 100_000, 5.0
"""So many squares are added in so many milliseconds on the machine that the limit is meant for, left alone."""


class Turn(NamedTuple):
    """One turn: milliseconds on the processor, and what was being done."""

    milliseconds: float
    step: str


class LoopWatch(QObject):
    """Takes the time of every turn; sleeping takes none."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[Turn] = []
        self.step = ""
        self._began = time.thread_time()
        self._left_out = 0.0
        self._slowness: list[float] = []
        QAbstractEventDispatcher.instance().awake.connect(self._turn)

    def _turn(self) -> None:
        """Another turn begins: the one before is over, its timers and answers done."""
        now = time.thread_time()
        self.turns.append(Turn((now - self._began - self._left_out) * 1_000, self.step))
        self._began, self._left_out = time.thread_time(), 0.0

    def look_at_machine(self) -> None:
        """How much slower the machine is at this moment than the one that the limit is meant for."""
        with self.leave_out():
            began = time.thread_time()
            sum(number * number for number in range(SQUARES))
            self._slowness.append((time.thread_time() - began) * 1_000 / SQUARES_MS)

    @property
    def slowness(self) -> float:
        """How much slower the machine was during the walk, 1 where it was not."""
        return max(1.0, statistics.median(self._slowness)) if self._slowness else 1.0

    @contextmanager
    def leave_out(self) -> Iterator[None]:
        """What is done in here is the tour's own and counts for nothing."""
        began = time.thread_time()
        yield
        self._left_out += time.thread_time() - began

    def slow(self) -> list[Turn]:
        """The turns over the limit on this machine, the longest first."""
        return sorted((turn for turn in self.turns if turn.milliseconds > MOST_MS * self.slowness), reverse=True)
