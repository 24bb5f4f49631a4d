"""费用单: an expense with its tax, paid at once, owed, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from tests.builders import expense, expense_line, paid, settles, supplier_payment, tender
from tests.scenarios.business import Business, payable

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document


def _office(shop: Business, **head: object) -> Document:
    """Office supplies of 530.00 with 6 % and a rent of 1090.00 with 9 %, both with tax, paid by bank."""
    money = [
        expense_line(shop.shop.account("560206"), "530.00", "0.06"),
        expense_line(shop.shop.account("560209"), "1090.00", "0.09"),
        tender(shop.bank, "1620.00"),
    ]
    return expense(9, money, **head)


def test_the_tax_of_a_special_invoice_is_deducted(general: Business) -> None:
    spent = general.shop.post_one(_office(general, invoice_kind="special"))
    general.shows(
        spent,
        number="FY-20260109-0001",
        voucher_number="记-1",
        voucher=["借 560206 500.00", "借 560209 1000.00", "借 22210101 120.00", "贷 1002/02 1620.00"],
    )
    general.proves()


def test_the_tax_of_an_ordinary_invoice_is_part_of_the_expense(general: Business) -> None:
    spent = general.shop.post_one(_office(general, invoice_kind="ordinary"))
    assert general.voucher(spent) == ["借 560206 530.00", "借 560209 1090.00", "贷 1002/02 1620.00"]
    general.proves()


def test_a_small_taxpayer_spends_the_whole(small: Business) -> None:
    spent = small.shop.post_one(_office(small, invoice_kind="special"))
    small.shows(
        spent,
        number="FY-20260109-0001",
        voucher=["借 560206 530.00", "借 560209 1090.00", "贷 1002/02 1620.00"],
    )
    small.proves()


def test_what_is_not_paid_is_owed_and_paid_later(general: Business) -> None:
    money = [expense_line(general.shop.account("560206"), "530.00", "0.06"), tender(general.cash, "130.00")]
    spent = general.shop.post_one(expense(9, money, party=general.maker, invoice_kind="special"))
    general.shows(
        spent,
        number="FY-20260109-0001",
        voucher=["借 560206 500.00", "借 22210101 30.00", "贷 1001/01 130.00", "贷 220201/G1 400.00"],
        open_items=[payable("400.00")],
    )
    assert general.due_date(spent) == 20260208
    general.shop.post(
        supplier_payment(
            12, general.maker, [paid(general.bank, "400.00")], allocations=[settles(spent, "400.00", "payable")]
        )
    )
    assert general.owed(general.maker) == {}
    with pytest.raises(HasDependents):
        general.shop.void(spent)
    general.proves()


def test_an_expense_wholly_on_credit(small: Business) -> None:
    money = [expense_line(small.shop.account("560206"), "530.00")]
    spent = small.shop.post_one(expense(9, money, party=small.maker))
    assert small.voucher(spent) == ["借 560206 530.00", "贷 220201/G1 530.00"]
    assert small.open_items(spent) == [payable("530.00")]
    small.proves()


def test_what_keeps_an_expense_from_being_posted(general: Business) -> None:
    account = general.shop.account("560206")
    for money in (
        [],
        [tender(general.cash, "10.00")],
        [expense_line(account, "10.00"), tender(general.cash, "11.00")],
        [expense_line(account, "10.00"), tender(general.cash, "9.00")],
        [expense_line(account, "-10.00"), tender(general.cash, "-10.00")],
        [expense_line(account, "0")],
    ):
        with pytest.raises(HasProblems):
            general.shop.post(expense(9, money))
    with pytest.raises(HasProblems):
        general.shop.post(expense(9, [expense_line(general.shop.account("5602"), "10.00"), tender(general.cash, "10")]))


def test_amending_the_expense(general: Business) -> None:
    spent = general.shop.post_one(_office(general, invoice_kind="special"))
    money = [expense_line(general.shop.account("560206"), "106.00", "0.06"), tender(general.cash, "106.00")]
    general.shop.amend(spent, expense(10, money, invoice_kind="special"))
    general.shows(
        spent,
        number="FY-20260109-0001",
        voucher_number="记-1",
        voucher=["借 560206 100.00", "借 22210101 6.00", "贷 1001/01 106.00"],
    )
    general.proves()


def test_voiding_the_expense(general: Business) -> None:
    spent = general.shop.post_one(_office(general, invoice_kind="special"))
    general.shop.void(spent, "发票作废")
    general.shows(spent, number="FY-20260109-0001", voucher_number="记-1", voucher=[])
    assert general.balance("1002") == "0.00"
    general.proves()


def test_reversing_the_expense(general: Business) -> None:
    money = [expense_line(general.shop.account("560206"), "530.00", "0.06"), tender(general.cash, "130.00")]
    spent = general.shop.post_one(expense(9, money, party=general.maker, invoice_kind="special"))
    reversal = general.shop.reverse(spent, 10)
    general.shows(
        reversal,
        number="FY-20260110-0001",
        voucher=["借 560206 -500.00", "借 22210101 -30.00", "贷 1001/01 -130.00", "贷 220201/G1 -400.00"],
        open_items=[payable("-400.00")],
    )
    assert general.owed(general.maker) == {}
    general.proves()
