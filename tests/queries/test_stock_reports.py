"""Stock on hand and the stock ledger: what lies where, what it is worth, and how it came to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import Shop, count, delivery, line, open_shop, opening_stock, receipt
from tests.queries.ask import answer, columns, rows

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id

ON_HAND = "item_code warehouse quantity value unit_cost"
LEDGER = "date number kind warehouse quantity value balance_quantity balance_value"


def two_warehouses(shop: Shop) -> tuple[Id, Id]:
    """Ten pens at 2.50 in the first and five at 2.57 in the second warehouse."""
    pen, second = shop.item("P1", "笔"), shop.warehouse("02", "分仓")
    lines = [line(pen, "10", "2.50"), line(pen, "5", "2.57", warehouse=second)]
    shop.post(receipt(5, shop.supplier("S1"), lines))
    return pen, second


def test_a_shared_pool_is_spread_over_the_warehouses_by_quantity(shop: Shop) -> None:
    two_warehouses(shop)
    assert columns(shop, "stock-on-hand", ON_HAND) == [
        ("P1", "总仓", "10", "25.23", "2.523"),
        ("P1", "分仓", "5", "12.62", "2.524"),
    ]
    assert answer(shop, "stock-on-hand")["totals"] == {"quantity": "15", "value": "37.85"}


def test_a_pool_per_warehouse_keeps_its_own_cost(tmp_path: Path) -> None:
    with (shop := open_shop(tmp_path, cost_pool="warehouse")).book:
        two_warehouses(shop)
        wanted = [("P1", "总仓", "10", "25.00", "2.5"), ("P1", "分仓", "5", "12.85", "2.57")]
        assert columns(shop, "stock-on-hand", ON_HAND) == wanted
        assert columns(shop, "stock-on-hand", ON_HAND, as_of="2026-01-05") == wanted


def test_a_past_day_does_not_know_what_came_later(shop: Shop) -> None:
    pen, second = two_warehouses(shop)
    shop.post(delivery(8, shop.customer("C1"), [line(pen, "5", "4", warehouse=second)]))
    assert columns(shop, "stock-on-hand", ON_HAND, as_of="2026-01-07") == [
        ("P1", "总仓", "10", "25.23", "2.523"),
        ("P1", "分仓", "5", "12.62", "2.524"),
    ]
    assert columns(shop, "stock-on-hand", "warehouse quantity", as_of="2026-01-04") == []
    assert columns(shop, "stock-on-hand", ON_HAND, as_of="2026-01-08") == [("P1", "总仓", "10", "25.23", "2.523")]
    assert columns(shop, "stock-on-hand", ON_HAND) == [("P1", "总仓", "10", "25.23", "2.523")]
    assert columns(shop, "stock-on-hand", "quantity", warehouse="02", as_of="2026-01") == []
    assert columns(shop, "stock-on-hand", "warehouse quantity", warehouse="02", zero="yes") == [("分仓", "0")]


def test_the_last_day_of_all_is_today(shop: Shop) -> None:
    pen, second = two_warehouses(shop)
    shop.post(delivery(6, shop.customer("C1"), [line(pen, "20", "4")]), count(9, [line(pen, "3", warehouse=second)]))
    assert rows(shop, "stock-on-hand") == rows(shop, "stock-on-hand", as_of="2026-12")
    assert columns(shop, "stock-on-hand", "warehouse quantity") == [("总仓", "-10"), ("分仓", "3")]


def test_opening_stock_lies_there_before_the_first_day(shop: Shop) -> None:
    cup = shop.item("P2", "杯")
    shop.post(opening_stock([line(cup, "3", unit_cost="1.2")]))
    assert columns(shop, "stock-on-hand", ON_HAND, as_of="2026-01-01") == [("P2", "总仓", "3", "3.60", "1.2")]


def test_one_item_can_be_asked_for_by_its_name(shop: Shop) -> None:
    two_warehouses(shop)
    shop.post(opening_stock([line(shop.item("P2", "杯"), "3", unit_cost="1.2")]))
    assert columns(shop, "stock-on-hand", "item_code", item="杯") == [("P2",)]
    assert columns(shop, "stock-on-hand", "item_code", item="P2", as_of="2026-01-31") == [("P2",)]


def test_the_ledger_runs_in_the_order_of_the_books(shop: Shop) -> None:
    pen, second = two_warehouses(shop)
    shop.post(
        delivery(8, shop.customer("C1"), [line(pen, "4", "4")]),
        count(7, [line(pen, "6", warehouse=second)]),
        opening_stock([line(pen, "2", unit_cost="2")]),
    )
    assert columns(shop, "stock-ledger", LEDGER, item="P1") == [
        ("2026-01-01", "QC-20260101-0001", "opening_stock", "总仓", "2", "4.00", "2", "4.00"),
        ("2026-01-05", "CR-20260105-0001", "goods_receipt", "总仓", "10", "25.00", "12", "29.00"),
        ("2026-01-05", "CR-20260105-0001", "goods_receipt", "分仓", "5", "12.85", "17", "41.85"),
        ("2026-01-07", "PD-20260107-0001", "stock_count", "分仓", "1", "2.46", "18", "44.31"),
        ("2026-01-08", "XS-20260108-0001", "delivery_note", "总仓", "-4", "-9.85", "14", "34.46"),
    ]


def test_what_stood_before_the_first_day_is_one_opening_line(shop: Shop) -> None:
    pen, _second = two_warehouses(shop)
    shop.post(delivery(8, shop.customer("C1"), [line(pen, "4", "4")]))
    shop.post(opening_stock([line(shop.item("P2", "杯"), "3", unit_cost="1.2")]))
    names = "date kind item_code quantity balance_quantity balance_value"
    assert columns(shop, "stock-ledger", names, since="2026-01-08") == [
        ("2026-01-08", "opening", "P1", "0", "15", "37.85"),
        ("2026-01-08", "delivery_note", "P1", "-4", "11", "27.76"),
        ("2026-01-08", "opening", "P2", "0", "3", "3.60"),
    ]
    assert columns(shop, "stock-ledger", names, since="2026-01-09", item="P1") == [
        ("2026-01-09", "opening", "P1", "0", "11", "27.76")
    ]


def test_the_ledger_of_a_warehouse_ends_with_what_lies_there(shop: Shop) -> None:
    pen, second = two_warehouses(shop)
    shop.post(delivery(8, shop.customer("C1"), [line(pen, "2", "4", warehouse=second)]))
    ledger = columns(shop, "stock-ledger", "quantity balance_quantity balance_value", warehouse="分仓")
    assert ledger == [("5", "5", "12.62"), ("-2", "3", "7.57")]
    assert columns(shop, "stock-on-hand", "quantity value", warehouse="分仓") == [("3", "7.57")]
