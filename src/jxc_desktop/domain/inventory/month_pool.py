"""A pool that is valued by the month: what its month costs a piece, once that is known, and what is left to value.

While a month is not priced its movements carry the average of the last one that is. In a priced month what comes in
later in the month has its part in the price of what left before: the pool may lie below 0 until then.
Source: domain.md §3, periodic_average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .movement import Basis
from .pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .movement import Move
    from .pool import Key, Shortage


class Price(NamedTuple):
    """What a piece costs: value (fen) ÷ quantity (10⁻⁶), and whether it is that of the month itself."""

    quantity: int = 0
    value: int = 0
    is_final: bool = False


NO_PRICE = Price()

_ALWAYS_OUTSIDE = frozenset({Basis.GIVEN, Basis.OF_RECEIPT, Basis.HANDED_OVER, Basis.REVALUE, Basis.LATE_ADDITION})


class MonthPool(Pool):
    """A pool with the price of the month its last movement stands in.

    `left_quantity` and `left_value` are what the month's price still has to be paid for; `is_outside` says whether the
    movement is part of that price: what came from outside and what was taken back of it.
    """

    __slots__ = ("_find", "_period", "_walked", "is_outside", "left_quantity", "left_value", "price")

    def __init__(
        self,
        quantity: int = 0,
        value: int = 0,
        last: tuple[int, int] = (0, 0),
        load: Callable[[], Iterable[Shortage]] | None = None,
        find: Callable[[int], Price] | None = None,
    ) -> None:
        super().__init__(quantity, value, last, load)
        self._find = find
        self._period = 0
        self._walked: set[Key] = set()
        self.price = NO_PRICE
        self.left_quantity = self.left_value = 0
        self.is_outside = False

    def begin(self, move: Move) -> None:
        """A movement begins; the first of a month opens it."""
        period = move.position[0]
        if period != self._period:
            self._period = period
            self._walked.clear()
            self.price = NO_PRICE if self._find is None else self._find(period)
            self.left_quantity, self.left_value = self.price.quantity, self.price.value
        self.is_outside = self._comes_from_outside(move)
        self._walked.add(move.key)

    def _comes_from_outside(self, move: Move) -> bool:
        """A return or reversal of what left or was counted in an earlier month brings its own cost."""
        basis = move.basis
        if basis == Basis.COUNT:
            return move.unit_cost is not None
        if basis in {Basis.OF_ISSUE, Basis.OF_COUNT}:
            return move.source not in self._walked
        return basis in _ALWAYS_OUTSIDE
