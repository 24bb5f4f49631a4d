"""F3: lines of a new document are chosen from what its party bought or sold before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from jxc_desktop.queries.documents import list_documents
from tests.builders import delivery, line
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui


def _return(window: MainWindow, qtbot: QtBot) -> Hands:
    hands = Hands(window, qtbot, "sales_return")
    hands.type("C1")
    hands.enter()
    hands.until(lambda: hands.page.entry.draft.head.party_name == "老王")
    return hands


def test_lines_that_are_left_are_chosen_and_go_back(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    customer, pen = shop.find("party", "C1"), shop.find("item", "P1")
    assert customer is not None
    assert pen is not None
    shop.post(delivery(7, customer.id, [line(pen.id, "1", "5")]))
    hands = _return(window, qtbot)
    hands.press(Qt.Key.Key_F3)
    sources = hands.page.sources
    assert sources is not None
    hands.until(sources.isVisible)
    assert [each.number for each in sources.rows] == ["XS-20260107-0001", "XS-20260106-0001"]
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    hands.enter()
    hands.until(lambda: len(hands.cells()) == 2)
    assert hands.cells() == [("P1", "1", "5"), ("P1", "2", "1234.5")]
    hands.press(Qt.Key.Key_F3)
    hands.until(hands.page.told.isVisible)
    hands.page.post()
    hands.until(lambda: not hands.page.entry.draft.lines)
    assert [str(each.amount) for each in shop.book.read(list_documents, type="sales_return")] == ["2474.00"]


def test_escape_chooses_nothing_and_without_a_party_there_is_nothing_to_choose(
    window: MainWindow, qtbot: QtBot
) -> None:
    hands = Hands(window, qtbot, "sales_return")
    hands.page.pull()
    assert hands.page.told.isVisible()
    hands = _return(window, qtbot)
    hands.page.pull()
    sources = hands.page.sources
    assert sources is not None
    hands.until(sources.isVisible)
    hands.press(Qt.Key.Key_Escape)
    assert sources.isHidden()
    assert not hands.cells()
