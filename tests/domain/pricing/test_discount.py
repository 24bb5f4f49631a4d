"""A document's discount reaches every line in proportion, to the fen."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from jxc_desktop.domain.pricing.discount import discount_problem, spread_discount
from jxc_desktop.kernel.money import Money, total

amounts = st.lists(st.integers(-(10**7), 10**7).map(Money), min_size=1, max_size=12)
discounts = st.integers(-(10**7), 10**7).map(Money)


def _fen(shares: list[Money]) -> list[int]:
    return [share.fen for share in shares]


def test_equal_lines_share_a_rest_from_the_first_on() -> None:
    assert _fen(spread_discount(Money(100), [Money(500)] * 3)) == [34, 33, 33]


def test_a_line_returned_on_the_same_ticket_takes_its_share_back() -> None:
    assert _fen(spread_discount(Money(700), [Money(10_000), Money(-3000)])) == [1000, -300]


def test_a_gift_takes_no_share() -> None:
    assert _fen(spread_discount(Money(1), [Money(0), Money(5)])) == [0, 1]


def test_nothing_is_spread_over_lines_that_come_to_nothing() -> None:
    assert _fen(spread_discount(Money(5), [Money(10), Money(-10)])) == [0, 0]
    assert spread_discount(Money(5), []) == []


@given(discounts, amounts)
def test_shares_add_up_and_are_within_a_fen_of_the_exact_share(discount: Money, lines: list[Money]) -> None:
    whole = total(lines)
    assume(whole)
    shares = spread_discount(discount, lines)
    assert total(shares) == discount
    for share, line in zip(shares, lines, strict=True):
        assert abs(share.fen - Fraction(discount.fen * line.fen, whole.fen)) < 1


@given(discounts, amounts)
def test_a_negated_document_has_negated_shares(discount: Money, lines: list[Money]) -> None:
    assert [-share for share in spread_discount(discount, lines)] == spread_discount(-discount, [-one for one in lines])


def _problem(discount: int, amount: int) -> str:
    problem = discount_problem(Money(discount), Money(amount))
    return "" if problem is None else problem.text.id


def test_a_discount_that_leaves_something_to_pay_is_fine() -> None:
    assert not _problem(0, 0)
    assert not _problem(100, 100)
    assert not _problem(-5, -100)


def test_a_discount_is_refused_where_it_makes_no_sense() -> None:
    assert _problem(1, 0) == "discount.nothing_to_reduce"
    assert _problem(-1, 100) == "discount.raises_the_amount"
    assert _problem(101, 100) == "discount.above_the_amount"
