"""收款单: money in settles open items; what is left over is an advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from tests.builders import customer_payment, delivery, line, opening_item, paid, sales_return, settles
from tests.scenarios.business import Business, OpenItemShown, receivable

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id


def _owing(shop: Business, amount: str = "1130.00", day: int = 5) -> Id:
    """The school owes for one delivery of carriage: no stock to think of."""
    return shop.shop.post_one(delivery(day, shop.school, [line(shop.carriage, "1", amount, rate="0.13")]))


def _advance(amount: str) -> OpenItemShown:
    return OpenItemShown("advance_from_customer", amount)


def test_a_transfer_settles_a_delivery(general: Business) -> None:
    sold = _owing(general)
    received = general.shop.post_one(
        customer_payment(
            9, general.school, [paid(general.bank, "1130.00")], allocations=[settles(sold, "1130.00", "receivable")]
        )
    )
    general.shows(
        received,
        number="SK-20260109-0001",
        voucher_number="记-2",
        voucher=["借 1002/02 1130.00", "贷 1122/K1 1130.00"],
        open_items=[receivable("-1130.00", "-1130.00")],
    )
    assert general.open_items(sold) == [receivable("1130.00", "1130.00")]
    assert general.owed(general.school) == {}
    general.proves()


def test_part_of_what_is_owed(general: Business) -> None:
    sold = _owing(general)
    for day, amount, left in ((9, "500.00", "630.00"), (10, "630.00", None)):
        general.shop.post(
            customer_payment(
                day, general.school, [paid(general.cash, amount)], allocations=[settles(sold, amount, "receivable")]
            )
        )
        assert general.owed(general.school) == ({"receivable": left} if left else {})
    assert general.open_items(sold) == [receivable("1130.00", "1130.00")]
    with pytest.raises(HasProblems):
        general.shop.post(
            customer_payment(
                11, general.school, [paid(general.cash, "0.01")], allocations=[settles(sold, "0.01", "receivable")]
            )
        )
    general.proves()


def test_two_accounts_a_discount_small_change_a_fee_and_an_advance(general: Business) -> None:
    # 欠 1130.00：微信 500、转账 600，现金折扣 20，抹零 0.60，手续费 6；核销 1026.60，其余 100.00 作预收。
    sold = _owing(general)
    money = [
        paid(general.wechat, "500.00"),
        paid(general.bank, "600.00"),
        paid(general.bank, "20.00", "discount"),
        paid(general.bank, "6.00", "fee"),
    ]
    received = general.shop.post_one(
        customer_payment(
            9, general.school, money, write_off="0.60", allocations=[settles(sold, "1026.60", "receivable")]
        )
    )
    general.shows(
        received,
        number="SK-20260109-0001",
        voucher=[
            "借 1002/02 600.00",
            "借 101207/03 500.00",
            "借 560304 20.00",
            "借 560304 0.60",
            "借 560302 6.00",
            "贷 1122/K1 1026.60",
            "贷 2203/K1 100.00",
        ],
        open_items=[receivable("-1026.60", "-1026.60"), _advance("100.00")],
    )
    assert general.open_items(sold) == [receivable("1130.00", "1026.60")]
    assert general.owed(general.school) == {"receivable": "103.40", "advance_from_customer": "100.00"}
    general.proves()


def test_cents_too_much_are_income(general: Business) -> None:
    sold = _owing(general, "1003.60")
    money = [paid(general.bank, "1004.00"), paid(general.bank, "0.40", "extra")]
    received = general.shop.post_one(
        customer_payment(9, general.school, money, allocations=[settles(sold, "1003.60", "receivable")])
    )
    assert general.voucher(received) == ["借 1002/02 1004.00", "贷 1122/K1 1003.60", "贷 530112 0.40"]
    assert general.owed(general.school) == {}
    general.proves()


def test_a_payment_without_any_debt_is_an_advance(general: Business) -> None:
    received = general.shop.post_one(customer_payment(9, general.school, [paid(general.bank, "1000.00")]))
    general.shows(
        received,
        number="SK-20260109-0001",
        voucher=["借 1002/02 1000.00", "贷 2203/K1 1000.00"],
        open_items=[_advance("1000.00")],
    )
    general.proves()


def test_an_opening_debt_and_a_return_are_settled_together(general: Business) -> None:
    old = general.shop.post_one(opening_item("receivable", general.school, "300.00"))
    taken = line(general.carriage, "1", "113.00", rate="0.13")
    returned = general.shop.post_one(sales_return(6, general.school, [taken]))
    received = general.shop.post_one(
        customer_payment(
            9,
            general.school,
            [paid(general.cash, "187.00")],
            allocations=[settles(old, "300.00", "receivable"), settles(returned, "-113.00", "receivable")],
        )
    )
    general.shows(
        received,
        number="SK-20260109-0001",
        voucher=["借 1001/01 187.00", "贷 1122/K1 187.00"],
        open_items=[receivable("-187.00", "-187.00")],
    )
    assert general.open_items(old) == [receivable("300.00", "300.00")]
    assert general.open_items(returned) == [receivable("-113.00", "-113.00")]
    assert general.owed(general.school) == {}
    general.proves()


def test_what_keeps_a_payment_from_being_posted(general: Business) -> None:
    sold = _owing(general)
    full = [settles(sold, "1130.00", "receivable")]
    for draft in (
        customer_payment(9, general.school, []),
        customer_payment(9, general.school, [paid(general.cash, "0")]),
        customer_payment(9, general.school, [paid(general.cash, "-5")]),
        customer_payment(9, general.school, [paid(general.cash, "1129.99")], allocations=full),
        customer_payment(9, general.school, [paid(general.cash, "1200.00")], allocations=[*full, *full]),
        customer_payment(9, general.market, [paid(general.cash, "1130.00")], allocations=full),
        customer_payment(
            9, general.school, [paid(general.cash, "1131.00")], allocations=[settles(sold, "1131.00", "receivable")]
        ),
        customer_payment(
            9, general.school, [paid(general.cash, "1130.00")], allocations=[settles(sold, "1130.00", "payable")]
        ),
    ):
        with pytest.raises(HasProblems):
            general.shop.post(draft)
    assert general.owed(general.school) == {"receivable": "1130.00"}


def test_two_payments_of_one_list_cannot_settle_the_same_debt(general: Business) -> None:
    sold = _owing(general)
    draft = customer_payment(
        9, general.school, [paid(general.cash, "1130.00")], allocations=[settles(sold, "1130.00", "receivable")]
    )
    with pytest.raises(HasProblems):
        general.shop.post(draft, draft)
    assert general.owed(general.school) == {"receivable": "1130.00"}


def test_amending_the_payment(general: Business) -> None:
    sold = _owing(general)
    received = general.shop.post_one(
        customer_payment(
            9, general.school, [paid(general.bank, "1130.00")], allocations=[settles(sold, "1130.00", "receivable")]
        )
    )
    content = customer_payment(
        10, general.school, [paid(general.cash, "1200.00")], allocations=[settles(sold, "1130.00", "receivable")]
    )
    general.shop.amend(received, content)
    general.shows(
        received,
        number="SK-20260109-0001",
        voucher_number="记-2",
        voucher=["借 1001/01 1200.00", "贷 1122/K1 1130.00", "贷 2203/K1 70.00"],
        open_items=[receivable("-1130.00", "-1130.00"), _advance("70.00")],
    )
    assert general.open_items(sold) == [receivable("1130.00", "1130.00")]
    general.proves()


def test_voiding_the_payment_opens_the_debt_again(general: Business) -> None:
    sold = _owing(general)
    received = general.shop.post_one(
        customer_payment(
            9, general.school, [paid(general.bank, "1130.00")], allocations=[settles(sold, "1130.00", "receivable")]
        )
    )
    with pytest.raises(HasDependents):
        general.shop.void(sold)
    general.shop.void(received, "银行退票")
    general.shows(received, number="SK-20260109-0001", voucher_number="记-2", voucher=[])
    assert general.open_items(sold) == [receivable("1130.00")]
    assert general.owed(general.school) == {"receivable": "1130.00"}
    general.shop.void(sold)
    assert general.owed(general.school) == {}
    general.proves()


def test_reversing_the_payment_opens_the_debt_again(general: Business) -> None:
    sold = _owing(general)
    received = general.shop.post_one(
        customer_payment(
            9,
            general.school,
            [paid(general.bank, "1200.00"), paid(general.bank, "5.00", "fee")],
            allocations=[settles(sold, "1130.00", "receivable")],
        )
    )
    reversal = general.shop.reverse(received, 12)
    general.shows(
        reversal,
        number="SK-20260112-0001",
        voucher=["借 1002/02 -1200.00", "借 560302 -5.00", "贷 1122/K1 -1130.00", "贷 2203/K1 -75.00"],
        open_items=[receivable("1130.00", "1130.00"), _advance("-75.00")],
    )
    assert general.open_items(sold) == [receivable("1130.00")]
    assert general.owed(general.school) == {"receivable": "1130.00"}
    general.proves()
    again = general.shop.post_one(
        customer_payment(
            13, general.school, [paid(general.cash, "1130.00")], allocations=[settles(sold, "1130.00", "receivable")]
        )
    )
    assert general.open_items(again) == [receivable("-1130.00", "-1130.00")]
    general.proves()
