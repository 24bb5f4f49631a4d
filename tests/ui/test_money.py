"""Payments and expenses in the window: money, what it settles, what is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from jxc_desktop.queries.documents import list_documents
from jxc_desktop.queries.open_items import open_items
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.editor.money_part import MoneyPart
    from jxc_desktop.ui.editor.settling import Settling
    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui


def _money(hands: Hands) -> MoneyPart:
    assert hands.page.money is not None
    return hands.page.money


def _settling(hands: Hands) -> Settling:
    settling = _money(hands).settling
    assert settling is not None
    return settling


def _from_customer(window: MainWindow, qtbot: QtBot) -> Hands:
    hands = Hands(window, qtbot, "customer_payment", "finance")
    hands.type("C1")
    hands.enter()
    hands.until(lambda: hands.page.entry.draft.head.party_name == "老王")
    hands.until(lambda: _settling(hands).rowCount() == 1)
    hands.until(_money(hands).rows.rows[0].amount.hasFocus)
    return hands


def test_a_customer_pays_and_f8_settles_the_oldest_first(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = _from_customer(window, qtbot)
    hands.type("3000")
    hands.press(Qt.Key.Key_F8)
    assert [str(each.amount) for each in hands.page.entry.draft.allocations.values()] == ["2469.00"]
    assert "531.00" in _money(hands).summary.text()
    hands.press(Qt.Key.Key_F10)
    hands.until(lambda: not hands.page.entry.draft.money)
    assert [str(each.amount) for each in shop.book.read(list_documents, type="customer_payment")] == ["3000.00"]
    customer = shop.find("party", "C1")
    assert customer is not None
    rest = shop.book.read(lambda session: open_items(session, customer.id))
    assert [(each.kind, str(each.open)) for each in rest] == [("advance_from_customer", "531.00")]


def test_f8_without_an_amount_pays_all_that_is_open(window: MainWindow, qtbot: QtBot) -> None:
    hands = _from_customer(window, qtbot)
    hands.press(Qt.Key.Key_F8)
    assert [str(each.amount) for each in hands.page.entry.draft.money.values()] == ["2469.00"]
    assert [str(each.amount) for each in hands.page.entry.draft.allocations.values()] == ["2469.00"]


def test_an_amount_typed_beside_an_open_item_settles_that_much(window: MainWindow, qtbot: QtBot) -> None:
    hands = _from_customer(window, qtbot)
    hands.type("100")
    hands.enter()
    cell = _settling(hands).item(0, 6)
    assert cell is not None
    cell.setText("60.5")
    assert [str(each.amount) for each in hands.page.entry.draft.allocations.values()] == ["60.50"]
    cell.setText("x")
    assert hands.page.told.isVisible()
    cell.setText("")
    assert not hands.page.entry.draft.allocations


def test_more_settled_than_paid_is_told_and_nothing_posted(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = _from_customer(window, qtbot)
    hands.type("100")
    hands.enter()
    cell = _settling(hands).item(0, 6)
    assert cell is not None
    cell.setText("200")
    hands.page.post()
    assert hands.page.told.isVisible()
    assert not shop.book.read(list_documents, type="customer_payment")


def test_an_expense_is_booked_to_its_account_and_paid(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = Hands(window, qtbot, "expense", "finance")
    rows = _money(hands).rows
    first = rows.rows[0]
    first.focus()
    hands.type("88.8")
    hands.enter()
    hands.page.post()
    assert first.amount.property("bad") == "true"
    first.account.setCurrentIndex(first.account.count() - 1)
    first.account.activated.emit(first.account.currentIndex())
    hands.press(Qt.Key.Key_F8)
    assert "0.00" in _money(hands).summary.text()
    hands.press(Qt.Key.Key_F10)
    hands.until(lambda: not hands.page.entry.draft.money)
    assert [str(each.amount) for each in shop.book.read(list_documents, type="expense")] == ["88.80"]


def test_a_sale_is_pushed_down_to_its_payment(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    from jxc_desktop.ui.editor.page import EditorPage  # noqa: PLC0415 — only here
    from jxc_desktop.ui.widgets.verbs import FOLLOWS, edit_address  # noqa: PLC0415

    sale = shop.book.read(list_documents, type="delivery_note")[0].id
    window.open(edit_address("customer_payment", FOLLOWS, sale))
    page = window.front()
    assert isinstance(page, EditorPage)
    qtbot.waitUntil(lambda: bool(page.entry.draft.allocations), timeout=10_000)
    page.settle()
    page.post()
    customer = shop.find("party", "C1")
    assert customer is not None
    qtbot.waitUntil(lambda: not shop.book.read(lambda session: open_items(session, customer.id)), timeout=10_000)
