"""The time of the demo book: a clock that is moved along the days of the shop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from jxc_desktop.kernel.clock import FixedClock

if TYPE_CHECKING:
    from datetime import date

CHINA = timezone(timedelta(hours=8))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DayClock(FixedClock):
    """A clock that is moved along the days of the shop."""

    def put_at(self, day: date, hour: int, minute: int = 0) -> None:
        """Move it to a time of a day in China."""
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)
        self.put((moment - EPOCH) // timedelta(milliseconds=1))
