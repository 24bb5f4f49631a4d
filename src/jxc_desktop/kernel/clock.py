"""The wall clock as something passed in, and the hybrid logical clock (HLC) of change records."""

from __future__ import annotations

import time
from typing import NewType, Protocol

Hlc = NewType("Hlc", int)
"""48 bits of milliseconds and a 16-bit counter."""

COUNTER_BITS = 16


class Clock(Protocol):
    """Whoever knows the time."""

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that stands where it is put: for the demo book and for tests."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        """The time it was put to."""
        return self._now_ms

    def put(self, now_ms: int) -> None:
        """Move it to another time."""
        self._now_ms = now_ms


def tick(last: Hlc, now_ms: int) -> Hlc:
    """The next local HLC: the wall clock, or one more than the last where the clock stands or went back.

    Source: `max(now, last + 1)`, so that records of a stream always rise.
    """
    return Hlc(max(now_ms << COUNTER_BITS, last + 1))


def merge(local: Hlc, remote: Hlc, now_ms: int) -> Hlc:
    """The local clock after a remote record: never pushed past the local wall clock by somebody's wrong clock."""
    return Hlc(max(local, min(remote, now_ms << COUNTER_BITS)))


def hlc_ms(hlc: Hlc) -> int:
    """The milliseconds of an HLC."""
    return hlc >> COUNTER_BITS
