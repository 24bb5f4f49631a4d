"""How old the stock is: by the day it came in, at the value of the books, and when it was last counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import HasProblems
from tests.builders import Shop, count, delivery, line, opening_stock, receipt, transfer
from tests.queries.ask import answer, columns, rows

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id

AGES = "item_code warehouse oldest quantity value quantity_0_10 value_0_10 quantity_11_20 quantity_over_20"


def nails(shop: Shop) -> Id:
    """Nails: 10 from the opening at 1.00, 6 on the 5th at 2.00, 4 on the 25th at 3.00, then 12 sold."""
    nail, supplier = shop.item("N1", "铁钉", spec="3寸"), shop.supplier("S1")
    shop.post(
        opening_stock([line(nail, "10", unit_cost="1")]),
        receipt(5, supplier, [line(nail, "6", "2")]),
        receipt(25, supplier, [line(nail, "4", "3")]),
        delivery(26, shop.customer("C1"), [line(nail, "12", "5")]),
    )
    return nail


def test_what_came_in_first_has_left_first(shop: Shop) -> None:
    nails(shop)
    assert columns(shop, "stock-ageing", AGES, buckets="10,20", as_of="2026-01-31") == [
        ("N1", "总仓", "2026-01-05", "8", "13.60", "4", "6.80", "0", "4")
    ]
    assert columns(shop, "stock-ageing", AGES, buckets="10，20", as_of="2026-01-20") == [
        ("N1", "总仓", "2026-01-01", "16", "22.00", "0", "0.00", "16", "0")
    ]


def test_a_row_is_worth_what_the_stock_on_hand_says(shop: Shop) -> None:
    nails(shop)
    second = shop.warehouse("02", "分仓")
    shop.post(
        receipt(28, shop.supplier("S1"), [line(shop.item("N2", "铁钉", spec="5寸"), "3", "0.33", warehouse=second)])
    )
    ages, held = answer(shop, "stock-ageing"), answer(shop, "stock-on-hand")
    assert [(row["item_spec"], row["quantity"], row["value"]) for row in ages["rows"]] == [
        (row["item_spec"], row["quantity"], row["value"]) for row in held["rows"]
    ]
    assert ages["totals"]["value"] == held["totals"]["value"]
    spans = [name for name in ages["totals"] if name.startswith("value_")]
    assert spans == ["value_0_30", "value_31_60", "value_61_90", "value_91_180", "value_181_365", "value_over_365"]
    assert sum(float(ages["totals"][name]) for name in spans) == pytest.approx(float(ages["totals"]["value"]))


def test_what_is_short_is_as_old_as_the_newest_sales(shop: Shop) -> None:
    nail, party = shop.item("N1", reference_cost=2_000_000), shop.customer("C1")
    shop.post(
        receipt(5, shop.supplier("S1"), [line(nail, "3", "2")]),
        delivery(6, party, [line(nail, "5", "5")]),
        delivery(29, party, [line(nail, "1", "5")]),
    )
    names = "oldest quantity value quantity_0_10 value_0_10 quantity_11_20 quantity_over_20"
    assert columns(shop, "stock-ageing", names, buckets="10,20", as_of="2026-01-31") == [
        ("2026-01-06", "-3", "-6.00", "-1", "-2.00", "0", "-2")
    ]


def test_what_went_to_another_warehouse_is_as_old_as_it_was(shop: Shop) -> None:
    nail, second = nails(shop), shop.warehouse("02", "分仓")
    shop.post(transfer(27, [line(nail, "5")], second))
    names = "warehouse oldest quantity value quantity_0_10 quantity_11_20 quantity_over_20"
    assert columns(shop, "stock-ageing", names, buckets="10,20", as_of="2026-01-31") == [
        ("总仓", "2026-01-25", "3", "5.10", "3", "0", "0"),
        ("分仓", "2026-01-05", "5", "8.50", "1", "0", "4"),
    ]
    shop.post(transfer(28, [line(nail, "2", warehouse=second)], shop.setting("default_warehouse")))
    assert columns(shop, "stock-ageing", names, buckets="10,20", as_of="2026-01-31") == [
        ("总仓", "2026-01-05", "5", "8.50", "3", "0", "2"),
        ("分仓", "2026-01-05", "3", "5.10", "1", "0", "2"),
    ]
    assert columns(shop, "stock-ageing", names, buckets="10,20", as_of="2026-01-26") == [
        ("总仓", "2026-01-05", "8", "13.60", "4", "0", "4")
    ]


def test_a_category_brings_those_under_it(shop: Shop) -> None:
    metal = shop.card("category", "K1", "五金")
    small = shop.card("category", "K2", "小五金", parent=metal)
    for code, category in (("A1", metal), ("A2", small), ("A3", "")):
        shop.post(receipt(5, shop.supplier("S1"), [line(shop.item(code, category=category), "1", "1")]))
    assert columns(shop, "stock-ageing", "item_code", category="K1") == [("A1",), ("A2",)]
    assert columns(shop, "stock-ageing", "item_code", category="小五金") == [("A2",)]
    assert columns(shop, "last-counted", "item_code", category="K1") == [("A1",), ("A2",)]
    assert len(rows(shop, "stock-ageing")) == 3


@pytest.mark.parametrize("given", ["30,20", "0,10", "a", "10,,20", "10,10", "-5"])
def test_spans_rise(shop: Shop, given: str) -> None:
    with pytest.raises(HasProblems) as refused:
        answer(shop, "stock-ageing", buckets=given)
    assert [(each.place, each.text.id) for each in refused.value.problems] == [(("buckets",), "report.bad_days")]


def test_never_counted_comes_first_and_a_count_taken_back_counts_for_nothing(shop: Shop) -> None:
    pen, cup, rod = shop.item("P1", "笔"), shop.item("P2", "杯"), shop.item("P3", "尺")
    lines = [line(each, "9", "1") for each in (pen, cup, rod)]
    shop.post(receipt(5, shop.supplier("S1"), lines), count(8, [line(cup, "8"), line(pen, "9")]))
    (later, wrong) = shop.post(count(20, [line(cup, "7")]), count(21, [line(pen, "1")]))
    shop.void(wrong)
    names = "item_code counted_on days number counted quantity"
    assert columns(shop, "last-counted", names) == [
        ("P3", None, None, "", None, "9"),
        ("P1", "2026-01-08", 23, "PD-20260108-0001", "9", "9"),
        ("P2", "2026-01-20", 11, "PD-20260120-0001", "7", "7"),
    ]
    shop.reverse(later, on=date(2026, 1, 22))
    assert columns(shop, "last-counted", names, item="P2") == [("P2", "2026-01-08", 23, "PD-20260108-0001", "8", "8")]
