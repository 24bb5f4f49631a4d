"""Half-up rounding (四舍五入) on integers and the spreading of a total by largest remainder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MICRO = 1_000_000
"""Quantities, unit prices and rates count in 10⁻⁶."""

FEN_PER_PRODUCT = 10**10
"""A quantity (10⁻⁶) times a unit price (10⁻⁶ yuan) counts in 10⁻¹² yuan; this many make a fen."""


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero, so that a negated amount rounds to the negated result.

    Raises ZeroDivisionError for a denominator of 0. Source: 四舍五入, the rule of Chinese invoices and books.
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    return -((-2 * numerator + denominator) // (2 * denominator))


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Spread `total` over `weights` (same sign, not all 0) so that the parts add up to it exactly.

    Each part is the exact share cut towards zero; what is left goes one unit each to the largest remainders, ties to
    the earlier one. Raises ValueError when there is no weight to spread over.
    """
    whole = sum(weights)
    if whole == 0:
        if total == 0:
            return [0] * len(weights)
        message = "nothing to spread over"
        raise ValueError(message)
    sign = -1 if total < 0 else 1
    rest_of, parts = [], []
    size, base = abs(total), abs(whole)
    for weight in weights:
        share, rest = divmod(size * (weight if whole > 0 else -weight), base)
        parts.append(share)
        rest_of.append(rest)
    left = size - sum(parts)
    for index in sorted(range(len(parts)), key=lambda i: (-rest_of[i], i))[:left]:
        parts[index] += 1
    return [sign * part for part in parts]
