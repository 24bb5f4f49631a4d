"""Short histories that were once told differently by the product and the model, and rare corners of the rule of cost.

Each ends with both in agreement on every row, and with the records alone giving the same rows again.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.reference.records import Document, Expense, Line
from tests.services.compare import differences
from tests.services.twin import Corner, Twin, every_row, make_template, rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MICRO = 1_000_000


class Teller:
    """Enters documents of one or two lines in a twin, named a, b, c … in the order of entry."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        self._names = iter("abcdefghijkl")

    def enter(self, kind: str, on: tuple[int, int], *lines: Line, **more: Any) -> str:
        """Post a document dated (month, day) and compare."""
        name = next(self._names)
        party = {"purchase_return": "farm", "goods_receipt": "farm", "expense": "farm"}.get(kind, "wang")
        if kind in {"stock_count", "stock_adjustment", "opening_stock"}:
            party = ""
        assert self.twin.post(Document(name, kind, date(2026, *on), lines, party, **more))
        assert differences(self.twin) == []
        return name

    def reverse(self, name: str, on: tuple[int, int]) -> str:
        """Reverse a document and compare."""
        new = next(self._names)
        assert self.twin.reverse(name, new, date(2026, *on))
        assert differences(self.twin) == []
        return new

    def lines_of(self, name: str) -> tuple[Line, ...]:
        """The lines of a document."""
        return self.twin.model.documents[name].lines


@pytest.fixture(params=[False, True], ids=["pool of the book", "pool per warehouse"])
def teller(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Teller]:
    corner = Corner("general", is_pool_per_warehouse=request.param)
    make_template(tmp_path / "template.jxc", corner)
    twin = Twin(tmp_path / "template.jxc", tmp_path / "live.jxc", corner)
    yield Teller(twin)
    assert rebuilt(twin.book, twin.template, tmp_path / "rebuilt.jxc") == twin.book.read(every_row)
    twin.close()


def _line(pieces: str, price: int = 0, item: str = "tea", key: int = 1, warehouse: str = "main", **more: Any) -> Line:
    whole, _, part = pieces.lstrip("-").partition(".")
    quantity = int(whole) * MICRO + int(part.ljust(6, "0"))
    reference = {"tea": 5 * MICRO, "salt": 1_235_000}[item]
    sign = -1 if pieces.startswith("-") else 1
    return Line(key, item, sign * quantity, warehouse, price=price, tax_rate=10_000, reference_cost=reference, **more)


def test_a_short_delivery_moves_to_an_earlier_day(teller: Teller) -> None:
    teller.enter("goods_receipt", (1, 20), _line("12.5", 335_000, item="salt"))
    name = teller.enter("delivery_note", (1, 18), _line("12.5", 335_000, item="salt"))
    earlier = Document(name, "delivery_note", date(2026, 1, 12), teller.lines_of(name), "wang")
    assert teller.twin.amend(earlier)
    assert differences(teller.twin) == []


def test_the_voiding_of_one_short_issue_leaves_more_for_the_next(teller: Teller) -> None:
    first = teller.enter("delivery_note", (1, 3), _line("3", 10 * MICRO))
    teller.enter("stock_adjustment", (1, 4), _line("7"), reason="own_use", counter_account="560206")
    teller.enter("goods_receipt", (1, 23), _line("5", 335_000), _line("2", 9_990_000, key=2))
    assert teller.twin.void(first)
    assert differences(teller.twin) == []


def test_a_backdated_receipt_leaves_nothing_short(teller: Teller) -> None:
    teller.enter("delivery_note", (1, 9), _line("5"), _line("1", key=2))
    teller.enter("goods_receipt", (1, 22), _line("3", MICRO))
    teller.enter("opening_stock", (1, 6), _line("12.5", value=9974))


def test_a_reversed_purchase_return_covers_before_what_was_covered_by_a_ticket(teller: Teller) -> None:
    teller.enter("stock_count", (1, 26), _line("5", warehouse="shop"))
    back = teller.enter("purchase_return", (1, 8), _line("3", 9_990_000, warehouse="shop"))
    teller.enter("retail_sale", (1, 18), _line("7", 13 * MICRO))
    teller.enter("retail_sale", (2, 28), _line("-0.333333", 13 * MICRO))
    teller.reverse(back, (1, 10))


