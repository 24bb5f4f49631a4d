"""采购入库单: goods come in, the supplier is owed, the input tax is deducted or becomes part of the cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from tests.builders import delivery, line, purchase_return, receipt, tender
from tests.scenarios.business import Business, keyed, open_business, payable, receivable

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document


def _delivered(shop: Business, **head: object) -> Document:
    # 1 月 5 日，晨光文具厂送来 100 支笔（含税 2.26）和 5 箱纸（每箱含税 180.80）。
    lines = [line(shop.pen, "100", "2.26"), line(shop.paper, "5", "180.80", unit="箱")]
    return receipt(5, shop.maker, lines, **head)


def test_a_special_invoice_stocks_the_price_without_tax(general: Business) -> None:
    receipt_id = general.shop.post_one(_delivered(general))
    general.shows(
        receipt_id,
        number="CR-20260105-0001",
        voucher_number="记-1",
        voucher=["借 140501 1000.00", "借 22210101 130.00", "贷 220201/G1 1130.00"],
        open_items=[payable("1130.00")],
    )
    assert general.due_date(receipt_id) == 20260204
    assert general.stock(general.pen) == ("100", "200.00")
    assert general.stock(general.paper) == ("40", "800.00")
    general.proves()


def test_an_ordinary_invoice_stocks_the_price_with_tax(general: Business) -> None:
    bought = receipt(6, general.farmer, [line(general.rice, "50.5", "4.36")])
    receipt_id = general.shop.post_one(bought)
    general.shows(
        receipt_id,
        number="CR-20260106-0001",
        voucher=["借 140501 220.18", "贷 220201/G2 220.18"],
        open_items=[payable("220.18")],
    )
    assert general.stock(general.rice) == ("50.5", "220.18")
    general.proves()


def test_a_small_taxpayer_stocks_the_price_with_tax_whatever_the_invoice(small: Business) -> None:
    receipt_id = small.shop.post_one(_delivered(small))
    small.shows(
        receipt_id,
        number="CR-20260105-0001",
        voucher=["借 140501 1130.00", "贷 220201/G1 1130.00"],
        open_items=[payable("1130.00")],
    )
    assert small.stock(small.pen) == ("100", "226.00")
    assert small.stock(small.paper) == ("40", "904.00")
    small.proves()


def test_prices_without_tax_get_the_tax_added(general: Business) -> None:
    bought = receipt(5, general.maker, [line(general.pen, "30", "2.05")], price_mode="excluded")
    receipt_id = general.shop.post_one(bought)
    assert general.voucher(receipt_id) == ["借 140501 61.50", "借 22210101 8.00", "贷 220201/G1 69.50"]
    assert general.stock(general.pen) == ("30", "61.50")
    general.proves()


def test_a_header_discount_is_spread_over_the_lines_before_tax(general: Business) -> None:
    receipt_id = general.shop.post_one(_delivered(general, header_discount="10.00"))
    assert general.voucher(receipt_id) == ["借 140501 991.15", "借 22210101 128.85", "贷 220201/G1 1120.00"]
    assert general.stock(general.pen) == ("100", "198.23")
    assert general.stock(general.paper) == ("40", "792.92")
    general.proves()


def test_a_gift_comes_in_for_nothing_and_makes_the_rest_cheaper(general: Business) -> None:
    lines = [line(general.pen, "100", "2.26"), line(general.pen, "1", "2.26", unit="盒", is_gift=True)]
    receipt_id = general.shop.post_one(receipt(5, general.maker, lines))
    assert general.voucher(receipt_id) == ["借 140501 200.00", "借 22210101 26.00", "贷 220201/G1 226.00"]
    assert general.stock(general.pen) == ("112", "200.00")
    general.proves()


def test_small_change_waived_and_paid_at_once_in_cash_and_by_bank(general: Business) -> None:
    money = [tender(general.cash, "100.00"), tender(general.bank, "900.00")]
    receipt_id = general.shop.post_one(_delivered(general, write_off="0.50", money=money))
    general.shows(
        receipt_id,
        number="CR-20260105-0001",
        voucher=[
            "借 140501 1000.00",
            "借 22210101 130.00",
            "贷 220201/G1 1130.00",
            "借 220201/G1 1000.00",
            "贷 1001/01 100.00",
            "贷 1002/02 900.00",
            "借 220201/G1 0.50",
            "贷 560304 0.50",
        ],
        open_items=[payable("129.50")],
    )
    general.proves()


def test_carriage_on_the_receipt_is_an_expense_and_moves_nothing(general: Business) -> None:
    lines = [line(general.pen, "100", "2.26"), line(general.carriage, "1", "10.90")]
    receipt_id = general.shop.post_one(receipt(5, general.maker, lines))
    assert general.voucher(receipt_id) == [
        "借 140501 200.00",
        "借 560206 10.00",
        "借 22210101 26.90",
        "贷 220201/G1 236.90",
    ]
    assert general.stock(general.pen) == ("100", "200.00")
    general.proves()


def test_what_was_rejected_at_the_door_is_neither_stocked_nor_owed(general: Business) -> None:
    lines = [line(general.pen, "90", "2.26", rejected_quantity=Quantity.parse("10"))]
    receipt_id = general.shop.post_one(receipt(5, general.maker, lines))
    assert general.voucher(receipt_id) == ["借 140501 180.00", "借 22210101 23.40", "贷 220201/G1 203.40"]
    assert general.stock(general.pen) == ("90", "180.00")


def test_the_tax_printed_on_the_invoice_may_differ_by_five_fen(general: Business) -> None:
    typed = line(general.pen, "100", "2.26", typed_tax=Money.parse("26.05"))
    receipt_id = general.shop.post_one(receipt(5, general.maker, [typed]))
    assert general.voucher(receipt_id) == ["借 140501 199.95", "借 22210101 26.05", "贷 220201/G1 226.00"]
    too_far = line(general.pen, "100", "2.26", typed_tax=Money.parse("26.06"))
    with pytest.raises(HasProblems):
        general.shop.post(receipt(5, general.maker, [too_far]))


def test_amending_corrects_what_was_already_sold(general: Business) -> None:
    # 1 月 7 日卖出 40 支；1 月 8 日发现入库单价应是 2.825，改单后销售成本跟着变。
    receipt_id = general.shop.post_one(_delivered(general))
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "40", "3.39")]))
    assert general.voucher(sold)[-2:] == ["借 5401 80.00", "贷 140501 80.00"]
    lines = [
        keyed(1, line(general.pen, "100", "2.825")),
        keyed(2, line(general.paper, "5", "180.80", unit="箱")),
    ]
    general.shop.amend(receipt_id, receipt(5, general.maker, lines))
    general.shows(
        receipt_id,
        number="CR-20260105-0001",
        voucher_number="记-1",
        voucher=["借 140501 1050.00", "借 22210101 136.50", "贷 220201/G1 1186.50"],
        open_items=[payable("1186.50")],
    )
    assert general.voucher(sold) == [
        "借 1122/K1 135.60",
        "贷 5001/K1 120.00",
        "贷 22210107 15.60",
        "借 5401 100.00",
        "贷 140501 100.00",
    ]
    assert general.open_items(sold) == [receivable("135.60")]
    assert general.stock(general.pen) == ("60", "150.00")
    general.proves()


def test_voiding_leaves_the_number_and_a_shortage_behind(general: Business) -> None:
    receipt_id = general.shop.post_one(_delivered(general))
    sold = general.shop.post_one(delivery(7, general.school, [line(general.pen, "40", "3.39")]))
    general.shop.void(receipt_id, "供应商弄错了")
    general.shows(receipt_id, number="CR-20260105-0001", voucher_number="记-1", voucher=[])
    assert general.status(receipt_id) == "voided"
    assert general.stock(general.pen) == ("-40", "-80.00")
    assert general.stock(general.paper) == ("0", "0.00")
    assert general.voucher(sold)[-2:] == ["借 5401 80.00", "贷 140501 80.00"]
    assert general.owed(general.maker) == {}
    general.proves()
    again = general.shop.post_one(_delivered(general))
    assert (general.number(again), general.voucher_number(again)) == ("CR-20260105-0002", "记-3")
    general.proves()


def test_reversing_takes_everything_back_at_the_original_cost(general: Business) -> None:
    receipt_id = general.shop.post_one(_delivered(general))
    dear = general.shop.post_one(receipt(6, general.maker, [line(general.pen, "100", "4.52")]))
    reversal = general.shop.reverse(receipt_id, 8)
    general.shows(
        reversal,
        number="CR-20260108-0001",
        voucher_number="记-3",
        voucher=["借 140501 -1000.00", "借 22210101 -130.00", "贷 220201/G1 -1130.00"],
        open_items=[payable("-1130.00")],
    )
    assert general.stock(general.pen) == ("100", "400.00")
    assert general.stock(general.paper) == ("0", "0.00")
    assert general.owed(general.maker) == {"payable": "452.00"}
    assert general.voucher(receipt_id) == ["借 140501 1000.00", "借 22210101 130.00", "贷 220201/G1 1130.00"]
    assert general.voucher(dear) == ["借 140501 400.00", "借 22210101 52.00", "贷 220201/G1 452.00"]
    with pytest.raises(HasDependents):
        general.shop.void(receipt_id)
    general.proves()


def test_reversing_what_is_partly_sold_leaves_the_rest_short(general: Business) -> None:
    # 100 支入库、40 支已卖出，再把入库红冲：在库 60 支全额转出，缺的 40 支按原成本暂估。
    receipt_id = general.shop.post_one(receipt(5, general.maker, [line(general.pen, "100", "2.26")]))
    general.shop.post(delivery(7, general.school, [line(general.pen, "40", "3.39")]))
    reversal = general.shop.reverse(receipt_id, 8)
    assert general.voucher(reversal) == ["借 140501 -200.00", "借 22210101 -26.00", "贷 220201/G1 -226.00"]
    assert general.stock(general.pen) == ("-40", "-80.00")
    general.proves()


def test_a_returned_receipt_is_neither_amended_nor_voided_nor_reversed(general: Business) -> None:
    receipt_id = general.shop.post_one(_delivered(general))
    back = line(general.pen, "10", "2.26", source_document=receipt_id, source_line=general.line_key(receipt_id))
    general.shop.post(purchase_return(9, general.maker, [back]))
    for attempt in (
        lambda: general.shop.amend(receipt_id, _delivered(general)),
        lambda: general.shop.void(receipt_id),
        lambda: general.shop.reverse(receipt_id),
    ):
        with pytest.raises(HasDependents) as refused:
            attempt()
        assert "CT-20260109-0001" in repr(refused.value.text.params)
    general.proves()


def test_two_warehouses_keep_their_own_cost_where_the_book_says_so(tmp_path: Path) -> None:
    shop = open_business(tmp_path, "general", cost_pool="warehouse")
    shop.shop.post(
        receipt(5, shop.maker, [line(shop.pen, "10", "2.26")]),
        receipt(5, shop.maker, [line(shop.pen, "10", "4.52", warehouse=shop.branch)]),
    )
    sold = shop.shop.post_one(delivery(7, shop.school, [line(shop.pen, "5", "6.78", warehouse=shop.branch)]))
    assert shop.voucher(sold)[-2:] == ["借 5401 20.00", "贷 140501 20.00"]
    assert (shop.held(shop.pen), shop.held(shop.pen, "02")) == ("10", "5")
    assert shop.stock(shop.pen) == ("15", "40.00")
    shop.proves()
