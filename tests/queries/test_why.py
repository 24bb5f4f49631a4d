"""Why a line cost what it cost: the tree, its arithmetic, and what is cut where it would grow too large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import NotFound, UserError
from jxc_desktop.queries import cost_moves, cost_part, cost_tree, pool_composition
from jxc_desktop.queries.why import why_json
from tests.builders import (
    adjustment,
    count,
    customer_payment,
    delivery,
    line,
    open_shop,
    opening_stock,
    paid,
    purchase_return,
    receipt,
    retail,
    sales_return,
    tender,
)
from tests.queries.ask import plan
from tests.queries.cost_trees import ask, children, leaves, short, tree_of

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop


@pytest.fixture
def pen(shop: Shop) -> Id:
    """An item to trade."""
    return shop.item("P1", "笔")


@pytest.fixture
def supplier(shop: Shop) -> Id:
    """Who delivers it."""
    return shop.supplier("S1")


@pytest.fixture
def customer(shop: Shop) -> Id:
    """Who takes it."""
    return shop.customer("K1")


def test_a_sale_is_made_of_all_that_came_in_since_the_stock_was_last_empty(
    shop: Shop, pen: Id, supplier: Id, customer: Id
) -> None:
    shop.post(opening_stock([line(pen, "2", unit_cost="1")]))
    shop.post(receipt(1, supplier, [line(pen, "7", "99")]), delivery(1, customer, [line(pen, "9")]))
    shop.post(receipt(2, supplier, [line(pen, "8", "2")]), receipt(3, supplier, [line(pen, "4", "3")]))
    sold = shop.post_one(delivery(4, customer, [line(pen, "3")]))
    tree = tree_of(shop, sold)
    assert (short(tree), children(tree)) == (("issue", "3", "7.00"), [("pool", "3", "7.00")])
    (pool,) = tree.children
    assert (str(pool.whole_quantity), str(pool.whole_value)) == ("12", "28.00")
    assert children(pool) == [("receipt", "2", "4.00"), ("receipt", "1", "3.00")]
    assert [(each.document, str(each.whole_value)) for each in pool.children] == [
        ("CR-20260102-0001", "16.00"),
        ("CR-20260103-0001", "12.00"),
    ]


def test_shares_follow_the_mixture(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "10", "2")]), delivery(2, customer, [line(pen, "5")]))
    shop.post(receipt(3, supplier, [line(pen, "5", "4")]))
    sold = shop.post_one(delivery(4, customer, [line(pen, "4")]))
    assert children(tree_of(shop, sold)) == [("pool", "4", "12.00")]
    assert children(tree_of(shop, sold), 0) == [("receipt", "2", "4.00"), ("receipt", "2", "8.00")]


def test_what_was_short_is_shown_with_what_covered_it(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "2", "5")]))
    sold = shop.post_one(delivery(2, customer, [line(pen, "6")]))
    assert children(tree_of(shop, sold)) == [("pool", "2", "10.00"), ("short", "4", "20.00")]
    assert children(tree_of(shop, sold), 1) == [("provisional", "4", "20.00")]
    shop.post(receipt(3, supplier, [line(pen, "1", "8")]), receipt(4, supplier, [line(pen, "1", "5")]))
    tree = tree_of(shop, sold)
    assert children(tree, 1) == [("cover", "1", "8.00"), ("cover", "1", "5.00"), ("provisional", "2", "10.00")]
    assert children(tree, 1, 0) == [("estimate", "1", "5.00"), ("variance", "0", "3.00")]
    assert children(tree, 1, 1) == [("estimate", "1", "5.00")]
    assert tree.children[1].children[0].document == "CR-20260103-0001"


def test_a_return_is_its_share_of_the_delivered_line_as_it_was_known_then(
    shop: Shop, pen: Id, supplier: Id, customer: Id
) -> None:
    shop.post(receipt(1, supplier, [line(pen, "3", "1")]))
    sold = shop.post_one(delivery(2, customer, [line(pen, "3")]))
    back = shop.post_one(sales_return(3, customer, [line(pen, "2", source_document=sold, source_line=1)]))
    tree = tree_of(shop, back)
    assert (short(tree), children(tree)) == (("return", "2", "2.00"), [("issue", "2", "2.00")])
    assert str(tree.children[0].whole_value) == "3.00"
    assert children(tree, 0, 0) == [("receipt", "2", "2.00")]
    again = shop.post_one(delivery(4, customer, [line(pen, "1")]))
    tree = tree_of(shop, again)
    assert children(tree, 0) == [("return", "1", "1.00")]
    assert children(tree, 0, 0) == [("issue", "1", "1.00")]


def test_a_purchase_return_is_the_cost_it_came_in_with_and_a_variance(
    shop: Shop, pen: Id, supplier: Id, customer: Id
) -> None:
    cheap, _dear = shop.post(receipt(1, supplier, [line(pen, "1", "5")]), receipt(1, supplier, [line(pen, "1", "7")]))
    shop.post(delivery(2, customer, [line(pen, "1")]))
    back = shop.post_one(purchase_return(3, supplier, [line(pen, "1", source_document=cheap, source_line=1)]))
    tree = tree_of(shop, back)
    assert short(tree) == ("supplier_return", "1", "6.00")
    assert children(tree) == [("receipt", "1", "5.00"), ("return_variance", "0", "1.00")]


def test_a_receipt_that_was_given_back_is_no_source(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    _good, wrong = shop.post(
        receipt(1, supplier, [line(pen, "4", "5")]), receipt(1, supplier, [line(pen, "1000", "500")])
    )
    shop.reverse(wrong, 2)
    sold = shop.post_one(delivery(3, customer, [line(pen, "1")]))
    assert children(tree_of(shop, sold), 0) == [("receipt", "1", "5.00")]


def test_a_partly_given_back_receipt_is_a_source_of_what_is_left(
    shop: Shop, pen: Id, supplier: Id, customer: Id
) -> None:
    first, _second = shop.post(receipt(1, supplier, [line(pen, "4", "5")]), receipt(1, supplier, [line(pen, "2", "8")]))
    shop.post(purchase_return(2, supplier, [line(pen, "2", source_document=first, source_line=1)]))
    sold = shop.post_one(delivery(3, customer, [line(pen, "2")]))
    assert children(tree_of(shop, sold), 0) == [("receipt", "1", "5.00"), ("receipt", "1", "8.00")]


def test_counts_are_sources_and_losses_cost_what_lay_there(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "4", "5")]))
    gain = shop.post_one(count(2, [line(pen, "6")]))
    tree = tree_of(shop, gain)
    assert (short(tree), children(tree)) == (("count", "2", "10.00"), [("receipt", "2", "10.00")])
    loss = shop.post_one(count(3, [line(pen, "5")]))
    assert short(tree_of(shop, loss)) == ("issue", "1", "5.00")
    priced = shop.post_one(count(4, [line(pen, "5", unit_cost="6")]))
    assert short(tree_of(shop, priced)) == ("count", "0", "5.00")
    sold = shop.post_one(delivery(5, customer, [line(pen, "5")]))
    kinds = [each.kind for each in tree_of(shop, sold).children[0].children]
    assert kinds == ["receipt", "count", "count"]


def test_the_reversal_of_a_delivery_costs_less_than_nothing(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "4", "5")]))
    sold = shop.post_one(delivery(2, customer, [line(pen, "3")]))
    taken_back = shop.reverse(sold, 3)
    tree = tree_of(shop, taken_back)
    assert (short(tree), children(tree)) == (("return", "-3", "-15.00"), [("issue", "-3", "-15.00")])


def test_a_document_is_the_sum_of_its_lines(shop: Shop, pen: Id, supplier: Id) -> None:
    cup, service = shop.item("C1", "杯"), shop.item("F1", kind="service")
    shop.post(receipt(1, supplier, [line(pen, "4", "5"), line(cup, "4", "1")]))
    sale = retail(2, [line(pen, "2", "9"), line(cup, "-1", "9"), line(service, "1", "9")], [tender(shop.cash, "18")])
    sold = shop.post_one(sale)
    found = ask(shop, sold)
    assert (found.line, short(found.tree)) == (0, ("document", "1", "9.00"))
    assert children(found.tree) == [("issue", "2", "10.00"), ("current_cost", "-1", "-1.00")]
    assert [each.item for each in found.tree.children] == ["笔", "杯"]
    assert str(ask(shop, sold, 2).cost) == "-1.00"
    with pytest.raises(NotFound) as refused:
        ask(shop, sold, 3)
    assert refused.value.text.params["lines"] == [1, 2]


def test_what_moved_no_stock_has_no_cost(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    payment = shop.post_one(customer_payment(1, customer, [paid(shop.cash, "5")]))
    bought = shop.post_one(receipt(1, supplier, [line(pen, "4", "5")]))
    shop.void(bought)
    for document, text in ((payment, "why.no_stock"), (bought, "why.voided")):
        with pytest.raises(UserError) as refused:
            ask(shop, document)
        assert refused.value.text.id == text


def test_every_warehouse_has_its_own_pool(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, cost_pool="warehouse")
    with shop.book:
        pen, supplier, customer = shop.item("P1"), shop.supplier("S1"), shop.customer("K1")
        north, south = shop.warehouse("N", "北"), shop.warehouse("S", "南")
        shop.post(receipt(1, supplier, [line(pen, "4", "5")], warehouse=north))
        shop.post(receipt(1, supplier, [line(pen, "4", "7")], warehouse=south))
        sold = shop.post_one(delivery(2, customer, [line(pen, "2")], warehouse=south))
        assert children(tree_of(shop, sold), 0) == [("receipt", "2", "14.00")]


def test_own_use_is_explained_like_a_sale(shop: Shop, pen: Id, supplier: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "4", "5")]))
    used = shop.post_one(adjustment(2, "own_use", [line(pen, "2")]))
    assert short(tree_of(shop, used)) == ("issue", "2", "10.00")


def _long_history(shop: Shop, pen: Id, supplier: Id, customer: Id, times: int) -> Id:
    for _ in range(times):
        shop.post(receipt(1, supplier, [line(pen, "3", "1")]), delivery(1, customer, [line(pen, "2")]))
    return shop.post_one(delivery(2, customer, [line(pen, "1")]))


def test_old_history_is_one_leaf(
    shop: Shop, pen: Id, supplier: Id, customer: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold = _long_history(shop, pen, supplier, customer, 6)
    assert {each.kind for each in leaves(tree_of(shop, sold))} == {"receipt"}
    monkeypatch.setattr(cost_tree, "MOST_MOVES", 4)
    earlier, *receipts = tree_of(shop, sold).children[0].children
    assert (earlier.kind, str(earlier.whole_quantity), str(earlier.whole_value)) == ("earlier", "4", "4.00")
    assert [each.kind for each in receipts] == ["receipt", "receipt"]
    monkeypatch.setattr(cost_tree, "MOST_MOVES", 2_000)
    monkeypatch.setattr(pool_composition, "MOST_SOURCES", 1)
    assert [each.kind for each in tree_of(shop, sold).children[0].children] == ["earlier", "receipt"]


def test_of_many_sources_the_small_ones_are_summed_up(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    for number in range(cost_part.MOST_SHOWN + 3):
        shop.post(receipt(1, supplier, [line(pen, "1", str(number + 1))]))
    sold = shop.post_one(delivery(2, customer, [line(pen, "3")]))
    pool = tree_of(shop, sold).children[0]
    *shown, more = pool.children
    assert (len(shown), more.kind, more.parts) == (cost_part.MOST_SHOWN - 1, "more", 4)
    assert more.whole_value < min(each.value for each in shown) + more.value


def test_lines_inside_lines_end_somewhere(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "1", "5")]))
    for day in range(2, 12):
        sold = shop.post_one(delivery(day, customer, [line(pen, "1")]))
        back = shop.post_one(sales_return(day, customer, [line(pen, "1", source_document=sold, source_line=1)]))
    tree, depth = tree_of(shop, back), 0
    while tree.children:
        (tree,), depth = tree.children, depth + 1
    assert (depth, str(tree.value)) == (cost_tree.DEEPEST + 1, "5.00")


def test_a_large_document_explains_its_largest_lines(shop: Shop, supplier: Id, customer: Id) -> None:
    items = [shop.item(f"I{number}") for number in range(60)]
    shop.post(receipt(1, supplier, [line(item, "1", str(number + 1)) for number, item in enumerate(items)]))
    sold = shop.post_one(delivery(2, customer, [line(item, "1") for item in items]))
    found = ask(shop, sold)
    assert (len(found.tree.children), found.tree.children[-1].parts) == (50, 11)
    assert str(found.cost) == str(60 * 61 // 2) + ".00"


def test_the_json_has_the_keys_of_the_contract(shop: Shop, pen: Id, supplier: Id, customer: Id) -> None:
    shop.post(receipt(1, supplier, [line(pen, "1", "5")]))
    sold = shop.post_one(delivery(2, customer, [line(pen, "1")]))
    shown = why_json(ask(shop, sold))
    assert list(shown) == ["document", "line", "cost", "tree"]
    assert (shown["document"], shown["line"], shown["cost"]) == ("XS-20260102-0001", 1, "5.00")
    pool = shown["tree"]["children"][0]
    assert (pool["kind"], pool["document"], pool["quantity"], pool["value"]) == ("pool", None, "1", "5.00")
    (bought,) = pool["children"]
    assert {name: bought[name] for name in ("kind", "document", "line", "quantity", "value", "date", "children")} == {
        "kind": "receipt",
        "document": "CR-20260101-0001",
        "line": 1,
        "quantity": "1",
        "value": "5.00",
        "date": "2026-01-01",
        "children": [],
    }


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (cost_moves.OF_DOCUMENT, (1,)),
        (cost_moves.ONE, (1, 1, 1, 1)),
        (cost_moves.BEFORE, (1, 0, *cost_moves.LAST, 10)),
        (cost_moves.COVERS, (1, 1, 1, 1, *cost_moves.LAST)),
    ],
)
def test_it_is_found_by_keys_alone(shop: Shop, text: str, row: tuple[int, ...]) -> None:
    steps = plan(shop, text, row)
    assert not [step for step in steps if step.startswith("SCAN") and step != "SCAN l"]
    assert text != cost_moves.BEFORE or not [step for step in steps if "TEMP B-TREE" in step]
