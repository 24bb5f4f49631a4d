"""采购退货单: goods go back to the supplier at what they came in with, and the supplier is owed less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from tests.builders import as_date, delivery, line, purchase_return, receipt, tender
from tests.scenarios.business import Business, keyed, payable

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id


def _bought(shop: Business) -> Id:
    # 1 月 5 日，进 100 支笔，含税单价 2.26。
    return shop.shop.post_one(receipt(5, shop.maker, [line(shop.pen, "100", "2.26")]))


def _back(shop: Business, source: Id, quantity: str, price: str = "2.26", day: int = 9) -> Document:
    taken = line(shop.pen, quantity, price, source_document=source, source_line=shop.line_key(source))
    return purchase_return(day, shop.maker, [taken])


def test_a_linked_return_leaves_at_what_it_came_in_with(general: Business) -> None:
    # 另进 100 支贵一倍的，库存均价 3.00；退回第一批的 10 支仍按 2.00。
    first = _bought(general)
    general.shop.post(receipt(6, general.maker, [line(general.pen, "100", "4.52")]))
    returned = general.shop.post_one(_back(general, first, "10"))
    general.shows(
        returned,
        number="CT-20260109-0001",
        voucher_number="记-3",
        voucher=["借 140501 -20.00", "借 22210101 -2.60", "贷 220201/G1 -22.60"],
        open_items=[payable("-22.60")],
    )
    assert general.stock(general.pen) == ("190", "580.00")
    assert general.owed(general.maker) == {"payable": "655.40"}
    general.proves()


def test_three_partial_returns_give_back_exactly_what_was_paid(general: Business) -> None:
    # 3 支共 100.00（不含税），分三次各退 1 支：成本累计取整，退完正好退完。
    bought = general.shop.post_one(
        receipt(5, general.maker, [line(general.pen, "3", "33.333333", rate="0")], price_mode="excluded")
    )
    values = []
    for quantity in ("1", "1", "1"):
        returned = general.shop.post_one(
            purchase_return(
                9,
                general.maker,
                [line(general.pen, quantity, "33.333333", rate="0", source_document=bought, source_line=1)],
                price_mode="excluded",
            )
        )
        values.append(general.voucher(returned)[0])
    assert values == ["借 140501 -33.33", "借 140501 -33.34", "借 140501 -33.33"]
    assert general.stock(general.pen) == ("0", "0.00")
    general.proves()


def test_a_return_at_another_price_leaves_the_difference_in_cost_of_sales(general: Business) -> None:
    # 供应商只按 2.034 退款（不含税 1.80）：退货差价 2.00 进主营业务成本。
    returned = general.shop.post_one(_back(general, _bought(general), "10", "2.034"))
    general.shows(
        returned,
        number="CT-20260109-0001",
        voucher=["借 140501 -20.00", "借 22210101 -2.34", "贷 220201/G1 -20.34", "借 5401 2.00"],
        open_items=[payable("-20.34")],
    )
    assert general.stock(general.pen) == ("90", "180.00")
    general.proves()


def test_an_unlinked_return_leaves_at_the_current_cost(general: Business) -> None:
    _bought(general)
    general.shop.post(receipt(6, general.maker, [line(general.pen, "100", "4.52")]))
    returned = general.shop.post_one(purchase_return(9, general.maker, [line(general.pen, "10", "2.26")]))
    assert general.voucher(returned) == [
        "借 140501 -30.00",
        "借 22210101 -2.60",
        "贷 220201/G1 -22.60",
        "借 5401 10.00",
    ]
    assert general.stock(general.pen) == ("190", "570.00")
    general.proves()


def test_what_is_left_of_the_stock_caps_the_cost_of_a_return(general: Business) -> None:
    # 第一批 10 支单价 10.00，第二批 10 支单价 2.00；卖掉 15 支后库存 5 支共 30.00。
    # 退回第一批 4 支：成本 40.00，库存只剩 30.00 可退，差额 10.00 冲主营业务成本。
    dear = general.shop.post_one(receipt(5, general.maker, [line(general.pen, "10", "11.30")]))
    general.shop.post(receipt(6, general.maker, [line(general.pen, "10", "2.26")]))
    general.shop.post(delivery(7, general.school, [line(general.pen, "15", "22.60")]))
    assert general.stock(general.pen) == ("5", "30.00")
    returned = general.shop.post_one(_back(general, dear, "4", "11.30"))
    assert general.voucher(returned) == [
        "借 140501 -30.00",
        "借 22210101 -5.20",
        "贷 220201/G1 -45.20",
        "借 5401 -10.00",
    ]
    assert general.stock(general.pen) == ("1", "0.00")
    general.proves()


def test_an_ordinary_invoice_is_returned_with_its_tax(general: Business) -> None:
    bought = general.shop.post_one(receipt(5, general.farmer, [line(general.rice, "50", "4.36")]))
    back = line(general.rice, "5", "4.36", source_document=bought, source_line=1)
    returned = general.shop.post_one(purchase_return(9, general.farmer, [back]))
    assert general.voucher(returned) == ["借 140501 -21.80", "贷 220201/G2 -21.80"]
    assert general.stock(general.rice) == ("45", "196.20")
    general.proves()


def test_a_small_taxpayer_returns_with_the_tax(small: Business) -> None:
    returned = small.shop.post_one(_back(small, _bought(small), "10"))
    small.shows(
        returned,
        number="CT-20260109-0001",
        voucher=["借 140501 -22.60", "贷 220201/G1 -22.60"],
        open_items=[payable("-22.60")],
    )
    assert small.stock(small.pen) == ("90", "203.40")
    small.proves()


def test_the_supplier_gives_the_money_back_at_once(general: Business) -> None:
    back = _back(general, _bought(general), "10")
    refunded = purchase_return(9, general.maker, back.lines, write_off="0.60", money=[tender(general.bank, "22.00")])
    returned = general.shop.post_one(refunded)
    general.shows(
        returned,
        number="CT-20260109-0001",
        voucher=[
            "借 140501 -20.00",
            "借 22210101 -2.60",
            "贷 220201/G1 -22.60",
            "借 220201/G1 -22.00",
            "贷 1002/02 -22.00",
            "借 220201/G1 -0.60",
            "贷 560304 -0.60",
        ],
    )
    general.proves()


def test_nothing_goes_back_that_did_not_come_from_there(general: Business) -> None:
    bought = _bought(general)
    with pytest.raises(HasProblems):
        general.shop.post(_back(general, bought, "101"))
    with pytest.raises(HasProblems):
        general.shop.post(_back(general, bought, "10", day=4))
    general.shop.post(_back(general, bought, "60"))
    with pytest.raises(HasProblems):
        general.shop.post(_back(general, bought, "41"))
    general.shop.post(_back(general, bought, "40"))
    assert general.stock(general.pen) == ("0", "0.00")
    general.proves()


def test_amending_the_return(general: Business) -> None:
    bought = _bought(general)
    returned = general.shop.post_one(_back(general, bought, "10"))
    lines = [keyed(1, line(general.pen, "100", "2.26", source_document=bought, source_line=1))]
    general.shop.amend(returned, purchase_return(10, general.maker, lines))
    general.shows(
        returned,
        number="CT-20260109-0001",
        voucher_number="记-2",
        voucher=["借 140501 -200.00", "借 22210101 -26.00", "贷 220201/G1 -226.00"],
        open_items=[payable("-226.00")],
    )
    assert general.stock(general.pen) == ("0", "0.00")
    general.proves()


def test_voiding_the_return_brings_the_goods_and_the_debt_back(general: Business) -> None:
    bought = _bought(general)
    returned = general.shop.post_one(_back(general, bought, "10"))
    general.shop.void(returned, "没退成")
    general.shows(returned, number="CT-20260109-0001", voucher_number="记-2", voucher=[])
    assert general.stock(general.pen) == ("100", "200.00")
    assert general.owed(general.maker) == {"payable": "226.00"}
    general.shop.post(_back(general, bought, "100"))
    general.proves()


def test_reversing_the_return_brings_the_goods_back_at_what_they_left_with(general: Business) -> None:
    bought = _bought(general)
    general.shop.post(receipt(6, general.maker, [line(general.pen, "100", "4.52")]))
    returned = general.shop.post_one(_back(general, bought, "10", "2.034"))
    reversal = general.shop.reverse(returned, 12)
    general.shows(
        reversal,
        number="CT-20260112-0001",
        voucher=["借 140501 20.00", "借 22210101 2.34", "贷 220201/G1 20.34", "借 5401 -2.00"],
        open_items=[payable("20.34")],
    )
    assert general.stock(general.pen) == ("200", "600.00")
    assert general.owed(general.maker) == {"payable": "678.00"}
    with pytest.raises(HasDependents):
        general.shop.void(returned)
    general.proves()


def test_a_return_entered_before_its_receipt_was_made_is_refused(general: Business) -> None:
    bought = _bought(general)
    early = purchase_return(as_date(4), general.maker, _back(general, bought, "1").lines)
    with pytest.raises(HasProblems):
        general.shop.post(early)
