"""Chance that is the same in every run: dice, ids and the stream of the demo book, without floats or hashes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

from jxc_desktop.kernel.ids import Id, uuid7
from jxc_desktop.services.token_store import NoTokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.kernel.clock import Clock

T = TypeVar("T")

SEED = 20_260_101
STREAM = 0x2026_0101_0000_0001
"""The stream that every demo book is written by; whoever goes on writing gets one of his own."""


class Dice:
    """Whole numbers by chance, from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 — it invents a business, it keeps no secret

    def bits(self, count: int) -> int:
        """That many random bits."""
        return self._random.getrandbits(count)

    def between(self, first: int, last: int) -> int:
        """A number from `first` to `last`, both among them."""
        return first + self.bits(53) % (last - first + 1)

    def happens(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.between(1, 100) <= percent

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[self.between(0, len(choices) - 1)]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of them, each as often as its weight says."""
        left = self.between(1, sum(weight for _choice, weight in choices))
        for choice, weight in choices:
            left -= weight
            if left <= 0:
                return choice
        raise ValueError(choices)

    def several(self, choices: Sequence[tuple[T, int]], count: int) -> list[T]:
        """So many different ones, or all where there are not so many."""
        left = list(choices)
        found: list[T] = []
        while left and len(found) < count:
            chosen = self.weighted(list(enumerate(weight for _choice, weight in left)))
            found.append(left.pop(chosen)[0])
        return found


class SeededIds:
    """Ids of the time the clock shows, with chance from a seed."""

    def __init__(self, clock: Clock, seed: int) -> None:
        self._clock = clock
        self._dice = Dice(seed)

    def new_id(self) -> Id:
        """The next id."""
        return uuid7(self._clock.now_ms(), self._dice.bits(80).to_bytes(10))


class DemoStream(NoTokens):
    """The file is new and nobody else's, and its stream is always the same."""

    def new_stream(self) -> int:
        """The stream of the demo book."""
        return STREAM
