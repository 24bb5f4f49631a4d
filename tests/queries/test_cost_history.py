"""What the cost of a line was before and which document changed it, held against what the book said all the while."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.queries import cost_history as history
from jxc_desktop.queries import cost_versions
from tests.builders import assembly, cost_change, delivery, line, open_shop, opening_stock, receipt, transfer
from tests.conftest import PROFILE
from tests.queries.cost_chance import ChanceTrade
from tests.queries.cost_trees import ask, costs, ledger_value

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop

STEPS = 25


def _lines(shop: Shop, documents: list[Id]) -> list[tuple[Id, int]]:
    """Every line that ever moved stock may do so again; those that do now are asked about."""
    known = {bytes.fromhex(document) for document in documents}
    rows = shop.rows(
        "SELECT DISTINCT d.uuid, m.line FROM stock_move m JOIN document d ON d.id = m.document ORDER BY d.id, m.line"
    )
    return [(uuid.hex(), key) for uuid, key in rows if uuid in known]


def _turned(costs_seen: list[str]) -> list[str]:
    return [cost if cost in {"None", "0.00"} else str(-Money.parse(cost)) for cost in costs_seen]


@pytest.mark.parametrize("pool", ["book", "warehouse"])
@given(seed=st.integers(0, 10**6))
@settings(max_examples=400 if PROFILE == "nightly" else 10)
def test_leaves_add_up_and_the_past_is_as_the_book_said(pool: str, seed: int) -> None:
    with TemporaryDirectory() as folder:
        shop = open_shop(Path(folder), cost_pool=pool)
        with shop.book:
            trade = ChanceTrade(shop, Random(seed))
            said: dict[tuple[Id, int], list[str]] = {}
            for _ in range(STEPS):
                trade.go_on()
                for document, key in {*said, *_lines(shop, trade.documents)}:
                    worth = str(ledger_value(shop, document, key))
                    heard = said.setdefault((document, key), [])
                    if heard[-1:] != [worth]:
                        heard.append(worth)
            for document, key in _lines(shop, trade.documents):
                heard = said[document, key]
                past = [cost for _action, _number, cost in costs(shop, document, key)]
                assert past in (heard, _turned(heard))
                assert str(ask(shop, document, key).cost) == past[-1]
            for document in {document for document, _key in _lines(shop, trade.documents)}:
                ask(shop, document)


def test_the_document_that_changed_it_is_named(shop: Shop) -> None:
    pen, supplier, customer = shop.item("P1"), shop.supplier("S1"), shop.customer("K1")
    bought = shop.post_one(receipt(1, supplier, [line(pen, "4", "5")]))
    sold = shop.post_one(delivery(5, customer, [line(pen, "2")]))
    shop.post(receipt(2, supplier, [line(pen, "4", "7")]), receipt(6, supplier, [line(pen, "1", "99")]))
    shop.amend(bought, receipt(1, supplier, [line(pen, "4", "3")]))
    late = shop.post_one(receipt(3, supplier, [line(pen, "2", "8")]))
    shop.void(late)
    assert costs(shop, sold) == [
        ("post", "XS-20260105-0001", "10.00"),
        ("post", "CR-20260102-0001", "12.00"),
        ("amend", "CR-20260101-0001", "10.00"),
        ("post", "CR-20260103-0001", "11.20"),
        ("void", "CR-20260103-0001", "10.00"),
    ]


def test_what_covered_a_shortage_changed_the_cost(shop: Shop) -> None:
    pen, supplier, customer = shop.item("P1"), shop.supplier("S1"), shop.customer("K1")
    shop.post(receipt(1, supplier, [line(pen, "2", "5")]))
    sold = shop.post_one(delivery(5, customer, [line(pen, "6")]))
    for day, price in ((6, "5"), (7, "8"), (8, "9")):
        shop.post(receipt(day, supplier, [line(pen, "2", price)]))
    assert [cost for _action, _number, cost in costs(shop, sold)] == ["30.00", "36.00"]
    assert costs(shop, sold)[1][1] == "CR-20260107-0001"


def test_a_line_that_was_once_another_item_has_the_past_of_its_item(shop: Shop) -> None:
    pen, cup, supplier = shop.item("P1"), shop.item("C1"), shop.supplier("S1")
    bought = shop.post_one(receipt(1, supplier, [line(cup, "4", "5")]))
    sold = shop.post_one(delivery(2, shop.customer("K1"), [line(pen, "2")]))
    shop.amend(bought, receipt(1, supplier, [line(pen, "4", "6")]))
    assert [cost for _action, _number, cost in costs(shop, sold)] == ["0.00", "12.00"]


def test_one_line_is_wanted(shop: Shop) -> None:
    pen, supplier = shop.item("P1"), shop.supplier("S1")
    bought = shop.post_one(receipt(1, supplier, [line(pen, "4", "5"), line(pen, "1", "7")]))
    with pytest.raises(UserError) as refused:
        costs(shop, bought)
    assert (refused.value.text.id, refused.value.text.params["lines"]) == ("why.history.which_line", [1, 2])
    assert costs(shop, bought, 2) == [("post", "CR-20260101-0001", "7.00")]


def test_too_long_a_past_is_refused(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    pen, supplier = shop.item("P1"), shop.supplier("S1")
    bought = shop.post(*(receipt(1, supplier, [line(pen, "1", "5")]) for _ in range(3)))
    monkeypatch.setattr(history, "MOST_STEPS", 2)
    with pytest.raises(UserError) as refused:
        costs(shop, bought[2])
    assert refused.value.text.id == "why.history.too_long"
    monkeypatch.setattr(cost_versions, "MOST_MOVES", 2)
    with pytest.raises(UserError) as refused:
        costs(shop, bought[2])
    assert refused.value.text.id == "why.history.too_many"


@pytest.mark.parametrize("costing", ["moving_average", "fifo"])
def test_behind_a_transfer_the_cost_comes_from_the_other_warehouse(tmp_path: Path, costing: str) -> None:
    shop = open_shop(tmp_path, cost_pool="warehouse", costing=costing)
    pen, branch = shop.item("P1"), shop.warehouse("02")
    shop.post(opening_stock([line(pen, "100", unit_cost="2")]))
    shop.post(transfer(8, [line(pen, "60")], branch))
    sold = shop.post_one(delivery(9, shop.customer("C1"), [line(pen, "30", "5")], warehouse=branch))
    known = costs(shop, sold)
    assert [(action, cost) for action, _number, cost in known] == [("post", "60.00")]
    shop.post(cost_change(5, [line(pen, "0", amount="100")]))
    assert [(action, cost) for action, _number, cost in costs(shop, sold)] == [("post", "60.00"), ("post", "90.00")]


def test_a_product_is_known_at_what_its_parts_cost_now(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    pen, box = shop.item("P1"), shop.item("B1")
    shop.post(opening_stock([line(pen, "100", unit_cost="2")]))
    shop.post(assembly(8, line(box, "5"), [line(pen, "20")]))
    sold = shop.post_one(delivery(9, shop.customer("C1"), [line(box, "1", "50")]))
    assert [cost for _action, _number, cost in costs(shop, sold)] == ["8.00"]
