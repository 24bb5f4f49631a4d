"""Money: exact fen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.kernel.money import ZERO, Money, total
from tests.kernel.copies import copies_of

FEN = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("12.34", 1234), ("-0.05", -5), ("+3.5", 350), ("7.", 700), ("1.200", 120), ("00.10", 10)],
)
def test_amounts_are_read(text: str, fen: int) -> None:
    assert Money.parse(text) == Money(fen)


@pytest.mark.parametrize(
    "text", ["", "1.005", ".5", "1e3", "1,000", "1 ", "\n1", "1\n", "--1", "NaN", "１", "1_0", "0x1"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the message is the text
        Money.parse(text)


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (120, "1.20"), (-123456, "-1234.56")]
)
def test_amounts_are_written_with_two_decimals(fen: int, text: str) -> None:
    assert str(Money(fen)) == text


@given(FEN)
def test_what_is_written_is_read_back(fen: int) -> None:
    assert Money.parse(str(Money(fen))) == Money(fen)


@given(FEN, FEN)
def test_money_adds_and_compares_like_its_fen(one: int, other: int) -> None:
    assert (Money(one) + Money(other)).fen == one + other
    assert (Money(one) - Money(other)).fen == one - other
    assert (-Money(one)).fen == -one
    assert abs(Money(one)).fen == abs(one)
    assert bool(Money(one)) is bool(one)
    assert (Money(one) < Money(other)) is (one < other)
    assert (Money(one) <= Money(other)) is (one <= other)
    assert (Money(one) > Money(other)) is (one > other)
    assert (Money(one) >= Money(other)) is (one >= other)
    assert (Money(one) == Money(other)) is (one == other)


@given(st.lists(FEN))
def test_a_total_is_the_sum(amounts: list[int]) -> None:
    assert total(Money(fen) for fen in amounts) == Money(sum(amounts))


def test_the_total_of_nothing_is_0() -> None:
    assert total([]) == ZERO
    assert not ZERO


def test_equal_amounts_are_one_key() -> None:
    assert len({Money(1), Money(1), Money(2)}) == 2


def test_money_cannot_be_changed() -> None:
    amount = Money(1)
    with pytest.raises(AttributeError):
        amount.fen = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del amount.fen
    with pytest.raises(AttributeError):
        amount.note = "x"  # type: ignore[attr-defined]
    assert amount == Money(1)


@given(FEN)
def test_money_is_the_same_after_a_copy_and_a_pickle(fen: int) -> None:
    amount = Money(fen)
    assert copies_of(amount) == [amount] * 3


def test_money_shows_its_fen_when_looked_at() -> None:
    assert repr(Money(-5)) == "Money(-5)"
