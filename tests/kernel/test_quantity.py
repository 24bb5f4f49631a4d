"""Quantity, unit price and rate in millionths; the exact ratio between two units."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.kernel.errors import InexactQuantity
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import (
    FREE,
    NO_RATE,
    NOTHING,
    SAME_UNIT,
    WHOLE,
    Quantity,
    Rate,
    Ratio,
    UnitPrice,
    line_amount,
)
from tests.kernel.copies import copies_of

MICRO = st.integers(-(10**13), 10**13)
POSITIVE = st.integers(1, 10**7)
Kind = type[Quantity] | type[UnitPrice] | type[Rate]
KINDS = pytest.mark.parametrize("kind", [Quantity, UnitPrice, Rate])


@KINDS
def test_millionths_are_read_and_written(kind: Kind) -> None:
    for text, micro in {"0": 0, "1": 10**6, "0.000001": 1, "-2.5": -2_500_000, "0.13": 130_000}.items():
        assert kind.parse(text).micro == micro
        assert str(kind.parse(text)) == text


@KINDS
@pytest.mark.parametrize("text", ["0.0000001", "", "a", "1/3", "1e-3", "1,5"])
def test_more_than_six_decimals_and_anything_else_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the message is the text
        kind.parse(text)


@KINDS
@given(one=MICRO, other=MICRO)
def test_each_kind_adds_and_compares_like_its_millionths(kind: Kind, one: int, other: int) -> None:
    left: Any = kind(one)
    right: Any = kind(other)
    assert kind.parse(str(left)) == left
    assert ((left + right).micro, (left - right).micro) == (one + other, one - other)
    assert ((-left).micro, abs(left).micro, bool(left)) == (-one, abs(one), bool(one))
    assert (left < right, left <= right, left > right, left >= right) == (
        one < other,
        one <= other,
        one > other,
        one >= other,
    )
    assert (left == right) is (one == other)
    assert {type(left + right), type(left - right), type(-left), type(abs(left))} == {kind}
    assert copies_of(left) == [left] * 3


@KINDS
def test_values_cannot_be_changed_and_are_keys_of_their_own_kind(kind: Kind) -> None:
    one = kind(1)
    with pytest.raises(AttributeError):
        one.micro = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del one.micro
    with pytest.raises(AttributeError):
        one.note = "x"  # type: ignore[union-attr]
    assert len({kind(1), kind(1), kind(2)}) == 2
    assert len({Quantity(1), UnitPrice(1), Rate(1)}) == 3
    assert repr(one) == f"{kind.__name__}(1)"


def test_named_values_are_what_they_are_called() -> None:
    assert (NOTHING.micro, FREE.micro, WHOLE.micro, NO_RATE.micro) == (0, 0, 10**6, 0)
    assert Ratio(5, 5) == SAME_UNIT


def test_a_line_is_worth_quantity_times_price_times_discount_to_the_fen() -> None:
    three, price = Quantity.parse("3"), UnitPrice.parse("0.335")
    assert line_amount(three, price) == Money(101)
    assert line_amount(-three, price) == Money(-101)
    assert line_amount(three, price, Rate.parse("0.95")) == Money(95)
    assert line_amount(three, price, NO_RATE) == Money(0)


@given(MICRO, st.integers(0, 10**12), st.integers(0, 10**6))
def test_line_amounts_are_the_exact_product_rounded_once(quantity: int, price: int, rate: int) -> None:
    exact = Fraction(abs(quantity) * price * rate, 10**16)
    rounded = floor(exact + Fraction(1, 2))
    assert line_amount(Quantity(quantity), UnitPrice(price), Rate(rate)).fen == (rounded if quantity >= 0 else -rounded)


@given(POSITIVE, POSITIVE)
def test_a_ratio_is_reduced_and_read_back(num: int, den: int) -> None:
    ratio = Ratio(num, den)
    assert Fraction(ratio.num, ratio.den) == Fraction(num, den)
    assert (ratio.num, ratio.den) == Fraction(num, den).as_integer_ratio()
    assert [Ratio.parse(str(ratio)), *copies_of(ratio)] == [ratio] * 4
    assert hash(ratio) == hash(Ratio(2 * num, 2 * den))
    assert ratio.inverse() == Ratio(den, num)
    assert ratio.inverse().inverse() == ratio


@pytest.mark.parametrize(
    ("text", "ratio", "shown"),
    [("12", Ratio(12), "12"), ("0.5", Ratio(1, 2), "0.5"), ("1/3", Ratio(1, 3), "1/3"), ("6/4", Ratio(3, 2), "1.5")],
)
def test_ratios_are_read_and_written(text: str, ratio: Ratio, shown: str) -> None:
    assert Ratio.parse(text) == ratio
    assert str(ratio) == shown


@pytest.mark.parametrize(
    "text", ["0", "-1", "1/0", "0/1", "-1/-3", "1/-3", "", "/", "1/", "a/b", "1_0/3", " 1/3", "１/3", "1.5/3", "1/3/2"]
)
def test_a_ratio_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the message is the text
        Ratio.parse(text)


@given(MICRO, POSITIVE, POSITIVE)
def test_a_quantity_converts_exactly_or_is_refused(micro: int, num: int, den: int) -> None:
    exact = micro * Fraction(num, den)
    if exact.denominator == 1:
        assert Ratio(num, den).to_base(Quantity(micro)) == Quantity(int(exact))
    else:
        with pytest.raises(InexactQuantity) as refused:
            Ratio(num, den).to_base(Quantity(micro))
        assert refused.value.text.id == "quantity.inexact"
        assert refused.value.text.params["quantity"] == Quantity(micro)


@given(MICRO, POSITIVE)
def test_there_and_back_again_is_the_same_quantity(micro: int, num: int) -> None:
    ratio = Ratio(num)
    assert ratio.inverse().to_base(ratio.to_base(Quantity(micro))) == Quantity(micro)


def test_a_ratio_cannot_be_changed() -> None:
    ratio = Ratio(1, 3)
    with pytest.raises(AttributeError):
        ratio.num = 2
    with pytest.raises(AttributeError):
        del ratio.den
    assert repr(ratio) == "Ratio(1, 3)"
    assert ratio != Fraction(1, 3)
