"""What a list shows goes into a file as it stands: filtered, sorted, with the columns that are seen in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from jxc_desktop.ui.listing import export, model, sources
from jxc_desktop.ui.widgets.page import Address
from tests.builders import delivery, line
from tests.ui.hands import list_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui

SALES = Address("sales", "documents", "delivery_note")
CARDS = Address("sales", "cards", "party")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFTED = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The name that is typed into the dialog, without a suffix."""
    file = tmp_path / "导出 的" / "销售"
    file.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    return file


def _said(window: MainWindow) -> str:
    notice = window.front().notice
    return notice.text if notice else ""


def _rows(file: Path) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(file)
    rows: list[tuple[object, ...]] = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def test_a_list_goes_to_excel_as_it_stands(
    window: MainWindow, qtbot: QtBot, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = list_of(window, qtbot, CARDS)
    names = [column.name for column in page.model.columns]
    header = page.body.table.horizontalHeader()
    for place in range(2, len(names)):
        page.body.table.hideColumn(place)
    header.moveSection(header.visualIndex(names.index("name")), 0)
    for _press in range(2):
        header.sectionClicked.emit(names.index("code"))
    QTest.keyClick(page.body.table, Qt.Key.Key_E, SHIFTED)
    written = target.with_name("销售.xlsx")
    qtbot.waitUntil(lambda: str(written) in _said(window), timeout=10_000)
    assert _rows(written) == [("名称", "编码"), ("文具厂", "S1"), ("老王", "C1"), ("散客", "0000")]
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window.tabs["sales"].strip.buttons()["打开文件夹"].click()
    qtbot.waitUntil(lambda: opened == [str(target.parent)])


def test_amounts_and_days_stay_what_they_are(window: MainWindow, qtbot: QtBot, target: Path) -> None:
    page = list_of(window, qtbot, SALES)
    QTest.keyClick(page.body.table, Qt.Key.Key_E, SHIFTED)
    qtbot.waitUntil(lambda: "已导出到" in _said(window), timeout=10_000)
    rows = _rows(target.with_name("销售.xlsx"))
    assert rows[0][0] == "日期"
    assert str(rows[1][0]) == "2026-01-06 00:00:00"
    assert rows[1][-1] == rows[2][-1] == 2469
    assert rows[2][0] == "合计"


def test_a_list_goes_to_pdf_with_what_it_was_filtered_by(window: MainWindow, qtbot: QtBot, target: Path) -> None:
    page = list_of(window, qtbot, SALES)
    page.filters.search.setText("老王")
    qtbot.wait(400)
    qtbot.waitUntil(lambda: window.ops.is_idle)
    QTest.keyClick(page.body.table, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: "已导出到" in _said(window), timeout=20_000)
    paper = pypdfium2.PdfDocument(target.with_name("销售.pdf").read_bytes())
    text = paper[0].get_textpage().get_text_bounded()
    paper.close()
    for each in ("销售出库单", "测试店", "老王", "2,469.00", "在结果里找 老王"):
        assert each in text


def test_a_long_list_is_written_whole_though_only_its_top_was_read(
    window: MainWindow, qtbot: QtBot, target: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sources, model, export):
        monkeypatch.setattr(module, {sources: "FIRST_PAGE", model: "PAGE", export: "CHUNK"}[module], 2)
    customer, pen = shop.find("party", "C1"), shop.find("item", "P1")
    assert customer is not None
    assert pen is not None
    for day in range(7, 12):
        shop.post(delivery(day, customer.id, [line(pen.id, "1", "5")]))
    page = list_of(window, qtbot, SALES)
    qtbot.waitUntil(lambda: page.model.rowCount() == 6)
    QTest.keyClick(page.body.table, Qt.Key.Key_C, SHIFTED)
    qtbot.waitUntil(lambda: "已导出到" in _said(window), timeout=10_000)
    lines = target.with_name("销售.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 8
    assert lines[-1].endswith("2494.00")


def test_stopping_leaves_the_old_file(
    window: MainWindow, qtbot: QtBot, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = target.with_name("销售.xlsx")
    before.write_text("before", "utf-8")
    page = list_of(window, qtbot, SALES)
    started = page.export._aside.start

    def start_and_stop(work: object) -> None:
        page.export.stop()
        started(work)  # type: ignore[arg-type]

    monkeypatch.setattr(page.export._aside, "start", start_and_stop)
    QTest.keyClick(page.body.table, Qt.Key.Key_E, SHIFTED)
    qtbot.waitUntil(lambda: "已停止导出" in window.status.message.text(), timeout=10_000)
    assert before.read_text("utf-8") == "before"
    assert [each.name for each in target.parent.iterdir()] == ["销售.xlsx"]


def test_a_file_that_cannot_be_written_is_said(window: MainWindow, qtbot: QtBot, target: Path) -> None:
    target.with_name("销售.xlsx").mkdir()
    page = list_of(window, qtbot, SALES)
    QTest.keyClick(page.body.table, Qt.Key.Key_E, SHIFTED)
    qtbot.waitUntil(lambda: "销售.xlsx" in _said(window) and "已导出到" not in _said(window), timeout=10_000)


def test_more_rows_than_fit_are_refused_before_a_file_is_made(
    window: MainWindow, qtbot: QtBot, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jxc_desktop.exchange.exporters.report_file.MOST_ROWS", 2)
    monkeypatch.setattr(export, "MOST_ON_PAPER", 0)
    page = list_of(window, qtbot, SALES)
    for key, held, said in ((Qt.Key.Key_E, SHIFTED, "存为 CSV"), (Qt.Key.Key_P, CONTROL, "导出为 Excel")):
        QTest.keyClick(page.body.table, key, held)
        qtbot.waitUntil(lambda text=said: text in _said(window), timeout=10_000)  # type: ignore[misc]
    assert not list(target.parent.iterdir())
