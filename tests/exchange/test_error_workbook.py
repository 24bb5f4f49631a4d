"""The file comes back with red cells and notes; no text of it becomes a formula."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from jxc_desktop.exchange.error_workbook import RED, write_error_workbook
from jxc_desktop.exchange.report import ImportReport, in_file_order
from jxc_desktop.exchange.tabular import open_table
from jxc_desktop.kernel.errors import FileDamaged, FileLocked
from jxc_desktop.kernel.money import Money
from tests.exchange.samples import MAPS, SAMPLES, batch, read, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jxc_desktop.exchange.spreadsheet import Cell
    from jxc_desktop.kernel.text import Text

MESSY = SAMPLES / "messy_workbook.xlsx"


def words(text: Text) -> str:
    return f"{text.id}: {text.params['value']}"


def _red(path: Path) -> dict[tuple[str, str], str]:
    found = {}
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.fill.start_color.rgb == RED.start_color.rgb:
                    assert cell.comment is not None
                    found[sheet.title, cell.coordinate] = cell.comment.text
    return found


def test_a_workbook_comes_back_as_it_was_with_its_faults_in_red(tmp_path: Path) -> None:
    _, faults, _ = read(MESSY, "opening-stock")
    target = tmp_path / "errors.xlsx"
    write_error_workbook(open_table(MESSY), faults, target, words=words)
    red = _red(target)
    assert red.keys() == {(found.place.sheet, found.place.cell) for found in faults}
    assert red["商品资料", "I70"] == "import.fault.text_quantity: 约50"
    assert list(open_table(target).rows("商品资料")) == list(open_table(MESSY).rows("商品资料"))
    assert list(open_table(target).rows("往来")) == list(open_table(MESSY).rows("往来"))


def test_a_text_file_comes_back_as_a_workbook_with_the_same_rows(tmp_path: Path) -> None:
    source = tmp_path / "lines.csv"
    source.write_text(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
        '1,A,"=HYPERLINK(""http://x"")",约3,2011-08-12 14:50,1,7\n'
        "\n"
        "2,A,+1+1,3,2011-02-30 14:50,1\n",
        encoding="utf-8",
    )
    found = batch(source, MAPS / "online_retail.toml")
    target = tmp_path / "errors.xlsx"
    write_error_workbook(open_table(source), found.faults, target, words=words)
    assert {cell for _, cell in _red(target)} == {"D2", "E4"}
    sheet = load_workbook(target).worksheets[0]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ('=HYPERLINK("http://x")', "s")
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("+1+1", "s")
    assert [cell.value for cell in sheet[1]][:2] == ["InvoiceNo", "StockCode"]


def test_texts_that_look_like_formulas_stay_texts_in_the_copy(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["编码", "名称", "单位", "数量"])
    sheet.append(["A1", "x", "个", "约5"])
    sheet["B2"].value = "=1+1"
    sheet["B2"].data_type = "s"
    source = tmp_path / "a.xlsx"
    book.save(source)
    _, faults, _ = read(source, "opening-stock")
    target = tmp_path / "b.xlsx"
    write_error_workbook(open_table(source), faults, target, words=words)
    copy = load_workbook(target).worksheets[0]["B2"]
    assert (copy.value, copy.data_type) == ("=1+1", "s")


def test_two_faults_of_a_cell_share_a_note(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", {"表": [["编码", "名称", "单位", "数量"], ["A1", "x", "个", "约5"]]})
    _, faults, _ = read(source, "opening-stock")
    target = tmp_path / "b.xlsx"
    write_error_workbook(open_table(source), [*faults, *faults], target, words=words)
    assert _red(target) == {("表", "D2"): "import.fault.text_quantity: 约5\nimport.fault.text_quantity: 约5"}


def test_a_target_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileLocked):
        write_error_workbook(open_table(MESSY), [], tmp_path / "no folder" / "b.xlsx", words=words)


def test_entities_of_a_hostile_workbook_are_refused(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", {"表": [["编码"]]})
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + parts[
        "xl/workbook.xml"
    ].split(b"?>", 1)[-1].replace("表".encode(), b"&e;")
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(FileDamaged):
        write_error_workbook(_Reopened(source), [], tmp_path / "b.xlsx", words=words)


class _Reopened:
    """A table whose reader is not asked: the copy is made by the other library."""

    is_typed = True
    sheets = ("表",)

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Cell]]]:
        raise AssertionError(sheet)


def test_the_report_in_its_published_form() -> None:
    _, faults, _ = read(MESSY, "opening-stock")
    report = ImportReport(
        read=120,
        created=109,
        skipped=11,
        amount_created=Money(1986687455),
        amount_skipped=Money(-5),
        note_count=3,
        faults=in_file_order(tuple(faults), ("商品资料", "往来")),
        milliseconds=1_234,
    )
    printed = report.as_json(words)
    assert list(printed) == [
        *("read", "created", "updated", "skipped", "duplicates", "linked", "unlinked", "amount_created"),
        *("amount_skipped", "notes", "problems", "problem_counts", "seconds"),
    ]
    assert printed["problems"][0] == {  # type: ignore[index]
        "sheet": "商品资料",
        "row": 21,
        "column": "编码",
        "value": "",
        "message": "import.fault.missing_code: ",
    }
    assert (printed["amount_created"], printed["seconds"]) == ("19866874.55", 1.234)
    assert printed["problem_counts"]["duplicate_code"] == 2  # type: ignore[index]
    rows = [found.place.row for found in report.faults]
    assert rows == sorted(rows)


def test_only_the_first_thousand_problems_are_listed_and_all_are_counted() -> None:
    _, faults, _ = read(MESSY, "opening-stock")
    printed = ImportReport(faults=tuple(faults) * 100).as_json(words)
    assert len(printed["problems"]) == 1_000  # type: ignore[arg-type]
    assert sum(printed["problem_counts"].values()) == 1_200  # type: ignore[attr-defined]
