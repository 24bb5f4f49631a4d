"""What lies in pools kept in layers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db.projections import layers
from jxc_desktop.queries import cost_layers, layer_sources
from jxc_desktop.services.doctor import run_checks
from tests.builders import delivery, line, open_shop, purchase_return, receipt, sales_return
from tests.queries.ask import answer, columns, plan
from tests.queries.cost_trees import children, costs, nodes, short, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.builders import Shop

NAME = "cost-layers"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = open_shop(tmp_path, costing="fifo")
    with made.book:
        yield made


def test_each_receipt_stands_with_what_is_left_of_it(shop: Shop) -> None:
    pen, supplier, customer = shop.item("P1", "笔"), shop.supplier("S1"), shop.customer("K1")
    shop.post(receipt(1, supplier, [line(pen, "4", "5")]))
    shop.post(receipt(2, supplier, [line(pen, "2", "6")]), receipt(2, supplier, [line(pen, "1", "6")]))
    sold = shop.post_one(delivery(3, customer, [line(pen, "3")]))
    shop.post(sales_return(4, customer, [line(pen, "1", source_document=sold, source_line=1)]))
    assert columns(shop, NAME, "date number kind item_code quantity value unit_cost") == [
        ("2026-01-01", "CR-20260101-0001", "goods_receipt", "P1", "1", "5.00", "5"),
        ("2026-01-02", "CR-20260102-0001", "goods_receipt", "P1", "2", "12.00", "6"),
        ("2026-01-02", "CR-20260102-0002", "goods_receipt", "P1", "1", "6.00", "6"),
        ("2026-01-04", "XT-20260104-0001", "sales_return", "P1", "1", "5.00", "5"),
    ]
    assert answer(shop, NAME)["totals"] == {"quantity": "5", "value": "28.00"}
    assert columns(shop, NAME, "number quantity value", together="yes") == [
        ("CR-20260101-0001", "1", "5.00"),
        ("CR-20260102-0001", "3", "18.00"),
        ("XT-20260104-0001", "1", "5.00"),
    ]


def test_what_is_short_stands_below_zero(shop: Shop) -> None:
    pen, supplier, customer = shop.item("P1", "笔"), shop.supplier("S1"), shop.customer("K1")
    shop.post(receipt(1, supplier, [line(pen, "1", "5")]))
    shop.post(delivery(2, customer, [line(pen, "3")]))
    assert columns(shop, NAME, "number quantity value") == [("XS-20260102-0001", "-2", "-10.00")]


def test_pools_of_warehouses_have_layers_of_their_own(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, costing="fifo", cost_pool="warehouse")
    with shop.book:
        north, south = shop.warehouse("N", "北仓"), shop.warehouse("S", "南仓")
        pen, cup, supplier = shop.item("P1", "笔"), shop.item("C1", "杯"), shop.supplier("S1")
        shop.post(receipt(1, supplier, [line(pen, "1", "5"), line(cup, "1", "5")], warehouse=south))
        shop.post(receipt(2, supplier, [line(pen, "1", "5")], warehouse=north))
        assert columns(shop, NAME, "item_code warehouse", together="yes") == [
            ("C1", "南仓"),
            ("P1", "北仓"),
            ("P1", "南仓"),
        ]
        assert columns(shop, NAME, "item_code warehouse", warehouse="S", item="P1") == [("P1", "南仓")]


def test_why_names_the_layers_that_a_sale_took(shop: Shop) -> None:
    pen, supplier, customer = shop.item("P1", "笔"), shop.supplier("S1"), shop.customer("K1")
    first = shop.post_one(receipt(1, supplier, [line(pen, "4", "5")]))
    shop.post(receipt(2, supplier, [line(pen, "2", "8")]))
    shop.post(delivery(3, customer, [line(pen, "1")]))
    sale = shop.post_one(delivery(4, customer, [line(pen, "6")]))
    tree = tree_of(shop, sale)
    assert children(tree) == [("pool", "5", "31.00"), ("short", "1", "8.00")]
    assert children(tree, 0) == [("receipt", "3", "15.00"), ("receipt", "2", "16.00")]
    (old, new) = tree.children[0].children
    assert (old.document, str(old.whole_quantity), str(old.whole_value)) == ("CR-20260101-0001", "4", "20.00")
    assert (new.document, str(new.whole_quantity)) == ("CR-20260102-0001", "2")
    shop.amend(first, receipt(1, supplier, [line(pen, "4", "6")]))
    assert [cost for _action, _number, cost in costs(shop, sale)] == ["39.00", "42.00"]


def test_what_comes_in_at_the_current_cost_is_made_of_all_layers(shop: Shop) -> None:
    pen, supplier, customer = shop.item("P1", "笔"), shop.supplier("S1"), shop.customer("K1")
    shop.post(receipt(1, supplier, [line(pen, "1", "5")]), receipt(2, supplier, [line(pen, "3", "9")]))
    back = shop.post_one(sales_return(3, customer, [line(pen, "2")]))
    found = tree_of(shop, back)
    assert short(found) == ("current_cost", "2", "16.00")
    assert children(found) == [("receipt", "0.5", "2.50"), ("receipt", "1.5", "13.50")]
    again = shop.post_one(delivery(4, customer, [line(pen, "5")]))
    assert children(tree_of(shop, again), 0) == [
        ("receipt", "1", "5.00"),
        ("receipt", "3", "27.00"),
        ("current_cost", "1", "8.00"),
    ]


def test_a_return_among_the_layers_is_made_of_what_was_delivered(shop: Shop) -> None:
    pen, supplier, customer = shop.item("P1", "笔"), shop.supplier("S1"), shop.customer("K1")
    shop.post(receipt(1, supplier, [line(pen, "4", "5")]))
    sold = shop.post_one(delivery(2, customer, [line(pen, "4")]))
    shop.post(sales_return(3, customer, [line(pen, "2", source_document=sold, source_line=1)]))
    sale = shop.post_one(delivery(4, customer, [line(pen, "1")]))
    assert children(tree_of(shop, sale), 0) == [("return", "1", "5.00")]
    assert "receipt" in {node.kind for node in nodes(tree_of(shop, sale))}


def test_layers_are_found_by_their_keys(shop: Shop) -> None:
    place = (202601, 20260101, 1, 1, 1, 0, 1)
    for text, row in (
        (cost_layers.OF_ONE, (1, None)),
        (layers.OPEN_NOW, (1, 0)),
        (layers.OPEN_BEFORE, (1, 0, *place)),
        (layers.MADE_FROM, (1, *place)),
        (layers.TAKEN_FROM, (1, *place)),
        (layer_sources.TAKEN, (1, *place)),
    ):
        assert not [step for step in plan(shop, text, row) if step.startswith("SCAN") and "cost_layer" in step]
        assert not [step for step in plan(shop, text, row) if step.startswith("SCAN") and "layer_take" in step]
    assert "SEARCH t USING INDEX layer_take_layer" in " ".join(plan(shop, layers.OPEN_BEFORE, (1, 0, *place)))
    assert "SEARCH cost_layer USING INDEX cost_layer_left" in " ".join(plan(shop, layers.OPEN_NOW, (1, 0)))


def test_the_doctor_compares_layers_with_their_pool(shop: Shop) -> None:
    pen, supplier = shop.item("P1", "笔"), shop.supplier("S1")
    bought = shop.post_one(receipt(1, supplier, [line(pen, "4", "5")]))
    shop.post(purchase_return(2, supplier, [line(pen, "1", "5", source_document=bought, source_line=1)]))
    assert [check.name for check in run_checks(shop.book) if not check.ok] == []
    with closing(sqlite3.connect(shop.book.path)) as file:
        file.execute("UPDATE cost_layer SET value = value + 1, left_value = left_value + 1")
        file.commit()
    found = next(check for check in run_checks(shop.book) if check.name == "layers_match")
    assert "doctor.layered_pool_differs" in str(found.detail)
    assert not found.ok
