"""Money: an exact amount in fen."""

from __future__ import annotations

from functools import total_ordering
from typing import TYPE_CHECKING

from .decimal_text import format_scaled, parse_scaled

if TYPE_CHECKING:
    from collections.abc import Iterable


@total_ordering
class Money:
    """An amount in fen (0.01 yuan). Adds only to money; never a float, never a plain number."""

    __slots__ = ("fen",)
    fen: int

    def __init__(self, fen: int) -> None:
        _set_fen(self, fen)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(name)

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read a decimal string with at most two decimals. Raises ValueError for anything else."""
        return cls(parse_scaled(text, 2))

    def __add__(self, other: Money) -> Money:
        if other.__class__ is not Money:
            return NotImplemented
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        if other.__class__ is not Money:
            return NotImplemented
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __abs__(self) -> Money:
        return Money(abs(self.fen))

    def __bool__(self) -> bool:
        return self.fen != 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and self.fen == other.fen

    def __lt__(self, other: Money) -> bool:
        if other.__class__ is not Money:
            return NotImplemented
        return self.fen < other.fen

    def __hash__(self) -> int:
        return hash((Money, self.fen))

    def __reduce__(self) -> tuple[type[Money], tuple[int]]:
        return Money, (self.fen,)

    def __str__(self) -> str:
        return format_scaled(self.fen, 2, keep=2)

    def __repr__(self) -> str:
        return f"Money({self.fen})"


_set_fen = Money.__dict__["fen"].__set__

ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """Add up amounts; the sum of none is 0."""
    return Money(sum(amount.fen for amount in amounts))
