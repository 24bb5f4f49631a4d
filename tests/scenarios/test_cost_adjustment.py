"""成本调整单: the value of stock changes, its quantity does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.queries.why import why
from tests.builders import cost_change, delivery, line, opening_stock, receipt
from tests.scenarios.business import Business, keyed, open_business

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id


@pytest.fixture
def shop(tmp_path: Path) -> Business:
    """200 pens at 2.00; 40 packs of paper at 20.00."""
    return _stocked(open_business(tmp_path))


@pytest.fixture
def by_warehouse(tmp_path: Path) -> Business:
    """The same where every warehouse has a cost of its own."""
    return _stocked(open_business(tmp_path, cost_pool="warehouse"))


def _stocked(shop: Business) -> Business:
    shop.shop.post(opening_stock([line(shop.pen, "200", unit_cost="2"), line(shop.paper, "40", unit_cost="20")]))
    return shop


def _raise_pens(shop: Business, amount: str = "50", day: int = 8) -> Id:
    return shop.shop.post_one(cost_change(day, [line(shop.pen, "0", amount=amount)]))


def _refusal(shop: Business, day: int, **change: str) -> str:
    with pytest.raises(HasProblems) as refused:
        shop.shop.post(cost_change(day, [line(shop.pen, "0", **change)]))
    return refused.value.problems[0].text.id


def test_an_amount_makes_what_is_there_dearer(shop: Business) -> None:
    changed = _raise_pens(shop)
    shop.shows(changed, number="TJ-20260108-0001", voucher_number="记-1", voucher=["借 140501 50.00", "贷 5401 50.00"])
    assert shop.stock(shop.pen) == ("200", "450.00")
    sold = shop.shop.post_one(delivery(9, shop.school, [line(shop.pen, "100", "5")]))
    assert "借 5401 225.00" in shop.voucher(sold)
    shop.proves()


def test_a_negative_amount_makes_it_cheaper(shop: Business) -> None:
    changed = _raise_pens(shop, "-400")
    assert shop.voucher(changed) == ["借 140501 -400.00", "贷 5401 -400.00"]
    assert shop.stock(shop.pen) == ("200", "0.00")
    shop.proves()


def test_a_unit_cost_is_what_a_piece_costs_afterwards(shop: Business) -> None:
    lines = [line(shop.pen, "0", unit_cost="2.5"), line(shop.paper, "0", unit_cost="19.995")]
    changed = shop.shop.post_one(cost_change(8, lines))
    assert shop.voucher(changed) == ["借 140501 99.80", "贷 5401 99.80"]
    assert shop.stock(shop.pen) == ("200", "500.00")
    assert shop.stock(shop.paper) == ("40", "799.80")
    shop.proves()


def test_what_arrives_late_before_it_changes_what_a_unit_cost_takes(shop: Business) -> None:
    changed = shop.shop.post_one(cost_change(8, [line(shop.pen, "0", unit_cost="2.5")]))
    shop.shop.post(receipt(5, shop.maker, [line(shop.pen, "200", "3.39")]))
    assert shop.voucher(changed) == []
    assert shop.stock(shop.pen) == ("400", "1000.00")
    shop.proves()


def test_only_the_pool_of_its_warehouse_is_changed(by_warehouse: Business) -> None:
    by_warehouse.shop.post(
        receipt(5, by_warehouse.maker, [line(by_warehouse.pen, "10", "2.26")], warehouse=by_warehouse.branch)
    )
    by_warehouse.shop.post(cost_change(8, [line(by_warehouse.pen, "0", amount="5")], warehouse=by_warehouse.branch))
    sold = by_warehouse.shop.post_one(
        delivery(9, by_warehouse.school, [line(by_warehouse.pen, "10", "5")], warehouse=by_warehouse.branch)
    )
    assert "借 5401 25.00" in by_warehouse.voucher(sold)
    by_warehouse.proves()


def test_amend_void_and_reverse_take_it_back(shop: Business) -> None:
    changed = _raise_pens(shop)
    shop.shop.amend(changed, cost_change(8, [keyed(1, line(shop.pen, "0", amount="30"))]))
    assert shop.stock(shop.pen) == ("200", "430.00")
    shop.proves()
    back = shop.shop.reverse(changed, 20)
    assert shop.voucher(back) == ["借 140501 -30.00", "贷 5401 -30.00"]
    assert shop.stock(shop.pen) == ("200", "400.00")
    shop.proves()
    other = _raise_pens(shop, "7")
    shop.shop.void(other)
    assert shop.stock(shop.pen) == ("200", "400.00")
    shop.proves()


def test_its_reversal_takes_back_what_the_stock_took(shop: Business) -> None:
    changed = shop.shop.post_one(cost_change(8, [line(shop.pen, "0", unit_cost="3")]))
    back = shop.shop.reverse(changed, 9)
    assert shop.voucher(back) == ["借 140501 -200.00", "贷 5401 -200.00"]
    shop.shop.post(delivery(5, shop.school, [line(shop.pen, "150", "5")]))
    assert (shop.voucher(changed), shop.voucher(back)) == (
        ["借 140501 50.00", "贷 5401 50.00"],
        ["借 140501 -50.00", "贷 5401 -50.00"],
    )
    shop.proves()


def test_goods_sold_before_it_by_a_late_document_leave_it_nothing_to_lie_on(shop: Business) -> None:
    changed = _raise_pens(shop)
    shop.shop.post(delivery(5, shop.school, [line(shop.pen, "200", "5")]))
    assert shop.voucher(changed) == []
    assert shop.stock(shop.pen) == ("0", "0.00")
    shop.proves()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "cost_adjustment.no_change"),
        ({"amount": "0"}, "cost_adjustment.no_change"),
        ({"amount": "1", "unit_cost": "2"}, "cost_adjustment.two_changes"),
        ({"unit_cost": "-1"}, "line.cost_negative"),
        ({"amount": "-400.01"}, "cost_adjustment.too_much"),
    ],
)
def test_a_change_that_cannot_be_is_refused(shop: Business, change: dict[str, str], said: str) -> None:
    assert _refusal(shop, 8, **change) == said
    assert shop.stock(shop.pen) == ("200", "400.00")


@pytest.mark.parametrize("change", [{"amount": "5"}, {"unit_cost": "3"}])
def test_where_nothing_is_there_is_nothing_to_change(shop: Business, change: dict[str, str]) -> None:
    shop.shop.post(delivery(5, shop.school, [line(shop.pen, "210", "5")]))
    assert _refusal(shop, 8, **change) == "cost_adjustment.no_stock"


def test_why_names_it_among_what_the_stock_was_made_of(shop: Business) -> None:
    changed = _raise_pens(shop)
    sold = shop.shop.post_one(delivery(9, shop.school, [line(shop.pen, "100", "5")]))
    pool = shop.shop.book.read(why, reference=shop.number(sold)).tree.children[0]
    assert [(part.kind, str(part.value)) for part in pool.children] == [("receipt", "200.00"), ("revaluation", "25.00")]
    own = shop.shop.book.read(why, reference=shop.number(changed))
    assert (str(own.cost), own.tree.kind) == ("50.00", "revaluation")
