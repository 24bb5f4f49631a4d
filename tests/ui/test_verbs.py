"""What is done with a posted document in the window: amended, copied, pushed down, voided, reversed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jxc_desktop.queries.documents import list_documents
from jxc_desktop.services.documents import reverse
from jxc_desktop.services.drafts import kept_drafts
from jxc_desktop.ui.editor.page import EditorPage
from jxc_desktop.ui.listing.page import ListPage
from jxc_desktop.ui.screens.document_page import DocumentPage
from jxc_desktop.ui.screens.impact_page import ImpactPage
from jxc_desktop.ui.widgets.page import DOCUMENT, DOCUMENT_LIST, Address
from tests.builders import delivery, line

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui
WAIT = 10_000


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, shop: Shop) -> DocumentPage:
    """The sale."""
    document = shop.book.read(list_documents, type="delivery_note")[0].id
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    window.open(Address("sales", DOCUMENT, document))
    shown = window.front()
    assert isinstance(shown, DocumentPage)
    qtbot.waitUntil(lambda: bool(shown.buttons), timeout=WAIT)
    return shown


def _sheet(window: MainWindow, qtbot: QtBot) -> ImpactPage:
    qtbot.waitUntil(lambda: isinstance(window.front(), ImpactPage), timeout=WAIT)
    sheet = window.front()
    assert isinstance(sheet, ImpactPage)
    qtbot.waitUntil(sheet.confirm_button.isEnabled, timeout=WAIT)
    return sheet


def _editor(window: MainWindow, qtbot: QtBot) -> EditorPage:
    qtbot.waitUntil(lambda: isinstance(window.front(), EditorPage), timeout=WAIT)
    editor = window.front()
    assert isinstance(editor, EditorPage)
    qtbot.waitUntil(lambda: bool(editor.entry.draft.lines), timeout=WAIT)
    return editor


def _statuses(shop: Shop, type_: str = "delivery_note") -> list[tuple[str, str]]:
    return [(each.status, str(each.amount)) for each in shop.book.read(list_documents, type=type_)]


def test_a_void_shows_what_it_changes_and_wants_a_reason(
    window: MainWindow, qtbot: QtBot, shop: Shop, page: DocumentPage
) -> None:
    page.buttons["void"].click()
    sheet = _sheet(window, qtbot)
    assert sheet.shown is not None
    assert [str(each.after.quantity) for each in sheet.shown.impact.on_hand if each.after] == ["10"]
    assert _statuses(shop) == [("posted", "2469.00")]
    sheet.confirm_button.click()
    assert sheet.reason.property("bad") == "true"
    sheet.reason.setText("开错了")
    QTest.keyClick(sheet.reason, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: _statuses(shop) == [("voided", "2469.00")], timeout=WAIT)
    qtbot.waitUntil(lambda: window.front() is page, timeout=WAIT)
    qtbot.waitUntil(lambda: not page.buttons["void"].isEnabled(), timeout=WAIT)
    assert "已作废" in page.buttons["void"].toolTip()
    window.tabs["sales"].strip.buttons()["复制成新单"].click()
    copied = _editor(window, qtbot)
    assert [each.item_code for each in copied.entry.draft.lines.values()] == ["P1"]


def test_a_reversal_can_be_taken_back(window: MainWindow, qtbot: QtBot, shop: Shop, page: DocumentPage) -> None:
    page.buttons["reverse"].click()
    _sheet(window, qtbot).confirm_button.click()
    qtbot.waitUntil(lambda: ("posted", "-2469.00") in _statuses(shop), timeout=WAIT)
    qtbot.waitUntil(lambda: not page.buttons["amend"].isEnabled(), timeout=WAIT)
    window.tabs["sales"].strip.buttons()["撤销"].click()
    qtbot.waitUntil(lambda: ("voided", "-2469.00") in _statuses(shop), timeout=WAIT)
    qtbot.waitUntil(lambda: page.buttons["amend"].isEnabled() is True, timeout=WAIT)


def test_an_amendment_is_shown_before_it_counts_and_can_be_undone(
    window: MainWindow, qtbot: QtBot, shop: Shop, page: DocumentPage
) -> None:
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    editor = _editor(window, qtbot)
    assert "XS-20260106-0001" in editor.title
    editor.grid.open_cell(0, "quantity")
    editor.lines.enter(0, "quantity", "3")
    editor.grid.drop_cell()
    editor.post()
    sheet = _sheet(window, qtbot)
    assert _statuses(shop) == [("posted", "2469.00")]
    sheet.confirm_button.click()
    qtbot.waitUntil(lambda: _statuses(shop) == [("posted", "3703.50")], timeout=WAIT)
    qtbot.waitUntil(lambda: window.front() is page, timeout=WAIT)
    assert not any(isinstance(each, EditorPage | ImpactPage) for each in window.tabs["sales"].pages())
    assert not shop.book.read(kept_drafts)
    window.tabs["sales"].strip.buttons()["撤销"].click()
    qtbot.waitUntil(lambda: _statuses(shop) == [("posted", "2469.00")], timeout=WAIT)


def test_an_amendment_that_is_given_up_leaves_no_draft(
    window: MainWindow, qtbot: QtBot, shop: Shop, page: DocumentPage
) -> None:
    page.buttons["amend"].click()
    editor = _editor(window, qtbot)
    editor.lines.enter(0, "quantity", "3")
    editor.save()
    qtbot.waitUntil(lambda: bool(shop.book.read(kept_drafts)), timeout=WAIT)
    editor._clear()
    qtbot.waitUntil(lambda: not shop.book.read(kept_drafts), timeout=WAIT)
    assert window.front() is page


def test_an_amendment_that_would_be_refused_is_painted_in_the_editor(
    window: MainWindow, qtbot: QtBot, page: DocumentPage
) -> None:
    page.buttons["amend"].click()
    editor = _editor(window, qtbot)
    editor.entry.put(editor.entry.draft.without_line(next(iter(editor.entry.draft.lines))))
    editor.post()
    qtbot.waitUntil(editor.told.isVisible, timeout=WAIT)
    assert window.front() is editor


def test_what_was_sold_is_pushed_down_to_its_return(
    window: MainWindow, qtbot: QtBot, shop: Shop, page: DocumentPage
) -> None:
    menu = page.buttons["follow"].menu()
    next(each for each in menu.actions() if each.text() == "销售退货单").trigger()
    editor = _editor(window, qtbot)
    assert editor.declared.code == "sales_return"
    editor.post()
    qtbot.waitUntil(lambda: _statuses(shop, "sales_return") == [("posted", "2469.00")], timeout=WAIT)
    qtbot.waitUntil(lambda: isinstance(window.front(), DocumentPage), timeout=WAIT)
    window.tabs["sales"].show_page(page)
    qtbot.waitUntil(lambda: not page.buttons["void"].isEnabled(), timeout=WAIT)
    assert "销售退货单" in page.buttons["void"].toolTip()
    QTest.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.tabs["sales"].strip.isVisible, timeout=WAIT)


def test_a_copy_that_nobody_touched_leaves_no_draft(
    window: MainWindow, qtbot: QtBot, shop: Shop, page: DocumentPage
) -> None:
    QTest.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    editor = _editor(window, qtbot)
    tabs = window.tabs["sales"]
    tabs.close_page(tabs.stack.indexOf(editor))
    qtbot.wait(50)
    assert not shop.book.read(kept_drafts)


def test_the_verbs_of_a_list_are_about_the_row_one_stands_on(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    customer, pen = shop.find("party", "C1"), shop.find("item", "P1")
    assert customer is not None
    assert pen is not None
    shop.post(delivery(7, customer.id, [line(pen.id, "1", "5")]))
    window.open(Address("sales", DOCUMENT_LIST, "delivery_note"))
    listed = window.front()
    assert isinstance(listed, ListPage)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 2, timeout=WAIT)
    listed.body.table.selectRow(0)
    QTest.keyClick(listed.body.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    sheet = _sheet(window, qtbot)
    assert sheet.shown is not None
    assert sheet.shown.found.number == "XS-20260107-0001"
    QTest.keyClick(sheet.reason, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.front() is listed, timeout=WAIT)
    assert {status for status, _amount in _statuses(shop)} == {"posted"}


def test_a_report_names_a_document_by_its_number(window: MainWindow, qtbot: QtBot) -> None:
    window.open(Address("sales", DOCUMENT, "XS-20260106-0001"))
    qtbot.waitUntil(lambda: "XS-20260106-0001" in window.front().title, timeout=WAIT)


def test_the_chain_leads_to_what_hangs_together_with_a_document(
    window: MainWindow, qtbot: QtBot, shop: Shop, page: DocumentPage
) -> None:
    sale = shop.book.read(list_documents, type="delivery_note")[0]
    window.ops.command(lambda book: book.do(reverse, document_id=sale.id), lambda _changes: None)
    qtbot.waitUntil(lambda: page.chain is not None, timeout=WAIT)
    assert page.chain is not None
    found = page.chain.list_model.lines()
    assert [each.cells[0] for each in found] == ["被红冲"]
    page.chain.selectRow(0)
    QTest.keyClick(page.chain, Qt.Key.Key_Return)
    number = found[0].cells[2]
    qtbot.waitUntil(lambda: number in window.front().title, timeout=WAIT)
