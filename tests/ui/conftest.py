"""A shop with a few documents in a window that no screen shows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.services.token_store import NoTokens
from tests.builders import delivery, line, open_shop, receipt

os.environ["QT_QPA_PLATFORM"] = "offscreen"

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop


class OwnPlaces:
    """Places in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.tokens = NoTokens()
        self.demo_book = folder / "data" / "demo.jxc"
        self.remembered: list[Path] = []

    def remember_book(self, path: Path) -> None:
        """Note it."""
        self.remembered.append(path)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Ten pens bought, two sold."""
    shop = open_shop(tmp_path)
    pen = shop.item("P1", "笔")
    shop.post(receipt(5, shop.supplier("S1", "文具厂"), [line(pen, "10", "2.50")]))
    shop.post(delivery(6, shop.customer("C1", "老王"), [line(pen, "2", "1234.50")]))
    return shop


@pytest.fixture
def window(qtbot: QtBot, shop: Shop, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on that shop, as it stands when it has read its first page."""
    from PySide6.QtCore import QSettings  # noqa: PLC0415 — only these tests load Qt
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from jxc_desktop.language import Language  # noqa: PLC0415
    from jxc_desktop.services.book import Book  # noqa: PLC0415
    from jxc_desktop.ui.shell.window import MainWindow  # noqa: PLC0415
    from jxc_desktop.ui.widgets.fonts import font  # noqa: PLC0415
    from jxc_desktop.ui.widgets.theme import Mode, apply_theme  # noqa: PLC0415

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setFont(font())
    apply_theme(app, Mode.LIGHT)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = MainWindow(Book.open(shop.book.path), settings, Language.ZH_CN)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(lambda: made.state.company == "测试店")
    yield made
    made.close()
