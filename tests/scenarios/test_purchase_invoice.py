"""采购发票: goods come in by estimate, the invoice follows: 单到回冲, the difference goes where the goods went."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import HasDependents, HasProblems
from jxc_desktop.queries.line_cost import line_cost
from jxc_desktop.services.periods import close_period
from tests.builders import (
    delivery,
    invoice,
    line,
    paid,
    purchase_return,
    receipt,
    settles,
    supplier_payment,
    tender,
)
from tests.queries.ask import answer
from tests.scenarios.business import Business, OpenItemShown, payable

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id


def _arrived(shop: Business, price: str = "11.30", day: int = 5, **head: Any) -> Id:
    # 1 月 5 日货到票未到：50 支，含税单价 11.30（不含税 10.00）。
    return shop.shop.post_one(receipt(day, shop.maker, [line(shop.pen, "50", price)], invoice_kind="to_come", **head))


def _taken(shop: Business, source: Id, quantity: str, price: str) -> list[Any]:
    return [line(shop.pen, quantity, price, source_document=source, source_line=1)]


def _invoiced(
    shop: Business, source: Id, quantity: str = "50", price: str = "11.752", day: Any = 20, **head: Any
) -> Document:
    return invoice(day, shop.maker, _taken(shop, source, quantity, price), **head)


def _back(shop: Business, source: Id, quantity: str, price: str = "11.30", day: int = 9, **head: Any) -> Document:
    return purchase_return(day, shop.maker, _taken(shop, source, quantity, price), **head)


def _estimated(amount: str, settled: str = "0.00") -> OpenItemShown:
    return OpenItemShown("payable_estimated", amount, settled)


def _refused(shop: Business, draft: Document) -> dict[tuple[Any, ...], str]:
    with pytest.raises(HasProblems) as refused:
        shop.shop.post(draft)
    return {problem.place[2:]: problem.text.id for problem in refused.value.problems}


def test_goods_without_their_invoice_come_in_by_estimate(general: Business) -> None:
    arrived = _arrived(general)
    general.shows(
        arrived,
        number="CR-20260105-0001",
        voucher=["借 140501 500.00", "贷 220202/G1 500.00"],
        open_items=[_estimated("500.00")],
    )
    assert general.owed(general.maker) == {"payable_estimated": "500.00"}
    assert general.stock(general.pen) == ("50", "500.00")
    general.proves()


def test_a_small_taxpayer_estimates_with_tax(small: Business) -> None:
    arrived = _arrived(small)
    assert small.voucher(arrived) == ["借 140501 565.00", "贷 220202/G1 565.00"]
    billed = small.shop.post_one(_invoiced(small, arrived, price="11.75"))
    assert small.voucher(billed) == ["借 140501 22.50", "贷 220201/G1 587.50", "贷 220202/G1 -565.00"]
    assert small.stock(small.pen) == ("50", "587.50")
    small.proves()


def test_the_invoice_clears_the_estimate_and_the_difference_joins_the_goods(general: Business) -> None:
    # 发票到：不含税 520.00，税 67.60。卖掉的 30 支补成本 12.00，库存 20 支补 8.00。
    arrived = _arrived(general)
    sold = general.shop.post_one(delivery(10, general.school, [line(general.pen, "30", "22.60")]))
    billed = general.shop.post_one(_invoiced(general, arrived, external_number="12345678"))
    general.shows(
        billed,
        number="FP-20260120-0001",
        voucher=["借 140501 20.00", "借 22210101 67.60", "贷 220201/G1 587.60", "贷 220202/G1 -500.00"],
        open_items=[_estimated("-500.00", "-500.00"), payable("587.60")],
    )
    assert general.open_items(arrived) == [_estimated("500.00", "500.00")]
    assert general.owed(general.maker) == {"payable": "587.60"}
    assert str(general.shop.book.read(line_cost, document=sold, line=1).cost) == "312.00"
    assert general.stock(general.pen) == ("20", "208.00")
    general.proves()


def test_an_invoice_whose_tax_cannot_be_deducted_costs_its_whole_price(general: Business) -> None:
    billed = general.shop.post_one(_invoiced(general, _arrived(general), invoice_kind="ordinary"))
    assert general.voucher(billed) == ["借 140501 87.60", "贷 220201/G1 587.60", "贷 220202/G1 -500.00"]
    assert general.stock(general.pen) == ("50", "587.60")
    general.proves()


def test_in_a_closed_month_what_still_lies_there_takes_its_share(general: Business) -> None:
    arrived = _arrived(general)
    general.shop.post(delivery(10, general.school, [line(general.pen, "30", "22.60")]))
    general.shop.book.do(close_period, period=202601)
    billed = general.shop.post_one(_invoiced(general, arrived, day=date(2026, 2, 3)))
    assert sorted(general.voucher(billed)) == sorted(
        ["借 140501 8.00", "借 5401 12.00", "贷 220202/G1 -500.00", "借 22210101 67.60", "贷 220201/G1 587.60"]
    )
    assert general.stock(general.pen) == ("20", "208.00")
    general.proves()


def test_in_the_next_month_the_receipt_is_corrected_where_its_month_is_open(general: Business) -> None:
    arrived = _arrived(general)
    billed = general.shop.post_one(_invoiced(general, arrived, day=date(2026, 2, 3)))
    assert general.stock(general.pen) == ("50", "520.00")
    assert general.balance("220202") == "0.00"
    assert "贷 220202/G1 20.00" in general.voucher(arrived)
    assert "借 220202/G1 20.00" in general.voucher(billed)
    general.proves()


def test_part_after_part_clears_the_estimate_to_the_fen(general: Business) -> None:
    # 3 支共 100.00，分三张发票，各冲 33.33、33.34、33.33。
    arrived = general.shop.post_one(
        receipt(5, general.maker, [line(general.pen, "3", "33.333333")], price_mode="excluded", invoice_kind="to_come")
    )
    cleared = []
    for day in (11, 12, 13):
        billed = general.shop.post_one(_invoiced(general, arrived, "1", "40", day, price_mode="excluded"))
        cleared.append(general.open_items(billed)[0].amount)
    assert cleared == ["-33.33", "-33.34", "-33.33"]
    assert general.open_items(arrived) == [_estimated("100.00", "100.00")]
    assert general.stock(general.pen) == ("3", "120.00")
    assert _refused(general, _invoiced(general, arrived, "1", "40", 14)) == {
        ("lines", 1, "quantity"): "estimate.more_than_left"
    }
    general.proves()


def test_one_invoice_for_several_receipts(general: Business) -> None:
    first, second = _arrived(general), _arrived(general, "9.04", 6)
    lines = [*_taken(general, first, "50", "11.30"), *_taken(general, second, "20", "11.30")]
    billed = general.shop.post_one(invoice(20, general.maker, lines))
    assert general.voucher(billed) == [
        "借 140501 40.00",
        "借 22210101 91.00",
        "贷 220201/G1 791.00",
        "贷 220202/G1 -660.00",
    ]
    assert general.open_items(second) == [_estimated("400.00", "160.00")]
    general.proves()


def test_what_goes_back_before_its_invoice_takes_the_estimate_along(general: Business) -> None:
    arrived = _arrived(general)
    returned = general.shop.post_one(_back(general, arrived, "5"))
    general.shows(
        returned,
        number="CT-20260109-0001",
        voucher=["借 140501 -50.00", "贷 220202/G1 -50.00"],
        open_items=[_estimated("-50.00", "-50.00")],
    )
    assert _refused(general, _invoiced(general, arrived)) == {("lines", 1, "quantity"): "estimate.more_than_left"}
    general.shop.post(_invoiced(general, arrived, "45"))
    assert general.owed(general.maker) == {"payable": "528.84"}
    general.proves()


def test_what_goes_back_after_its_invoice_is_owed_less(general: Business) -> None:
    arrived = _arrived(general)
    general.shop.post(_invoiced(general, arrived, "20", "11.30", 8))
    assert _refused(general, _back(general, arrived, "25", invoice_kind="special")) == {
        ("lines", 1, "quantity"): "estimate.more_than_invoiced"
    }
    returned = general.shop.post_one(_back(general, arrived, "20", invoice_kind="special"))
    assert general.voucher(returned) == ["借 140501 -200.00", "借 22210101 -26.00", "贷 220201/G1 -226.00"]
    assert _refused(general, _back(general, arrived, "31", day=10)) == {
        ("lines", 1, "quantity"): "estimate.more_than_left"
    }
    general.proves()


def test_amend_void_and_reverse(general: Business) -> None:
    arrived = _arrived(general)
    billed = general.shop.post_one(_invoiced(general, arrived))
    for verb in (general.shop.void, general.shop.reverse):
        with pytest.raises(HasDependents):
            verb(arrived)
    general.shop.amend(billed, _invoiced(general, arrived, "30", "11.30"))
    assert general.open_items(arrived) == [_estimated("500.00", "300.00")]
    assert general.stock(general.pen) == ("50", "500.00")
    reversal = general.shop.reverse(billed, 22)
    assert general.voucher(reversal) == ["借 22210101 -39.00", "贷 220201/G1 -339.00", "贷 220202/G1 300.00"]
    assert general.open_items(arrived) == [_estimated("500.00")]
    again = general.shop.post_one(_invoiced(general, arrived, day=23))
    assert general.stock(general.pen) == ("50", "520.00")
    general.shop.void(again)
    assert general.stock(general.pen) == ("50", "500.00")
    assert general.owed(general.maker) == {"payable_estimated": "500.00"}
    general.proves()


def test_two_invoices_at_once_do_not_take_the_same_goods(general: Business) -> None:
    arrived = _arrived(general)
    with pytest.raises(HasProblems) as refused:
        general.shop.post(_invoiced(general, arrived, "30"), _invoiced(general, arrived, "30"))
    assert [problem.text.id for problem in refused.value.problems] == ["estimate.more_than_left"]
    assert general.open_items(arrived) == [_estimated("500.00")]


def test_the_habit_of_a_supplier_is_taken_where_nothing_is_said(general: Business) -> None:
    shop = general.shop
    late = shop.supplier("G9", "后票供应商", invoice_kind="to_come")
    arrived = shop.post_one(receipt(5, late, [line(general.pen, "50", "11.30")]))
    assert general.voucher(arrived) == ["借 140501 500.00", "贷 220202/G9 500.00"]
    taken = line(general.pen, "10", "11.30", source_document=arrived, source_line=1)
    assert general.voucher(shop.post_one(purchase_return(6, late, [taken]))) == [
        "借 140501 -100.00",
        "贷 220202/G9 -100.00",
    ]
    rest = line(general.pen, "40", "11.30", source_document=arrived, source_line=1)
    billed = shop.post_one(invoice(7, late, [rest]))
    assert general.voucher(billed) == ["借 22210101 52.00", "贷 220201/G9 452.00", "贷 220202/G9 -400.00"]
    back = line(general.pen, "40", "11.30", source_document=arrived, source_line=1)
    assert "贷 220201/G9 -452.00" in general.voucher(shop.post_one(purchase_return(8, late, [back])))
    general.proves()


def test_a_payment_settles_the_invoice_not_the_estimate(general: Business) -> None:
    arrived = _arrived(general)
    ahead = supplier_payment(
        6, general.maker, [paid(general.cash, "100")], allocations=(settles(arrived, "100", "payable_estimated"),)
    )
    assert _refused(general, ahead) == {("allocations", 2, "amount"): "allocation.no_open_item"}
    billed = general.shop.post_one(_invoiced(general, arrived))
    general.shop.post(
        supplier_payment(
            21, general.maker, [paid(general.cash, "587.60")], allocations=(settles(billed, "587.60", "payable"),)
        )
    )
    assert general.owed(general.maker) == {}
    general.proves()


def test_what_cannot_be_is_refused_with_its_place(general: Business) -> None:
    usual = general.shop.post_one(receipt(5, general.maker, [line(general.pen, "10", "2.26")]))
    assert _refused(general, _invoiced(general, usual, "10")) == {("lines", 1, "source_document"): "estimate.none"}
    assert _refused(general, invoice(9, general.maker, [line(general.pen, "1", "2")])) == {
        ("lines", 1, "source_document"): "invoice.no_receipt"
    }
    arrived = _arrived(general)
    twice = [*_taken(general, arrived, "10", "11.30"), *_taken(general, arrived, "10", "11.30")]
    assert _refused(general, invoice(9, general.maker, twice)) == {("lines", 2, "source_document"): "invoice.twice"}
    carried = receipt(5, general.maker, [line(general.carriage, "1", "50")], invoice_kind="to_come")
    assert _refused(general, carried) == {("lines", 1, "item"): "estimate.not_goods"}
    at_once = receipt(
        5, general.maker, [line(general.pen, "1", "5")], money=(tender(general.cash, "5"),), invoice_kind="to_come"
    )
    assert _refused(general, at_once) == {("invoice_kind",): "estimate.paid_at_once"}
    unlinked = purchase_return(9, general.maker, [line(general.pen, "1", "2.26")], invoice_kind="to_come")
    assert _refused(general, unlinked) == {("lines", 1, "source_document"): "estimate.none"}
    assert _refused(general, _invoiced(general, arrived, day=4)) == {("date",): "link.before_source"}
    assert _refused(general, invoice(9, general.farmer, _taken(general, arrived, "1", "2"))) == {
        ("lines", 1, "source_document"): "link.other_item"
    }


def test_the_report_says_what_still_waits(general: Business) -> None:
    arrived = _arrived(general)
    general.shop.post(_back(general, arrived, "5"), _invoiced(general, arrived, "20", day=20))
    (row,) = answer(general.shop, "estimated-payables")["rows"]
    assert (row["number"], row["quantity"], row["invoiced"], row["returned"], row["left"], row["value"]) == (
        "CR-20260105-0001",
        "50",
        "20",
        "5",
        "25",
        "250.00",
    )
    general.shop.post(_invoiced(general, arrived, "25", day=21))
    assert answer(general.shop, "estimated-payables")["rows"] == []


def test_a_book_whose_chart_does_not_know_estimates_yet_is_sound(general: Business) -> None:
    general.shop.card("account", "220202", control="")
    general.shop.post(_invoiced(general, _arrived(general), "20"))
    general.proves()
