"""Lists of documents and cards, and reports with their declared parameters, on the screen and as files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from jxc_desktop.cli.table import width
from jxc_desktop.queries.reports.registry import REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


def test_documents_are_listed_in_the_promised_shape(run: Run, shop: Path) -> None:
    listed = run("list", "documents", "--book", shop, "--json").json
    assert listed["count"] == 2
    first, second = listed["rows"]
    assert list(first) == ["id", "kind", "number", "external_number", "date", "party", "status", "amount"]
    assert (first["kind"], first["number"], first["date"]) == ("delivery_note", "XS-20260106-0001", "2026-01-06")
    assert (first["party"], first["status"], first["amount"]) == ("老王超市", "posted", "301.95")
    assert len(first["id"]) == 32
    assert (second["kind"], second["amount"]) == ("goods_receipt", "600.00")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["delivery_note"], 1),
        (["sales_return"], 0),
        (["documents", "--from", "2026-01-06"], 1),
        (["documents", "--to", "2026-01-05"], 1),
        (["documents", "--from", "2026-01-07"], 0),
        (["documents", "--party", "C1"], 1),
        (["documents", "--party", "老王超市"], 1),
        (["documents", "--text", "果园"], 1),
        (["documents", "--status", "voided"], 0),
        (["documents", "--limit", "1"], 1),
        (["item"], 1),
        (["item", "--text", "苹"], 1),
        (["item", "--text", "梨"], 0),
        (["party", "--limit", "2"], 2),
    ],
)
def test_lists_are_filtered(run: Run, shop: Path, words: list[str], count: int) -> None:
    listed = run("list", *words, "--book", shop, "--json").json
    assert (listed["count"], len(listed["rows"])) == (count, count)
    assert len(run("list", *words).out.splitlines()) == count + 3


def test_every_report_is_listed_and_answers(run: Run, shop: Path) -> None:
    listed = run("report", "--list", "--json").json["reports"]
    assert [each["name"] for each in listed] == list(REPORTS)
    for each in listed:
        needed = {one["name"]: one for one in each["parameters"] if one["required"]}
        words = [word for name in needed for word in (f"--{name.replace('_', '-')}", _value(name))]
        answer = run("report", each["name"], *words, "--book", shop, "--json")
        assert answer.code == 0, answer.err
        assert list(answer.json) == ["report", "parameters", "columns", "rows", "totals"]
        assert [column["name"] for column in answer.json["columns"]] == [one["name"] for one in each["columns"]]
        assert run("report", each["name"], *words).code == 0


def _value(name: str) -> str:
    return {"account": "1001", "item": "A1", "party": "C1", "warehouse": "01"}.get(name, "2026-01")


def test_stock_on_hand_as_people_script_against_it(run: Run, shop: Path) -> None:
    answer = run("report", "stock-on-hand", "--as-of", "2026-01-05", "--book", shop, "--json").json
    assert answer["parameters"] == {"as_of": "2026-01-05"}
    (row,) = answer["rows"]
    assert (row["item_code"], row["item_name"], row["quantity"], row["value"]) == ("A1", "苹果", "120", "600.00")
    (row,) = run("report", "stock-on-hand", "--json").json["rows"]
    assert (row["quantity"], row["value"], row["unit_cost"]) == ("89.5", "447.50", "5")


def test_a_report_lines_up_and_ends_with_its_totals(run: Run, shop: Path) -> None:
    lines = run("report", "trial-balance", "--from", "2026-01", "--to", "2026-01", "--book", shop).out.splitlines()
    rules = [number for number, text in enumerate(lines) if set(text) == {"-", " "}]
    assert len(rules) == 2
    assert lines[-1].startswith("合计")
    assert all(width(text) <= width(lines[rules[0]]) for text in lines)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["trial-balance", "--from", "2026-13"], 1),
        (["stock-on-hand", "--item", "none"], 1),
        (["stock-on-hand", "--nonsense", "x"], 2),
    ],
)
def test_a_parameter_that_cannot_be_read_is_refused(run: Run, shop: Path, words: list[str], code: int) -> None:
    assert run("report", *words, "--book", shop).code == code


def test_a_report_is_written_as_a_workbook_with_numbers(run: Run, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "库存.xlsx"
    assert run("report", "stock-on-hand", "--out", file, "--book", shop).code == 0
    sheet = load_workbook(file).worksheets[0]
    names = [cell.value for cell in sheet[1]]
    row = dict(zip(names, [cell.value for cell in sheet[2]], strict=True))
    assert row["商品编码"] == "A1"
    assert row["数量"] == pytest.approx(89.5)
    assert sheet.freeze_panes == "A2"


def test_a_report_is_written_as_csv_that_excel_reads(run: Run, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    assert run("report", "stock-on-hand", "--out", file, "--book", shop, "--json").json == {"file": str(file)}
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert rows[0][0] == "商品编码"
    assert rows[1][0] == "A1"


def test_a_text_is_never_a_formula(run: Run, shop: Path, tmp_path: Path) -> None:
    run("master", "set", "item", "A1", "name==1+1", "--book", shop)
    file = tmp_path / "stock.xlsx"
    run("report", "stock-on-hand", "--out", file)
    cells = [cell for cell in load_workbook(file).worksheets[0][2] if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_report_goes_into_no_other_kind_of_file(run: Run, shop: Path, tmp_path: Path) -> None:
    assert run("report", "stock-on-hand", "--out", tmp_path / "a.doc", "--book", shop).code == 1
    assert run("report", "stock-on-hand", "--out", tmp_path / "none" / "a.csv", "--book", shop).code == 3
    assert run("report", "stock-on-hand", "--out", tmp_path / "none" / "a.xlsx", "--book", shop).code == 3


def test_a_kind_is_named_as_people_write_it(run: Run, shop: Path) -> None:
    expected = run("list", "delivery_note", "--book", shop, "--json").json
    assert expected["count"] == 1
    for written in ("delivery-note", "Delivery_Note", "销售出库单"):
        assert run("list", written, "--book", shop, "--json").json == expected
    refused = run("list", "nonsense", "--book", shop)
    assert refused.code == 2
    assert "delivery_note 销售出库单" in refused.err
    assert "delivery_note 销售出库单" in run("list", "--help").out


def test_a_list_of_an_unknown_party_is_refused(run: Run, shop: Path) -> None:
    assert run("list", "documents", "--party", "老王超市", "--book", shop, "--json").json["count"] == 1
    answer = run("list", "documents", "--party", "没有的", "--book", shop)
    assert answer.code == 1
    assert "没有的" in answer.err


def test_the_type_of_a_document_is_a_word_for_people_and_a_code_for_scripts(
    run: Run, shop: Path, tmp_path: Path
) -> None:
    words = ["report", "stock-ledger", "--book", shop]
    assert {row["kind"] for row in run(*words, "--json").json["rows"]} == {"goods_receipt", "delivery_note"}
    assert "销售出库单" in run(*words).out
    assert "delivery_note" not in run(*words).out
    run(*words, "--out", tmp_path / "ledger.csv")
    assert "销售出库单" in (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
