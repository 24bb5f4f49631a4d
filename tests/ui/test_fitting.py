"""Nothing is cut: every screen in every language, its texts a third longer than they are; and Tab goes through all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jxc_desktop import language as catalogues
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.language import Language
from jxc_desktop.queries.documents import list_documents
from jxc_desktop.ui.shell.modules import MODULES, groups_of
from jxc_desktop.ui.shell.running import Running
from jxc_desktop.ui.tour.cut import cut_texts
from jxc_desktop.ui.widgets.page import DOCUMENT, EDITOR, PRINT, Address
from jxc_desktop.ui.widgets.verbs import is_entered
from tests.ui.conftest import OwnPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from jxc_desktop.kernel.text import Text
    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui

SETTLING = 10
SPEAKERS = ("window", "start_page", "new_book_form")


def _longer(text: str) -> str:
    """A third longer, in the letters of the language."""
    more = max(1, len(text) // 3)
    return text + ("字" * more if any(sign >= "\u3000" for sign in text) else "n" * more)


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text of the window is a third longer."""
    plain = catalogues.translator

    def speak(language: Language) -> Callable[[Text], str]:
        words = plain(language)
        return lambda text: _longer(words(text))

    for module in SPEAKERS:
        monkeypatch.setattr(f"jxc_desktop.ui.shell.{module}.translator", speak, raising=False)


def _addresses(shop: Shop) -> Iterator[Address]:
    for module in MODULES:
        if module.is_ready:
            yield module.address
            yield from (entry.address for group in groups_of(module) for entry in group.entries)
    for declared in all_types():
        if is_entered(declared.code):
            yield Address(declared.area, EDITOR, declared.code)
    document = shop.book.read(list_documents, type="delivery_note")[0].id
    yield Address("sales", DOCUMENT, document)
    yield Address("sales", PRINT, document)


@pytest.mark.usefixtures("stretched")
@pytest.mark.parametrize("language", list(Language))
def test_longer_texts_are_not_cut(window: MainWindow, qtbot: QtBot, shop: Shop, language: Language) -> None:
    _look_at_everything(window, qtbot, shop, language)


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut_in_the_smallest_window(
    window: MainWindow, qtbot: QtBot, shop: Shop, language: Language
) -> None:
    window.resize(window.minimumSize())
    _look_at_everything(window, qtbot, shop, language)


def _look_at_everything(window: MainWindow, qtbot: QtBot, shop: Shop, language: Language) -> None:
    window.rebuild(language=language)
    cut: dict[str, list[str]] = {}
    for address in _addresses(shop):
        window.open(address)
        qtbot.waitUntil(lambda: window.ops.is_idle, timeout=10_000)
        found = _cut_at_rest(window, qtbot)
        if found:
            cut[f"{address.kind} {address.name}"] = found
        tabs = window.tabs[address.module]
        tabs.close_page(tabs.bar.currentIndex())
    window.finder.open()
    assert not _cut_at_rest(window.finder, qtbot)
    assert not cut


def _cut_at_rest(part: QWidget, qtbot: QtBot) -> list[str]:
    """What is still cut when everything has found its place."""
    for _turn in range(SETTLING):
        qtbot.wait(1)
        if not cut_texts(part):
            return []
        qtbot.wait(20)
    return cut_texts(part)


@pytest.mark.usefixtures("stretched")
@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut_on_the_first_page(qtbot: QtBot, tmp_path: Path, language: Language) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    running = Running(settings, language, OwnPlaces(tmp_path))
    running.show_start()
    assert running.shown is not None
    running.shown.resize(1366, 768)
    qtbot.wait(50)
    assert not cut_texts(running.shown)
    running.shown.close()
    running.shown.deleteLater()


def _path_of_tab(window: MainWindow, first: QWidget) -> list[QWidget]:
    """Where Tab leads, once around."""
    first.setFocus()
    path = [first]
    for _step in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        part = QApplication.focusWidget()
        if part is None or part is first:
            break
        path.append(part)
    return path


def test_tab_goes_through_a_document_from_top_to_bottom(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    window.open(Address("sales", EDITOR, "delivery_note"))
    page = window.front()
    qtbot.waitUntil(lambda: window.ops.is_idle, timeout=10_000)
    head = page.head.fields  # type: ignore[attr-defined]
    path = _path_of_tab(window, head["party"])
    tops = [part.mapTo(window, part.rect().topLeft()) for part in path if page.isAncestorOf(part)]
    inside = [(point.y(), point.x()) for point in tops]
    fields = [part for part in path if part in list(head.values())]
    assert fields == list(head.values())
    rows = [y for y, _x in inside]
    assert rows == sorted(rows), "Tab never goes back up within the page"
