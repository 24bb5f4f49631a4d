"""期初余额: the balances of accounts; with opening stock and open items 期初平衡 comes to 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasProblems, UserError
from tests.builders import entry, line, opening_balance, opening_item, opening_stock
from tests.scenarios.business import Business, keyed, open_business

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document


@pytest.fixture(params=["general", "small"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Business:
    """The shop; balances of the past are the same for both kinds of taxpayers."""
    return open_business(tmp_path, request.param)


def _balances(shop: Business, capital: str = "20000.00") -> Document:
    account = shop.shop.account
    return opening_balance(
        [
            entry(account("1001"), debit="1200.00", money_account=shop.cash),
            entry(account("1002"), debit="18000.00", money_account=shop.bank),
            entry(account("3001"), credit=capital),
        ]
    )


def test_what_does_not_balance_yet_stands_on_the_opening_balance(shop: Business) -> None:
    opened = shop.shop.post_one(_balances(shop))
    shop.shows(
        opened,
        number="QM-20260101-0001",
        voucher=["借 1001/01 1200.00", "借 1002/02 18000.00", "贷 3001 20000.00", "贷 9999 -800.00"],
    )
    shop.proves()


def test_all_openings_together_balance_in_any_order(shop: Business) -> None:
    # 期初库存 2000.00 + 应收 800.00 − 应付 2000.00 + 资金 19200.00 = 实收资本 20000.00。
    drafts = [
        _balances(shop),
        opening_stock([line(shop.paper, "100", unit_cost="20")]),
        opening_item("receivable", shop.school, "800.00"),
        opening_item("payable", shop.maker, "2000.00"),
    ]
    shop.shop.post(*drafts)
    assert shop.balance("9999") == "0.00"
    assert [shop.balance(code) for code in ("1122", "140501", "220201", "3001")] == [
        "800.00",
        "2000.00",
        "-2000.00",
        "-20000.00",
    ]
    shop.proves()


def test_balances_that_balance_leave_nothing_on_the_opening_balance(shop: Business) -> None:
    opened = shop.shop.post_one(_balances(shop, "19200.00"))
    assert shop.voucher(opened) == ["借 1001/01 1200.00", "借 1002/02 18000.00", "贷 3001 19200.00"]
    shop.proves()


def test_they_stand_before_the_first_day(shop: Business) -> None:
    shop.shop.post(_balances(shop))
    rows = shop.shop.rows("SELECT effective_period, effective_date FROM document WHERE type = 'opening_balance'")
    assert rows == [(202601, 20260100)]


def test_what_keeps_them_from_being_posted(shop: Business) -> None:
    account = shop.shop.account
    for entries in (
        [],
        [entry(account("1001"), debit="1.00", credit="1.00")],
        [entry(account("1001"))],
        [entry(account("5602"), debit="1.00")],
    ):
        with pytest.raises(HasProblems):
            shop.shop.post(opening_balance(entries))


def test_amending(shop: Business) -> None:
    opened = shop.shop.post_one(_balances(shop))
    account = shop.shop.account
    entries = [
        keyed(1, entry(account("1001"), debit="1000.00", money_account=shop.cash)),
        keyed(3, entry(account("3001"), credit="1000.00")),
    ]
    shop.shop.amend(opened, opening_balance(entries))
    shop.shows(opened, number="QM-20260101-0001", voucher=["借 1001/01 1000.00", "贷 3001 1000.00"])
    shop.proves()


def test_voiding(shop: Business) -> None:
    opened = shop.shop.post_one(_balances(shop))
    shop.shop.void(opened, "重录")
    shop.shows(opened, number="QM-20260101-0001", voucher=[])
    assert shop.balance("1002") == "0.00"
    shop.proves()


def test_they_are_amended_or_voided_and_never_reversed(shop: Business) -> None:
    opened = shop.shop.post_one(_balances(shop))
    with pytest.raises(UserError):
        shop.shop.reverse(opened)
