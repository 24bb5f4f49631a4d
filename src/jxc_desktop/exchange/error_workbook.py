"""The user's file back as a workbook: what is at fault is red and carries a note that says what to do.

An .xlsx comes back as it was, every sheet of it; other files come back as a new workbook with the same rows. Texts are
written as texts, never as formulas, whatever they begin with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml import DEFUSEDXML

from jxc_desktop.kernel.errors import FileLocked
from jxc_desktop.kernel.text import Text

from .archive import check_workbook, damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from .faults import Fault
    from .spreadsheet import Cell
    from .tabular import Table

RED = PatternFill("solid", start_color="FFFF9999", end_color="FFFF9999")
LONGEST_TEXT = 32_767
LONGEST_SHEET_NAME = 31
_ILLEGAL = {code: None for code in range(32) if code not in {9, 10, 13}}
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\")


def write_error_workbook(table: Table, faults: Iterable[Fault], target: Path, *, words: Callable[[Text], str]) -> None:
    """Write `target`. `words` turns a text into the user's language. Raises FileLocked where it cannot be written."""
    notes = _by_cell(faults, words)
    if table.path.suffix.lower() in {".xlsx", ".xlsm"}:
        workbook = _marked_copy(table.path, notes)
    else:
        workbook = _new_workbook(table, notes)
    try:
        workbook.save(target)
    except OSError as error:
        raise FileLocked(Text("import.file.not_writable", {"file": str(target)})) from error


def _by_cell(faults: Iterable[Fault], words: Callable[[Text], str]) -> dict[tuple[str, int, int], str]:
    """(sheet, row, column) → everything there is to say; what concerns a whole row stands at its first cell."""
    notes: dict[tuple[str, int, int], str] = {}
    for found in faults:
        at = found.place.sheet, found.place.row, found.place.column or 1
        message = words(found.text)
        notes[at] = f"{notes[at]}\n{message}" if at in notes else message
    return notes


def _marked_copy(path: Path, notes: dict[tuple[str, int, int], str]) -> Workbook:
    if not DEFUSEDXML:
        message = "defusedxml is missing: hostile workbooks would not be refused"
        raise RuntimeError(message)
    check_workbook(path)
    try:
        workbook = load_workbook(path)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError) as error:
        raise damaged(path) from error
    for (sheet, row, column), message in notes.items():
        cell: Any = workbook[sheet].cell(row, column)
        while type(cell).__name__ == "MergedCell" and column > 1:
            column -= 1  # noqa: PLW2901 — a merged title is one cell, its first
            cell = workbook[sheet].cell(row, column)
        _mark(cell, message)
    return workbook


def _new_workbook(table: Table, notes: dict[tuple[str, int, int], str]) -> Workbook:
    workbook = Workbook(write_only=True)
    for name in table.sheets:
        sheet: Any = workbook.create_sheet(name.translate(_NOT_IN_NAMES)[:LONGEST_SHEET_NAME])
        marked: dict[int, dict[int, str]] = {}
        for (at, row, column), message in notes.items():
            if at == name:
                marked.setdefault(row, {})[column] = message
        last = 0
        for row, cells in table.rows(name):
            for _ in range(last + 1, row):
                sheet.append([])
            here = marked.get(row, {})
            padded = [*cells, *[""] * (max(here, default=0) - len(cells))]
            sheet.append([_written(sheet, cell, here.get(column, "")) for column, cell in enumerate(padded, 1)])
            last = row
    return workbook


def _written(sheet: Any, cell: Cell, message: str) -> Any:
    made = WriteOnlyCell(sheet, value=None)
    if isinstance(cell, str):
        if cell:
            made.value = cell.translate(_ILLEGAL)[:LONGEST_TEXT]
            made.data_type = "s"
    else:
        made.value = cell
    if message:
        _mark(made, message)
    return made


def _mark(cell: Any, message: str) -> None:
    cell.fill = RED
    cell.comment = Comment(message, "jxc-desktop", height=120, width=320)
