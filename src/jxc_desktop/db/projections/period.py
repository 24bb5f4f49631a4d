"""Where a document takes effect: its own month, or the first open one where its month was frozen without it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

Cut = dict[int, int]
"""Stream → the last record of it that a closed period holds."""


@value
class Place:
    """Effective period YYYYMM, effective day YYYYMMDD (day 0: before every ordinary day), and whether it is late."""

    period: int
    date: int
    is_late: bool = False


def next_period(period: int) -> int:
    """The month after YYYYMM."""
    return period + 1 if period % 100 < 12 else period + 89


def earlier_period(period: int) -> int:
    """The month before YYYYMM."""
    return period - 1 if period % 100 > 1 else period - 89


class Periods:
    """The closed periods and the first period of the book, read once per transaction."""

    __slots__ = ("_closed", "_session", "_start")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._closed: dict[int, Cut] | None = None
        self._start: int | None = None

    @property
    def closed(self) -> dict[int, Cut]:
        """Closed periods with their cuts."""
        if self._closed is None:
            rows = self._session.rows("SELECT id, cut FROM period WHERE state = 'closed'")
            self._closed = {
                period: {int(name, 16): seq for name, seq in json.loads(cut).items()} for period, cut in rows
            }
        return self._closed

    @property
    def start(self) -> int:
        """The first period of the book, 0 where no setting says it."""
        if self._start is None:
            text = self._session.value("SELECT value FROM setting WHERE key = 'start_period'")
            self._start = 0 if text is None else int(json.loads(text))
        return self._start

    def forget(self) -> None:
        """A period or the start changed: read again."""
        self._closed = self._start = None

    def holds(self, period: int, stream: int, seq: int) -> bool:
        """Whether a closed period was frozen with this record inside."""
        return seq <= self.closed[period].get(stream, 0)

    def place(self, day: int, stream: int, seq: int, *, is_opening: bool) -> Place:
        """Where a document with this paper date takes effect; `stream` and `seq` are those of its content's record."""
        paper = (self.start or day // 100) if is_opening else day // 100
        period = paper
        while period in self.closed and not self.holds(period, stream, seq):
            period = next_period(period)
        if period != paper:
            return Place(period, period * 100, is_late=True)
        return Place(period, period * 100 if is_opening else day)
