"""销售出库单: goods leave at the pool's cost, the customer owes the price with tax."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems, InsufficientStock
from jxc_desktop.services.book_settings import set_setting
from tests.builders import delivery, line, opening_stock, receipt, sales_return, tender
from tests.scenarios.business import Business, keyed, open_business, payable, receivable

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_delivery_on_credit(general: Business) -> None:
    # 1 月 7 日，给城南中学送 60 支笔（含税 3.39）和 2 箱纸（每箱含税 226）。
    lines = [line(general.pen, "60", "3.39"), line(general.paper, "2", "226", unit="箱")]
    sold = general.shop.post_one(delivery(7, general.school, lines))
    general.shows(
        sold,
        number="XS-20260107-0001",
        voucher=[
            "借 1122/K1 655.40",
            "贷 5001/K1 580.00",
            "贷 22210107 75.40",
            "借 5401 440.00",
            "贷 140501 440.00",
        ],
        open_items=[receivable("655.40")],
    )
    assert general.due_date(sold) == 20260206
    assert general.stock(general.pen) == ("140", "280.00")
    assert general.stock(general.paper) == ("24", "480.00")
    general.proves()


def test_a_small_taxpayer_sells_at_the_levy_rate(small: Business) -> None:
    sold = small.shop.post_one(delivery(7, small.school, [line(small.pen, "60", "3.39")]))
    small.shows(
        sold,
        number="XS-20260107-0001",
        voucher=[
            "借 1122/K1 203.40",
            "贷 5001/K1 201.39",
            "贷 222101 2.01",
            "借 5401 120.00",
            "贷 140501 120.00",
        ],
        open_items=[receivable("203.40")],
    )
    small.proves()


def test_prices_without_tax(general: Business) -> None:
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "7", "3.05")], price_mode="excluded"))
    assert general.voucher(sold) == [
        "借 1122/K1 24.13",
        "贷 5001/K1 21.35",
        "贷 22210107 2.78",
        "借 5401 14.00",
        "贷 140501 14.00",
    ]
    general.proves()


def test_a_line_discount_and_a_header_discount(general: Business) -> None:
    # 笔打 9.5 折：60 × 3.39 × 0.95 = 193.23；纸 452.00；整单再让 45.23，按金额分摊。
    lines = [line(general.pen, "60", "3.39", discount="0.95"), line(general.paper, "2", "226", unit="箱")]
    sold = general.shop.post_one(delivery(7, general.school, lines, header_discount="45.23"))
    rows = general.shop.rows(
        "SELECT l.gross, l.net, l.tax FROM item_line l JOIN document d ON d.id = l.document"
        " WHERE d.type = 'delivery_note' ORDER BY l.position"
    )
    assert rows == [(17968, 15901, 2067), (42032, 37196, 4836)]
    assert general.voucher(sold)[:3] == ["借 1122/K1 600.00", "贷 5001/K1 530.97", "贷 22210107 69.03"]
    assert general.open_items(sold) == [receivable("600.00")]
    general.proves()


def test_a_gift_costs_samples_and_gifts(general: Business) -> None:
    lines = [line(general.paper, "2", "226", unit="箱"), line(general.pen, "1", "40.68", unit="盒", is_gift=True)]
    sold = general.shop.post_one(delivery(7, general.school, lines))
    assert general.voucher(sold) == [
        "借 1122/K1 452.00",
        "贷 5001/K1 400.00",
        "贷 22210107 52.00",
        "借 5401 320.00",
        "借 560113 24.00",
        "贷 140501 344.00",
    ]
    assert general.stock(general.pen) == ("188", "376.00")
    general.proves()


def test_a_gift_is_cost_of_sales_where_the_book_says_so(general: Business) -> None:
    general.shop.book.do(set_setting, key="gift_cost", value="cost_of_sales")
    lines = [line(general.pen, "10", "3.39"), line(general.pen, "2", is_gift=True)]
    sold = general.shop.post_one(delivery(7, general.school, lines))
    assert general.voucher(sold)[-2:] == ["借 5401 24.00", "贷 140501 24.00"]
    general.proves()


def test_part_is_paid_at_once_in_two_ways_and_small_change_waived(general: Business) -> None:
    lines = [line(general.pen, "60", "3.39")]
    money = [tender(general.cash, "50.00"), tender(general.wechat, "100.00")]
    sold = general.shop.post_one(delivery(7, general.school, lines, money=money, write_off="0.40"))
    general.shows(
        sold,
        number="XS-20260107-0001",
        voucher=[
            "借 1001/01 50.00",
            "借 101207/03 100.00",
            "借 560304 0.40",
            "借 1122/K1 53.00",
            "贷 5001 180.00",
            "贷 22210107 23.40",
            "借 5401 120.00",
            "贷 140501 120.00",
        ],
        open_items=[receivable("53.00")],
    )
    general.proves()


def test_carriage_is_income_without_stock(general: Business) -> None:
    lines = [line(general.pen, "60", "3.39"), line(general.carriage, "1", "10.90")]
    sold = general.shop.post_one(delivery(7, general.school, lines))
    assert general.voucher(sold) == [
        "借 1122/K1 214.30",
        "贷 5001/K1 190.00",
        "贷 22210107 24.30",
        "借 5401 120.00",
        "贷 140501 120.00",
    ]
    general.proves()


def test_an_item_with_its_own_accounts_posts_there(general: Business) -> None:
    # 纸箱属周转材料，卖出记其他业务收入与其他业务成本。
    accounts = {
        "stock": general.shop.account("141102"),
        "revenue": general.shop.account("505101"),
        "cost_of_sales": general.shop.account("5402"),
    }
    box = general.shop.item("P9", "纸箱", tax_rate=130_000, accounts=accounts)
    general.shop.post(receipt(5, general.maker, [line(box, "10", "3.39")]))
    sold = general.shop.post_one(delivery(7, general.school, [line(box, "4", "5.65"), line(general.pen, "1", "3.39")]))
    assert general.voucher(sold) == [
        "借 1122/K1 25.99",
        "贷 5001/K1 3.00",
        "贷 505101/K1 20.00",
        "贷 22210107 2.99",
        "借 5401 2.00",
        "借 5402 12.00",
        "贷 140501 2.00",
        "贷 141102 12.00",
    ]
    general.proves()


def test_selling_more_than_there_is_and_the_receipt_that_covers_it(general: Business) -> None:
    # 库存 200 支，卖出 205 支：5 支按最近成本 2.00 暂估；1 月 12 日以 2.40 进货 100 支，补差 2.00 记在进货单上。
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "205", "3.39")]))
    assert general.voucher(sold)[-2:] == ["借 5401 410.00", "贷 140501 410.00"]
    assert general.stock(general.pen) == ("-5", "-10.00")
    covered = general.shop.post_one(receipt(12, general.maker, [line(general.pen, "100", "2.712")]))
    general.shows(
        covered,
        number="CR-20260112-0001",
        voucher=[
            "借 140501 240.00",
            "借 22210101 31.20",
            "贷 220201/G1 271.20",
            "借 5401 2.00",
            "贷 140501 2.00",
        ],
        open_items=[payable("271.20")],
    )
    assert general.stock(general.pen) == ("95", "228.00")
    assert general.voucher(sold)[-2:] == ["借 5401 410.00", "贷 140501 410.00"]
    general.proves()


def test_a_warehouse_that_forbids_it_never_goes_below_nothing(general: Business) -> None:
    general.shop.card("warehouse", "01", negative_stock="forbid")
    general.shop.post(delivery(20, general.school, [line(general.pen, "150", "3.39")]))
    with pytest.raises(InsufficientStock) as refused:
        general.shop.post(delivery(7, general.market, [line(general.pen, "60", "3.39")]))
    assert refused.value.text.params["date"] == "2026-01-20"
    assert refused.value.text.params["number"] == "XS-20260120-0001"
    assert general.stock(general.pen) == ("50", "100.00")
    general.proves()


def test_a_backdated_receipt_changes_the_cost_of_what_was_sold_after_it(general: Business) -> None:
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "100", "3.39")]))
    general.shop.post(receipt(3, general.maker, [line(general.pen, "200", "4.52")]))
    assert general.voucher(sold)[-2:] == ["借 5401 300.00", "贷 140501 300.00"]
    assert general.stock(general.pen) == ("300", "900.00")
    general.proves()


def test_amending_keeps_number_voucher_number_and_place(general: Business) -> None:
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "60", "3.39")]))
    later = general.shop.post_one(delivery(7, general.market, [line(general.pen, "10", "3.39")]))
    amended = delivery(
        7, general.market, [keyed(1, line(general.pen, "50", "3.39")), line(general.paper, "1", "28.25")]
    )
    general.shop.amend(sold, amended)
    general.shows(
        sold,
        number="XS-20260107-0001",
        voucher=[
            "借 1122/K2 197.75",
            "贷 5001/K2 175.00",
            "贷 22210107 22.75",
            "借 5401 120.00",
            "贷 140501 120.00",
        ],
        open_items=[receivable("197.75")],
    )
    assert (general.voucher_number(sold), general.voucher_number(later)) == ("记-1", "记-2")
    assert general.owed(general.school) == {}
    assert general.owed(general.market) == {"receivable": "231.65"}
    general.proves()


def test_a_line_added_while_amending_never_takes_the_key_of_one_taken_out(general: Business) -> None:
    lines = [line(general.pen, "60", "3.39"), line(general.paper, "1", "28.25")]
    sold = general.shop.post_one(delivery(7, general.school, lines))
    kept = keyed(1, line(general.pen, "60", "3.39"))
    general.shop.amend(sold, delivery(7, general.school, [kept, line(general.rice, "1", "5.45")]))
    assert general.line_key(sold, 1) == 3
    general.proves()


def test_voiding_and_posting_again(general: Business) -> None:
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "60", "3.39")]))
    general.shop.void(sold, "送错客户")
    general.shows(sold, number="XS-20260107-0001", voucher_number="记-1", voucher=[])
    assert general.status(sold) == "voided"
    assert general.stock(general.pen) == ("200", "400.00")
    assert general.owed(general.school) == {}
    again = general.shop.post_one(delivery(7, general.market, [line(general.pen, "60", "3.39")]))
    assert (general.number(again), general.voucher_number(again)) == ("XS-20260107-0002", "记-2")
    general.proves()


def test_reversing_brings_the_goods_back_at_what_they_left_with(general: Business) -> None:
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "60", "3.39")]))
    general.shop.post(receipt(8, general.maker, [line(general.pen, "60", "6.78")]))
    reversal = general.shop.reverse(sold, 9)
    general.shows(
        reversal,
        number="XS-20260109-0001",
        voucher=[
            "借 1122/K1 -203.40",
            "贷 5001/K1 -180.00",
            "贷 22210107 -23.40",
            "借 5401 -120.00",
            "贷 140501 -120.00",
        ],
        open_items=[receivable("-203.40")],
    )
    assert general.stock(general.pen) == ("260", "760.00")
    with pytest.raises(HasDependents):
        general.shop.amend(sold, delivery(7, general.school, [line(general.pen, "1", "3.39")]))
    general.shop.void(reversal, "不红冲了")
    assert general.stock(general.pen) == ("200", "640.00")
    assert general.owed(general.school) == {"receivable": "203.40"}
    general.proves()


def test_reversing_takes_discount_write_off_tender_and_gift_back(general: Business) -> None:
    lines = [
        line(general.pen, "60", "3.39", discount="0.95"),
        line(general.paper, "2", "226", unit="箱"),
        line(general.pen, "1", "40.68", unit="盒", is_gift=True),
    ]
    money = [tender(general.bank, "500.00")]
    draft = delivery(7, general.school, lines, header_discount="45.23", write_off="0.60", money=money)
    sold = general.shop.post_one(draft)
    reversal = general.shop.reverse(sold, 8)
    assert general.voucher(reversal) == [
        "借 1002/02 -500.00",
        "借 560304 -0.60",
        "借 1122/K1 -99.40",
        "贷 5001 -530.97",
        "贷 22210107 -69.03",
        "借 5401 -440.00",
        "借 560113 -24.00",
        "贷 140501 -464.00",
    ]
    assert general.open_items(reversal) == [receivable("-99.40")]
    assert general.stock(general.pen) == ("200", "400.00")
    assert general.balance("1002") == "0.00"
    general.proves()


def test_reversing_what_went_short_covers_its_own_shortage(general: Business) -> None:
    # 卖 205 支缺 5 支，红冲后库存一支不少、一分不差。
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "205", "3.39")]))
    general.shop.reverse(sold, 9)
    assert general.stock(general.pen) == ("200", "400.00")
    assert general.balance("5401") == "0.00"
    general.proves()


def test_what_keeps_a_delivery_from_being_posted(general: Business) -> None:
    pens = [line(general.pen, "1", "3.39")]
    for draft in (
        delivery(7, general.school, []),
        delivery(7, general.school, [line(general.pen, "0", "3.39")]),
        delivery(7, general.school, [line(general.pen, "-1", "3.39")]),
        delivery(7, general.school, [line(general.pen, "1", "-3.39")]),
        delivery(7, general.school, [line(general.pen, "1", "3.39", unit="吨")]),
        delivery(7, general.school, pens, money=[tender(general.cash, "3.40")]),
        delivery(7, general.school, pens, write_off="3.40"),
        delivery(7, general.school, pens, header_discount="3.40"),
        delivery(date(2025, 12, 31), general.school, pens),
    ):
        with pytest.raises(HasProblems):
            general.shop.post(draft)
    assert general.stock(general.pen) == ("200", "400.00")
    assert not general.shop.rows("SELECT 1 FROM document WHERE type = 'delivery_note'")


def test_all_documents_of_a_list_are_posted_or_none(general: Business) -> None:
    good = delivery(7, general.school, [line(general.pen, "1", "3.39")])
    bad = sales_return(7, general.school, [line(general.pen, "0", "3.39")])
    with pytest.raises(HasProblems) as refused:
        general.shop.post(good, bad)
    assert [problem.place[:2] for problem in refused.value.problems] == [("documents", 1)]
    assert not general.shop.rows("SELECT 1 FROM document WHERE type = 'delivery_note'")
