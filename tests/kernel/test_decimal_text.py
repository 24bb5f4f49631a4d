"""Decimal strings to scaled integers and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.kernel.decimal_text import format_scaled, parse_scaled

NUMBER = st.integers(-(10**20), 10**20)
PLACES = st.integers(0, 12)


@given(NUMBER, PLACES, st.integers(0, 12))
def test_what_is_written_is_read_back(number: int, places: int, keep: int) -> None:
    text = format_scaled(number, places, keep=min(keep, places))
    assert parse_scaled(text, places) == number
    assert Decimal(text) == Decimal(number).scaleb(-places)


@given(NUMBER, PLACES, st.integers(0, 12))
def test_at_least_the_decimals_to_keep_and_no_needless_zero(number: int, places: int, keep: int) -> None:
    keep = min(keep, places)
    decimals = format_scaled(number, places, keep=keep).partition(".")[2]
    assert len(decimals) == keep or (len(decimals) > keep and not decimals.endswith("0"))


@pytest.mark.parametrize(
    ("number", "places", "keep", "text"),
    [(0, 0, 0, "0"), (-7, 0, 0, "-7"), (1, 6, 0, "0.000001"), (1_500_000, 6, 0, "1.5"), (-100, 2, 2, "-1.00")],
)
def test_numbers_are_written_like_this(number: int, places: int, keep: int, text: str) -> None:
    assert format_scaled(number, places, keep=keep) == text


@pytest.mark.parametrize(("text", "places"), [("1.5", 0), ("0.001", 2), ("٣", 2), ("1.２", 2), ("1.5.", 6), ("-", 2)])
def test_no_digit_is_dropped_and_no_other_script_read(text: str, places: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the message is the text
        parse_scaled(text, places)


def test_zeros_behind_the_last_decimal_are_no_decimals() -> None:
    assert parse_scaled("1.50000000", 2) == 150
    assert parse_scaled("3.", 0) == 3
