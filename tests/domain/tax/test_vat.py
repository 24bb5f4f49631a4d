"""Tax is taken out of or put on a line to the fen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.tax.vat import (
    TAX_TOLERANCE,
    LineAmounts,
    add_excluded,
    price_without_tax,
    rate_of_percent,
    split_included,
    spread_printed_tax,
)
from jxc_desktop.kernel.money import Money, total
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice, line_amount

VECTORS = json.loads((Path(__file__).parents[2] / "data/tax_rounding.json").read_text(encoding="utf-8"))["vectors"]

amounts = st.integers(-(10**12), 10**12).map(Money)
rates = st.sampled_from(["0", "0.5", "1", "1.5", "3", "5", "6", "9", "13"]).map(rate_of_percent)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: "-".join(vector.values()))
def test_a_line_comes_to_the_figures_of_the_standard(vector: dict[str, str]) -> None:
    entered = line_amount(Quantity.parse(vector["qty"]), UnitPrice.parse(vector["price"]))
    compute = split_included if vector["mode"] == "incl" else add_excluded
    found = compute(entered, Rate.parse(vector["rate"]))
    assert found == LineAmounts(*(Money.parse(vector[name]) for name in ("gross", "net", "tax")))


def test_a_tie_rounds_the_net_up_and_leaves_the_rest_to_the_tax() -> None:
    assert split_included(Money(1050), rate_of_percent("12")) == LineAmounts(Money(1050), Money(938), Money(112))


@given(amounts, rates)
def test_an_included_amount_is_kept_and_its_net_is_the_nearest(gross: Money, rate: Rate) -> None:
    found = split_included(gross, rate)
    assert found.gross == gross == found.net + found.tax
    assert abs(found.net.fen * (10**6 + rate.micro) - gross.fen * 10**6) * 2 <= 10**6 + rate.micro


@given(amounts, rates)
def test_an_excluded_amount_is_kept_and_its_tax_is_the_nearest(net: Money, rate: Rate) -> None:
    found = add_excluded(net, rate)
    assert found.net == net == found.gross - found.tax
    assert abs(found.tax.fen * 10**6 - net.fen * rate.micro) * 2 <= 10**6


@given(amounts, rates)
def test_a_negated_amount_has_the_negated_tax(amount: Money, rate: Rate) -> None:
    for compute in (split_included, add_excluded):
        found, negated = compute(amount, rate), compute(-amount, rate)
        assert (negated.gross, negated.net, negated.tax) == (-found.gross, -found.net, -found.tax)


@given(amounts, rates, st.integers(-20, 20))
def test_a_typed_tax_stands_only_within_the_tolerance(amount: Money, rate: Rate, difference: int) -> None:
    for compute, kept in ((split_included, "gross"), (add_excluded, "net")):
        computed = compute(amount, rate)
        typed = computed.tax + Money(difference)
        found = compute(amount, rate, typed_tax=typed)
        assert found.tax == (typed if abs(difference) <= TAX_TOLERANCE.fen else computed.tax)
        assert getattr(found, kept) == amount
        assert found.net + found.tax == found.gross


def test_a_printed_tax_total_is_reached_fen_by_fen_from_the_largest_tax_down() -> None:
    taxes = (Money(100), Money(0), Money(300), Money(-20))
    assert spread_printed_tax(taxes, Money(384)) == (Money(101), Money(0), Money(302), Money(-19))
    assert spread_printed_tax(taxes, Money(379)) == (Money(100), Money(0), Money(299), Money(-20))


def test_a_printed_tax_total_too_far_away_is_not_reached() -> None:
    assert spread_printed_tax((Money(100), Money(0)), Money(105)) == (Money(105), Money(0))
    assert spread_printed_tax((Money(100), Money(0)), Money(106)) is None
    assert spread_printed_tax((), Money(0)) == ()
    assert spread_printed_tax((), Money(1)) is None


@given(st.lists(st.integers(-10_000, 10_000).map(Money), max_size=8), st.integers(-50, 50))
def test_a_spread_printed_tax_adds_up_and_stays_within_the_tolerance(taxes: list[Money], difference: int) -> None:
    printed = total(taxes) + Money(difference)
    spread = spread_printed_tax(taxes, printed)
    if spread is None:
        assert abs(difference) > TAX_TOLERANCE.fen * sum(map(bool, taxes))
        return
    assert total(spread) == printed
    assert all(abs(new - old) <= TAX_TOLERANCE for new, old in zip(spread, taxes, strict=True))
    assert all(not new for new, old in zip(spread, taxes, strict=True) if not old)


def test_a_price_without_tax_has_six_decimals() -> None:
    assert str(price_without_tax(UnitPrice.parse("4449"), rate_of_percent("6"))) == "4197.169811"


def test_a_percentage_is_read_as_a_rate() -> None:
    assert rate_of_percent("1.5") == Rate(15_000)
    with pytest.raises(ValueError, match="13%"):
        rate_of_percent("13%")
