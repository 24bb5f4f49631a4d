"""Cards in the window: seen, changed, made, refused with the field that is wrong, never lost unsaved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from jxc_desktop.masters.registry import KINDS
from jxc_desktop.services.card_values import card_content
from jxc_desktop.ui.screens.card_page import CardPage
from jxc_desktop.ui.shell.running import Running
from jxc_desktop.ui.shell.start_page import StartPage
from jxc_desktop.ui.widgets.page import CARD, Address
from tests.ui.conftest import OwnPlaces
from tests.ui.hands import list_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui

ITEMS = Address("inventory", "cards", "item")


def _card(window: MainWindow, qtbot: QtBot) -> CardPage:
    page = window.front()
    assert isinstance(page, CardPage)
    qtbot.waitUntil(lambda: window.ops.is_idle)
    return page


def _type(page: CardPage, name: str, text: str) -> None:
    field = page.fields.widgets[name]
    assert isinstance(field, QLineEdit)
    field.setText(text)


def test_enter_in_the_list_opens_a_card_with_its_stock_and_f9_keeps_what_was_changed(
    window: MainWindow, qtbot: QtBot, shop: Shop
) -> None:
    QTest.keyClick(list_of(window, qtbot, ITEMS).body.table, Qt.Key.Key_Return)
    page = _card(window, qtbot)
    assert page.title == "商品 笔"
    assert [page.fields.texts()[name] for name in ("code", "name", "kind", "is_active")] == ["P1", "笔", "goods", "yes"]
    assert page._state.text() == ""
    assert any("8 " in each.text() for each in page.beside().findChildren(type(page._title)))
    _type(page, "retail_price", "3.5")
    _type(page, "units", "箱=12；盒=6")
    assert page._state.text() == "未保存"
    QTest.keyClick(page.fields.widgets["name"], Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page._state.text() == "" and window.ops.is_idle, timeout=10_000)
    kept = shop.book.read(card_content, kind="item", reference="P1")
    assert kept["retail_price"] == "3.5"
    assert [(each["unit"], each["num"], each["den"]) for each in kept["units"]] == [("箱", 12, 1), ("盒", 6, 1)]
    assert (kept["name"], kept["is_active"]) == ("笔", True)
    assert page.fields.texts()["units"] == "箱=12; 盒=6"


def test_a_new_card_is_made_from_the_list_and_appears_in_it(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    listed = list_of(window, qtbot, ITEMS)
    QTest.keyClick(listed.body.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = _card(window, qtbot)
    assert page.title == "新建商品"
    assert page._state.text() == ""
    for name, text in (("code", "P2"), ("name", "纸"), ("base_unit", "张"), ("barcodes", "6901234567892")):
        _type(page, name, text)
    page.save_button.click()
    qtbot.waitUntil(lambda: page.title == "商品 纸", timeout=10_000)
    made = shop.book.read(card_content, kind="item", reference="P2")
    assert (made["kind"], made["is_active"], made["barcodes"][0]["barcode"]) == ("goods", True, "6901234567892")
    window.open(ITEMS)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 2, timeout=10_000)


def test_what_cannot_be_taken_is_marked_and_nothing_is_written(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    QTest.keyClick(list_of(window, qtbot, ITEMS).body.table, Qt.Key.Key_Return)
    page = _card(window, qtbot)
    _type(page, "retail_price", "三块")
    _type(page, "default_supplier", "没有这家")
    page.save_button.click()
    qtbot.waitUntil(page._problem.isVisible, timeout=10_000)
    bad = {name for name, each in page.fields.widgets.items() if each.property("bad") == "true"}
    assert bad == {"retail_price", "default_supplier"}
    assert shop.book.read(card_content, kind="item", reference="P1")["retail_price"] == "0"


def test_a_card_with_changes_is_not_closed_until_they_are_saved_or_given_up(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(list_of(window, qtbot, ITEMS).body.table, Qt.Key.Key_Return)
    page = _card(window, qtbot)
    _type(page, "spec", "蓝")
    window._close_front()
    assert window.front() is page
    window.tabs["inventory"].strip.buttons()["放弃修改"].click()
    qtbot.waitUntil(lambda: window.ops.is_idle and not page.fields.changed())
    window._close_front()
    assert window.front() is not page


@pytest.mark.parametrize("kind", [each.code for each in KINDS])
def test_every_kind_has_its_form_with_choices_in_words(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    window.open(Address("home", CARD, kind))
    page = _card(window, qtbot)
    for each in page.fields.findChildren(QComboBox):
        assert not any("choice." in each.itemText(place) for place in range(each.count()))
    assert not page.fields.changed()


def test_a_book_that_cannot_be_opened_shows_the_first_page_and_why(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    running = Running(window.settings, window.language, OwnPlaces(tmp_path))
    running.begin(tmp_path / "走了.jxc")
    page = running.shown
    assert isinstance(page, StartPage)
    qtbot.addWidget(page)
    assert "走了.jxc" in page.form.problem.text()
