"""Opening a user's table file: .xlsx, .xls, .csv, .csv.gz → sheets of rows, each with its number in the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jxc_desktop.kernel.errors import FileDamaged, FileLocked, FileMissing, UserError
from jxc_desktop.kernel.text import Text

from . import archive, delimited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from python_calamine import CalamineWorkbook

    from .spreadsheet import Cell

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls")
TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".csv.gz", ".txt.gz", ".tsv.gz")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Table(Protocol):
    """An opened file. `is_typed` tells whether a number can be told from a text that looks like one."""

    path: Path
    is_typed: bool

    @property
    def sheets(self) -> Sequence[str]:
        """The names of the sheets in their order; a text file has one, named after the file."""

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every row with its number; may be asked again. Rows may differ in length."""


def open_table(path: Path | str, *, encoding: str = "", delimiter: str = "") -> Table:
    """Open a table file by what it holds, not only by its ending.

    Raises FileMissing, FileLocked, FileDamaged, or UserError for an empty file or a kind nobody reads.
    """
    path = Path(path)
    first = _first_bytes(path)
    name = path.name.lower()
    if not first:
        raise UserError(Text("import.file.empty", {"file": path.name}))
    if first.startswith(_ZIP):
        return _open_zip(path)
    if first.startswith(_OLE):
        return _open_ole(path)
    if name.endswith(WORKBOOK_ENDINGS):
        raise archive.damaged(path)
    if not name.endswith(TEXT_ENDINGS):
        raise UserError(Text("import.file.unknown_kind", {"file": path.name}))
    return TextTable(path, delimited.detect(path, encoding=encoding, delimiter=delimiter))


class TextTable:
    """A delimited text file: one sheet, every cell a text, read as a stream."""

    is_typed = False

    def __init__(self, path: Path, dialect: delimited.Dialect) -> None:
        self.path = path
        self.dialect = dialect
        self.sheets: Sequence[str] = (path.name,)

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every line of the file; `sheet` is its only one."""
        del sheet
        return delimited.rows(self.path, self.dialect)


class WorkbookTable:
    """An Excel workbook: typed cells, formulas as their stored values."""

    is_typed = True

    def __init__(self, path: Path, workbook: CalamineWorkbook) -> None:
        self.path = path
        self._workbook = workbook
        self.sheets: Sequence[str] = tuple(workbook.sheet_names)

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every row of the sheet. Raises UserError where the workbook has no such sheet."""
        from .spreadsheet import sheet_rows  # noqa: PLC0415 — loaded only where a workbook is read

        if sheet not in self.sheets:
            names = "、".join(self.sheets)
            raise UserError(Text("import.sheet.unknown", {"sheet": sheet, "file": self.path.name, "sheets": names}))
        return sheet_rows(self._workbook, self.path, sheet)


def has_content(cells: Iterable[Cell]) -> bool:
    """Whether a row holds anything but blanks."""
    return any(cell != "" and (cell.__class__ is not str or not cell.isspace()) for cell in cells)


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except FileNotFoundError as error:
        raise FileMissing(Text("import.file.missing", {"file": str(path)})) from error
    except IsADirectoryError as error:
        raise UserError(Text("import.file.is_folder", {"file": path.name})) from error
    except OSError as error:
        if path.is_dir():
            raise UserError(Text("import.file.is_folder", {"file": path.name})) from error
        raise FileLocked(Text("import.file.locked", {"file": path.name})) from error


def _open_zip(path: Path) -> Table:
    from .spreadsheet import open_sheets  # noqa: PLC0415 — loaded only where a workbook is read

    if not path.name.lower().endswith(WORKBOOK_ENDINGS):
        raise UserError(Text("import.file.unknown_kind", {"file": path.name}))
    archive.check_workbook(path)
    return _with_content(WorkbookTable(path, open_sheets(path)))


def _open_ole(path: Path) -> Table:
    from .spreadsheet import open_sheets  # noqa: PLC0415 — loaded only where a workbook is read

    if path.name.lower().endswith((".xlsx", ".xlsm")):
        raise FileDamaged(Text("import.file.encrypted", {"file": path.name}))
    if not path.name.lower().endswith(".xls"):
        raise UserError(Text("import.file.unknown_kind", {"file": path.name}))
    if path.stat().st_size > archive.MAX_FILE_BYTES:
        limit = {"file": path.name, "megabytes": archive.MAX_FILE_BYTES // 2**20}
        raise FileDamaged(Text("import.file.too_large_bytes", limit))
    return _with_content(WorkbookTable(path, open_sheets(path)))


def _with_content(table: WorkbookTable) -> Table:
    if not table.sheets:
        raise UserError(Text("import.file.empty", {"file": table.path.name}))
    return table
