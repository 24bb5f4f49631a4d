"""The wholesaler's workbook: every planted fault at its cell, every untidy value read, no map needed."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.exchange.faults import faulty_rows
from tests.exchange.samples import SAMPLES, cells, read

if TYPE_CHECKING:
    from jxc_desktop.exchange.records import Record

PATH = SAMPLES / "messy_workbook.xlsx"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "messy_workbook.expected.json").read_text(encoding="utf-8"))
HOLDS_ORDINARY_DIGITS = ("I74", "full_width_digits")


def _expected(rows: list[dict[str, Any]], what: str) -> set[tuple[str, str]]:
    return {(found["cell"], found["kind"]) for row in rows for found in row[what]}


def _good(records: tuple[Record, ...], bad: set[int]) -> list[Record]:
    return [record for record in records if record.row not in bad]


def test_every_fault_of_the_goods_is_found_at_its_cell_and_no_other() -> None:
    sheet, faults, _ = read(PATH, "opening-stock")
    assert (sheet.layout.sheet, sheet.layout.header_row) == (EXPECTED["sheet"], EXPECTED["header_row"])
    assert cells(faults) == _expected([*EXPECTED["rows"], EXPECTED["total_row"]], "fault")
    duplicate = next(found for found in faults if found.place.cell == "A62")
    assert (duplicate.place.heading, duplicate.value, duplicate.text.params["first"]) == ("编码", "A1012", 16)


def test_every_untidy_value_of_the_goods_is_noted() -> None:
    _, _, notes = read(PATH, "opening-stock")
    expected = _expected(EXPECTED["rows"], "note") - {HOLDS_ORDINARY_DIGITS}
    assert expected <= cells(notes)
    assert {cell for cell, _ in cells(notes) - expected} <= {"G39", "G109", "I74"}


def test_every_row_of_the_goods_has_its_clean_values() -> None:
    sheet, _, _ = read(PATH, "opening-stock")
    by_row = {record.row: record for record in sheet.records}
    assert by_row.keys() == {row["excel_row"] for row in EXPECTED["rows"]}
    for row in EXPECTED["rows"]:
        record = by_row[row["excel_row"]]
        for field in ("code", "barcode", "name", "spec", "unit"):
            assert record.text(field) == (row[field] or ""), (row["excel_row"], field)
        assert Decimal(str(record.price("cost"))) == Decimal(row["cost"])
        assert Decimal(str(record.price("price"))) == Decimal(row["price"])
        pack = record.pack()
        assert (pack and str(pack.ratio)) == (row["pack"] and str(row["pack"]))


def test_the_good_rows_add_up() -> None:
    sheet, faults, _ = read(PATH, "opening-stock")
    good = _good(sheet.records, {row for _, row in faulty_rows(faults)})
    expected = EXPECTED["good_rows"]
    assert len(good) == expected["count"]
    assert sum(Decimal(str(record.quantity("quantity"))) for record in good) == Decimal(expected["qty"])
    assert sum(Decimal(str(record.money("amount"))) for record in good) == Decimal(expected["amount"])


def test_the_parties_of_the_other_sheet_are_found_by_their_headings() -> None:
    sheet, faults, notes = read(PATH, "opening-balances")
    assert (sheet.layout.sheet, sheet.layout.header_row) == (EXPECTED["parties_sheet"], EXPECTED["parties_header_row"])
    assert cells(faults) == _expected(EXPECTED["parties"], "fault")
    assert cells(notes) == _expected(EXPECTED["parties"], "note")
    good = _good(sheet.records, {row for _, row in faulty_rows(faults)})
    expected = EXPECTED["good_parties"]
    assert len(good) == expected["count"]
    for field in ("receivable", "payable"):
        found = sum(Decimal(str(record.money(field))) for record in good if record.money(field))
        assert found == Decimal(expected[field])
    dates = {record.row: str(record.date("date")) for record in good}
    assert dates == {row["excel_row"]: row["date"] for row in EXPECTED["parties"] if row["date"]}
    kinds = {record.text("name"): record.text("kind") for record in sheet.records}
    assert (kinds["合成供应商00"], kinds["合成客户01"]) == ("supplier", "customer")


@pytest.mark.parametrize(("kind", "name", "rows"), [("items", "商品资料", 120), ("parties", "往来", 20)])
def test_cards_come_from_the_same_workbook(kind: str, name: str, rows: int) -> None:
    sheet, _, _ = read(PATH, kind)
    assert (sheet.layout.sheet, len(sheet.records)) == (name, rows)


def test_items_are_not_bothered_by_faults_of_their_stock() -> None:
    _, faults, _ = read(PATH, "items")
    kinds = {kind for _, kind in cells(faults)}
    assert kinds == {"missing_code", "check_digit", "unknown_unit", "duplicate_code"}
