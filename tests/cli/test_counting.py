"""Counting from the command line: the sheet as a workbook and as JSON, the differences, the posted count."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


@pytest.fixture
def sheet(run: Run, shop: Path, tmp_path: Path) -> Path:
    """A sheet of the apples, 89.5 kg in the books."""
    file = tmp_path / "盘点.xlsx"
    answer = run("count", "sheet", "--warehouse", "总仓", "--out", file, "--book", shop, "--json")
    assert (answer.code, answer.json) == (0, {"file": str(file), "count": 1})
    return file


def headings(book: Workbook) -> dict[str, str]:
    """Field → the heading over its column."""
    rows = [[str(cell.value) for cell in row] for row in book.worksheets[1]]
    return {name.removeprefix("column."): title for name, title in rows if name.startswith("column.")}


def places(book: Workbook) -> dict[str, int]:
    """Field → its column; the first is 1."""
    titles = [cell.value for cell in book.worksheets[0][2]]
    return {name: titles.index(title) + 1 for name, title in headings(book).items()}


def fill(file: Path, counted: float | str, *, row: int = 3) -> None:
    """Write what was counted into the workbook."""
    book = load_workbook(file)
    book.worksheets[0].cell(row, places(book)["counted"], counted)
    book.save(file)


def test_a_filled_in_workbook_is_posted(run: Run, shop: Path, sheet: Path) -> None:
    fill(sheet, 65.5)
    answer = run("count", "diff", sheet, "--book", shop, "--json").json
    assert list(answer) == ["date", "warehouse", "skipped", "lines", "recount", "totals"]
    (line,) = answer["lines"]
    assert [line[name] for name in ("item_code", "counted", "book_quantity", "moved", "quantity", "difference")] == [
        "A1",
        "65.5",
        "89.5",
        "0",
        "65.5",
        "-24",
    ]
    assert (line["value"], answer["recount"], line["causes"][0]["id"]) == (
        "-120.00",
        ["A1"],
        "count.cause.packs_missing",
    )
    shown = run("count", "diff", sheet, "--book", shop, "--tolerance", "30").out
    assert "-120.00" in shown
    assert run("count", "post", sheet, "--book", shop, "--preview", "--json").json["preview"] is True
    posted = run("count", "post", sheet, "--book", shop, "--json").json
    assert posted["number"].startswith("PD-")
    (row,) = run("report", "stock-on-hand", "--json").json["rows"]
    assert row["quantity"] == "65.5"


def test_columns_may_be_moved_and_rows_added(run: Run, shop: Path, sheet: Path) -> None:
    book = load_workbook(sheet)
    page = book.worksheets[0]
    page.insert_cols(1)
    page.insert_rows(3)
    page.cell(2, 1, "货架")
    at = places(book)
    page.cell(4, at["counted"], "８０")
    page.cell(6, at["item_code"], "A1")
    page.cell(6, at["counted"], 2)
    page.cell(6, at["unit"], "箱")
    book.save(sheet)
    (line,) = run("count", "diff", sheet, "--book", shop, "--json").json["lines"]
    assert line["counted"] == "104"


def test_a_blind_sheet_tells_nothing(run: Run, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "blind.xlsx"
    run("count", "sheet", "--warehouse", "01", "--blind", "--out", file, "--book", shop)
    book = load_workbook(file)
    cells = [cell.value for page in book.worksheets for row in page for cell in row]
    assert "book_quantity" not in headings(book)
    assert not {89.5, "89.5"} & set(cells)
    again = tmp_path / "again.json"
    fill(file, 1)
    run("count", "diff", file, "--recount", again, "--book", shop)
    content = json.loads(again.read_text(encoding="utf-8"))
    assert content["is_blind"] is True
    assert [(line["item_code"], line["book_quantity"]) for line in content["lines"]] == [("A1", None)]


def test_json_goes_out_and_comes_back(run: Run, shop: Path, tmp_path: Path) -> None:
    content = run("count", "sheet", "--warehouse", "01", "--item", "苹果", "--book", shop, "--json").json
    content["lines"][0]["counted"] = 90
    file = tmp_path / "count.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert run("count", "diff", file, "--book", shop, "--json").json["lines"][0]["difference"] == "0.5"
    assert run("count", "sheet", "--warehouse", "01", "--book", shop).out.count("苹果") == 1


def test_faults_name_the_row_of_the_file(run: Run, shop: Path, sheet: Path) -> None:
    fill(sheet, "约50")
    answer = run("count", "post", sheet, "--book", shop, "--json")
    assert answer.code == 1
    assert [each["place"] for each in answer.json["problems"]] == [["lines", 3, "counted"]]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["sheet"], 2),
        (["sheet", "--warehouse", "09"], 1),
        (["diff", "none.xlsx"], 3),
        (["diff", "none.json"], 3),
        (["post", "none.xlsx", "--uncounted", "maybe"], 2),
        (["diff", "none.xlsx", "--tolerance", "x"], 2),
    ],
)
def test_what_cannot_be_is_refused(run: Run, shop: Path, words: list[str], code: int) -> None:
    assert run("count", *words, "--book", shop).code == code


def test_any_other_file_is_no_sheet(run: Run, shop: Path, tmp_path: Path) -> None:
    report, text = tmp_path / "stock.xlsx", tmp_path / "x.json"
    run("report", "stock-on-hand", "--out", report, "--book", shop)
    text.write_text("[1", encoding="utf-8")
    for file in (report, text):
        answer = run("count", "diff", file, "--book", shop, "--json")
        assert (answer.code, answer.json["error"]["id"]) == (1, "count.not_a_sheet_file")
    text.write_text("[1]", encoding="utf-8")
    assert run("count", "diff", text, "--book", shop, "--json").json["error"]["id"] == "count.not_a_sheet"
