"""Quantity, unit price, rate (all in 10⁻⁶) and the exact ratio between two units."""

from __future__ import annotations

from math import gcd
from typing import Self

from msgspec import Struct

from .decimal_text import format_scaled, parse_scaled
from .errors import InexactQuantity
from .money import Money
from .rounding import FEN_PER_PRODUCT, MICRO, half_up
from .text import Text


class _Micro(Struct, frozen=True, gc=False):
    """What quantity, unit price and rate share: an integer count of millionths that mixes with its own kind only."""

    micro: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a decimal string with at most six decimals. Raises ValueError for anything else."""
        return cls(parse_scaled(text, 6))

    def __add__(self, other: Self) -> Self:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.__class__(self.micro + other.micro)

    def __sub__(self, other: Self) -> Self:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.__class__(self.micro - other.micro)

    def __neg__(self) -> Self:
        return self.__class__(-self.micro)

    def __abs__(self) -> Self:
        return self.__class__(abs(self.micro))

    def __bool__(self) -> bool:
        return self.micro != 0

    def __lt__(self, other: Self) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.micro < other.micro

    def __le__(self, other: Self) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.micro <= other.micro

    def __gt__(self, other: Self) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.micro > other.micro

    def __ge__(self, other: Self) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.micro >= other.micro

    def __hash__(self) -> int:
        return hash((self.__class__, self.micro))

    def __str__(self) -> str:
        return format_scaled(self.micro, 6)

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}({self.micro})"


class Quantity(_Micro, frozen=True, gc=False):
    """How much, in 10⁻⁶ of a unit."""


class UnitPrice(_Micro, frozen=True, gc=False):
    """Yuan per unit, in 10⁻⁶."""


class Rate(_Micro, frozen=True, gc=False):
    """A share or a tax rate in 10⁻⁶: 1 is 1,000,000, 13 % is 130,000."""


NOTHING = Quantity(0)
FREE = UnitPrice(0)
WHOLE = Rate(MICRO)
NO_RATE = Rate(0)


def line_amount(quantity: Quantity, price: UnitPrice, discount: Rate = WHOLE) -> Money:
    """Round quantity × price × discount half-up to the fen; `discount` is the share that is paid."""
    if discount.micro == MICRO:
        return Money(half_up(quantity.micro * price.micro, FEN_PER_PRODUCT))
    return Money(half_up(quantity.micro * price.micro * discount.micro, FEN_PER_PRODUCT * MICRO))


class Ratio:
    """How many base units one entered unit holds: a reduced fraction > 0."""

    __slots__ = ("den", "num")
    num: int
    den: int

    def __init__(self, num: int, den: int = 1) -> None:
        if num <= 0 or den <= 0:
            message = "a ratio is greater than 0"
            raise ValueError(message)
        divisor = gcd(num, den)
        _set_num(self, num // divisor)
        _set_den(self, den // divisor)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(name)

    @classmethod
    def parse(cls, text: str) -> Ratio:
        """Read `12`, `0.5` or `1/3`. Raises ValueError for anything else."""
        num, slash, den = text.partition("/")
        if slash:
            return cls(parse_scaled(num, 0), parse_scaled(den, 0))
        return cls(parse_scaled(num, 6), MICRO)

    def to_base(self, quantity: Quantity) -> Quantity:
        """Convert a quantity in this unit to base units. Raises InexactQuantity where 10⁻⁶ cannot hold the result."""
        if self.den == 1:
            return Quantity(quantity.micro * self.num)
        whole, rest = divmod(quantity.micro * self.num, self.den)
        if rest:
            raise InexactQuantity(Text("quantity.inexact", {"quantity": quantity, "ratio": str(self)}))
        return Quantity(whole)

    def inverse(self) -> Ratio:
        """The ratio the other way round."""
        return Ratio(self.den, self.num)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ratio) and (self.num, self.den) == (other.num, other.den)

    def __hash__(self) -> int:
        return hash((Ratio, self.num, self.den))

    def __reduce__(self) -> tuple[type[Ratio], tuple[int, int]]:
        return Ratio, (self.num, self.den)

    def __str__(self) -> str:
        if MICRO % self.den == 0:
            return format_scaled(self.num * (MICRO // self.den), 6)
        return f"{self.num}/{self.den}"

    def __repr__(self) -> str:
        return f"Ratio({self.num}, {self.den})"


_set_num = Ratio.__dict__["num"].__set__
_set_den = Ratio.__dict__["den"].__set__

SAME_UNIT = Ratio(1)
