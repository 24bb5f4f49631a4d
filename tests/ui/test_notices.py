"""Errors without a place stand in a strip over the page; a change of language or theme keeps what was entered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jxc_desktop.kernel.errors import HasProblems, UserError
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language
from jxc_desktop.services.drafts import kept_drafts
from jxc_desktop.ui.editor.page import EditorPage
from jxc_desktop.ui.widgets.page import Address
from jxc_desktop.ui.widgets.theme import Mode
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from jxc_desktop.ui.widgets.notice import NoticeStrip
    from tests.builders import Shop

pytestmark = pytest.mark.gui

SALES = Address("sales", "documents", "delivery_note")


def _refuse(window: MainWindow, error: Exception) -> None:
    def raised(_book: object) -> None:
        raise error

    window.ops.command(raised, lambda _nothing: None)


def _strip(window: MainWindow, qtbot: QtBot, module: str = "sales") -> NoticeStrip:
    strip = window.tabs[module].strip
    qtbot.waitUntil(strip.isVisible, timeout=10_000)
    return strip


def test_a_refusal_without_a_place_is_no_box_but_a_strip_that_stays_with_its_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.open(SALES)
    problems = [Problem((), Text("document.no_party")), Problem((), Text("document.no_lines"))]
    _refuse(window, HasProblems(Text("document.has_problems", {"count": 2}), problems))
    strip = _strip(window, qtbot)
    assert QApplication.activeModalWidget() is None
    assert "2" in strip.text.text()
    strip.buttons()["查看详情"].click()
    assert strip.details.isVisible()
    assert len(strip.details.toPlainText().splitlines()) == 2
    window.tabs["sales"].bar.setCurrentIndex(0)
    assert not strip.isVisible()
    window.tabs["sales"].bar.setCurrentIndex(1)
    assert strip.isVisible()
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    window.tabs["sales"].bar.setCurrentIndex(0)
    window.tabs["sales"].bar.setCurrentIndex(1)
    assert not strip.isVisible()


def test_a_fault_of_the_program_gives_a_report_without_what_is_in_the_book(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open(SALES)
    _refuse(window, LookupError("老王 2469.00"))
    strip = _strip(window, qtbot)
    report = strip.details.toPlainText()
    assert "builtins.LookupError" in report
    assert "test_notices.py" in report
    assert "老王" not in report + strip.text.text()
    assert "builtins.LookupError" in (tmp_path / "logs" / "errors.log").read_text(encoding="utf-8")


def test_another_theme_and_language_keep_what_was_entered_and_its_undo(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "retail_sale")
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("7")
    window.rebuild(mode=Mode.DARK)
    window.rebuild(language=Language.EN)
    page = window.front()
    assert isinstance(page, EditorPage)
    qtbot.waitUntil(lambda: bool(page.entry.draft.lines), timeout=10_000)
    assert [str(line.quantity) for line in page.entry.draft.lines.values()] == ["7"]
    page.entry.undo()
    assert [str(line.quantity) for line in page.entry.draft.lines.values()] == ["1"]
    page.entry.undo()
    assert not page.entry.draft.lines
    window.rebuild(mode=Mode.LIGHT)


def test_nothing_is_built_anew_while_a_page_may_not_be_closed(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = Hands(window, qtbot, "retail_sale")
    monkeypatch.setattr(hands.page, "may_close", lambda: False)
    window.rebuild(language=Language.EN)
    assert window.front() is hands.page
    assert window.language is Language.ZH_CN
    monkeypatch.undo()


def test_a_page_opened_again_at_once_has_the_draft_that_is_still_being_saved(
    window: MainWindow, qtbot: QtBot, shop: Shop
) -> None:
    hands = Hands(window, qtbot, "retail_sale")
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("3")
    window.ops.command(lambda _book: time.sleep(0.3), lambda _nothing: None)
    window.tabs["sales"].close_page(1)
    again = Hands(window, qtbot, "retail_sale")
    assert [each[:2] for each in again.cells()] == [("P1", "3")]
    assert len(shop.book.read(kept_drafts)) == 1


def test_the_strip_takes_no_place_where_there_is_nothing_to_say(window: MainWindow, qtbot: QtBot) -> None:
    window.open(SALES)
    top = window.front().mapTo(window, window.front().rect().topLeft()).y()
    _refuse(window, UserError(Text("document.no_party")))
    strip = _strip(window, qtbot)
    assert window.front().mapTo(window, window.front().rect().topLeft()).y() > top
    strip.close_it()
    qtbot.waitUntil(lambda: window.front().mapTo(window, window.front().rect().topLeft()).y() == top)
