"""换计价方法: a shop closes January and values its stock by another method from February on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.queries.line_cost import line_cost
from jxc_desktop.queries.why import why
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.doctor import run_checks
from jxc_desktop.services.month_prices import price_month
from jxc_desktop.services.periods import close_period, reopen_period
from tests.builders import count, delivery, line, open_shop, receipt, sales_return
from tests.scenarios.proof import prove

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop

NOON_OF_MARCH = 1_774_929_600_000
JANUARY, FEBRUARY, MARCH, APRIL = 202601, 202602, 202603, 202604


class Trade:
    """A shop with one item, its supplier and its customer."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.pen = shop.item("P1", "笔")
        self.supplier = shop.supplier("S1")
        self.customer = shop.customer("K1")

    def buys(self, month: int, day: int, pieces: str, price: str) -> Id:
        """Receives pens."""
        return self.shop.post_one(receipt(date(2026, month, day), self.supplier, [line(self.pen, pieces, price)]))

    def sells(self, month: int, day: int, pieces: str) -> Id:
        """Delivers pens."""
        return self.shop.post_one(delivery(date(2026, month, day), self.customer, [line(self.pen, pieces, "9")]))

    def turns_to(self, method: str, period: int = FEBRUARY) -> None:
        """Values stock by another method from a month on; the book stays sound."""
        self.shop.book.do(set_setting, key="costing_method", value=method, period=period)
        self.is_sound()

    def is_refused(self, method: str, period: int) -> str:
        """The text that refuses a method."""
        with pytest.raises(UserError) as refused:
            self.shop.book.do(set_setting, key="costing_method", value=method, period=period)
        return refused.value.text.id

    def closes(self, period: int) -> None:
        """Closes a month."""
        self.shop.book.do(close_period, period=period)

    def cost(self, document: Id) -> str:
        """What the first line of a document cost."""
        return str(self.shop.book.read(line_cost, document=document, line=1).cost)

    def stock(self) -> tuple[int, str]:
        """Pens there are, and what they are worth."""
        ((quantity, value),) = self.shop.rows("SELECT sum(quantity), sum(value) FROM cost_pool")
        return quantity // 10**6, str(Money(value))

    def layers(self) -> list[tuple[int, str]]:
        """What is left of each layer, oldest first."""
        rows = self.shop.rows(
            "SELECT left_quantity, left_value FROM cost_layer WHERE left_quantity > 0"
            " ORDER BY effective_period, effective_date, hlc"
        )
        return [(quantity // 10**6, str(Money(value))) for quantity, value in rows]

    def is_sound(self) -> None:
        """Every equation holds, a rebuilt book is the same, no check of the doctor is red."""
        prove(self.shop.book)
        assert [check.name for check in run_checks(self.shop.book) if check.is_alarm] == []


def _open(folder: Path, costing: str, **choice: Any) -> Trade:
    shop = open_shop(folder, costing=costing, negative_stock="allow", **choice)
    shop.clock.put(NOON_OF_MARCH)
    return Trade(shop)


@pytest.fixture
def trade(tmp_path: Path) -> Iterator[Trade]:
    made = _open(tmp_path, "moving_average")
    with made.shop.book:
        yield made
        made.is_sound()


def test_the_average_stock_is_the_first_layer_of_fifo(trade: Trade) -> None:
    trade.buys(1, 5, "2", "3")
    trade.buys(1, 6, "1", "4")
    trade.closes(JANUARY)
    trade.buys(2, 3, "5", "6")
    sale = trade.sells(2, 10, "4")
    assert trade.cost(sale) == "20.00"
    trade.turns_to("fifo")
    assert trade.cost(sale) == "16.00"
    assert trade.layers() == [(4, "24.00")]
    assert trade.stock() == (4, "24.00")


def test_the_layers_of_fifo_are_one_average(tmp_path: Path) -> None:
    trade = _open(tmp_path, "fifo")
    with trade.shop.book:
        trade.buys(1, 5, "2", "3")
        trade.buys(1, 6, "2", "4")
        trade.closes(JANUARY)
        trade.turns_to("moving_average")
        sale = trade.sells(2, 10, "1")
        assert (trade.cost(sale), trade.stock(), trade.layers()) == ("3.50", (3, "10.50"), [])
        trade.is_sound()


def test_a_price_a_month_begins_with_the_stock_there_is(trade: Trade) -> None:
    trade.buys(1, 5, "2", "3")
    trade.closes(JANUARY)
    trade.turns_to("periodic_average")
    sale = trade.sells(2, 2, "1")
    trade.buys(2, 20, "2", "6")
    assert trade.cost(sale) == "3.00"
    trade.shop.book.do(price_month, period=FEBRUARY)
    assert trade.cost(sale) == "4.50"
    trade.closes(FEBRUARY)
    trade.turns_to("fifo", MARCH)
    assert trade.layers() == [(3, "13.50")]
    assert trade.cost(trade.sells(3, 2, "3")) == "13.50"


def test_what_comes_before_the_change_in_the_open_month_is_replayed(trade: Trade) -> None:
    trade.buys(1, 5, "2", "3")
    trade.closes(JANUARY)
    trade.turns_to("fifo")
    sale = trade.sells(2, 10, "3")
    trade.buys(2, 8, "1", "5")
    assert trade.cost(sale) == "11.00"
    with pytest.raises(UserError):
        trade.buys(1, 20, "1", "5")


def test_what_was_short_is_covered_under_the_next_method(trade: Trade) -> None:
    trade.buys(1, 5, "1", "3")
    sale = trade.sells(1, 10, "3")
    trade.closes(JANUARY)
    assert trade.is_refused("periodic_average", FEBRUARY) == "setting.short_stock"
    trade.turns_to("fifo")
    trade.buys(2, 8, "5", "4")
    assert trade.cost(sale) == "9.00"
    assert trade.shop.rows("SELECT quantity, value, variance FROM shortage_cover") == [(2_000_000, 600, 200)]
    assert trade.stock() == (3, "12.00")


def test_a_return_of_before_comes_back_at_its_cost_and_a_count_finds_the_layer(trade: Trade) -> None:
    trade.buys(1, 5, "4", "3")
    sale = trade.sells(1, 10, "2")
    trade.closes(JANUARY)
    trade.turns_to("fifo")
    trade.buys(2, 2, "2", "7")
    back = line(trade.pen, "1", "9", source_document=sale, source_line=1)
    trade.shop.post_one(sales_return(date(2026, 2, 3), trade.customer, [back]))
    trade.shop.post_one(count(date(2026, 2, 4), [line(trade.pen, "4")]))
    assert (trade.layers(), trade.stock()) == ([(1, "3.00"), (2, "14.00"), (1, "3.00")], (4, "20.00"))


def test_every_warehouse_passes_its_own_pool_over(tmp_path: Path) -> None:
    trade = _open(tmp_path, "moving_average", cost_pool="warehouse")
    with trade.shop.book:
        branch = trade.shop.warehouse("02", "门店")
        trade.buys(1, 5, "2", "3")
        there = [line(trade.pen, "1", "8", warehouse=branch)]
        trade.shop.post_one(receipt(date(2026, 1, 6), trade.supplier, there))
        trade.closes(JANUARY)
        trade.turns_to("fifo")
        assert sorted(trade.layers()) == [(1, "8.00"), (2, "6.00")]


def test_the_method_set_back_is_as_if_nothing_had_been(trade: Trade) -> None:
    trade.buys(1, 5, "2", "3")
    trade.buys(1, 6, "1", "6")
    trade.closes(JANUARY)
    sale = trade.sells(2, 10, "1")
    trade.buys(2, 11, "1", "8")
    trade.turns_to("fifo")
    trade.turns_to("periodic_average")
    trade.turns_to("moving_average")
    assert (trade.cost(sale), trade.stock()) == ("4.00", (3, "16.00"))
    assert trade.shop.rows("SELECT 1 FROM cost_layer UNION SELECT 1 FROM stock_move WHERE document = 0") == []
    trade.shop.book.do(reopen_period, period=JANUARY, reason="漏记")


def test_a_method_comes_back_with_layers_of_its_own(trade: Trade) -> None:
    trade.buys(1, 5, "4", "3")
    trade.closes(JANUARY)
    trade.turns_to("fifo")
    trade.sells(2, 10, "1")
    trade.closes(FEBRUARY)
    trade.turns_to("moving_average", MARCH)
    trade.buys(3, 10, "1", "7")
    trade.closes(MARCH)
    trade.shop.clock.put(NOON_OF_MARCH + 30 * 86_400_000)
    trade.turns_to("fifo", APRIL)
    trade.buys(4, 3, "1", "8")
    sale = trade.sells(4, 10, "3")
    trade.buys(4, 2, "1", "9")
    assert trade.layers() == [(1, "4.00"), (1, "9.00"), (1, "8.00")]
    number = trade.shop.rows("SELECT number FROM document WHERE uuid = ?", bytes.fromhex(sale))[0][0]
    told = str(trade.shop.book.read(why, reference=number))
    assert "whole_quantity=Quantity(4000000), whole_value=Money(1600)" in told


def test_why_says_that_the_stock_passed_over(trade: Trade) -> None:
    trade.buys(1, 5, "2", "3")
    trade.closes(JANUARY)
    trade.turns_to("fifo")
    trade.sells(2, 10, "1")
    number = trade.shop.rows("SELECT number FROM document ORDER BY id DESC LIMIT 1")[0][0]
    assert "passed_over" in str(trade.shop.book.read(why, reference=number))


def test_clear_refusals(trade: Trade) -> None:
    trade.buys(1, 5, "2", "3")
    assert trade.is_refused("fifo", 0) == "setting.from_a_month"
    assert trade.is_refused("fifo", FEBRUARY) == "setting.months_open"
    assert trade.is_refused("fifo", 202512) == "period.before_start"
    trade.closes(JANUARY)
    assert trade.is_refused("fifo", JANUARY) == "setting.month_closed"
    with pytest.raises(UserError) as refused:
        trade.shop.book.do(set_setting, key="price_mode", value="excluded", period=FEBRUARY)
    assert refused.value.text.id == "setting.no_month"
    trade.turns_to("fifo")
    with pytest.raises(UserError) as refused:
        trade.shop.book.do(reopen_period, period=JANUARY, reason="漏记")
    assert refused.value.text.id == "period.costing_changed"
