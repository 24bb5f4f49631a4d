"""Several units of one item: converting quantities and prices, showing a stock as 3箱2包5个, unit cost from a value.

A ratio says how many base units one unit holds. A quantity converts exactly to 10⁻⁶ or is refused, so that stock is
never rounded; a price may be rounded, the amount of a line is what counts.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from jxc_desktop.kernel.decimal_text import format_scaled
from jxc_desktop.kernel.errors import InexactQuantity
from jxc_desktop.kernel.quantity import NOTHING, Quantity, Ratio, UnitPrice
from jxc_desktop.kernel.rounding import MICRO, half_up
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.kernel.money import Money


@value
class ItemUnit:
    """A unit of an item and how many base units it holds."""

    name: str
    ratio: Ratio


@value
class UnitQuantity:
    """A quantity in a unit of the item."""

    quantity: Quantity
    unit: ItemUnit

    def in_base(self) -> Quantity:
        """The quantity in base units. Raises InexactQuantity where 10⁻⁶ cannot hold it."""
        return self.unit.ratio.to_base(self.quantity)


def convert_quantity(quantity: Quantity, source: Ratio, target: Ratio) -> Quantity:
    """Convert a quantity from one unit of an item to another. Raises InexactQuantity where 10⁻⁶ cannot hold it."""
    return Ratio(source.num * target.den, source.den * target.num).to_base(quantity)


def convert_price(price: UnitPrice, source: Ratio, target: Ratio) -> UnitPrice:
    """Convert a price per source unit to a price per target unit, half-up to 10⁻⁶."""
    return UnitPrice(half_up(price.micro * target.num * source.den, target.den * source.num))


def left_of(line: UnitQuantity, taken: Sequence[UnitQuantity]) -> Quantity:
    """What is left of a line, in base units, after others (returns, deliveries in other units) took from it.

    Raises InexactQuantity where a quantity has no exact value in the base unit.
    """
    left = line.in_base()
    for one in taken:
        left -= one.in_base()
    return left


def mixed_units(quantity: Quantity, units: Sequence[ItemUnit]) -> tuple[UnitQuantity, ...]:
    """Break a base quantity down into whole larger units and a rest in the smallest: 41 → 3箱 1包 2个.

    Units in any order, at least one. Parts of 0 are left out (0 itself is 0 of the smallest unit); a negative
    quantity has negative parts. Raises InexactQuantity where the rest has no exact value in the smallest unit.
    """
    sign = -1 if quantity < NOTHING else 1
    rest = Fraction(abs(quantity.micro), MICRO)
    parts: list[UnitQuantity] = []
    *larger, smallest = sorted(units, key=lambda unit: -Fraction(unit.ratio.num, unit.ratio.den))
    for unit in larger:
        size = Fraction(unit.ratio.num, unit.ratio.den)
        count = rest // size
        rest -= count * size
        if count:
            parts.append(UnitQuantity(Quantity(sign * count * MICRO), unit))
    if rest or not parts:
        parts.append(UnitQuantity(Quantity(sign * _micro(rest, smallest)), smallest))
    return tuple(parts)


def unit_cost(amount: Money, quantity: Quantity, *, decimals: int = 6) -> str | None:
    """The cost of one unit, value ÷ quantity, half-up to any number of decimals; None for a quantity of 0."""
    if not quantity:
        return None
    scaled = half_up(amount.fen * MICRO * 10**decimals, quantity.micro * 100)
    return format_scaled(scaled, decimals, keep=decimals)


def _micro(rest: Fraction, unit: ItemUnit) -> int:
    micro = rest * Fraction(unit.ratio.den * MICRO, unit.ratio.num)
    if micro.denominator != 1:
        raise InexactQuantity(Text("unit.no_exact_rest", {"unit": unit.name, "ratio": str(unit.ratio)}))
    return micro.numerator
