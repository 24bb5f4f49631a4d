"""销售退货单: goods come back at the cost they left with, and the customer owes less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from tests.builders import delivery, line, opening_stock, receipt, retail, sales_return, tender
from tests.scenarios.business import Business, keyed, open_business, receivable

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id


@pytest.fixture
def general(tmp_path: Path) -> Business:
    """The shop as a general taxpayer with 200 pens at 2.00."""
    return _stocked(open_business(tmp_path, "general"))


@pytest.fixture
def small(tmp_path: Path) -> Business:
    """The same as a small-scale taxpayer."""
    return _stocked(open_business(tmp_path, "small"))


def _stocked(shop: Business) -> Business:
    shop.shop.post(opening_stock([line(shop.pen, "200", unit_cost="2")]))
    return shop


def _sold(shop: Business, quantity: str = "60") -> Id:
    return shop.shop.post_one(delivery(7, shop.school, [line(shop.pen, quantity, "3.39")]))


def _back(shop: Business, source: Id, quantity: str, price: str = "3.39", day: int = 9) -> Document:
    taken = line(shop.pen, quantity, price, source_document=source, source_line=1)
    return sales_return(day, shop.school, [taken])


def test_a_linked_return_comes_back_at_the_cost_it_left_with(general: Business) -> None:
    # 卖出时成本 2.00，随后以 5.00 进货 100 支；学校退回 6 支，仍按 2.00 入库。
    sold = _sold(general)
    general.shop.post(receipt(8, general.maker, [line(general.pen, "100", "5.65")]))
    returned = general.shop.post_one(_back(general, sold, "6"))
    general.shows(
        returned,
        number="XT-20260109-0001",
        voucher_number="记-3",
        voucher=[
            "借 1122/K1 -20.34",
            "贷 5001/K1 -18.00",
            "贷 22210107 -2.34",
            "借 5401 -12.00",
            "贷 140501 -12.00",
        ],
        open_items=[receivable("-20.34")],
    )
    assert general.stock(general.pen) == ("246", "792.00")
    assert general.owed(general.school) == {"receivable": "183.06"}
    general.proves()


def test_a_small_taxpayer_takes_back_the_levy(small: Business) -> None:
    returned = small.shop.post_one(_back(small, _sold(small), "60"))
    small.shows(
        returned,
        number="XT-20260109-0001",
        voucher=[
            "借 1122/K1 -203.40",
            "贷 5001/K1 -201.39",
            "贷 222101 -2.01",
            "借 5401 -120.00",
            "贷 140501 -120.00",
        ],
        open_items=[receivable("-203.40")],
    )
    assert small.stock(small.pen) == ("200", "400.00")
    small.proves()


def test_an_unlinked_return_comes_back_at_the_current_cost(general: Business) -> None:
    _sold(general, "100")
    general.shop.post(receipt(8, general.maker, [line(general.pen, "100", "4.52")]))
    returned = general.shop.post_one(sales_return(9, general.market, [line(general.pen, "10", "3.39")]))
    assert general.voucher(returned)[-2:] == ["借 5401 -30.00", "贷 140501 -30.00"]
    assert general.stock(general.pen) == ("210", "630.00")
    general.proves()


def test_an_unlinked_return_into_an_empty_shop_comes_back_at_the_last_known_cost(general: Business) -> None:
    _sold(general, "200")
    returned = general.shop.post_one(sales_return(9, general.market, [line(general.pen, "10", "3.39")]))
    assert general.voucher(returned)[-2:] == ["借 5401 -20.00", "贷 140501 -20.00"]
    assert general.stock(general.pen) == ("10", "20.00")
    general.proves()


def test_three_partial_returns_are_exactly_the_full_cost(general: Business) -> None:
    general.shop.post(receipt(5, general.maker, [line(general.paper, "3", "37.666667")]))
    sold = general.shop.post_one(delivery(7, general.school, [line(general.paper, "3", "56.50")]))
    assert general.voucher(sold)[-2:] == ["借 5401 100.00", "贷 140501 100.00"]
    costs = []
    for _ in range(3):
        taken = line(general.paper, "1", "56.50", source_document=sold, source_line=1)
        returned = general.shop.post_one(sales_return(9, general.school, [taken]))
        costs.append(general.voucher(returned)[-1])
    assert costs == ["贷 140501 -33.33", "贷 140501 -33.34", "贷 140501 -33.33"]
    assert general.stock(general.paper) == ("3", "100.00")
    general.proves()


def test_a_return_of_what_went_short_covers_its_own_shortage_first(general: Business) -> None:
    # 库存 200 支，卖 205 支；学校退回 10 支：先补自己缺的 5 支，再入库 5 支。
    sold = _sold(general, "205")
    returned = general.shop.post_one(_back(general, sold, "10"))
    assert general.voucher(returned)[-2:] == ["借 5401 -20.00", "贷 140501 -20.00"]
    assert general.stock(general.pen) == ("5", "10.00")
    general.proves()


def test_money_is_given_back_at_the_counter(general: Business) -> None:
    sold = _sold(general)
    back = _back(general, sold, "6")
    refund = sales_return(9, general.school, back.lines, write_off="0.34", money=[tender(general.cash, "20.00")])
    returned = general.shop.post_one(refund)
    general.shows(
        returned,
        number="XT-20260109-0001",
        voucher=[
            "借 1001/01 -20.00",
            "借 560304 -0.34",
            "贷 5001 -18.00",
            "贷 22210107 -2.34",
            "借 5401 -12.00",
            "贷 140501 -12.00",
        ],
    )
    assert general.owed(general.school) == {"receivable": "203.40"}
    general.proves()


def test_a_ticket_of_the_till_is_taken_back_by_a_return(general: Business) -> None:
    ticket = general.shop.post_one(
        retail(7, [line(general.pen, "3", "3.50")], [tender(general.cash, "10.50")], party=general.market)
    )
    taken = line(general.pen, "1", "3.50", source_document=ticket, source_line=1)
    returned = general.shop.post_one(sales_return(8, general.market, [taken]))
    assert general.voucher(returned) == [
        "借 1122/K2 -3.50",
        "贷 5001/K2 -3.10",
        "贷 22210107 -0.40",
        "借 5401 -2.00",
        "贷 140501 -2.00",
    ]
    general.proves()


def test_what_keeps_a_return_from_being_posted(general: Business) -> None:
    sold = _sold(general)
    other = sales_return(9, general.market, _back(general, sold, "1").lines)
    for draft in (_back(general, sold, "61"), _back(general, sold, "1", day=6), other):
        with pytest.raises(HasProblems):
            general.shop.post(draft)
    with pytest.raises(HasProblems) as refused:
        general.shop.post(_back(general, sold, "40"), _back(general, sold, "21"))
    assert [problem.place[:2] for problem in refused.value.problems] == [("documents", 1)]
    assert not general.shop.rows("SELECT 1 FROM document WHERE type = 'sales_return'")


def test_amending_the_return(general: Business) -> None:
    sold = _sold(general)
    returned = general.shop.post_one(_back(general, sold, "6"))
    content = [keyed(1, line(general.pen, "60", "3.39", source_document=sold, source_line=1))]
    general.shop.amend(returned, sales_return(10, general.school, content))
    general.shows(
        returned,
        number="XT-20260109-0001",
        voucher_number="记-2",
        voucher=[
            "借 1122/K1 -203.40",
            "贷 5001/K1 -180.00",
            "贷 22210107 -23.40",
            "借 5401 -120.00",
            "贷 140501 -120.00",
        ],
        open_items=[receivable("-203.40")],
    )
    assert general.stock(general.pen) == ("200", "400.00")
    general.proves()


def test_a_return_moves_with_the_cost_of_its_delivery(general: Business) -> None:
    # 补录一张更早的进货单，出库成本变了，退货成本也跟着变。
    sold = _sold(general, "100")
    returned = general.shop.post_one(_back(general, sold, "10"))
    general.shop.post(receipt(3, general.maker, [line(general.pen, "200", "4.52")]))
    assert general.voucher(sold)[-2:] == ["借 5401 300.00", "贷 140501 300.00"]
    assert general.voucher(returned)[-2:] == ["借 5401 -30.00", "贷 140501 -30.00"]
    assert general.stock(general.pen) == ("310", "930.00")
    general.proves()


def test_voiding_the_return(general: Business) -> None:
    sold = _sold(general)
    returned = general.shop.post_one(_back(general, sold, "60"))
    with pytest.raises(HasDependents):
        general.shop.void(sold)
    general.shop.void(returned, "客户又要了")
    general.shows(returned, number="XT-20260109-0001", voucher_number="记-2", voucher=[])
    assert general.stock(general.pen) == ("140", "280.00")
    assert general.owed(general.school) == {"receivable": "203.40"}
    general.shop.void(sold)
    assert general.stock(general.pen) == ("200", "400.00")
    general.proves()


def test_reversing_the_return(general: Business) -> None:
    sold = _sold(general)
    general.shop.post(receipt(8, general.maker, [line(general.pen, "60", "6.78")]))
    returned = general.shop.post_one(_back(general, sold, "60"))
    reversal = general.shop.reverse(returned, 12)
    general.shows(
        reversal,
        number="XT-20260112-0001",
        voucher=[
            "借 1122/K1 203.40",
            "贷 5001/K1 180.00",
            "贷 22210107 23.40",
            "借 5401 120.00",
            "贷 140501 120.00",
        ],
        open_items=[receivable("203.40")],
    )
    assert general.stock(general.pen) == ("200", "640.00")
    assert general.owed(general.school) == {"receivable": "203.40"}
    general.proves()


def test_a_return_that_was_reversed_may_be_made_again(general: Business) -> None:
    sold = _sold(general)
    general.shop.post(receipt(8, general.maker, [line(general.pen, "100", "5.65")]))
    wrong = general.shop.post_one(_back(general, sold, "60"))
    back = general.shop.reverse(wrong, 10)
    right = general.shop.post_one(_back(general, sold, "50", day=11))
    assert "借 5401 -100.00" in general.voucher(right)
    general.proves()
    with pytest.raises(HasProblems) as refused:
        general.shop.void(back)
    assert refused.value.problems[0].text.id == "link.more_than_left"
    general.shop.void(right)
    general.shop.void(back)
    with pytest.raises(HasProblems):
        general.shop.post(_back(general, sold, "1", day=12))
    general.proves()
