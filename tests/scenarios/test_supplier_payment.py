"""付款单: money out settles what we owe; what is left over is a prepayment; the bank's fee comes on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from tests.builders import line, opening_item, paid, purchase_return, receipt, settles, supplier_payment
from tests.scenarios.business import Business, OpenItemShown, payable

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id


def _owed(shop: Business) -> Id:
    """We owe the stationer 1130.00 for paper."""
    return shop.shop.post_one(receipt(5, shop.maker, [line(shop.paper, "50", "22.60")]))


def _prepaid(amount: str) -> OpenItemShown:
    return OpenItemShown("prepayment_to_supplier", amount)


def test_a_transfer_settles_a_receipt(general: Business) -> None:
    bought = _owed(general)
    sent = general.shop.post_one(
        supplier_payment(
            9, general.maker, [paid(general.bank, "1130.00")], allocations=[settles(bought, "1130.00", "payable")]
        )
    )
    general.shows(
        sent,
        number="FK-20260109-0001",
        voucher_number="记-2",
        voucher=["借 220201/G1 1130.00", "贷 1002/02 1130.00"],
        open_items=[payable("-1130.00", "-1130.00")],
    )
    assert general.open_items(bought) == [payable("1130.00", "1130.00")]
    assert general.owed(general.maker) == {}
    general.proves()


def test_a_discount_small_change_a_fee_and_a_prepayment(general: Business) -> None:
    # 付 1000.00，供应商让 20.00、抹零 0.60，手续费 5.00 另付；核销 920.60，预付 100.00。
    bought = _owed(general)
    money = [
        paid(general.bank, "600.00"),
        paid(general.cash, "400.00"),
        paid(general.bank, "20.00", "discount"),
        paid(general.bank, "5.00", "fee"),
    ]
    sent = general.shop.post_one(
        supplier_payment(9, general.maker, money, write_off="0.60", allocations=[settles(bought, "920.60", "payable")])
    )
    general.shows(
        sent,
        number="FK-20260109-0001",
        voucher=[
            "借 220201/G1 920.60",
            "借 1123/G1 100.00",
            "借 560302 5.00",
            "贷 560304 20.00",
            "贷 560304 0.60",
            "贷 1001/01 400.00",
            "贷 1002/02 605.00",
        ],
        open_items=[_prepaid("100.00"), payable("-920.60", "-920.60")],
    )
    assert general.open_items(bought) == [payable("1130.00", "920.60")]
    assert general.owed(general.maker) == {"payable": "209.40", "prepayment_to_supplier": "100.00"}
    general.proves()


def test_a_payment_without_any_debt_is_a_prepayment(general: Business) -> None:
    sent = general.shop.post_one(supplier_payment(9, general.maker, [paid(general.bank, "800.00")]))
    general.shows(
        sent,
        number="FK-20260109-0001",
        voucher=["借 1123/G1 800.00", "贷 1002/02 800.00"],
        open_items=[_prepaid("800.00")],
    )
    general.proves()


def test_an_opening_debt_less_a_return(general: Business) -> None:
    old = general.shop.post_one(opening_item("payable", general.maker, "500.00"))
    bought = _owed(general)
    back = line(general.paper, "5", "22.60", source_document=bought, source_line=1)
    returned = general.shop.post_one(purchase_return(6, general.maker, [back]))
    allocations = [settles(old, "500.00", "payable"), settles(returned, "-113.00", "payable")]
    sent = general.shop.post_one(
        supplier_payment(9, general.maker, [paid(general.cash, "387.00")], allocations=allocations)
    )
    general.shows(
        sent,
        number="FK-20260109-0001",
        voucher=["借 220201/G1 387.00", "贷 1001/01 387.00"],
        open_items=[payable("-387.00", "-387.00")],
    )
    assert general.open_items(returned) == [payable("-113.00", "-113.00")]
    assert general.owed(general.maker) == {"payable": "1130.00"}
    general.proves()


def test_what_keeps_a_payment_from_being_posted(general: Business) -> None:
    bought = _owed(general)
    full = [settles(bought, "1130.00", "payable")]
    for draft in (
        supplier_payment(9, general.maker, []),
        supplier_payment(9, general.maker, [paid(general.cash, "-1")]),
        supplier_payment(9, general.maker, [paid(general.cash, "1129.00")], allocations=full),
        supplier_payment(9, general.farmer, [paid(general.cash, "1130.00")], allocations=full),
    ):
        with pytest.raises(HasProblems):
            general.shop.post(draft)
    assert general.owed(general.maker) == {"payable": "1130.00"}


def test_amending_the_payment(general: Business) -> None:
    bought = _owed(general)
    sent = general.shop.post_one(
        supplier_payment(
            9, general.maker, [paid(general.bank, "1130.00")], allocations=[settles(bought, "1130.00", "payable")]
        )
    )
    content = supplier_payment(
        10, general.maker, [paid(general.cash, "130.00")], allocations=[settles(bought, "130.00", "payable")]
    )
    general.shop.amend(sent, content)
    general.shows(
        sent,
        number="FK-20260109-0001",
        voucher_number="记-2",
        voucher=["借 220201/G1 130.00", "贷 1001/01 130.00"],
        open_items=[payable("-130.00", "-130.00")],
    )
    assert general.open_items(bought) == [payable("1130.00", "130.00")]
    general.proves()


def test_voiding_the_payment_opens_the_debt_again(general: Business) -> None:
    bought = _owed(general)
    sent = general.shop.post_one(
        supplier_payment(
            9, general.maker, [paid(general.bank, "1130.00")], allocations=[settles(bought, "1130.00", "payable")]
        )
    )
    with pytest.raises(HasDependents):
        general.shop.reverse(bought)
    general.shop.void(sent, "付错了")
    general.shows(sent, number="FK-20260109-0001", voucher_number="记-2", voucher=[])
    assert general.owed(general.maker) == {"payable": "1130.00"}
    assert general.open_items(bought) == [payable("1130.00")]
    general.proves()


def test_reversing_the_payment_opens_the_debt_again(general: Business) -> None:
    bought = _owed(general)
    money = [paid(general.bank, "1200.00"), paid(general.bank, "5.00", "fee")]
    sent = general.shop.post_one(
        supplier_payment(9, general.maker, money, allocations=[settles(bought, "1130.00", "payable")])
    )
    reversal = general.shop.reverse(sent, 12)
    general.shows(
        reversal,
        number="FK-20260112-0001",
        voucher=["借 220201/G1 -1130.00", "借 1123/G1 -70.00", "借 560302 -5.00", "贷 1002/02 -1205.00"],
        open_items=[_prepaid("-70.00"), payable("1130.00", "1130.00")],
    )
    assert general.open_items(bought) == [payable("1130.00")]
    assert general.balance("1002") == "0.00"
    general.proves()
