"""Entering a document by keys alone: what is pressed, what stands on the screen, what is in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.documents import list_documents
from jxc_desktop.services.drafts import kept_drafts, save_drafts
from jxc_desktop.ui.editor.drafts_menu import DraftsMenu
from jxc_desktop.ui.editor.page import EditorPage
from tests.builders import delivery, line
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui


def test_a_sale_without_a_mouse(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    """The recorded key script: it never changes in an update."""
    hands = Hands(window, qtbot, "delivery_note")
    hands.type("C1")
    hands.enter()
    hands.until(lambda: hands.page.entry.draft.head.party_name == "老王")
    hands.until(lambda: hands.at() == (0, "item"))
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    assert hands.cells() == [("P1", "1", "1234.5")]
    hands.type("3")
    hands.enter()
    assert hands.at() == (0, "price")
    hands.type("6.5")
    hands.enter()
    assert hands.at() == (1, "item")
    assert hands.cells() == [("P1", "3", "6.5")]
    hands.press(Qt.Key.Key_F10)
    hands.until(lambda: not hands.page.entry.draft.lines)
    posted = shop.book.read(list_documents, type="delivery_note")
    assert [(str(each.amount), each.party) for each in posted] == [("19.50", "老王"), ("2469.00", "老王")]
    hands.until(hands.page.head.fields["party"].hasFocus)


def test_everything_wrong_is_said_at_once_and_the_first_is_in_reach(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.press(Qt.Key.Key_F10)
    assert hands.page.told.isVisible()
    assert len(hands.page.told.text().splitlines()) == 2
    assert hands.page.head.fields["party"].hasFocus()


def test_a_quantity_that_is_none_stays_open(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "goods_receipt", "purchasing")
    hands.page.grid.open_next()
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("abc")
    hands.enter()
    assert hands.at() == (0, "quantity")
    assert hands.page.told.isVisible()
    assert hands.cells() == [("P1", "1", "0")]


def test_what_is_unknown_is_said(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.page.grid.open_next()
    hands.type("nothing")
    hands.enter()
    hands.until(hands.page.told.isVisible)
    assert "nothing" in hands.page.told.text()
    assert not hands.cells()


def test_undo_and_redo(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.page.grid.open_next()
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("7")
    hands.enter()
    hands.page.entry.undo()
    assert hands.cells()[0][1] == "1"
    hands.page.entry.undo()
    assert not hands.cells()
    hands.page.entry.redo()
    hands.page.entry.redo()
    assert hands.cells()[0][1] == "7"


def test_a_sale_over_the_counter_is_settled_and_posted(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = Hands(window, qtbot, "retail_sale")
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.enter()
    hands.type("5")
    hands.enter()
    hands.press(Qt.Key.Key_F8)
    assert hands.page.tender is not None
    assert hands.page.tender.amount.text() == "5.00"
    hands.press(Qt.Key.Key_F10)
    hands.until(lambda: not hands.page.entry.draft.lines)
    assert [str(each.amount) for each in shop.book.read(list_documents, type="retail_sale")] == ["5.00"]


def test_what_was_entered_survives_a_kill(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.page.grid.open_next()
    hands.type("P1")
    hands.enter()
    hands.until(lambda: bool(hands.cells()))
    hands.until(lambda: bool(shop.book.read(kept_drafts)))
    saved = shop.book.read(kept_drafts)[0].document
    assert [line.item_code for line in saved.lines] == ["P1"]


def test_a_closed_page_comes_back_with_its_lines_and_posting_ends_the_draft(
    window: MainWindow, qtbot: QtBot, shop: Shop
) -> None:
    hands = Hands(window, qtbot, "retail_sale")
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("2")
    window.tabs["sales"].close_page(1)
    hands.until(lambda: bool(shop.book.read(kept_drafts)))
    again = Hands(window, qtbot, "retail_sale")
    assert [each[:2] for each in again.cells()] == [("P1", "2")]
    again.page.settle()
    again.page.post()
    again.until(lambda: not again.page.entry.draft.lines)
    assert not shop.book.read(kept_drafts)
    assert len(shop.book.read(list_documents, type="retail_sale")) == 1


def test_cleared_is_gone(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = Hands(window, qtbot, "retail_sale")
    hands.type("P1")
    hands.enter()
    hands.until(lambda: bool(shop.book.read(kept_drafts)))
    hands.page._clear()
    hands.until(lambda: not shop.book.read(kept_drafts))
    assert not hands.cells()


def _paste(hands: Hands, text: str) -> None:
    QApplication.clipboard().setText(text)
    hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_five_hundred_rows_of_a_spreadsheet_are_lines_in_one_step(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    shop.item("WATER", "水", barcodes=[{"barcode": "6921168509256", "unit": "个"}])
    names = ("P1", "6921168509256", "水", "笔")
    rows = [f"{names[at % 4]}\t{at + 1}\t{at + 1:,}.50" for at in range(500)]
    hands = Hands(window, qtbot, "delivery_note")
    hands.page.grid.open_next()
    _paste(hands, "\r\n".join(rows) + "\r\n")
    hands.until(lambda: len(hands.cells()) == 500)
    assert hands.cells()[1] == ("WATER", "2", "2.5")
    assert hands.cells()[499] == ("P1", "500", "500.5")
    assert not hands.page.told.isVisible()
    hands.page.entry.undo()
    assert not hands.cells()
    hands.page.entry.redo()
    assert len(hands.cells()) == 500


def test_rows_without_a_price_get_one_and_headings_name_columns_in_any_order(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "goods_receipt", "purchasing")
    hands.page.grid.open_next()
    _paste(hands, "数量\t谁知道\t名称\t单价\n3\tx\t笔\t¥1,000.25\n4\ty\t笔\t2\n")
    hands.until(lambda: hands.cells() == [("P1", "3", "1000.25"), ("P1", "4", "2")])
    hands.page.grid.open_next()
    _paste(hands, "笔\t7\nP1\t8")
    hands.until(lambda: len(hands.cells()) == 4)
    assert [each[1] for each in hands.cells()] == ["3", "4", "7", "8"]


def test_rows_that_are_not_understood_stay_and_are_told(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.type("C1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "item"))
    _paste(hands, "商品\t数量\nP1\t2\nwhat\t3\nP1\tmany\n")
    hands.until(lambda: len(hands.cells()) == 3)
    assert [each[:2] for each in hands.cells()] == [("P1", "2"), ("what", "3"), ("P1", "0")]
    lines = list(hands.page.entry.draft.lines.values())
    assert hands.page.lines.wrong == {(lines[1].key, "item"), (lines[2].key, "quantity")}
    told = hands.page.told.text().splitlines()
    assert len(told) == 3
    assert "what" in told[1]
    assert "many" in told[2]
    hands.page.post()
    hands.until(lambda: hands.at() == (2, "quantity"))
    hands.type("2")
    hands.press(Qt.Key.Key_F10)
    hands.until(lambda: hands.at() == (1, "item"))


def test_what_is_copied_pastes_back_the_same(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.page.grid.open_next()
    _paste(hands, "P1\t2\t1234.5\nP1\t3\t0.125\n")
    hands.until(lambda: len(hands.cells()) == 2)
    before = hands.cells()
    hands.page.grid.leave_cell()
    hands.page.grid.setFocus()
    hands.page.grid.selectAll()
    hands.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().splitlines()[1].split("\t")[0] == "P1"
    hands.page.grid.open_next()
    hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: len(hands.cells()) == 4)
    assert hands.cells() == [*before, *before]


def test_figures_pasted_on_a_quantity_go_down_from_there(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.page.grid.open_next()
    _paste(hands, "P1\t1\t5\nP1\t1\t5\n")
    hands.until(lambda: len(hands.cells()) == 2)
    hands.page.grid.open_cell(0, "quantity")
    _paste(hands, "6\n7\n8\n")
    assert [each[1] for each in hands.cells()] == ["6", "7"]
    assert "1" in hands.page.told.text()
    hands.page.entry.undo()
    assert [each[1] for each in hands.cells()] == ["1", "1"]


def test_closing_the_window_keeps_the_last_key(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = Hands(window, qtbot, "retail_sale")
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("7")
    window.close()
    kept = shop.book.read(kept_drafts)
    assert [str(line.quantity) for each in kept for line in each.document.lines] == ["7"]


def test_what_is_kept_in_stock_is_counted(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = Hands(window, qtbot, "stock_count", "inventory")
    hands.page.grid.open_next()
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("7")
    hands.enter()
    hands.press(Qt.Key.Key_F10)
    hands.until(lambda: not hands.page.entry.draft.lines)
    assert len(shop.book.read(list_documents, type="stock_count")) == 1


def test_a_cell_that_is_entered_anew_is_no_longer_wrong(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.type("C1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "item"))
    _paste(hands, "商品\t数量\nP1\tmany\n")
    hands.until(lambda: len(hands.cells()) == 1)
    assert hands.page.told.isVisible()
    hands.page.grid.open_cell(0, "quantity")
    hands.type("2")
    hands.enter()
    assert not hands.page.lines.wrong
    assert not hands.page.told.isVisible()


def test_f7_lists_the_other_drafts_and_opens_one_on_its_own_page(
    window: MainWindow, qtbot: QtBot, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DraftsMenu, "popup", lambda *_given: None)
    hands = Hands(window, qtbot, "delivery_note")
    customer, pen = shop.find("party", "C1"), shop.find("item", "P1")
    assert customer is not None
    assert pen is not None
    draft = delivery(7, customer.id, [line(pen.id, "4", "5")])
    named = changed(draft, id=shop.book.ids.new_id(), party_name="老王")
    shop.book.do(save_drafts, drafts=[named])
    hands.press(Qt.Key.Key_F7)
    hands.until(lambda: bool(hands.page.drafts.actions()))
    (action,) = hands.page.drafts.actions()
    assert "老王" in action.text()
    action.trigger()
    opened = window.front()
    assert isinstance(opened, EditorPage)
    assert opened is not hands.page
    hands.until(lambda: [str(each.quantity) for each in opened.entry.draft.lines.values()] == ["4"])
    hands.page.show_drafts()
    hands.until(lambda: not hands.page.drafts.actions()[0].isEnabled())
