"""Rounding half-up, the amounts of a line, and the spreading of a total over weights."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MICRO = 1_000_000


def half_up(number: Fraction | int) -> int:
    """Round to the next integer, halves away from zero."""
    doubled = abs(Fraction(number)) * 2 + 1
    size = doubled.numerator // (doubled.denominator * 2)
    return size if number >= 0 else -size


def fen(quantity: int, price: int, discount: int = MICRO) -> int:
    """Quantity × price × discount (all in 10⁻⁶) in fen."""
    return half_up(Fraction(quantity, MICRO) * Fraction(price, MICRO) * Fraction(discount, MICRO) * 100)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Spread a total over weights of one sign by largest remainder, ties to the earlier."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    sign = 1 if total >= 0 else -1
    exact = [Fraction(abs(total) * weight, whole) for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    order = sorted(range(len(weights)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: abs(total) - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]


def taxed(amount: int, rate: int, *, is_included: bool) -> tuple[int, int, int]:
    """Gross, net and tax of a line amount: split off where it holds the tax, else put on top."""
    if is_included:
        net = half_up(Fraction(amount * MICRO, MICRO + rate))
        return amount, net, amount - net
    tax = half_up(Fraction(amount * rate, MICRO))
    return amount + tax, amount, tax
