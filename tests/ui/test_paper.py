"""From the screen to paper: what is previewed, what reaches the printer, and that posting comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jxc_desktop.queries.documents import list_documents
from jxc_desktop.ui.screens.document_page import DocumentPage
from jxc_desktop.ui.screens.print_page import PrintPage
from jxc_desktop.ui.widgets.page import Address
from jxc_desktop.ui.widgets.paper import print_pages
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui


def _print_page(window: MainWindow, qtbot: QtBot) -> PrintPage:
    page = window.front()
    assert isinstance(page, PrintPage)
    qtbot.waitUntil(lambda: page.paper is not None, timeout=20_000)
    return page


def test_a_posted_document_is_previewed_and_reaches_the_printer_in_its_size(
    window: MainWindow, qtbot: QtBot, shop: Shop, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 — as the product does

    document = shop.book.read(list_documents, type="delivery_note")[0].id
    window.open(Address("sales", "document", document))
    opened = window.front()
    assert isinstance(opened, DocumentPage)
    qtbot.waitUntil(lambda: "XS-" in opened.title, timeout=10_000)
    opened._print()
    page = _print_page(window, qtbot)
    assert page.title == "打印 XS-20260106-0001"
    assert page.papers.count() > 1
    assert page.paper is not None
    assert len(page.paper.images) == page.paper.printed.pages == 1

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    file = tmp_path / "纸 1.pdf"
    printer.setOutputFileName(str(file))
    assert print_pages(printer, page.paper.printed.pdf) == 1
    made, wanted = pypdfium2.PdfDocument(file.read_bytes()), pypdfium2.PdfDocument(page.paper.printed.pdf)
    assert len(made) == 1
    for one, other in zip(made[0].get_size(), wanted[0].get_size(), strict=True):
        assert abs(one - other) < 3


def test_f11_posts_first_and_then_shows_the_paper(window: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    hands = Hands(window, qtbot, "retail_sale")
    hands.type("P1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.press(Qt.Key.Key_F8)
    QTest.keyClick(hands.page, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: isinstance(window.front(), PrintPage), timeout=10_000)
    page = _print_page(window, qtbot)
    assert page.paper is not None
    assert page.paper.number.startswith("LS-")
    assert len(shop.book.read(list_documents, type="retail_sale")) == 1


def test_f11_prints_nothing_that_is_wrong(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    QTest.keyClick(hands.page, Qt.Key.Key_F11)
    qtbot.wait(200)
    assert window.front() is hands.page
    assert hands.page.told.isVisible()
