"""The file of one import, opened and understood: its table, its mapping, its name as a source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.exchange.checks import check
from jxc_desktop.exchange.faults import Fault, Note
from jxc_desktop.exchange.fields import Reader
from jxc_desktop.exchange.headings import Layout, find_layout
from jxc_desktop.exchange.mapping import Mapped, documents_by_synonyms, read_map
from jxc_desktop.exchange.records import Record, Sheet, read_sheet
from jxc_desktop.exchange.tabular import Table, open_table
from jxc_desktop.kernel.value import value

from .known import Known

if TYPE_CHECKING:
    from collections.abc import Container

    from .plan import Plan


@value
class Source:
    """One file to import. `name` tells its documents from those of other sources; it is never the file's name."""

    kind: str
    path: Path
    table: Table
    mapped: Mapped
    layout: Layout
    known: Known
    may_create: bool
    name: str


def open_source(
    known: Known, kind: str, path: Path, *, map_path: Path | None = None, sheet: str = "", may_create: bool = True
) -> Source:
    """Open a file for a kind of import and find its columns. Raises what opening, mapping and finding refuse with."""
    types = {each.code for each in all_types()}
    if map_path:
        mapped = read_map(map_path, kind, types=types)
    else:
        mapped = documents_by_synonyms() if kind == "documents" else Mapped(kind)
    table = open_table(path, encoding=mapped.encoding, delimiter=mapped.delimiter)
    layout = find_layout(table, kind, sheet=sheet or mapped.sheet, header_row=mapped.header_row, columns=mapped.columns)
    return Source(kind, path, table, mapped, layout, known, may_create, mapped.source or kind)


def read_records(source: Source, plan: Plan, known: Container[str] = frozenset()) -> tuple[Sheet, list[Record]]:
    """Read a sheet of records: faults and notes go to the plan, what is left are the good rows.

    `known` are the folded codes of the cards the book has. Faulty rows count as skipped; a row of totals is no row.
    """
    reader = Reader(source.known.find_unit, source.table.is_typed, source.mapped.date_formats)
    sheet = read_sheet(source.table, source.layout, source.kind, reader=reader, mapped=source.mapped)
    findings = [*sheet.faults, *sheet.notes, *check(sheet, source.kind, known)]
    plan.faults += [found for found in findings if isinstance(found, Fault)]
    plan.notes += [found for found in findings if isinstance(found, Note)]
    plan.source = source.name
    plan.read = len(sheet.records)
    bad = {found.place.row for found in plan.faults}
    good = [record for record in sheet.records if record.row not in bad]
    plan.skip(len(sheet.records) - len(good))
    return sheet, good
