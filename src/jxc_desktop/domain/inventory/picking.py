"""Taking a quantity out of batches: which of them, and how much of each.

What expires first leaves first (FEFO); of batches that keep equally long, the one that came in first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.quantity import NOTHING, Quantity
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER = "9999-12-31"
"""A batch without an expiry date keeps longest."""


@value
class Stored:
    """What lies of a batch in a bin: its expiry date (ISO, or empty), the day YYYYMMDD it came in."""

    batch: str
    quantity: Quantity
    expiry_date: str = ""
    received: int = 0
    bin: str = ""

    @property
    def age(self) -> tuple[bool, str, int, str, str]:
        """Sorts what is to leave first to the front, what has no batch to the end."""
        return not self.batch, self.expiry_date or NEVER, self.received, self.batch, self.bin


@value
class Picked:
    """What is taken of each, in the order it is taken; `short` is what is missing."""

    parts: tuple[Stored, ...]
    short: Quantity


def first_expired_first(stored: Iterable[Stored]) -> list[Stored]:
    """In the order in which they leave."""
    return sorted(stored, key=lambda each: each.age)


def pick(stored: Iterable[Stored], need: Quantity) -> Picked:
    """Take a quantity out of batches in the order given; those that hold nothing are passed over."""
    left, parts = need, []
    for each in stored:
        size = min(left, each.quantity)
        if size > NOTHING:
            parts.append(Stored(each.batch, size, each.expiry_date, each.received, each.bin))
            left -= size
    return Picked(tuple(parts), left)


def counted_parts(stored: Iterable[Stored], total: Quantity) -> tuple[Stored, ...]:
    """How a counted total lies in batches: a gain is of the one that keeps longest, a loss of those that leave first.

    What holds less than nothing is taken for empty. Without any batch the total is of none.
    """
    there = [each for each in first_expired_first(stored) if each.quantity > NOTHING]
    gain = total - Quantity(sum(each.quantity.micro for each in there))
    if gain < NOTHING:
        gone = pick(there, -gain).parts
        kept = {each.age: each.quantity for each in there}
        for each in gone:
            kept[each.age] -= each.quantity
        there = [Stored(each.batch, kept[each.age], each.expiry_date, each.received, each.bin) for each in there]
        return tuple(each for each in there if each.quantity)
    if not there:
        return (Stored("", total),)
    last = max(there, key=lambda each: (bool(each.batch), each.age))
    return tuple(
        Stored(each.batch, each.quantity + gain, each.expiry_date, each.received, each.bin) if each is last else each
        for each in there
    )
