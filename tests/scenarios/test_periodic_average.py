"""全月一次加权: a month is priced at its end, every issue of it at one average."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.queries.line_cost import line_cost
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.doctor import run_checks
from jxc_desktop.services.month_prices import price_month
from jxc_desktop.services.periods import close_period
from jxc_desktop.services.rebuild import rebuild_check
from tests.builders import (
    adjustment,
    count,
    delivery,
    line,
    open_shop,
    opening_stock,
    purchase_return,
    receipt,
    sales_return,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop

NOON_OF_MARCH = 1_774_929_600_000


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = open_shop(tmp_path, costing="periodic_average", negative_stock="allow")
    made.clock.put(NOON_OF_MARCH)
    with made.book:
        yield made
    assert rebuild_check(made.book.path).is_equal


@pytest.fixture
def pen(shop: Shop) -> Id:
    return shop.item("P1", "笔")


@pytest.fixture
def supplier(shop: Shop) -> Id:
    return shop.supplier("S1")


@pytest.fixture
def customer(shop: Shop) -> Id:
    return shop.customer("K1")


def _cost(shop: Shop, document: Id) -> str:
    return str(shop.book.read(line_cost, document=document, line=1).cost)


def _pool(shop: Shop) -> tuple[int, str]:
    ((quantity, value),) = shop.rows("SELECT quantity, value FROM cost_pool")
    return quantity // 10**6, str(Money(value))


def _price(shop: Shop, period: int) -> None:
    shop.book.do(price_month, period=period)
    assert [check.name for check in run_checks(shop.book) if check.is_alarm] == []


def _refusal(shop: Shop, period: int) -> str:
    with pytest.raises(UserError) as refused:
        shop.book.do(price_month, period=period)
    return refused.value.text.id


def _day(month: int, day: int) -> date:
    return date(2026, month, day)


def test_every_issue_of_the_month_costs_its_average_whatever_came_first(
    shop: Shop, pen: Id, supplier: Id, customer: Id
) -> None:
    shop.post(opening_stock([line(pen, "3", amount="10")]))
    first = shop.post_one(delivery(5, customer, [line(pen, "3")]))
    shop.post(receipt(20, supplier, [line(pen, "4", "2.5")]))
    last = shop.post_one(delivery(25, customer, [line(pen, "1")]))
    assert _cost(shop, first) == "10.00"
    _price(shop, 202601)
    assert (_cost(shop, first), _cost(shop, last)) == ("8.57", "2.86")
    assert _pool(shop) == (3, "8.57")


def test_the_issue_that_empties_the_month_takes_the_rest(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    sales = [shop.post_one(delivery(day, customer, [line(pen, "1")])) for day in (2, 3)]
    shop.post(receipt(10, supplier, [line(pen, "3", amount="10")]))
    sales.append(shop.post_one(delivery(11, customer, [line(pen, "1")])))
    _price(shop, 202601)
    assert [_cost(shop, sale) for sale in sales] == ["3.33", "3.33", "3.34"]
    assert _pool(shop) == (0, "0.00")
    assert shop.rows("SELECT 1 FROM shortage_cover") == []


def test_an_open_month_carries_the_average_of_the_last_one(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "10", "4")]), receipt(2, supplier, [line(pen, "10", "6")]))
    _price(shop, 202601)
    shop.post(receipt(_day(2, 1), supplier, [line(pen, "20", "8")]))
    sale = shop.post_one(delivery(_day(2, 3), customer, [line(pen, "2")]))
    assert _cost(shop, sale) == "10.00"
    _price(shop, 202602)
    assert _cost(shop, sale) == "13.00"
    assert _pool(shop) == (38, "247.00")


def test_a_document_in_a_priced_month_makes_it_provisional_again(
    shop: Shop, pen: Id, supplier: Id, customer: Id
) -> None:
    shop.post(receipt(1, supplier, [line(pen, "10", "4")]))
    sale = shop.post_one(delivery(2, customer, [line(pen, "5")]))
    late = receipt(3, supplier, [line(pen, "10", "7")])
    _price(shop, 202601)
    _price(shop, 202602)
    bought = shop.post_one(late)
    assert shop.rows("SELECT id FROM priced_month") == []
    assert _cost(shop, sale) == "20.00"
    assert _refusal(shop, 202602) == "price_month.not_next"
    _price(shop, 202601)
    assert _cost(shop, sale) == "27.50"
    shop.amend(bought, receipt(_day(2, 3), supplier, [line(pen, "10", "7")]))
    assert shop.rows("SELECT id FROM priced_month") == []
    _price(shop, 202601)
    assert _cost(shop, sale) == "20.00"
    shop.void(sale)
    assert shop.rows("SELECT id FROM priced_month") == []


def test_what_moves_no_stock_leaves_the_price_alone(shop: Shop, pen: Id, supplier: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "10", "4")]))
    _price(shop, 202601)
    shop.customer("K2")
    shop.post(receipt(_day(2, 1), supplier, [line(pen, "10", "7")]))
    assert shop.rows("SELECT id FROM priced_month") == [(202601,)]


def test_returns_stand_by_what_they_take_back(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    bought = shop.post_one(receipt(1, supplier, [line(pen, "10", "4")]))
    sold = shop.post_one(delivery(2, customer, [line(pen, "4")]))
    back = shop.post_one(sales_return(3, customer, [line(pen, "1", source_document=sold, source_line=1)]))
    shop.post(receipt(4, supplier, [line(pen, "5", "10")]))
    away = shop.post_one(purchase_return(5, supplier, [line(pen, "5", "4", source_document=bought, source_line=1)]))
    _price(shop, 202601)
    # 40.00 + 50.00 − 20.00 for ten pieces: 7.00 each.
    assert [_cost(shop, each) for each in (sold, back, away)] == ["28.00", "-7.00", "20.00"]
    assert _pool(shop) == (7, "49.00")
    later = shop.post_one(sales_return(_day(2, 1), customer, [line(pen, "1", source_document=sold, source_line=1)]))
    shop.post(receipt(_day(2, 2), supplier, [line(pen, "2", "14")]))
    _price(shop, 202602)
    assert _cost(shop, later) == "-7.00"
    assert shop.rows("SELECT quantity, value FROM month_price WHERE period = 202602") == [(10_000_000, 8400)]


def test_counts_and_gains_move_at_the_average_and_a_counted_cost_is_part_of_it(
    shop: Shop, pen: Id, supplier: Id, customer: Id
) -> None:
    shop.post(receipt(1, supplier, [line(pen, "10", "4")]))
    lost = shop.post_one(count(2, [line(pen, "8")]))
    found = shop.post_one(adjustment(3, "other_in", [line(pen, "1")]))
    shop.post(receipt(4, supplier, [line(pen, "10", "6")]))
    sale = shop.post_one(delivery(5, customer, [line(pen, "3")]))
    _price(shop, 202601)
    assert [_cost(shop, each) for each in (lost, found, sale)] == ["10.00", "-5.00", "15.00"]
    assert _pool(shop) == (16, "80.00")


def test_a_month_is_priced_once_in_order_and_not_before_it_begins(shop: Shop, pen: Id, supplier: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "10", "4")]))
    assert _refusal(shop, 202602) == "price_month.not_next"
    assert _refusal(shop, 202512) == "period.before_start"
    _price(shop, 202601)
    assert _refusal(shop, 202601) == "price_month.done_already"
    _price(shop, 202602)
    _price(shop, 202603)
    assert _refusal(shop, 202604) == "price_month.not_begun"


def test_a_month_that_would_end_short_is_refused(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "1", "4")]), delivery(2, customer, [line(pen, "2")]))
    assert _refusal(shop, 202601) == "price_month.impossible"
    cup = shop.item("C1", "杯")
    shop.post(delivery(2, customer, [line(cup, "2")]))
    assert _refusal(shop, 202601) == "price_month.several_impossible"
    assert shop.rows("SELECT * FROM month_price") == []


def test_closing_prices_the_month(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "10", "4")]))
    sale = shop.post_one(delivery(2, customer, [line(pen, "5")]))
    shop.post(receipt(3, supplier, [line(pen, "10", "7")]))
    shop.book.do(close_period, period=202601)
    assert _cost(shop, sale) == "27.50"
    shop.post(receipt(_day(2, 1), supplier, [line(pen, "1", "9")]))
    assert shop.rows("SELECT id FROM priced_month") == [(202601,)]
    assert [check.name for check in run_checks(shop.book) if check.is_alarm] == []


def test_the_whole_book_is_one_pool(tmp_path: Path, shop: Shop) -> None:
    with pytest.raises(UserError) as refused:
        open_shop(tmp_path, name="other", costing="periodic_average", cost_pool="warehouse")
    assert refused.value.text.id == "setting.periodic_needs_one_pool"
    with pytest.raises(UserError) as refused:
        shop.book.do(set_setting, key="cost_pool", value="warehouse")
    assert refused.value.text.id == "setting.periodic_needs_one_pool"


def test_another_method_has_no_months_to_price(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    with shop.book:
        assert _refusal(shop, 202601) == "price_month.other_method"
