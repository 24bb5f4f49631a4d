"""Counting: sheets, counts while the shop trades, what is counted again, why a count may differ."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import HasProblems, NotFound, UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.services.counting import CountLine, CountResult, Tolerance, count_result, count_sheet, post_count
from tests.builders import NOW, Shop, adjustment, count, delivery, line, open_shop, receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOX = [{"unit": "箱", "num": 24, "den": 1}]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """100 pens (24 in a box) at 2.00 and 10 cups at 3.00 in 总仓, 5 cups in 分仓, and a rod never bought."""
    made = open_shop(tmp_path)
    with made.book:
        pen = made.item("P1001", "笔", units=BOX)
        cup, second = made.item("P2002", "杯"), made.warehouse("02", "分仓")
        made.item("P3003", "尺")
        lines = [line(pen, "100", "2"), line(cup, "10", "3"), line(cup, "5", "3", warehouse=second)]
        made.post(receipt(5, made.supplier("S1"), lines))
        yield made


def sheet(shop: Shop, **given: Any) -> dict[str, Any]:
    """A sheet of 总仓."""
    made: dict[str, Any] = shop.book.read(count_sheet, **{"warehouse": "01", "now_ms": shop.clock.now_ms(), **given})
    return made


def filled(content: dict[str, Any], **counted: str | None) -> dict[str, Any]:
    """The sheet with quantities by item code."""
    lines = [{**each, "counted": counted.get(each["item_code"], each["counted"])} for each in content["lines"]]
    return {**content, "lines": lines}


def result(shop: Shop, content: Any, **given: Any) -> CountResult:
    """What was counted against the books."""
    return shop.book.read(count_result, content=content, **given)


def compared(shop: Shop, content: Any, **given: Any) -> dict[str, CountLine]:
    """The lines of the result by code."""
    return {each.item_code: each for each in result(shop, content, **given).lines}


def causes(shop: Shop, content: Any) -> dict[str, list[str]]:
    """What may explain the differences, by code."""
    found = compared(shop, content).items()
    return {code: [each.id.removeprefix("count.cause.") for each in made.causes] for code, made in found}


def held(shop: Shop, code: str, warehouse: str = "01") -> str:
    """What the books have of an item."""
    text = (
        "SELECT s.quantity FROM stock_on_hand s JOIN item i ON i.id = s.item JOIN warehouse w ON w.id = s.warehouse"
        " WHERE i.code = ? AND w.code = ?"
    )
    ((quantity,),) = shop.rows(text, code, warehouse)
    return str(Quantity(quantity))


def test_a_sheet_lists_what_the_books_have(shop: Shop) -> None:
    made = sheet(shop)
    assert (made["warehouse_code"], made["snapshot"]["date"], made["is_blind"]) == ("01", "2026-01-31", False)
    assert [(each["item_code"], each["book_quantity"], each["counted"]) for each in made["lines"]] == [
        ("P1001", "100", None),
        ("P2002", "10", None),
    ]
    assert [each["item_code"] for each in sheet(shop, has_empty=True)["lines"]] == ["P1001", "P2002", "P3003"]
    assert [each["book_quantity"] for each in sheet(shop, is_blind=True)["lines"]] == [None, None]
    assert [each["item_code"] for each in sheet(shop, items=["尺", "P1001"])["lines"]] == ["P1001", "P3003"]
    assert [each["book_quantity"] for each in sheet(shop, warehouse="02")["lines"]] == ["5"]
    with pytest.raises(NotFound):
        sheet(shop, warehouse="09")


def test_a_category_is_counted_with_those_under_it(shop: Shop) -> None:
    top = shop.card("category", "K1", "文具")
    shop.item("P1001", "笔", category=shop.card("category", "K2", "笔类", parent=top))
    assert [each["item_code"] for each in sheet(shop, category="文具")["lines"]] == ["P1001"]
    assert sheet(shop, category=shop.card("category", "K3", "其他"))["lines"] == []


def test_a_count_becomes_what_lies_there(shop: Shop) -> None:
    shop.book.do(post_count, content=filled(sheet(shop), P1001="98"))
    assert (held(shop, "P1001"), held(shop, "P2002")) == ("98", "10")
    assert [each["last_counted"] for each in sheet(shop)["lines"]] == ["2026-01-31", None]


def test_what_nobody_counted_is_left_or_taken_for_nothing(shop: Shop) -> None:
    content = filled(sheet(shop), P1001="100")
    assert (result(shop, content).skipped, result(shop, content, uncounted="zero").skipped) == (1, 0)
    shop.book.do(post_count, content=content, uncounted="zero")
    assert (held(shop, "P1001"), held(shop, "P2002"), held(shop, "P2002", "02")) == ("100", "0", "5")


def trade(shop: Shop) -> None:
    """What happens while people count."""
    pen, party = shop.find("item", "P1001"), shop.customer("C1")
    assert pen
    shop.post(
        delivery(31, party, [line(pen.id, "7", "5")]),
        receipt(31, shop.supplier("S1"), [line(pen.id, "20", "2.5")]),
        delivery(31, party, [line(pen.id, "3", "5")]),
    )


def test_a_count_while_trading_finds_what_a_closed_shop_finds(shop: Shop, tmp_path: Path) -> None:
    content = filled(sheet(shop), P1001="96", P2002="11")
    trade(shop)
    made = compared(shop, content)["P1001"]
    assert [str(each) for each in (made.counted, made.book, made.moved, made.quantity, made.difference)] == [
        "96",
        "100",
        "10",
        "106",
        "-4",
    ]
    shop.book.do(post_count, content=content)
    with (closed := open_shop(tmp_path, name="closed")).book:
        pen, cup = closed.item("P1001", "笔", units=BOX), closed.item("P2002", "杯")
        closed.post(receipt(5, closed.supplier("S1"), [line(pen, "100", "2"), line(cup, "10", "3")]))
        closed.book.do(post_count, content=filled(sheet(closed), P1001="96", P2002="11"))
        trade(closed)
        assert (held(shop, "P1001"), held(shop, "P2002")) == (held(closed, "P1001"), held(closed, "P2002"))
    assert (held(shop, "P1001"), held(shop, "P2002")) == ("106", "11")


def test_what_is_entered_late_but_happened_before_moves_the_difference_not_the_count(shop: Shop) -> None:
    content = filled(sheet(shop), P1001="120")
    pen = shop.find("item", "P1001")
    assert pen
    shop.post(receipt(20, shop.supplier("S1"), [line(pen.id, "20", "2")]))
    made = compared(shop, content)["P1001"]
    assert (str(made.book), str(made.moved), str(made.difference)) == ("120", "0", "0")
    shop.book.do(post_count, content=content)
    assert held(shop, "P1001") == "120"


def test_another_count_in_between_is_no_movement(shop: Shop) -> None:
    content = filled(sheet(shop), P1001="96")
    pen = shop.find("item", "P1001")
    assert pen
    shop.post(count(31, [line(pen.id, "97")]), adjustment(31, "scrap", [line(pen.id, "2")]))
    made = compared(shop, content)["P1001"]
    assert (str(made.moved), str(made.quantity)) == ("-2", "94")
    shop.book.do(post_count, content=content)
    assert held(shop, "P1001") == "94"


def test_each_shelf_may_say_when_it_was_counted(shop: Shop) -> None:
    content = filled(sheet(shop), P1001="90")
    pen = shop.find("item", "P1001")
    assert pen
    shop.post(delivery(31, shop.customer("C1"), [line(pen.id, "7", "5")]))
    shop.clock.put(NOW + 3_600_000)
    early, late = content["lines"][0], {"item_code": "P1001", "counted": "2", "counted_at": "2026-01-31T13:00"}
    assert str(compared(shop, content)["P1001"].moved) == "-7"
    made = compared(shop, {**content, "lines": [early, late]})["P1001"]
    assert [str(each) for each in (made.counted, made.book, made.moved)] == ["92", "93", "0"]


def test_units_are_converted_and_lines_of_one_item_added_up(shop: Shop) -> None:
    content = sheet(shop)
    lines = [{"item": "笔", "unit": "箱", "counted": 4}, {"item_code": "P1001", "counted": "4"}]
    (made,) = result(shop, {**content, "lines": lines}).lines
    assert (str(made.counted), made.unit, made.causes) == ("100", "个", ())


def test_large_differences_are_counted_again(shop: Shop) -> None:
    content = filled(sheet(shop), P1001="98", P2002="4")

    def again(tolerance: Tolerance | None) -> list[str]:
        return [code for code, made in compared(shop, content, tolerance=tolerance).items() if made.is_recount]

    assert [str(made.worth) for made in compared(shop, content).values()] == ["-4.00", "-18.00"]
    assert again(None) == ["P1001", "P2002"]
    assert again(Tolerance(quantity=Quantity.parse("2"))) == ["P2002"]
    assert again(Tolerance(value=Money.parse("3.99"))) == ["P1001", "P2002"]
    assert again(Tolerance(Quantity.parse("6"), Money.parse("18"))) == []


@pytest.mark.parametrize(
    ("counted", "cause"),
    [
        ("4", []),
        ("5", ["unit_as_base"]),
        ("2880", ["base_as_unit"]),
        ("97", ["packs_as_pieces"]),
        ("143", ["pieces_as_packs"]),
        ("72", ["packs_missing"]),
        ("144", ["packs_too_many"]),
        ("120", []),
        ("119", []),
    ],
)
def test_a_mixed_up_unit_is_found(shop: Shop, counted: str, cause: list[str]) -> None:
    pen = shop.find("item", "P1001")
    assert pen
    shop.post(receipt(6, shop.supplier("S1"), [line(pen.id, "20", "2")]))
    assert causes(shop, filled(sheet(shop), P1001=counted))["P1001"] == cause


def test_two_items_taken_for_each_other_are_found(shop: Shop) -> None:
    party, codes = shop.supplier("S1"), {"N103": "铁钉", "N130": "铁钉", "Z9": "锤", "Q7": "锯"}
    shop.post(receipt(6, party, [line(shop.item(code, name), "50", "1") for code, name in codes.items()]))
    found = compared(shop, filled(sheet(shop), N103="62", N130="38", Z9="62", Q7="38"))
    assert {code: [cause.id for cause in each.causes] for code, each in found.items()} == {
        "N103": ["count.cause.swapped"],
        "N130": ["count.cause.swapped"],
        "Q7": [],
        "Z9": [],
    }
    assert found["N103"].causes[0].params["code"] == "N130"
    assert causes(shop, filled(sheet(shop), N103="62", N130="48"))["N103"] == []


def test_what_was_sold_before_it_came_is_found_until_it_is_counted(shop: Shop) -> None:
    rod, party = shop.item("P3003", "尺", reference_cost=1_000_000), shop.customer("C1")
    shop.post(delivery(8, party, [line(rod, "3", "5")]), receipt(9, shop.supplier("S1"), [line(rod, "9", "1")]))
    (made,) = result(shop, filled(sheet(shop), P3003="5")).lines
    assert [cause.id for cause in made.causes] == ["count.cause.sold_before_received"]
    assert made.causes[0].params == {"date": "2026-01-08", "number": "XS-20260108-0001"}
    assert causes(shop, filled(sheet(shop), P3003="6"))["P3003"] == []
    shop.book.do(post_count, content=filled(sheet(shop), P3003="5"))
    assert causes(shop, filled(sheet(shop), P3003="4"))["P3003"] == []


def test_faults_are_told_all_at_once_with_their_rows(shop: Shop) -> None:
    lines = [
        {"item_code": "P9", "counted": "1"},
        {"item_code": "P1001", "counted": "约50", "row": 7},
        {"item_code": "P1001", "counted": "-1"},
        {"item_code": "P1001", "counted": "1", "unit": "打"},
        {"item_code": "P2002", "counted": "1", "counted_at": "noon"},
        "P1001",
    ]
    with pytest.raises(HasProblems) as refused:
        result(shop, {**sheet(shop), "lines": lines})
    assert [(each.place, each.text.id) for each in refused.value.problems] == [
        (("lines", 1, "item"), "master.not_found"),
        (("lines", 7, "counted"), "count.not_a_quantity"),
        (("lines", 3, "counted"), "count.negative"),
        (("lines", 4, "unit"), "line.unknown_unit"),
        (("lines", 5, "counted_at"), "count.not_a_time"),
        (("lines", 6, "item"), "count.not_a_line"),
    ]


def test_more_was_sold_than_was_counted(shop: Shop) -> None:
    content = filled(sheet(shop), P1001="5")
    trade(shop)
    pen = shop.find("item", "P1001")
    assert pen
    shop.post(delivery(31, shop.customer("C1"), [line(pen.id, "30", "5")]))
    with pytest.raises(HasProblems) as refused:
        shop.book.do(post_count, content=content)
    assert [(each.place, each.text.id) for each in refused.value.problems] == [
        (("lines", "P1001", "counted"), "count.below_zero")
    ]
    assert held(shop, "P1001") == "80"


BAD: list[Any] = [None, {}, {"lines": []}, {"snapshot": {"date": "x", "position": "1"}, "lines": []}]


@pytest.mark.parametrize("content", BAD)
def test_what_is_no_sheet_is_refused(shop: Shop, content: Any) -> None:
    with pytest.raises(UserError) as refused:
        result(shop, content)
    assert refused.value.text.id == "count.not_a_sheet"


def test_a_count_needs_something_counted_and_a_day_after_the_snapshot(shop: Shop) -> None:
    with pytest.raises(UserError) as nothing:
        shop.book.do(post_count, content=sheet(shop))
    with pytest.raises(UserError) as early:
        result(shop, sheet(shop), on=date(2026, 1, 30))
    with pytest.raises(UserError) as choice:
        result(shop, sheet(shop), uncounted="maybe")
    ids = [each.value.text.id for each in (nothing, early, choice)]
    assert ids == ["count.nothing_counted", "count.before_snapshot", "count.uncounted_choice"]
