"""Which costs are provisional and what would settle them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.queries import provisional
from tests.builders import delivery, line, open_shop, receipt
from tests.queries.ask import answer, columns, plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import Shop

NAME = "provisional-costs"


def test_it_names_the_lines_and_how_much_has_to_come_in(shop: Shop) -> None:
    pen, supplier, customer = shop.item("P1", "笔"), shop.supplier("S1"), shop.customer("K1", "老王")
    shop.post(receipt(1, supplier, [line(pen, "2", "5")]))
    shop.post(delivery(2, customer, [line(pen, "5")]), delivery(1, customer, [line(pen, "1")]))
    shop.post(delivery(3, customer, [line(pen, "2")]))
    assert columns(shop, NAME, "date number kind party item_code quantity value to_come") == [
        ("2026-01-02", "XS-20260102-0001", "delivery_note", "老王", "P1", "4", "20.00", "4"),
        ("2026-01-03", "XS-20260103-0001", "delivery_note", "老王", "P1", "2", "10.00", "6"),
    ]
    assert answer(shop, NAME)["totals"] == {"quantity": "6", "value": "30.00"}
    shop.post(receipt(4, supplier, [line(pen, "5", "6")]))
    assert columns(shop, NAME, "number quantity value to_come") == [("XS-20260103-0001", "1", "5.00", "1")]
    shop.post(receipt(4, supplier, [line(pen, "5", "6")]))
    assert columns(shop, NAME, "number") == []


def test_each_item_and_each_pool_waits_for_its_own_receipts(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, cost_pool="warehouse")
    with shop.book:
        north, south = shop.warehouse("N", "北仓"), shop.warehouse("S", "南仓")
        pen, cup, customer = shop.item("P1", "笔"), shop.item("C1", "杯"), shop.customer("K1")
        for place in (north, south):
            shop.post(delivery(1, customer, [line(pen, "2"), line(cup, "1")], warehouse=place))
        assert columns(shop, NAME, "item_code warehouse to_come") == [
            ("C1", "北仓", "1"),
            ("C1", "南仓", "1"),
            ("P1", "北仓", "2"),
            ("P1", "南仓", "2"),
        ]
        assert columns(shop, NAME, "item_code warehouse", warehouse="S", item="P1") == [("P1", "南仓")]


def test_a_place_of_a_shared_pool_waits_for_those_before_it_elsewhere(shop: Shop) -> None:
    north, south = shop.warehouse("N", "北仓"), shop.warehouse("S", "南仓")
    pen, customer = shop.item("P1"), shop.customer("K1")
    shop.post(delivery(1, customer, [line(pen, "2")], warehouse=north))
    shop.post(delivery(2, customer, [line(pen, "3")], warehouse=south))
    assert columns(shop, NAME, "warehouse quantity to_come", warehouse="S") == [("南仓", "3", "5")]


def test_one_item_is_found_by_its_key(shop: Shop) -> None:
    assert not [step for step in plan(shop, provisional.OF_ONE, (1,)) if step.startswith("SCAN")]
