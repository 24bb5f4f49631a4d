"""记账凭证: entries by hand, as they were entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from tests.builders import delivery, entry, line, voucher
from tests.scenarios.business import Business, open_business

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document


@pytest.fixture(params=["general", "small"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Business:
    """The shop; what is entered by hand is the same for both kinds of taxpayers."""
    return open_business(tmp_path, request.param)


def _wages(shop: Business, amount: str = "4500.00") -> Document:
    account = shop.shop.account
    return voucher(
        31,
        [
            entry(account("560202"), debit=amount, summary="计提一月工资"),
            entry(account("221101"), credit=amount, summary="计提一月工资"),
        ],
    )


def test_wages_are_accrued(shop: Business) -> None:
    entered = shop.shop.post_one(_wages(shop))
    shop.shows(
        entered,
        number="PZ-20260131-0001",
        voucher_number="记-1",
        voucher=["借 560202 4500.00", "贷 221101 4500.00"],
    )
    assert shop.shop.rows("SELECT DISTINCT summary FROM voucher_line") == [("计提一月工资",)]
    shop.proves()


def test_several_lines_of_one_account_and_both_auxiliaries_stay_as_entered(shop: Business) -> None:
    account = shop.shop.account
    entered = shop.shop.post_one(
        voucher(
            15,
            [
                entry(account("560206"), debit="100.00", summary="打印纸"),
                entry(account("560206"), debit="50.00", summary="墨盒"),
                entry(account("1002"), credit="120.00", money_account=shop.bank),
                entry(account("224103"), credit="30.00", party=shop.school),
            ],
        )
    )
    assert shop.voucher(entered) == [
        "借 560206 100.00",
        "借 560206 50.00",
        "贷 1002/02 120.00",
        "贷 224103/K1 30.00",
    ]
    shop.proves()


def test_a_red_voucher_keeps_its_sides(shop: Business) -> None:
    account = shop.shop.account
    entered = shop.shop.post_one(
        voucher(15, [entry(account("1002"), debit="38.66"), entry(account("560301"), debit="-38.66")])
    )
    assert shop.voucher(entered) == ["借 1002 38.66", "借 560301 -38.66"]
    shop.proves()


def test_what_keeps_a_voucher_from_being_posted(shop: Business) -> None:
    account = shop.shop.account
    for entries in (
        [],
        [entry(account("560202"), debit="1.00")],
        [entry(account("560202"), debit="1.00"), entry(account("221101"), credit="1.01")],
        [entry(account("560202"), debit="1.00", credit="1.00"), entry(account("221101"), credit="0")],
        [entry(account("5602"), debit="1.00"), entry(account("221101"), credit="1.00")],
    ):
        with pytest.raises(HasProblems):
            shop.shop.post(voucher(31, entries))


def test_voucher_numbers_run_through_the_documents_of_a_month(shop: Business) -> None:
    sold = shop.shop.post_one(delivery(7, shop.school, [line(shop.carriage, "1", "10.00")]))
    entered = shop.shop.post_one(_wages(shop))
    assert [shop.voucher_number(each) for each in (sold, entered)] == ["记-1", "记-2"]


def test_amending_the_voucher(shop: Business) -> None:
    entered = shop.shop.post_one(_wages(shop))
    shop.shop.amend(entered, _wages(shop, "4600.00"))
    shop.shows(
        entered,
        number="PZ-20260131-0001",
        voucher_number="记-1",
        voucher=["借 560202 4600.00", "贷 221101 4600.00"],
    )
    shop.proves()


def test_voiding_the_voucher(shop: Business) -> None:
    entered = shop.shop.post_one(_wages(shop))
    shop.shop.void(entered, "重复")
    shop.shows(entered, number="PZ-20260131-0001", voucher_number="记-1", voucher=[])
    shop.proves()


def test_reversing_the_voucher_writes_it_in_red(shop: Business) -> None:
    entered = shop.shop.post_one(_wages(shop))
    reversal = shop.shop.reverse(entered)
    shop.shows(
        reversal,
        number="PZ-20260131-0002",
        voucher_number="记-2",
        voucher=["借 560202 -4500.00", "贷 221101 -4500.00"],
    )
    with pytest.raises(HasDependents):
        shop.shop.void(entered)
    shop.proves()
