"""Sheets of .xlsx and .xls files through the fast reader; numbers become exact on the way."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, load_workbook

from jxc_desktop.kernel.errors import FileDamaged
from jxc_desktop.kernel.text import Text

from .archive import damaged
from .unread_cells import unread_cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from .unread_cells import Unread

Cell = str | int | Decimal | dt.date | dt.datetime
"""What a cell may hold; an empty cell is the empty string. A datetime always has a time of day that is not midnight."""

_EXACT = 2**53


def open_sheets(path: Path) -> CalamineWorkbook:
    """Open a workbook that passed its guards. Raises FileDamaged."""
    with _ReaderFailures(path):
        return load_workbook(str(path))


def sheet_rows(workbook: CalamineWorkbook, path: Path, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
    """Every row of a sheet with its number as the sheet shows it; formulas give their stored values.

    A cell that has none, an error or a formula nobody worked out, comes as `Unread`.
    """
    with _ReaderFailures(path):
        raw = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    unread = _unread_rows(path, sheet) if zipfile.is_zipfile(path) else {}
    raw += [[]] * (max(unread, default=0) - len(raw))
    for number, row in enumerate(raw, 1):
        cells: list[Cell] = [cell if cell.__class__ is str else exact(cell) for cell in row]
        for column, shown in unread.get(number, ()):
            cells += [""] * (column - len(cells))
            cells[column - 1] = shown
        yield number, cells


def _unread_rows(path: Path, sheet: str) -> dict[int, list[tuple[int, Unread]]]:
    rows: dict[int, list[tuple[int, Unread]]] = {}
    for (row, column), shown in unread_cells(path, sheet).items():
        rows.setdefault(row, []).append((column, shown))
    return rows


def exact(cell: object) -> Cell:
    """A cell value without binary floats: whole numbers are ints, others decimals of the 15 digits a sheet keeps."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return exact_number(cell)
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time() else cell
    if isinstance(cell, (str, int, dt.date)):
        return cell
    return str(cell)


def exact_number(number: float) -> int | Decimal | str:
    """The number a sheet shows at full width: 15 significant digits, so that 0.1 + 0.2 reads 0.3."""
    if number.is_integer() and abs(number) < _EXACT:
        return int(number)
    shown = Decimal(f"{number:.15g}")
    return shown if shown.is_finite() else str(number)


class _ReaderFailures:
    """Turns every way in which the reader gives up, its own crash on a malformed file among them, into FileDamaged."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if kind is None:
            return
        if issubclass(kind, PasswordError):
            raise FileDamaged(Text("import.file.encrypted", {"file": self._path.name})) from error
        if issubclass(kind, (CalamineError, ValueError)) or kind.__name__ == "PanicException":
            raise damaged(self._path) from error
