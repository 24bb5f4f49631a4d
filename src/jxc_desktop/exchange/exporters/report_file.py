"""A report as a file: .xlsx with real numbers and dates, or .csv that Excel opens as UTF-8."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import FileLocked, UserError
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SUFFIXES = (".xlsx", ".csv")
NUMBER_FORMATS = {"money": "#,##0.00", "quantity": "#,##0.######", "price": "#,##0.00####", "rate": "0.00%"}
WIDTHS = {"text": 20, "date": 12}
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
"""So many rows a sheet holds."""


def write_report(content: Mapping[str, Any], file: Path, *, title: str, total_word: str) -> None:
    """Write the answer of a report (its JSON form) to a file by the file's suffix.

    Its rows are taken one by one, so that they may be made while the file is written.
    Raises UserError for another suffix or more rows than a sheet holds, FileLocked where the file cannot be written.
    """
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(Text("report.file_kind", {"file": str(file), "kinds": [*SUFFIXES, ".pdf"]}))
    part = file.with_name(f"{file.name}.part")
    try:
        if suffix == ".csv":
            _write_csv(content, part, total_word)
        else:
            _write_workbook(content, part, title, total_word)
        part.replace(file)
    except OSError as error:
        raise FileLocked(Text("import.file.not_writable", {"file": str(file)})) from error
    finally:
        part.unlink(missing_ok=True)


def total_row(content: Mapping[str, Any], total_word: str) -> list[Any]:
    """The row of totals under the columns, empty where the report adds nothing up."""
    totals = content["totals"]
    if not totals:
        return []
    row = [totals.get(column["name"]) for column in content["columns"]]
    if row[0] is None:
        row[0] = total_word
    return row


def _rows(content: Mapping[str, Any], total_word: str) -> Iterator[list[Any]]:
    names = [column["name"] for column in content["columns"]]
    for row in content["rows"]:
        yield [row[name] for name in names]
    last = total_row(content, total_word)
    if last:
        yield last


def _write_csv(content: Mapping[str, Any], file: Path, total_word: str) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([column["title"] for column in content["columns"]])
        writer.writerows(_rows(content, total_word))


def _write_workbook(content: Mapping[str, Any], file: Path, title: str, total_word: str) -> None:
    import xlsxwriter  # noqa: PLC0415 — slow to load, and most runs write no workbook

    options = {"constant_memory": True, "strings_to_formulas": False}
    with file.open("wb") as target, closing(xlsxwriter.Workbook(target, options)) as workbook:
        _fill_workbook(workbook, content, title, total_word)


def _fill_workbook(workbook: Any, content: Mapping[str, Any], title: str, total_word: str) -> None:
    sheet = workbook.add_worksheet(_sheet_name(title))
    head = workbook.add_format({"bold": True, "bottom": 1})
    formats = {kind: workbook.add_format({"num_format": shape}) for kind, shape in NUMBER_FORMATS.items()}
    formats["date"] = workbook.add_format({"num_format": "yyyy-mm-dd"})
    columns = content["columns"]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column["type"], 14))
        sheet.write_string(0, place, column["title"], head)
    sheet.freeze_panes(1, 0)
    kinds = [column["type"] for column in columns]
    for number, row in enumerate(_rows(content, total_word), 1):
        if number >= MOST_ROWS:
            raise UserError(Text("report.too_long", {"most": f"{MOST_ROWS:,}"}))
        _write_row(sheet, number, row, kinds, formats)


def _write_row(sheet: Any, number: int, row: Sequence[Any], kinds: Sequence[str], formats: Mapping[str, Any]) -> None:
    for place, (value, kind) in enumerate(zip(row, kinds, strict=True)):
        if value is None or value == "":
            continue
        if isinstance(value, bool):
            sheet.write_boolean(number, place, value)
        elif isinstance(value, int):
            sheet.write_number(number, place, value)
        elif kind in NUMBER_FORMATS and _is_number(value):
            sheet.write_number(number, place, Decimal(value), formats[kind])
        elif kind == "date" and _is_day(value):
            sheet.write_datetime(number, place, date.fromisoformat(value), formats["date"])
        else:
            sheet.write_string(number, place, str(value)[:LONGEST_TEXT])


def _is_number(value: str) -> bool:
    return value.lstrip("-").replace(".", "", 1).isdecimal()


def _is_day(value: str) -> bool:
    return len(value) == 10 and value[4] == value[7] == "-"


def _sheet_name(title: str) -> str:
    return title.translate(str.maketrans("", "", "[]:*?/\\'"))[:31] or "report"
