"""Money: an exact amount in fen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .decimal_text import format_scaled, parse_scaled

if TYPE_CHECKING:
    from collections.abc import Iterable


class Money(Struct, frozen=True, gc=False):
    """An amount in fen (0.01 yuan). Adds only to money; never a float, never a plain number."""

    fen: int

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

    def __lt__(self, other: Money) -> bool:
        if other.__class__ is not Money:
            return NotImplemented
        return self.fen < other.fen

    def __le__(self, other: Money) -> bool:
        if other.__class__ is not Money:
            return NotImplemented
        return self.fen <= other.fen

    def __gt__(self, other: Money) -> bool:
        if other.__class__ is not Money:
            return NotImplemented
        return self.fen > other.fen

    def __ge__(self, other: Money) -> bool:
        if other.__class__ is not Money:
            return NotImplemented
        return self.fen >= other.fen

    def __hash__(self) -> int:
        return hash((Money, self.fen))

    def __str__(self) -> str:
        return format_scaled(self.fen, 2, keep=2)

    def __repr__(self) -> str:
        return f"Money({self.fen})"


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """Add up amounts; the sum of none is 0."""
    return Money(sum(amount.fen for amount in amounts))
