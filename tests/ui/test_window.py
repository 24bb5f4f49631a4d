"""The shell: modules, lists, documents, what others change, languages and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from jxc_desktop.kernel.errors import ExternalError
from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language
from jxc_desktop.masters.registry import KINDS
from jxc_desktop.queries.documents import list_documents
from jxc_desktop.services.backup import verify
from jxc_desktop.services.documents import void
from jxc_desktop.ui.listing.page import ListPage
from jxc_desktop.ui.screens.document_page import DocumentPage
from jxc_desktop.ui.shell.modules import MODULES, groups_of
from jxc_desktop.ui.shell.starting import start_window
from jxc_desktop.ui.widgets.page import Address
from jxc_desktop.ui.widgets.theme import Mode, is_dark
from tests.builders import delivery, line
from tests.ui.conftest import OwnPlaces

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui

SALES = Address("sales", "documents", "delivery_note")


def _list(window: MainWindow, qtbot: QtBot, address: Address) -> ListPage:
    window.open(address)
    page = window.front()
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: bool(page.model.columns) or page._problem.isVisible())
    return page


def _cells(page: ListPage) -> list[tuple[str, ...]]:
    return [each.cells for each in page.model.lines()]


def test_a_list_shows_its_documents_and_enter_opens_one(window: MainWindow, qtbot: QtBot) -> None:
    page = _list(window, qtbot, SALES)
    assert _cells(page) == [("2026-01-06", "XS-20260106-0001", "", "老王", "已过账", "2,469.00")]
    QTest.keyClick(page.body.table, Qt.Key.Key_Return)
    opened = window.front()
    assert isinstance(opened, DocumentPage)
    qtbot.waitUntil(lambda: "XS-20260106-0001" in opened.title)
    bar = window.tabs["sales"].bar
    assert bar.tabText(bar.currentIndex()) == "销售出库单 XS-20260106-0001"


def test_what_another_process_posts_appears(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    page = _list(window, qtbot, SALES)
    qtbot.wait(1_500)
    customer, pen = shop.find("party", "C1"), shop.find("item", "P1")
    assert customer is not None
    assert pen is not None
    shop.post(delivery(7, customer.id, [line(pen.id, "1", "5")]))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)


def test_a_command_tells_the_pages_concerned(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    page = _list(window, qtbot, SALES)
    document = shop.book.read(list_documents, type="delivery_note")[0].id
    window.ops.command(lambda book: book.do(void, document_id=document, reason="错"), lambda _changes: None)
    qtbot.waitUntil(lambda: _cells(page)[0][4] == "已作废", timeout=10_000)


def test_the_windows_thread_never_reads_or_writes(window: MainWindow) -> None:
    with pytest.raises(AssertionError, match="ops"):
        window.ops.book.read(list_documents)
    with pytest.raises(AssertionError, match="ops"):
        window.ops.book.reader().read(list_documents)


def test_a_filter_that_cannot_be_read_says_so_and_keeps_the_list(window: MainWindow, qtbot: QtBot) -> None:
    page = _list(window, qtbot, SALES)
    field = page.filters._fields["from"]
    assert isinstance(field, QLineEdit)
    field.setText("2026-13-45")
    page.refresh()
    qtbot.waitUntil(page._problem.isVisible)
    assert page.model.rowCount() == 1


@pytest.mark.parametrize("language", list(Language))
def test_every_list_and_report_opens_in_every_language(window: MainWindow, qtbot: QtBot, language: Language) -> None:
    window.rebuild(language=language)
    failed: list[object] = []
    window.ops.failed.connect(failed.append)
    for module in MODULES:
        for entry in (entry for group in groups_of(module) for entry in group.entries):
            page = _list(window, qtbot, entry.address)
            assert page.title == window.words(entry.title)
    assert not failed


def test_a_total_is_never_cut(window: MainWindow, qtbot: QtBot) -> None:
    page = _list(window, qtbot, SALES)
    table = page.body.table
    place = [column.name for column in page.model.columns].index("amount")
    assert table.horizontalHeader().sectionSize(place) >= table.fontMetrics().horizontalAdvance("2,469.00") + 20


def test_dark_and_back_keeps_the_pages(window: MainWindow, qtbot: QtBot) -> None:
    _list(window, qtbot, SALES)
    window.rebuild(mode=Mode.DARK)
    assert is_dark()
    assert window.front().address == SALES
    window.rebuild(mode=Mode.LIGHT)


def test_the_first_page_of_a_module_stays_and_others_close(window: MainWindow, qtbot: QtBot) -> None:
    _list(window, qtbot, SALES)
    tabs = window.tabs["sales"]
    tabs.close_page(1)
    tabs.close_page(0)
    assert [page.address.kind for page in tabs.pages()] == ["module"]


def test_a_page_may_be_closed_while_its_answer_is_on_the_way(window: MainWindow, qtbot: QtBot) -> None:
    window.open(SALES)
    window.tabs["sales"].close_page(1)
    qtbot.wait(500)
    assert [page.address.kind for page in window.tabs["sales"].pages()] == ["module"]


def test_one_field_finds_functions_items_parties_and_documents(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)

    def opened(text: str) -> Address:
        QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        field = window.finder.field
        qtbot.waitUntil(field.hasFocus)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(window.finder.isHidden, timeout=10_000)
        return window.front().address

    assert opened("P1") == Address("inventory", "report", "stock-ledger", (("item", "P1"),))
    assert opened("lw") == Address("sales", "report", "receivables", (("party", "C1"),))
    assert opened("0106").kind == "document"
    window.rebuild(language=Language.EN)
    assert opened("New retail") == Address("sales", "editor", "retail_sale")


def test_closing_after_a_change_leaves_a_proved_backup(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    window.backups.make_if_due()
    assert not window.backups.folder.exists()
    document = shop.book.read(list_documents, type="delivery_note")[0].id
    done: list[object] = []
    window.ops.command(lambda book: book.do(void, document_id=document, reason="错"), done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    window.close()
    (made,) = window.backups.folder.iterdir()
    assert verify(made).size > 0


def test_a_press_on_the_status_bar_makes_a_backup(window: MainWindow, qtbot: QtBot) -> None:
    window.status.backup.click()
    qtbot.waitUntil(lambda: "备份 " in window.status.backup.text(), timeout=20_000)
    assert len(list(window.backups.folder.iterdir())) == 1


def test_a_second_place_gets_every_backup_and_one_that_is_gone_is_said(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U 盘"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(stick))
    action = next(each for each in window.modules.company.menu().actions() if each.text().startswith("第二备份位置"))
    action.trigger()
    assert action.isChecked()
    window.backups.make()
    qtbot.waitUntil(lambda: len(list(stick.glob("*/*"))) == 1 and window.ops.is_idle, timeout=20_000)
    (made,) = stick.glob("*/*")
    assert verify(made).size > 0
    stick.rename(tmp_path / "拔了")
    window.backups.make()
    qtbot.waitUntil(lambda: "U 盘" in window.status.message.text(), timeout=20_000)
    action.trigger()
    assert not action.isChecked()


def test_answers_that_come_after_the_window_is_closed_are_for_nobody(window: MainWindow, qtbot: QtBot) -> None:
    told: list[object] = []
    window.ops.failed.connect(told.append)

    def refuse(_reader: object) -> None:
        raise ExternalError(Text("window.no_screen"))

    window.ops.query(refuse, told.append)
    window.close()
    qtbot.wait(100)
    assert not told


def test_the_seal_says_that_the_book_is_sound(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.state.alarms is not None, timeout=10_000)
    assert window.status.seal.text() == "账实一致"


def test_without_a_screen_one_line_says_what_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(ExternalError) as refused:
        start_window(tmp_path / "a.jxc", tmp_path, Language.ZH_CN, OwnPlaces(tmp_path))
    assert refused.value.text.id == "window.no_screen"


def test_cards_say_their_choices_in_words(window: MainWindow, qtbot: QtBot) -> None:
    page = _list(window, qtbot, Address("inventory", "cards", "item"))
    place = [column.name for column in page.model.columns].index("kind")
    assert _cells(page)[0][place] == "商品"


def test_every_choice_of_a_card_has_words(window: MainWindow) -> None:
    for kind in KINDS:
        for field in kind.fields:
            for choice in filter(None, field.choices):
                text = Text(f"choice.{kind.code}.{field.name}.{choice}")
                assert window.words(text) != text.id
