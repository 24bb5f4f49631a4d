"""How stock is valued from which month on: a method holds until, at the start of a later month, another takes over."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType


class Regimes:
    """The methods of a book in the order of their months; `changes` are the months YYYYMM in which one follows another.

    `is_layered` and `is_monthly`: whether any of them is.
    """

    __slots__ = ("_methods", "changes", "is_layered", "is_monthly")

    def __init__(self, method: ModuleType, later: Sequence[tuple[int, ModuleType]] = ()) -> None:
        """`method` holds from the beginning, each of `later` from its month on, in rising order."""
        self._methods = [method]
        self.changes: list[int] = []
        for period, following in later:
            if following is not self._methods[-1]:
                self._methods.append(following)
                self.changes.append(period)
        self.is_layered = any(each.IS_LAYERED for each in self._methods)
        self.is_monthly = any(each.IS_MONTHLY for each in self._methods)

    @property
    def last(self) -> ModuleType:
        """The method that holds now and from now on."""
        return self._methods[-1]

    def method(self, period: int) -> ModuleType:
        """The method of a month YYYYMM."""
        return self._methods[bisect_right(self.changes, period)]

    def since(self, period: int) -> int:
        """The month since which the method of this month holds; 0 for that of the beginning."""
        number = bisect_right(self.changes, period)
        return self.changes[number - 1] if number else 0
