"""Rows of a spreadsheet with headings of its own: every column arrives, and everything wrong is painted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.ui.editor.typed import discount, plain
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot, shop: Shop) -> Hands:
    """Two warehouses, water in bottles and boxes, a delivery to be entered."""
    shop.warehouse("W2", "分仓")
    shop.item("WATER", "水", units=[{"unit": "箱", "num": 24, "den": 1}], retail_price=2_000_000)
    hands = Hands(window, qtbot, "delivery_note")
    hands.page.grid.open_next()
    return hands


def _paste(hands: Hands, *rows: str) -> None:
    QApplication.clipboard().setText("\r\n".join(row.replace("|", "\t") for row in rows) + "\r\n")
    hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def _lines(hands: Hands) -> list[ItemLine]:
    return list(hands.page.entry.draft.lines.values())


def _shown(hands: Hands, row: int, name: str) -> str:
    lines = hands.page.lines
    return str(lines.index(row, lines.place(name)).data() or "")


def _is_there(hands: Hands, name: str) -> bool:
    return not hands.page.grid.isColumnHidden(hands.page.lines.place(name))


def test_every_column_of_an_invoice_arrives(hands: Hands) -> None:
    assert not _is_there(hands, "is_gift")
    assert not _is_there(hands, "warehouse")
    _paste(
        hands,
        "货号|商品全名|出库仓库|计量单位|实发数量|含税单价|折扣率|税率|是否赠品|摘要",
        "WATER|水|分仓|箱|2|¥48.00|95%|13%|否|急",
        "WATER|水||个|1|||0.03|是|",
    )
    hands.until(lambda: len(_lines(hands)) == 2)
    sold, gift = _lines(hands)
    names = ("unit", "quantity", "price", "discount", "tax_rate", "warehouse", "note")
    assert [_shown(hands, 0, name) for name in names] == ["箱", "2", "48.00", "95%", "13%", "分仓", "急"]
    assert str(sold.gross) == "91.20"
    assert (gift.is_gift, str(gift.gross), str(gift.price)) == (True, "0.00", "2")
    assert _shown(hands, 1, "is_gift") == "赠"
    assert _is_there(hands, "is_gift")
    assert _is_there(hands, "warehouse")
    assert not hands.page.told.isVisible()
    hands.page.entry.undo()
    assert not _lines(hands)


def test_an_amount_without_a_price_stands(hands: Hands) -> None:
    _paste(hands, "Item code|Qty|Amount|Memo", "P1|3|10|x", "WATER|2|")
    hands.until(lambda: len(_lines(hands)) == 2)
    assert [str(line.gross) for line in _lines(hands)] == ["10.00", "4.00"]


def test_five_hundred_rows_with_everything_are_one_step(hands: Hands) -> None:
    rows = [f"WATER|{('总仓', '分仓')[n % 2]}|{('个', '箱')[n % 2]}|{n + 1}|{n}.5|是" for n in range(500)]
    _paste(hands, "商品编码|仓库|单位|数量|单价|赠品", *rows)
    hands.until(lambda: len(_lines(hands)) == 500)
    assert [_shown(hands, 499, name) for name in ("warehouse", "unit", "quantity")] == ["分仓", "箱", "500"]
    hands.page.entry.undo()
    assert not _lines(hands)


def test_all_that_is_wrong_is_painted(hands: Hands) -> None:
    _paste(
        hands,
        "商品编码|仓库|单位|数量|单价|折扣|税率|赠品",
        "WATER|天仓|桶|many|cheap|9.5|often|maybe",
        "ABSENT||||||",
    )
    hands.until(lambda: len(_lines(hands)) == 2)
    first, second = _lines(hands)
    names = ("warehouse", "unit", "quantity", "price", "discount", "tax_rate", "is_gift")
    assert hands.page.lines.wrong == {(first.key, name) for name in names} | {(second.key, "item")}
    assert _is_there(hands, "is_gift")
    assert "第 1 行：数量 应是数字" in hands.page.told.text()


def test_what_is_shown_is_copied_and_pasted_back(hands: Hands) -> None:
    _paste(
        hands, "商品编码|仓库|单位|数量|单价|折扣|税率|赠品", "WATER|分仓|箱|2|48|9折|13|", "WATER|总仓|个|1|2||3%|赠"
    )
    hands.until(lambda: len(_lines(hands)) == 2)
    told = [[_shown(hands, row, column.name) for column in hands.page.lines.columns] for row in range(2)]
    hands.page.grid.leave_cell()
    hands.page.grid.setFocus()
    hands.page.grid.selectAll()
    hands.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    hands.page.grid.open_next()
    hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: len(_lines(hands)) == 4)
    assert [[_shown(hands, row, column.name) for column in hands.page.lines.columns] for row in (2, 3)] == told


@pytest.mark.parametrize(
    ("text", "share"),
    [("95%", "0.95"), ("95", "0.95"), ("9.5折", "0.95"), ("95折", "0.95"), ("0.95", "0.95"), ("1", "1")],
)
def test_a_discount_is_written_in_many_ways(text: str, share: str) -> None:
    assert discount(text) == share


def test_a_bare_figure_that_could_be_two_discounts_is_left_to_be_refused() -> None:
    assert discount("9.5") == "9.5"


def test_what_nobody_understands_stays_as_it_is() -> None:
    assert plain(Field("is_gift", FieldType.YES_NO), "vielleicht") == "vielleicht"
    assert plain(Field("is_gift", FieldType.YES_NO), "×") == "false"
    assert plain(Field("tax_rate", FieldType.RATE), "免税") == "0"
    assert plain(Field("tax_rate", FieldType.RATE), "viel") == "viel"
    assert plain(Field("discount", FieldType.RATE), "viel") == "viel"
    assert plain(Field("quantity", FieldType.QUANTITY), "１，２００ ") == "1200"


def test_a_warehouse_is_typed_by_the_beginning_of_its_name(hands: Hands) -> None:
    hands.type("WATER")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    lines = hands.page.lines
    assert lines.enter(0, "warehouse", "分")
    assert _shown(hands, 0, "warehouse") == "分仓"
    assert not lines.enter(0, "warehouse", "天仓")
    assert "总仓" in hands.page.told.text()


def test_one_key_makes_a_gift_and_another_changes_the_unit(hands: Hands) -> None:
    hands.type("WATER")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("3")
    hands.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: _lines(hands)[0].unit == "箱")
    assert (str(_lines(hands)[0].quantity), str(_lines(hands)[0].price)) == ("3", "48")
    hands.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert (_lines(hands)[0].is_gift, str(_lines(hands)[0].gross)) == (True, "0.00")
    hands.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert (_lines(hands)[0].is_gift, str(_lines(hands)[0].gross)) == (False, "144.00")
    assert hands.at() == (0, "quantity")
    hands.enter()
    hands.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: _lines(hands)[0].unit == "个")
    assert [_shown(hands, 0, name) for name in ("quantity", "price", "gross")] == ["3", "2.00", "6.00"]


def test_an_item_with_one_unit_says_so(hands: Hands) -> None:
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    hands.until(hands.page.told.isVisible)
    assert _lines(hands)[0].unit == "个"
