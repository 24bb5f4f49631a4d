"""盘点单: the warehouse holds the counted quantity afterwards; gains and losses pass through 待处理财产损溢."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasProblems
from tests.builders import count, delivery, line, opening_stock, receipt
from tests.scenarios.business import Business, keyed, open_business

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


GAIN = ["借 140501 6.00", "贷 190101 6.00", "借 190101 6.00", "贷 530104 6.00"]


def test_a_gain_and_a_loss_on_one_sheet(general: Business) -> None:
    # 1 月 31 日盘点：笔多 3 支，纸少 2 包。
    counted = general.shop.post_one(count(31, [line(general.pen, "203"), line(general.paper, "38")]))
    general.shows(
        counted,
        number="PD-20260131-0001",
        voucher_number="记-1",
        voucher=[
            *GAIN,
            "借 190101 40.00",
            "贷 140501 40.00",
            "借 571101 40.00",
            "贷 190101 40.00",
        ],
    )
    assert general.stock(general.pen) == ("203", "406.00")
    assert general.stock(general.paper) == ("38", "760.00")
    assert general.balance("190101") == "0.00"
    general.proves()


def test_an_abnormal_loss_takes_the_input_tax_with_it(general: Business) -> None:
    # 雨水泡坏 2 包纸，属管理不善，进项税要转出。
    counted = general.shop.post_one(count(31, [line(general.paper, "38", is_abnormal=True)]))
    general.shows(
        counted,
        number="PD-20260131-0001",
        voucher=[
            "借 190101 45.20",
            "贷 140501 40.00",
            "贷 22210109 5.20",
            "借 571101 45.20",
            "贷 190101 45.20",
        ],
    )
    general.proves()


def test_a_small_taxpayer_has_no_input_tax_to_take_out(small: Business) -> None:
    counted = small.shop.post_one(count(31, [line(small.paper, "38", is_abnormal=True)]))
    assert small.voucher(counted) == [
        "借 190101 40.00",
        "贷 140501 40.00",
        "借 571101 40.00",
        "贷 190101 40.00",
    ]
    small.proves()


def test_a_count_that_finds_nothing_takes_a_number_all_the_same(general: Business) -> None:
    counted = general.shop.post_one(count(31, [line(general.pen, "200")]))
    general.shows(counted, number="PD-20260131-0001", voucher_number="记-1", voucher=[])
    general.proves()


def test_counting_in_boxes(general: Business) -> None:
    counted = general.shop.post_one(count(31, [line(general.pen, "17", unit="盒")]))
    assert general.voucher(counted)[0] == "借 140501 8.00"
    assert general.stock(general.pen) == ("204", "408.00")
    general.proves()


def test_a_document_entered_later_changes_the_difference_and_never_the_count(general: Business) -> None:
    # 盘点后补录 1 月 20 日的出库 3 支：原来的盘盈 3 支变成 6 支，盘点数不变。
    counted = general.shop.post_one(count(25, [line(general.pen, "203")]))
    assert general.voucher(counted) == GAIN
    general.shop.post(delivery(20, general.school, [line(general.pen, "3", "3.39")]))
    assert general.voucher(counted)[0] == "借 140501 12.00"
    assert general.stock(general.pen) == ("203", "406.00")
    general.shop.post(receipt(21, general.maker, [line(general.pen, "10", "2.26")]))
    assert general.voucher(counted) == [
        "借 190101 8.00",
        "贷 140501 8.00",
        "借 571101 8.00",
        "贷 190101 8.00",
    ]
    assert general.stock(general.pen) == ("203", "406.00")
    general.proves()


def test_counting_a_warehouse_that_is_short_covers_the_shortage(general: Business) -> None:
    # 账面 -5 支，实盘 10 支：盘盈 15 支，先补 5 支的缺口，补差 0。
    general.shop.post(delivery(7, general.school, [line(general.pen, "205", "3.39")]))
    counted = general.shop.post_one(count(8, [line(general.pen, "10")]))
    assert general.voucher(counted) == ["借 140501 30.00", "贷 190101 30.00", "借 190101 30.00", "贷 530104 30.00"]
    assert general.stock(general.pen) == ("10", "20.00")
    general.proves()


def test_a_count_may_set_the_unit_cost(general: Business) -> None:
    # 发现期初单价录错：盘点 200 支、单价改为 2.50，账面价值调到 500.00。
    counted = general.shop.post_one(count(8, [line(general.pen, "200", unit_cost="2.5")]))
    assert general.voucher(counted) == [
        "借 140501 100.00",
        "贷 190101 100.00",
        "借 190101 100.00",
        "贷 530104 100.00",
    ]
    assert general.stock(general.pen) == ("200", "500.00")
    general.proves()


def test_counting_nothing_empties_the_warehouse(general: Business) -> None:
    counted = general.shop.post_one(count(8, [line(general.pen, "0")]))
    assert general.voucher(counted)[:2] == ["借 190101 400.00", "贷 140501 400.00"]
    assert general.stock(general.pen) == ("0", "0.00")
    general.proves()


def test_one_warehouse_is_counted_and_the_other_stays(general: Business) -> None:
    general.shop.post(receipt(5, general.maker, [line(general.pen, "50", "2.26", warehouse=general.branch)]))
    counted = general.shop.post_one(count(8, [line(general.pen, "48")], warehouse=general.branch))
    assert general.voucher(counted)[:2] == ["借 190101 4.00", "贷 140501 4.00"]
    assert (general.held(general.pen), general.held(general.pen, "02")) == ("200", "48")
    general.proves()


def test_an_item_stands_once_on_a_sheet_and_is_never_less_than_nothing(general: Business) -> None:
    for lines in (
        [line(general.pen, "1"), line(general.pen, "2")],
        [line(general.pen, "-1")],
        [line(general.carriage, "1")],
    ):
        with pytest.raises(HasProblems):
            general.shop.post(count(8, lines))


def test_amending_the_count(general: Business) -> None:
    counted = general.shop.post_one(count(31, [line(general.pen, "203")]))
    general.shop.amend(counted, count(31, [keyed(1, line(general.pen, "198"))]))
    general.shows(
        counted,
        number="PD-20260131-0001",
        voucher_number="记-1",
        voucher=["借 190101 4.00", "贷 140501 4.00", "借 571101 4.00", "贷 190101 4.00"],
    )
    assert general.stock(general.pen) == ("198", "396.00")
    general.proves()


def test_voiding_the_count(general: Business) -> None:
    counted = general.shop.post_one(count(31, [line(general.pen, "203")]))
    general.shop.void(counted, "重新盘")
    general.shows(counted, number="PD-20260131-0001", voucher_number="记-1", voucher=[])
    assert general.stock(general.pen) == ("200", "400.00")
    general.proves()


def test_reversing_a_count_moves_its_difference_back_and_anchors_nothing(general: Business) -> None:
    counted = general.shop.post_one(count(20, [line(general.pen, "203"), line(general.paper, "38")]))
    general.shop.post(receipt(21, general.maker, [line(general.pen, "97", "4.52")]))
    reversal = general.shop.reverse(counted, 22)
    general.shows(
        reversal,
        number="PD-20260122-0001",
        voucher=[
            "借 140501 -6.00",
            "贷 190101 -6.00",
            "借 190101 -6.00",
            "贷 530104 -6.00",
            "借 190101 -40.00",
            "贷 140501 -40.00",
            "借 571101 -40.00",
            "贷 190101 -40.00",
        ],
    )
    assert general.stock(general.pen) == ("297", "788.00")
    assert general.stock(general.paper) == ("40", "800.00")
    general.shop.post(receipt(19, general.maker, [line(general.pen, "5", "2.26")]))
    assert general.stock(general.pen) == ("302", "798.00")
    general.proves()


def test_reversing_an_abnormal_loss_takes_the_tax_back_too(general: Business) -> None:
    counted = general.shop.post_one(count(20, [line(general.paper, "38", is_abnormal=True)]))
    reversal = general.shop.reverse(counted, 22)
    assert general.voucher(reversal) == [
        "借 190101 -45.20",
        "贷 140501 -40.00",
        "贷 22210109 -5.20",
        "借 571101 -45.20",
        "贷 190101 -45.20",
    ]
    assert general.stock(general.paper) == ("40", "800.00")
    general.proves()
