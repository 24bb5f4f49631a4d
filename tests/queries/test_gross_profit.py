"""Gross profit by everything people ask it by, and the documents behind each row."""

from __future__ import annotations

import pytest

from jxc_desktop.kernel.errors import UserError
from tests.builders import Shop, delivery, entry, line, opening_balance, receipt, retail, sales_return, tender, voucher
from tests.queries.ask import answer, columns, rows

FIGURES = "quantity revenue cost profit"


@pytest.fixture
def sales(shop: Shop) -> Shop:
    """Two kinds of nails in a category under 五金 and a pen in none, from two warehouses to two customers."""
    metal = shop.card("category", "K1", "五金")
    small = shop.card("category", "K2", "小五金", parent=metal)
    thin, thick = (
        shop.item("N1", "铁钉", spec="3寸", category=small),
        shop.item("N2", "铁钉", spec="5寸", category=metal),
    )
    pen, second = shop.item("P1", "笔", reference_cost=1_000_000), shop.warehouse("02", "分仓")
    one, other = shop.customer("C1", "甲"), shop.customer("C2", "乙")
    lines = [line(thin, "20", "1"), line(thick, "20", "2", warehouse=second)]
    shop.post(receipt(5, shop.supplier("S1", "厂"), lines))
    (sold,) = shop.post(delivery(6, one, [line(thin, "4", "2.02"), line(thick, "2", "4.04", warehouse=second)]))
    shop.post(
        delivery(6, other, [line(thin, "1", "2.02"), line(pen, "2", "3.03")]),
        retail(7, [line(thin, "1", "2.02")], [tender(shop.cash, "2.02")]),
        sales_return(8, one, [line(thin, "1", "2.02", source_document=sold, source_line=1)]),
        receipt(9, shop.supplier("S1"), [line(pen, "5", "1.5")]),
    )
    return shop


def test_two_items_of_one_name_are_told_apart(sales: Shop) -> None:
    assert columns(sales, "gross-profit", f"item_code item_name item_spec {FIGURES}") == [
        ("N1", "铁钉", "3寸", "5", "10.00", "5.00", "5.00"),
        ("N2", "铁钉", "5寸", "2", "8.00", "4.00", "4.00"),
        ("P1", "笔", "", "2", "6.00", "3.00", "3.00"),
    ]
    for name in ("stock-on-hand", "stock-ledger"):
        assert {("N1", "3寸"), ("N2", "5寸")} <= set(columns(sales, name, "item_code item_spec"))


def test_by_customer_category_warehouse_and_day(sales: Shop) -> None:
    assert columns(sales, "gross-profit", f"party_code {FIGURES}", by="customer") == [
        ("0000", "1", "2.00", "1.00", "1.00"),
        ("C1", "5", "14.00", "7.00", "7.00"),
        ("C2", "3", "8.00", "4.00", "4.00"),
    ]
    assert columns(sales, "gross-profit", f"category_code category_name {FIGURES}", by="category") == [
        ("", "", "2", "6.00", "3.00", "3.00"),
        ("K1", "五金", "2", "8.00", "4.00", "4.00"),
        ("K2", "小五金", "5", "10.00", "5.00", "5.00"),
    ]
    assert columns(sales, "gross-profit", f"warehouse_code warehouse {FIGURES}", by="warehouse") == [
        ("01", "总仓", "7", "16.00", "8.00", "8.00"),
        ("02", "分仓", "2", "8.00", "4.00", "4.00"),
    ]
    assert columns(sales, "gross-profit", f"date {FIGURES}", by="day") == [
        ("2026-01-06", "9", "24.00", "11.00", "13.00"),
        ("2026-01-07", "1", "2.00", "1.00", "1.00"),
        ("2026-01-08", "-1", "-2.00", "-1.00", "-1.00"),
        ("2026-01-09", "0", "0.00", "1.00", "-1.00"),
    ]


