"""其他出入库: stock in or out for a reason; the reason names the other account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from tests.builders import adjustment, delivery, line, opening_stock, receipt
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


@pytest.mark.parametrize(("reason", "income"), [("other_in", "530112"), ("gift_in", "530103")])
def test_stock_that_comes_in_from_elsewhere(general: Business, reason: str, income: str) -> None:
    lines = [line(general.pen, "1", unit="盒", unit_cost="36"), line(general.paper, "2", amount="38.50")]
    adjusted = general.shop.post_one(adjustment(8, reason, lines))
    general.shows(
        adjusted,
        number="QT-20260108-0001",
        voucher_number="记-1",
        voucher=["借 140501 74.50", f"贷 {income} 74.50"],
    )
    assert general.stock(general.pen) == ("212", "436.00")
    assert general.stock(general.paper) == ("42", "838.50")
    general.proves()


def test_stock_that_comes_in_without_a_cost_takes_the_current_one(general: Business) -> None:
    adjusted = general.shop.post_one(adjustment(8, "other_in", [line(general.pen, "10")]))
    assert general.voucher(adjusted) == ["借 140501 20.00", "贷 530112 20.00"]
    assert general.stock(general.pen) == ("210", "420.00")
    general.proves()


@pytest.mark.parametrize(
    ("reason", "spent"),
    [("other_out", "571112"), ("own_use", "560206"), ("scrap", "571101"), ("gift_out", "560113")],
)
def test_stock_that_goes_out_for_a_reason(general: Business, reason: str, spent: str) -> None:
    adjusted = general.shop.post_one(adjustment(8, reason, [line(general.pen, "12"), line(general.paper, "1")]))
    general.shows(
        adjusted,
        number="QT-20260108-0001",
        voucher=[f"借 {spent} 44.00", "贷 140501 44.00"],
    )
    assert general.stock(general.pen) == ("188", "376.00")
    general.proves()


def test_an_abnormal_loss_takes_the_input_tax_with_it(general: Business) -> None:
    lines = [line(general.paper, "2", is_abnormal=True), line(general.pen, "10")]
    adjusted = general.shop.post_one(adjustment(8, "scrap", lines))
    assert general.voucher(adjusted) == ["借 571101 65.20", "贷 140501 60.00", "贷 22210109 5.20"]
    reversal = general.shop.reverse(adjusted, 9)
    general.shows(
        reversal,
        number="QT-20260109-0001",
        voucher=["借 571101 -65.20", "贷 140501 -60.00", "贷 22210109 -5.20"],
    )
    assert general.stock(general.paper) == ("40", "800.00")
    general.proves()


def test_a_small_taxpayer_loses_the_cost_and_no_tax(small: Business) -> None:
    adjusted = small.shop.post_one(adjustment(8, "scrap", [line(small.paper, "2", is_abnormal=True)]))
    assert small.voucher(adjusted) == ["借 571101 40.00", "贷 140501 40.00"]
    small.proves()


def test_own_use_that_went_short_carries_its_own_difference(general: Business) -> None:
    # 办公室领用 205 支，缺 5 支按 2.00 暂估；补进单价 2.40，补差 2.00 记到办公费。
    general.shop.post(adjustment(8, "own_use", [line(general.pen, "205")]))
    assert general.stock(general.pen) == ("-5", "-10.00")
    covered = general.shop.post_one(receipt(12, general.maker, [line(general.pen, "100", "2.712")]))
    assert general.voucher(covered)[-2:] == ["借 560206 2.00", "贷 140501 2.00"]
    assert general.stock(general.pen) == ("95", "228.00")
    general.proves()


def test_stock_that_comes_in_covers_a_shortage_at_its_own_cost(general: Business) -> None:
    general.shop.post(delivery(7, general.school, [line(general.pen, "205", "3.39")]))
    adjusted = general.shop.post_one(adjustment(8, "other_in", [line(general.pen, "10", unit_cost="3")]))
    assert general.voucher(adjusted) == ["借 140501 30.00", "贷 530112 30.00", "借 5401 5.00", "贷 140501 5.00"]
    assert general.stock(general.pen) == ("5", "15.00")
    general.proves()


def test_the_reason_is_one_of_the_list_and_the_item_is_goods(general: Business) -> None:
    for draft in (
        adjustment(8, "lost", [line(general.pen, "1")]),
        adjustment(8, "", [line(general.pen, "1")]),
        adjustment(8, "own_use", [line(general.carriage, "1")]),
        adjustment(8, "own_use", [line(general.pen, "-1")]),
        adjustment(8, "own_use", []),
    ):
        with pytest.raises(HasProblems):
            general.shop.post(draft)


def test_amending_the_adjustment(general: Business) -> None:
    adjusted = general.shop.post_one(adjustment(8, "own_use", [line(general.pen, "12")]))
    content = adjustment(9, "gift_out", [keyed(1, line(general.pen, "20"))])
    general.shop.amend(adjusted, content)
    general.shows(
        adjusted,
        number="QT-20260108-0001",
        voucher_number="记-1",
        voucher=["借 560113 40.00", "贷 140501 40.00"],
    )
    assert general.stock(general.pen) == ("180", "360.00")
    general.proves()


def test_voiding_the_adjustment(general: Business) -> None:
    adjusted = general.shop.post_one(adjustment(8, "own_use", [line(general.pen, "12")]))
    general.shop.void(adjusted, "没领")
    general.shows(adjusted, number="QT-20260108-0001", voucher_number="记-1", voucher=[])
    assert general.stock(general.pen) == ("200", "400.00")
    general.proves()


def test_reversing_what_went_out_brings_it_back_at_what_it_left_with(general: Business) -> None:
    adjusted = general.shop.post_one(adjustment(8, "own_use", [line(general.pen, "100")]))
    general.shop.post(receipt(9, general.maker, [line(general.pen, "100", "4.52")]))
    reversal = general.shop.reverse(adjusted, 10)
    general.shows(
        reversal,
        number="QT-20260110-0001",
        voucher=["借 560206 -200.00", "贷 140501 -200.00"],
    )
    assert general.stock(general.pen) == ("300", "800.00")
    with pytest.raises(HasDependents):
        general.shop.void(adjusted)
    general.proves()


def test_reversing_what_came_in_takes_it_out_at_its_own_cost(general: Business) -> None:
    adjusted = general.shop.post_one(adjustment(8, "gift_in", [line(general.pen, "100", unit_cost="5")]))
    reversal = general.shop.reverse(adjusted, 10)
    general.shows(
        reversal,
        number="QT-20260110-0001",
        voucher=["借 140501 -500.00", "贷 530103 -500.00"],
    )
    assert general.stock(general.pen) == ("200", "400.00")
    general.proves()
