"""A count sheet that comes back filled in, as the plain values that the services read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jxc_desktop.exchange.exporters.count_sheet import HIDDEN_SHEET, KEPT
from jxc_desktop.exchange.numbers import read_quantity
from jxc_desktop.exchange.tabular import has_content, open_table
from jxc_desktop.kernel.errors import FileMissing, UserError
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jxc_desktop.exchange.spreadsheet import Cell
    from jxc_desktop.exchange.tabular import Table

_COLUMN = "column."


def read_count_file(file: Path) -> Any:
    """The content of a count sheet: a workbook that `write_count_sheet` made, or its JSON.

    Columns may have been moved and rows added; an item that is not on the sheet is named by its code. Raises
    UserError for a file that is no count sheet, FileMissing, FileLocked, FileDamaged.
    """
    if file.suffix.lower() == ".json":
        return _json(file)
    table = open_table(file)
    if HIDDEN_SHEET not in table.sheets:
        raise UserError(Text("count.not_a_sheet_file", {"file": file.name}))
    kept = {str(cells[0]): str(cells[1]) for _row, cells in table.rows(HIDDEN_SHEET) if len(cells) > 1}
    if any(name not in kept for name in KEPT):
        raise UserError(Text("count.not_a_sheet_file", {"file": file.name}))
    headings = {title: name.removeprefix(_COLUMN) for name, title in kept.items() if name.startswith(_COLUMN)}
    return {
        "snapshot": {"date": kept["date"], "position": kept["position"]},
        "warehouse": kept["warehouse"],
        "is_blind": kept["is_blind"] == "1",
        "lines": _lines(table, headings),
    }


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"), parse_float=str)
    except FileNotFoundError as error:
        raise FileMissing(Text("import.file.missing", {"file": str(file)})) from error
    except ValueError as error:
        raise UserError(Text("count.not_a_sheet_file", {"file": file.name})) from error


def _lines(table: Table, headings: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows under the headings, each with its number in the file."""
    places: dict[str, int] = {}
    lines = []
    for row, cells in table.rows(table.sheets[0]):
        if not places:
            places = _places(cells, headings)
        elif has_content(cells):
            lines.append(_line(row, cells, places))
    if not places:
        raise UserError(Text("count.not_a_sheet_file", {"file": table.path.name}))
    return lines


def _places(cells: Sequence[Cell], headings: Mapping[str, str]) -> dict[str, int]:
    found = {headings[str(cell).strip()]: place for place, cell in enumerate(cells) if str(cell).strip() in headings}
    return found if {"item_code", "counted"} <= found.keys() else {}


def _line(row: int, cells: Sequence[Cell], places: Mapping[str, int]) -> dict[str, Any]:
    given = {name: cells[place] for name, place in places.items() if place < len(cells)}
    line = {name: str(given.get(name, "")).strip() for name in ("item", "item_code", "unit")}
    return {**line, "row": row, "counted": _counted(given.get("counted", ""))}


def _counted(cell: Cell) -> str | None:
    """A quantity tidied; what is none stays as it is written, for the message about it."""
    reading = read_quantity(cell, may_be_negative=True)
    if reading.value is None:
        return str(cell).strip() or None
    return str(reading.value)
