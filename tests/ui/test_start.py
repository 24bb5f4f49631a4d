"""The first page: a book is made, opened or refused, and the window follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from jxc_desktop.cli.main import main
from jxc_desktop.language import Language
from jxc_desktop.queries.cards import list_masters
from jxc_desktop.services.book import Book
from jxc_desktop.services.setting_values import shown_settings
from jxc_desktop.ui.shell.book_files import free_file
from jxc_desktop.ui.shell.running import Running
from jxc_desktop.ui.shell.start_page import StartPage
from jxc_desktop.ui.shell.window import MainWindow
from tests.ui.conftest import OwnPlaces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.builders import Shop

pytestmark = pytest.mark.gui


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Running]:
    """The application on its first page, its books in a folder of the test."""
    del qtbot
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Running(settings, Language.ZH_CN, OwnPlaces(tmp_path))
    made.show_start()
    yield made
    assert made.shown is not None
    made.shown.close()
    made.shown.deleteLater()


def _page(running: Running) -> StartPage:
    assert isinstance(running.shown, StartPage)
    return running.shown


def _window(running: Running, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: isinstance(running.shown, MainWindow), timeout=20_000)
    assert isinstance(running.shown, MainWindow)
    return running.shown


def test_five_answers_make_a_book_and_open_it(running: Running, qtbot: QtBot, tmp_path: Path) -> None:
    form = _page(running).form
    form._folder = tmp_path / "账 本"
    form.name.setText("示例小店")
    form.start.setText("2026-04")
    next(each for each in form.industry.buttons() if each.property("code") == "hardware").click()
    next(each for each in form.taxpayer.buttons() if each.property("code") == "general").click()
    next(each for each in form.stage.buttons() if each.property("code") == "2").click()
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    window = _window(running, qtbot)
    qtbot.waitUntil(lambda: window.state.company == "示例小店")
    assert (window.state.stage, window.state.period) == (2, "2026-04")
    with Book.open(tmp_path / "账 本" / "示例小店.jxc") as book:
        assert book.read(shown_settings, key="taxpayer") == {"taxpayer": "general"}
        assert [each["name"] for each in book.read(list_masters, kind="category")][:2] == ["水暖管件", "电工照明"]


def test_without_a_name_the_form_says_so(running: Running) -> None:
    page = _page(running)
    page.form.send()
    assert page.form.problem.isVisible()
    assert "账套名称" in page.form.problem.text()
    page.form.name.setText("店")
    page.form.start.setText("四月")
    page.form.send()
    assert "四月" in page.form.problem.text()
    assert not page.aside.is_busy


def test_a_file_that_is_no_book_is_refused_on_the_page(running: Running, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.jxc").write_text("no book", encoding="utf-8")
    page = _page(running)
    page.open_file(tmp_path / "a.jxc")
    qtbot.waitUntil(page.form.problem.isVisible, timeout=10_000)
    assert running.shown is page


def test_a_book_is_opened_and_left_again(running: Running, qtbot: QtBot, shop: Shop) -> None:
    _page(running).open_file(shop.book.path)
    window = _window(running, qtbot)
    window.left.emit()
    assert isinstance(running.shown, StartPage)
    places = running._places
    assert isinstance(places, OwnPlaces)
    assert places.remembered == [shop.book.path]


def test_the_language_is_changed_at_once_and_kept(running: Running) -> None:
    _page(running).language_chosen.emit(Language.EN)
    assert _page(running).windowTitle() == "Choose a book"
    assert Running(running._settings, Language.ZH_CN, running._places).language is Language.EN


def test_a_name_no_system_takes_becomes_one_that_it_takes(tmp_path: Path) -> None:
    (tmp_path / "店.jxc").touch()
    assert free_file(tmp_path, "店", "账本").name == "店 2.jxc"
    assert free_file(tmp_path, "a/b:c?", "账本").name == "abc.jxc"
    assert free_file(tmp_path, " .. ", "账本").name == "账本.jxc"
    assert free_file(tmp_path, "CON", "账本").name == "CON_.jxc"


def test_the_choice_of_theme_and_language_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.choose(language=Language.EN)
    qtbot.waitUntil(lambda: window.language is Language.EN)
    assert window.settings.value("window/language") == "en"
    assert window.modules.buttons["sales"].text() == "Sales"


def test_without_a_screen_no_demo_book_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jxc_desktop.bootstrap import UserSurroundings  # noqa: PLC0415 — wires the whole program

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("JXC_HOME", str(tmp_path / "home"))
    assert main(["window", "--demo"], UserSurroundings()) == 3
    assert not UserSurroundings().demo_book.exists()