@pytest.mark.parametrize("cost", [0, 335_000, 13 * MICRO])
def test_a_count_with_a_cost_sets_the_value_also_where_stock_was_short(teller: Teller, cost: int) -> None:
    teller.enter("stock_count", (2, 3), _line("1", item="salt", unit_cost=cost))
    teller.enter("delivery_note", (1, 4), _line("5", 9_990_000, item="salt"))


@pytest.mark.parametrize("found", ["0", "1", "3", "9"])
def test_a_count_with_a_cost_while_the_other_warehouse_is_short(teller: Teller, found: str) -> None:
    teller.enter("goods_receipt", (1, 3), _line("10", MICRO))
    teller.enter("delivery_note", (1, 4), _line("4", 2 * MICRO, warehouse="shop"))
    count = teller.enter("stock_count", (1, 5), _line(found, unit_cost=13 * MICRO))
    teller.enter("stock_count", (1, 6), _line("2", warehouse="shop", unit_cost=335_000))
    teller.reverse(count, (1, 7))


def test_a_reversed_count_of_two_items_and_one_that_found_nothing(teller: Teller) -> None:
    lines = (_line("0.5", item="salt", warehouse="shop"), _line("3", key=2, warehouse="shop", unit_cost=335_000))
    count = teller.enter("stock_count", (1, 11), *lines)
    teller.enter(
        "stock_adjustment",
        (2, 27),
        _line("0.333333", item="salt"),
        direction="in",
        reason="gift_in",
        counter_account="530103",
    )
    teller.reverse(count, (2, 25))
    same = teller.enter("stock_count", (1, 12), _line("3", warehouse="shop", unit_cost=13 * MICRO))
    teller.reverse(same, (1, 13))


def test_a_return_that_would_bring_a_negative_value_brings_what_the_pool_can_bear(teller: Teller) -> None:
    sale = teller.enter("delivery_note", (1, 5), _line("5", 20 * MICRO))
    teller.enter("sales_return", (1, 6), _line("2", 20 * MICRO, source=(sale, 1)))
    teller.enter("goods_receipt", (1, 7), _line("3", MICRO))
    teller.enter("sales_return", (1, 8), _line("1", 20 * MICRO, source=(sale, 1)))
    teller.enter("sales_return", (1, 9), _line("2", 20 * MICRO, source=(sale, 1)))
    assert teller.twin.model.stock().moves["d", 1].value == 0


def test_a_capped_purchase_return_goes_short_and_is_covered(teller: Teller) -> None:
    receipt = teller.enter("goods_receipt", (1, 3), _line("10", 10 * MICRO))
    teller.enter("goods_receipt", (1, 4), _line("10", 2 * MICRO))
    teller.enter("delivery_note", (1, 5), _line("15", 20 * MICRO))
    teller.enter("purchase_return", (1, 6), _line("4", 10 * MICRO, source=(receipt, 1)))
    teller.enter("purchase_return", (1, 7), _line("6", 10 * MICRO, source=(receipt, 1)))
    teller.enter("goods_receipt", (1, 8), _line("9", 3 * MICRO))


def test_a_line_that_went_short_comes_back_into_its_own_shortage_first(teller: Teller) -> None:
    teller.enter("delivery_note", (1, 4), _line("5", 20 * MICRO))
    second = teller.enter("delivery_note", (1, 5), _line("5", 20 * MICRO))
    teller.enter("goods_receipt", (1, 6), _line("7", 3 * MICRO))
    teller.enter("sales_return", (1, 7), _line("4", 20 * MICRO, source=(second, 1)))
    teller.enter("goods_receipt", (1, 8), _line("9", 4 * MICRO))


def test_a_reversed_document_cannot_be_returned_and_a_reversal_not_reversed(teller: Teller) -> None:
    sale = teller.enter("retail_sale", (1, 5), _line("5", 20 * MICRO))
    red = teller.reverse(sale, (1, 6))
    assert not teller.twin.reverse(red, "z", date(2026, 1, 7))
    back = Document("y", "sales_return", date(2026, 1, 8), (_line("1", source=(sale, 1)),), "wang")
    assert not teller.twin.post(back)


def test_an_expense_that_a_supplier_is_owed(teller: Teller) -> None:
    teller.enter("expense", (2, 20), expenses=(Expense("560206", 2771),), tenders=(("1001", 1385),))
