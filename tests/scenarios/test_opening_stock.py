"""期初库存: what lay there when the book began, before the first day of the first period, against 期初平衡."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasProblems, UserError
from tests.builders import batch, delivery, line, opening_stock
from tests.scenarios.business import Business, keyed, open_business

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document


@pytest.fixture(params=["general", "small"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Business:
    """The shop; opening stock is the same for both kinds of taxpayers."""
    return open_business(tmp_path, request.param)


def _stock(shop: Business, pens: str = "100") -> Document:
    lines = [
        keyed(1, line(shop.pen, pens, unit_cost="2")),
        keyed(2, line(shop.paper, "10", unit="箱", unit_cost="160")),
        keyed(3, line(shop.rice, "3", amount="10.00", warehouse=shop.branch)),
    ]
    return opening_stock(lines)


def test_quantity_times_cost_or_the_typed_amount(shop: Business) -> None:
    opened = shop.shop.post_one(_stock(shop))
    shop.shows(
        opened,
        number="QC-20260101-0001",
        voucher=["借 140501 1810.00", "贷 9999 1810.00"],
    )
    assert shop.stock(shop.pen) == ("100", "200.00")
    assert shop.stock(shop.paper) == ("80", "1600.00")
    assert shop.stock(shop.rice) == ("3", "10.00")
    assert (shop.held(shop.rice), shop.held(shop.rice, "02")) == ("0", "3")
    assert shop.shop.rows("SELECT DISTINCT effective_date FROM stock_move") == [(20260100,)]
    shop.proves()


def test_a_batch_stands_behind_its_line(shop: Business) -> None:
    stock = opening_stock(
        [keyed(1, line(shop.rice, "50", unit_cost="4"))],
        tracking=[batch(1, "B0105", "30", expiry_date="2026-06-30"), batch(1, "B0112", "20")],
    )
    shop.shop.post(stock)
    assert shop.shop.rows("SELECT batch, expiry_date, base_quantity FROM item_line_tracking ORDER BY line") == [
        ("B0105", "2026-06-30", 30_000_000),
        ("B0112", "", 20_000_000),
    ]
    wrong = opening_stock([keyed(1, line(shop.rice, "50", unit_cost="4"))], tracking=[batch(1, "B0105", "30")])
    with pytest.raises(HasProblems):
        shop.shop.post(wrong)
    shop.proves()


def test_entered_after_the_first_sales_it_gives_them_their_cost(shop: Business) -> None:
    # 先开张卖货、后补期初：卖出的 60 支起先按参考成本暂估，补录后按期初成本。
    sold = shop.shop.post_one(delivery(5, shop.school, [line(shop.pen, "60", "3.39")]))
    assert shop.stock(shop.pen) == ("-60", "-120.00")
    shop.shop.post(opening_stock([line(shop.pen, "100", unit_cost="2.5")]))
    assert shop.voucher(sold)[-2:] == ["借 5401 150.00", "贷 140501 150.00"]
    assert shop.stock(shop.pen) == ("40", "100.00")
    shop.proves()


def test_what_keeps_it_from_being_posted(shop: Business) -> None:
    for entered in (
        line(shop.pen, "100"),
        line(shop.pen, "100", unit_cost="-1"),
        line(shop.pen, "0", unit_cost="1"),
        line(shop.carriage, "1", unit_cost="1"),
    ):
        with pytest.raises(HasProblems):
            shop.shop.post(opening_stock([entered]))


def test_amending_replays_what_was_sold(shop: Business) -> None:
    opened = shop.shop.post_one(_stock(shop))
    sold = shop.shop.post_one(delivery(5, shop.school, [line(shop.pen, "60", "3.39")]))
    lines = [keyed(1, line(shop.pen, "120", unit_cost="3")), keyed(2, line(shop.paper, "80", unit_cost="20"))]
    shop.shop.amend(opened, opening_stock(lines))
    shop.shows(opened, number="QC-20260101-0001", voucher=["借 140501 1960.00", "贷 9999 1960.00"])
    assert shop.voucher(sold)[-2:] == ["借 5401 180.00", "贷 140501 180.00"]
    assert shop.stock(shop.pen) == ("60", "180.00")
    assert shop.stock(shop.rice) == ("0", "0.00")
    shop.proves()


def test_voiding(shop: Business) -> None:
    opened = shop.shop.post_one(_stock(shop))
    shop.shop.void(opened, "重录")
    shop.shows(opened, number="QC-20260101-0001", voucher=[])
    assert shop.stock(shop.pen) == ("0", "0.00")
    assert shop.balance("9999") == "0.00"
    shop.proves()


def test_it_is_amended_or_voided_and_never_reversed(shop: Business) -> None:
    opened = shop.shop.post_one(_stock(shop))
    with pytest.raises(UserError):
        shop.shop.reverse(opened)