ROWS = [
    ("item", "N1", ["XS-20260106-0001", "XS-20260106-0002", "LS-20260107-0001", "XT-20260108-0001"]),
    ("customer", "C2", ["XS-20260106-0002", "CR-20260109-0001"]),
    ("category", "K2", ["XS-20260106-0001", "XS-20260106-0002", "LS-20260107-0001", "XT-20260108-0001"]),
    ("category", "-", ["XS-20260106-0002", "CR-20260109-0001"]),
    ("warehouse", "分仓", ["XS-20260106-0001"]),
    ("day", "2026-01-06", ["XS-20260106-0001", "XS-20260106-0002"]),
]


@pytest.mark.parametrize(("by", "row", "numbers"), ROWS)
def test_the_documents_behind_a_row_add_up_to_it(sales: Shop, by: str, row: str, numbers: list[str]) -> None:
    found = answer(sales, "gross-profit", by=by, row=row)
    assert [each["number"] for each in found["rows"]] == numbers
    assert [column["name"] for column in found["columns"]][:4] == ["date", "number", "kind", "party"]
    (whole,) = [
        each
        for each in rows(sales, "gross-profit", by=by)
        if ("" if row == "-" else row) in list(each.values())[: 1 if by == "day" else 2]
    ]
    assert found["totals"] == {name: whole[name] for name in found["totals"]}


@pytest.mark.parametrize(
    ("given", "revenue"),
    [
        ({"category": "K1"}, "18.00"),
        ({"category": "K2"}, "10.00"),
        ({"warehouse": "02"}, "8.00"),
        ({"party": "C2", "by": "category"}, "8.00"),
        ({"item": "N1", "by": "day", "since": "2026-01-07"}, "0.00"),
    ],
)
def test_sales_can_be_chosen(sales: Shop, given: dict[str, str], revenue: str) -> None:
    assert answer(sales, "gross-profit", **given)["totals"]["revenue"] == revenue


@pytest.mark.parametrize("by", ["item", "customer", "category", "warehouse", "day"])
def test_every_grouping_adds_up_to_the_same_and_to_the_ledger(sales: Shop, by: str) -> None:
    assert answer(sales, "gross-profit", by=by)["totals"] == answer(sales, "gross-profit")["totals"]
    (cost,) = [row for row in rows(sales, "trial-balance") if row["account_code"] == "5401"]
    assert answer(sales, "gross-profit", by=by)["totals"]["cost"] == cost["closing_debit"]


def test_a_row_nobody_knows_is_refused(sales: Shop) -> None:
    with pytest.raises(UserError) as refused:
        answer(sales, "gross-profit", row="N9")
    assert refused.value.text.id == "report.no_such_row"


def test_stock_is_what_its_account_says_but_for_what_somebody_typed(sales: Shop) -> None:
    names = "account_code stock_value balance difference manual unexplained"
    (row,) = columns(sales, "stock-value-by-account", names)
    assert row[0] == "140501"
    assert row[1] == row[2] == answer(sales, "stock-on-hand")["totals"]["value"]
    assert row[3:] == ("0.00", "0.00", "0.00")
    stock, capital = sales.account("140501"), sales.account("3001")
    sales.post(
        voucher(10, [entry(stock, debit="7", summary="调账"), entry(capital, credit="7")]),
        opening_balance([entry(stock, debit="2"), entry(capital, credit="2")]),
    )
    (row,) = columns(sales, "stock-value-by-account", names)
    assert row[3:] == ("9.00", "9.00", "0.00")
    assert columns(sales, "stock-value-by-account", names, as_of="2026-01-09")[0][3:] == ("2.00", "2.00", "0.00")
    assert columns(sales, "stock-value-by-account", "date kind summary amount", row="140501") == [
        ("2026-01-01", "opening_balance", "期初余额单", "2.00"),
        ("2026-01-10", "voucher", "调账", "7.00"),
    ]


def test_stock_at_an_earlier_day_is_what_its_account_said_then(sales: Shop) -> None:
    for day in ("2026-01-05", "2026-01-06", "2026-01-08"):
        (row,) = columns(sales, "stock-value-by-account", "stock_value balance unexplained", as_of=day)
        held = answer(sales, "stock-on-hand", as_of=day)["totals"]["value"]
        assert row == (held, held, "0.00")
