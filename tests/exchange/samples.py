"""Files the tests of this package read, and short ways to make and read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from jxc_desktop.exchange.checks import check
from jxc_desktop.exchange.faults import Fault, Note
from jxc_desktop.exchange.fields import Reader, unit_finder
from jxc_desktop.exchange.grouping import DocumentBatch, read_documents
from jxc_desktop.exchange.headings import find_layout
from jxc_desktop.exchange.importers.run import ImportRequest, run_import
from jxc_desktop.exchange.mapping import documents_by_synonyms, parse_map, read_map
from jxc_desktop.exchange.records import Sheet, read_sheet
from jxc_desktop.exchange.tabular import open_table
from jxc_desktop.language import Language, translator
from jxc_desktop.resource_files import read_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jxc_desktop.exchange.report import ImportReport
    from tests.builders import Shop

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLES = DATA / "imports"
MAPS = DATA / "maps"


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Sequence[str] = ()) -> Path:
    """Write an .xlsx with these sheets; `merged` are cell ranges of the first."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    return path


def reader(*, is_typed: bool = True) -> Reader:
    """A reader that knows the units every new book has."""
    return Reader(unit_finder(row["name_zh_cn"] for row in read_csv("units.csv")), is_typed=is_typed)


def read(path: Path, kind: str, *, map_file: Path | None = None) -> tuple[Sheet, list[Fault], list[Note]]:
    """Read a file of records: the sheet, all faults, all notes."""
    mapped = read_map(map_file, kind) if map_file else None
    table = open_table(path)
    layout = find_layout(table, kind, columns=mapped.columns if mapped else None)
    sheet = read_sheet(table, layout, kind, reader=reader(is_typed=table.is_typed), mapped=mapped)
    found = [*sheet.faults, *sheet.notes, *check(sheet, kind)]
    return sheet, [x for x in found if isinstance(x, Fault)], [x for x in found if isinstance(x, Note)]


def cells(findings: Sequence[Fault | Note]) -> set[tuple[str, str]]:
    """(cell, kind) of each finding."""
    return {(found.place.cell, found.kind.value) for found in findings}


def batch(path: Path, map_file: Path | None = None, **more: Any) -> DocumentBatch:
    """Read a file of documents, with a mapping file or by the synonym table."""
    mapped = read_map(map_file, "documents") if map_file else documents_by_synonyms()
    table = open_table(path)
    layout = find_layout(table, "documents", columns=mapped.columns)
    return read_documents(table, layout, mapped, **more)


def batch_of(path: Path, lines: Sequence[str], raw_map: Mapping[str, Any], **more: Any) -> DocumentBatch:
    """Write lines as a CSV and read them as documents under a mapping in its TOML form."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    mapped = parse_map(raw_map, "documents")
    table = open_table(path)
    return read_documents(table, find_layout(table, "documents", columns=mapped.columns), mapped, **more)


def take(shop: Shop, kind: str, path: Path, map_name: str = "", **more: Any) -> ImportReport:
    """Import a file."""
    map_path = MAPS / f"{map_name}.toml" if map_name else None
    words = translator(Language.ZH_CN)
    step = more.pop("step", lambda _rows: None)
    return run_import(shop.book, ImportRequest(kind, path, map_path, **more), words=words, step=step)
