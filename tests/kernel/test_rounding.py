"""Half-up rounding against fractions, and totals that are spread without losing a fen."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.kernel.rounding import FEN_PER_PRODUCT, MICRO, half_up, largest_remainder

WHOLE = st.integers(-(10**24), 10**24)
DENOMINATOR = WHOLE.filter(bool)
WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (-1, 2, -1), (1, -2, -1), (-1, -2, 1), (3, 2, 2), (5, 2, 3), (49, 100, 0), (-49, 100, 0), (0, 7, 0)],
)
def test_a_half_is_rounded_away_from_0(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


@given(WHOLE, DENOMINATOR)
def test_rounding_is_that_of_the_exact_fraction(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    size = floor(abs(exact) + Fraction(1, 2))
    assert half_up(numerator, denominator) == (size if exact >= 0 else -size)


@given(WHOLE, DENOMINATOR)
def test_a_negated_amount_rounds_to_the_negated_result(numerator: int, denominator: int) -> None:
    assert half_up(-numerator, denominator) == half_up(numerator, -denominator) == -half_up(numerator, denominator)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9))
def test_exact_halves_go_up(whole: int, half: int) -> None:
    numerator = (2 * abs(whole) + 1) * half
    assert half_up(numerator, 2 * half) == abs(whole) + 1


def test_nothing_divides_by_0() -> None:
    with pytest.raises(ZeroDivisionError):
        half_up(1, 0)


def test_a_fen_is_ten_thousand_million_products_of_millionths() -> None:
    assert MICRO * MICRO == 100 * FEN_PER_PRODUCT


@given(WHOLE, WEIGHTS, st.sampled_from([1, -1]))
def test_parts_add_up_and_lie_within_one_unit_of_the_exact_share(total: int, weights: list[int], sign: int) -> None:
    weights = [sign * weight for weight in weights]
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(WHOLE, WEIGHTS)
def test_a_negated_total_gives_the_negated_parts(total: int, weights: list[int]) -> None:
    assert largest_remainder(-total, weights) == [-part for part in largest_remainder(total, weights)]


@given(st.integers(0, 10**12), WEIGHTS)
def test_a_unit_goes_to_the_larger_remainder_and_of_equal_ones_to_the_earlier(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    shares = [Fraction(total * weight, sum(weights)) for weight in weights]
    ranks = [(-(share - floor(share)), place) for place, share in enumerate(shares)]
    given_one = [place for place, part in enumerate(parts) if part > floor(shares[place])]
    assert sorted(ranks)[: len(given_one)] == sorted(ranks[place] for place in given_one)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (100, [-1, -1, -1], [34, 33, 33]),
        (2, [1, 1, 1], [1, 1, 0]),
        (10, [1, 2, 6], [1, 2, 7]),
        (5, [0, 1], [0, 5]),
        (0, [3, 4], [0, 0]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
    ],
)
def test_totals_are_spread_like_this(total: int, weights: list[int], parts: list[int]) -> None:
    assert largest_remainder(total, weights) == parts


@pytest.mark.parametrize("weights", [[], [0], [0, 0]])
def test_there_must_be_something_to_spread_over(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="nothing to spread over"):
        largest_remainder(1, weights)
