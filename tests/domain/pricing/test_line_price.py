"""A typed amount has a price to show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.pricing.line_price import derived_price
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import NO_RATE, NOTHING, WHOLE, Quantity, Rate, UnitPrice, line_amount


def test_a_typed_amount_has_a_price_with_six_decimals() -> None:
    assert derived_price(Money.parse("10"), Quantity.parse("3")) == UnitPrice.parse("3.333333")
    assert derived_price(Money.parse("-10"), Quantity.parse("-4")) == UnitPrice.parse("2.5")


def test_the_price_of_a_typed_amount_is_the_one_before_the_discount() -> None:
    assert derived_price(Money.parse("9.50"), Quantity.parse("1"), Rate.parse("0.95")) == UnitPrice.parse("10")


def test_there_is_no_price_where_nothing_is_bought_or_nothing_paid() -> None:
    assert derived_price(Money(100), NOTHING) is None
    assert derived_price(Money(0), Quantity.parse("2"), NO_RATE) is None


@given(st.integers(1, 10**9).map(Money), st.integers(1, 1000), st.sampled_from([WHOLE, Rate(950_000), Rate(500_000)]))
def test_quantity_times_the_derived_price_is_the_typed_amount_again(amount: Money, pieces: int, rate: Rate) -> None:
    quantity = Quantity(pieces * 10**6)
    price = derived_price(amount, quantity, rate)
    assert price is not None
    assert line_amount(quantity, price, rate) == amount
