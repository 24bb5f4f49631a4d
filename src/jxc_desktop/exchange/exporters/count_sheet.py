"""A sheet to count on as a workbook: what the books know, and a column to fill in.

What the sheet must not lose, its snapshot and which column is which, stands in a hidden second sheet.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import FileLocked
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

COLUMNS = ("item_code", "item_name", "item_spec", "unit", "book_quantity", "counted", "item")
"""The fields of a line in their order; the last one is hidden."""
HIDDEN_SHEET = "jxc_count"
KEPT = ("date", "position", "warehouse", "is_blind")
"""What the hidden sheet keeps beside the headings."""

_TITLES = {
    "item_code": Text("field.item_code"),
    "item_name": Text("field.item_name"),
    "item_spec": Text("field.item_spec"),
    "unit": Text("field.unit"),
    "book_quantity": Text("count.column.book"),
    "counted": Text("count.column.counted"),
    "item": Text("count.column.item"),
}
_WIDTHS = {"item_name": 28, "item_spec": 18, "unit": 8}
_QUANTITY = "#,##0.######"


def write_count_sheet(content: Mapping[str, Any], file: Path, *, words: Callable[[Text], str]) -> None:
    """Write a count sheet to an .xlsx file. Raises FileLocked where the file cannot be written."""
    import xlsxwriter  # noqa: PLC0415 — slow to load, and most runs write no workbook

    columns = [name for name in COLUMNS if name != "book_quantity" or not content["is_blind"]]
    headings = {name: words(_TITLES[name]) for name in columns}
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as target:
            workbook = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
            _fill(workbook, content, headings, words)
            _keep(workbook, content, headings)
            workbook.close()
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileLocked(Text("import.file.not_writable", {"file": str(file)})) from error


def _fill(workbook: Any, content: Mapping[str, Any], headings: Mapping[str, str], words: Callable[[Text], str]) -> None:
    params = {"warehouse": content["warehouse_name"], "date": content["snapshot"]["date"]}
    sheet = workbook.add_worksheet(words(Text("count.sheet"))[:31])
    bold, number = workbook.add_format({"bold": True}), workbook.add_format({"num_format": _QUANTITY})
    fill_in = workbook.add_format({"num_format": _QUANTITY, "bg_color": "#FFF8E1", "border": 1})
    sheet.write_string(0, 0, words(Text("count.sheet_of", params)), bold)
    for place, name in enumerate(headings):
        sheet.set_column(place, place, _WIDTHS.get(name, 14), None, {"hidden": name == "item"})
        sheet.write_string(1, place, headings[name], bold)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    for row, line in enumerate(content["lines"], 2):
        for place, name in enumerate(headings):
            value = line[name]
            if name == "counted":
                sheet.write_blank(row, place, None, fill_in)
            elif name == "book_quantity":
                sheet.write_number(row, place, Decimal(value), number)
            else:
                sheet.write_string(row, place, value)


def _keep(workbook: Any, content: Mapping[str, Any], headings: Mapping[str, str]) -> None:
    kept = workbook.add_worksheet(HIDDEN_SHEET)
    kept.very_hidden()
    facts = {**content["snapshot"], "warehouse": content["warehouse"], "is_blind": str(int(content["is_blind"]))}
    rows = [*((name, facts[name]) for name in KEPT), *((f"column.{name}", title) for name, title in headings.items())]
    for row, (name, value) in enumerate(rows):
        kept.write_string(row, 0, name)
        kept.write_string(row, 1, value)
