"""Payments settle open items; what is too much becomes an advance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.documents.allocation import (
    OpenAmount,
    OpenItemRef,
    SettledItems,
    SettledPart,
    SettlementStatus,
    after_payments,
    oldest_first,
    settle_oldest_first,
    settlement_status,
    still_open,
)
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money, total

money = st.integers(-1000, 1000).map(Money)


def _fen(amounts: tuple[Money, ...]) -> list[int]:
    return [amount.fen for amount in amounts]


def test_a_payment_settles_the_oldest_first_and_the_rest_is_an_advance() -> None:
    spread = oldest_first([Money(60), Money(100), Money(40)], Money(90))
    assert _fen(spread.paid) == [60, 30, 0]
    assert _fen(spread.open) == [0, 70, 40]
    assert not spread.excess
    assert oldest_first([Money(60)], Money(100)).excess == Money(40)


def test_a_payment_does_not_touch_returns_and_a_refund_touches_nothing_else() -> None:
    assert _fen(oldest_first([Money(-10), Money(60)], Money(50)).paid) == [0, 50]
    assert _fen(oldest_first([Money(60), Money(-10), Money(-30)], Money(-25)).paid) == [0, -10, -15]


def test_open_items_that_get_nothing_are_not_in_the_settlement() -> None:
    old, young = OpenItemRef(Id("01" * 16), 1), OpenItemRef(Id("02" * 16), 0)
    settled = settle_oldest_first([OpenAmount(old, Money(60)), OpenAmount(young, Money(100))], Money(50))
    assert settled == SettledItems((SettledPart(old, Money(50), Money(10)),), Money(0))


@given(st.lists(money, max_size=8), money)
def test_nothing_is_lost_and_nothing_is_paid_twice(items: list[Money], payment: Money) -> None:
    spread = oldest_first(items, payment)
    assert total(spread.paid) + spread.excess == payment
    for item, paid, left in zip(items, spread.paid, spread.open, strict=True):
        assert paid + left == item
        assert abs(left) <= abs(item)
    unpaid = [item for item, left in zip(items, spread.open, strict=True) if left and item.fen * payment.fen > 0]
    assert not (spread.excess and unpaid)


@given(st.lists(money, max_size=8), money)
def test_a_refund_of_returns_is_the_mirror_of_a_payment(items: list[Money], payment: Money) -> None:
    there, back = oldest_first(items, payment), oldest_first([-item for item in items], -payment)
    assert _fen(back.paid) == [-fen for fen in _fen(there.paid)]
    assert back.excess == -there.excess


def test_an_item_is_followed_through_its_payments_and_the_write_off() -> None:
    paid = after_payments(Money(10_010), [Money(5000), Money(5000)], write_off=Money(10))
    assert _fen(paid.open_after) == [5010, 10]
    assert not paid.open_end
    assert paid.status is SettlementStatus.PAID


def test_too_much_paid_stays_as_a_credit_of_the_customer() -> None:
    assert still_open(Money(10_000), [Money(11_000)]) == Money(-1000)


def test_the_status_names_how_far_an_item_is_settled() -> None:
    assert settlement_status(Money(100), Money(100)) is SettlementStatus.UNPAID
    assert settlement_status(Money(100), Money(40)) is SettlementStatus.PARTLY_PAID
    assert settlement_status(Money(100), Money(-1)) is SettlementStatus.OVERPAID
    assert settlement_status(Money(-100), Money(-40)) is SettlementStatus.PARTLY_PAID
    assert settlement_status(Money(-100), Money(40)) is SettlementStatus.OVERPAID
    assert settlement_status(Money(0), Money(0)) is SettlementStatus.PAID
