"""零售单: sold over the counter, paid at once in several ways; a negative line takes back on the same ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasProblems
from tests.builders import line, opening_stock, receipt, retail, tender
from tests.scenarios.business import Business, keyed, open_business, payable, receivable

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id


@pytest.fixture
def general(tmp_path: Path) -> Business:
    """The shop as a general taxpayer with 200 pens at 2.00 and 40 packs of paper at 20.00."""
    return _stocked(open_business(tmp_path, "general"))


@pytest.fixture
def small(tmp_path: Path) -> Business:
    """The same as a small-scale taxpayer."""
    return _stocked(open_business(tmp_path, "small"))


def _stocked(shop: Business) -> Business:
    pens, paper = line(shop.pen, "200", unit_cost="2"), line(shop.paper, "40", unit_cost="20")
    shop.shop.post(opening_stock([pens, paper]))
    return shop


def _ticket(shop: Business) -> Id:
    """Three pens and a pack of paper, 38.75: part in cash, part by WeChat, small change waived."""
    lines = [line(shop.pen, "3", "3.50"), line(shop.paper, "1", "28.25")]
    money = [tender(shop.cash, "8.50"), tender(shop.wechat, "30.00")]
    return shop.shop.post_one(retail(7, lines, money, write_off="0.25"))


def test_a_walk_in_customer_pays_in_two_ways(general: Business) -> None:
    ticket = _ticket(general)
    general.shows(
        ticket,
        number="LS-20260107-0001",
        voucher_number="记-1",
        voucher=[
            "借 1001/01 8.50",
            "借 101207/03 30.00",
            "借 560304 0.25",
            "贷 5001 34.29",
            "贷 22210107 4.46",
            "借 5401 26.00",
            "贷 140501 26.00",
        ],
    )
    assert general.stock(general.pen) == ("197", "394.00")
    assert general.stock(general.paper) == ("39", "780.00")
    assert general.shop.rows("SELECT is_walk_in, party_name FROM document WHERE type = 'retail_sale'") == [(1, "散客")]
    general.proves()


def test_a_small_taxpayer_pays_the_levy(small: Business) -> None:
    small.shows(
        _ticket(small),
        number="LS-20260107-0001",
        voucher=[
            "借 1001/01 8.50",
            "借 101207/03 30.00",
            "借 560304 0.25",
            "贷 5001 38.37",
            "贷 222101 0.38",
            "借 5401 26.00",
            "贷 140501 26.00",
        ],
    )
    small.proves()


def test_a_box_and_single_pens_on_one_ticket(general: Business) -> None:
    lines = [line(general.pen, "1", "40", unit="盒"), line(general.pen, "2", "3.50")]
    ticket = general.shop.post_one(retail(7, lines, [tender(general.cash, "47.00")]))
    assert general.voucher(ticket)[-2:] == ["借 5401 28.00", "贷 140501 28.00"]
    assert general.stock(general.pen) == ("186", "372.00")
    general.proves()


def test_goods_are_exchanged_on_one_ticket(general: Business) -> None:
    # 顾客退 2 支笔、换一包纸，补 21.25 元。
    lines = [line(general.pen, "-2", "3.50"), line(general.paper, "1", "28.25")]
    ticket = general.shop.post_one(retail(8, lines, [tender(general.cash, "21.25")]))
    general.shows(
        ticket,
        number="LS-20260108-0001",
        voucher=[
            "借 1001/01 21.25",
            "贷 5001 18.81",
            "贷 22210107 2.44",
            "借 5401 16.00",
            "贷 140501 16.00",
        ],
    )
    assert general.stock(general.pen) == ("202", "404.00")
    general.proves()


def test_a_ticket_that_only_takes_back_pays_money_out(general: Business) -> None:
    ticket = _ticket(general)
    general.shop.post(receipt(8, general.maker, [line(general.pen, "203", "4.52")]))
    taken = line(general.pen, "-2", "3.50", source_document=ticket, source_line=1)
    returned = general.shop.post_one(retail(9, [taken], [tender(general.cash, "-7.00")]))
    general.shows(
        returned,
        number="LS-20260109-0001",
        voucher=[
            "借 1001/01 -7.00",
            "贷 5001 -6.19",
            "贷 22210107 -0.81",
            "借 5401 -4.00",
            "贷 140501 -4.00",
        ],
    )
    general.proves()
    more = line(general.pen, "-2", "3.50", source_document=ticket, source_line=1)
    with pytest.raises(HasProblems):
        general.shop.post(retail(9, [more], [tender(general.cash, "-7.00")]))


def test_a_gift_on_the_ticket(general: Business) -> None:
    lines = [line(general.paper, "1", "28.25"), line(general.pen, "1", "3.50", is_gift=True)]
    ticket = general.shop.post_one(retail(7, lines, [tender(general.wechat, "28.25")]))
    assert general.voucher(ticket) == [
        "借 101207/03 28.25",
        "贷 5001 25.00",
        "贷 22210107 3.25",
        "借 5401 20.00",
        "借 560113 2.00",
        "贷 140501 22.00",
    ]
    general.proves()


def test_a_header_discount_on_the_ticket(general: Business) -> None:
    lines = [line(general.pen, "10", "3.50"), line(general.paper, "1", "28.25")]
    ticket = general.shop.post_one(retail(7, lines, [tender(general.cash, "60.00")], header_discount="3.25"))
    assert general.voucher(ticket)[:3] == ["借 1001/01 60.00", "贷 5001 53.10", "贷 22210107 6.90"]
    general.proves()


def test_a_known_customer_may_owe_the_rest(general: Business) -> None:
    ticket = general.shop.post_one(
        retail(7, [line(general.paper, "2", "28.25")], [tender(general.cash, "50.00")], party=general.market)
    )
    general.shows(
        ticket,
        number="LS-20260107-0001",
        voucher=[
            "借 1001/01 50.00",
            "借 1122/K2 6.50",
            "贷 5001 50.00",
            "贷 22210107 6.50",
            "借 5401 40.00",
            "贷 140501 40.00",
        ],
        open_items=[receivable("6.50")],
    )
    general.proves()


def test_a_walk_in_customer_leaves_no_debt(general: Business) -> None:
    lines = [line(general.paper, "2", "28.25")]
    for money in ([], [tender(general.cash, "50.00")], [tender(general.cash, "60.00")]):
        with pytest.raises(HasProblems):
            general.shop.post(retail(7, lines, money))
    assert general.stock(general.paper) == ("40", "800.00")


def test_selling_at_the_till_more_than_there_is(general: Business) -> None:
    # 柜台先卖了 202 支，缺 2 支；晚上补进 12 支（不含税 2.50），补差 1.00。
    ticket = general.shop.post_one(retail(7, [line(general.pen, "202", "3.50")], [tender(general.cash, "707.00")]))
    assert general.stock(general.pen) == ("-2", "-4.00")
    covered = general.shop.post_one(receipt(7, general.maker, [line(general.pen, "1", "33.90", unit="盒")]))
    general.shows(
        covered,
        number="CR-20260107-0001",
        voucher=[
            "借 140501 30.00",
            "借 22210101 3.90",
            "贷 220201/G1 33.90",
            "借 5401 1.00",
            "贷 140501 1.00",
        ],
        open_items=[payable("33.90")],
    )
    assert general.voucher(ticket)[-2:] == ["借 5401 404.00", "贷 140501 404.00"]
    assert general.stock(general.pen) == ("10", "25.00")
    general.proves()


def test_amending_the_ticket(general: Business) -> None:
    ticket = _ticket(general)
    lines = [keyed(1, line(general.pen, "4", "3.50")), keyed(2, line(general.paper, "1", "28.25"))]
    general.shop.amend(ticket, retail(7, lines, [tender(general.wechat, "42.25")]))
    general.shows(
        ticket,
        number="LS-20260107-0001",
        voucher_number="记-1",
        voucher=[
            "借 101207/03 42.25",
            "贷 5001 37.39",
            "贷 22210107 4.86",
            "借 5401 28.00",
            "贷 140501 28.00",
        ],
    )
    assert (general.balance("1001"), general.balance("101207")) == ("0.00", "42.25")
    general.proves()


def test_voiding_the_ticket(general: Business) -> None:
    ticket = _ticket(general)
    general.shop.void(ticket, "顾客没付款")
    general.shows(ticket, number="LS-20260107-0001", voucher_number="记-1", voucher=[])
    assert (general.balance("1001"), general.balance("101207")) == ("0.00", "0.00")
    assert general.stock(general.pen) == ("200", "400.00")
    general.proves()


def test_reversing_the_ticket(general: Business) -> None:
    ticket = _ticket(general)
    reversal = general.shop.reverse(ticket, 8)
    general.shows(
        reversal,
        number="LS-20260108-0001",
        voucher=[
            "借 1001/01 -8.50",
            "借 101207/03 -30.00",
            "借 560304 -0.25",
            "贷 5001 -34.29",
            "贷 22210107 -4.46",
            "借 5401 -26.00",
            "贷 140501 -26.00",
        ],
    )
    assert general.stock(general.paper) == ("40", "800.00")
    assert general.balance("101207") == "0.00"
    general.proves()
