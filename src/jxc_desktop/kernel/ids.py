"""UUIDv7: ids that sort by the time they were made (RFC 9562)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NewType, Protocol

if TYPE_CHECKING:
    from .clock import Clock

Id = NewType("Id", str)
"""32 lower-case hexadecimal digits of a UUIDv7."""


class IdSource(Protocol):
    """Whatever mints new ids."""

    def new_id(self) -> Id:
        """A fresh id."""
        ...


class RandomIds:
    """Ids from the clock and the operating system's randomness."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def new_id(self) -> Id:
        """A fresh UUIDv7."""
        return uuid7(self._clock.now_ms(), os.urandom(10))


def uuid7(milliseconds: int, randomness: bytes) -> Id:
    """Put 48 bits of time and 74 of 80 random bits together as version 7, variant 10."""
    high = int.from_bytes(randomness[:2]) & 0x0FFF | 0x7000
    low = int.from_bytes(randomness[2:]) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return Id(f"{milliseconds & 0xFFFF_FFFF_FFFF:012x}{high:04x}{low:016x}")
