"""Rows of a sheet as records of clean values, with every fault and note found on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar, cast

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice
from jxc_desktop.kernel.value import value

from .cells import stripped
from .faults import CellPlace, Fault, Note, fault
from .fields import KINDS, Clean, KindFields, Reader
from .headings import Layout, is_header_again
from .packs import Pack
from .synonyms import synonyms
from .tabular import has_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .mapping import Mapped
    from .spreadsheet import Cell
    from .tabular import Table

T = TypeVar("T")


@value
class Record:
    """One row: its number, its clean values by field, and its cells as they were."""

    row: int
    values: Mapping[str, Clean]
    written: Mapping[str, str]
    faulty: frozenset[str] = frozenset()

    def text(self, field: str) -> str:
        """A text, empty where there is none."""
        return self._of(field, str) or ""

    def quantity(self, field: str) -> Quantity | None:
        """A quantity, None where there is none."""
        return self._of(field, Quantity)

    def price(self, field: str) -> UnitPrice | None:
        """A price, None where there is none."""
        return self._of(field, UnitPrice)

    def money(self, field: str) -> Money | None:
        """An amount, None where there is none."""
        return self._of(field, Money)

    def rate(self, field: str) -> Rate | None:
        """A rate, None where there is none."""
        return self._of(field, Rate)

    def date(self, field: str) -> dt.date | None:
        """A date, None where there is none."""
        return self._of(field, dt.date)

    def days(self, field: str) -> int | None:
        """A number of days, None where there is none."""
        return self._of(field, int)

    def pack(self) -> Pack | None:
        """The larger unit, None where there is none."""
        return self._of("pack", Pack)

    def _of(self, field: str, kind: type[T]) -> T | None:
        found = self.values.get(field)
        return found if isinstance(found, kind) else None


@value
class TotalRow:
    """A row of totals: what it says for each summed field, and whether it totals a part only."""

    row: int
    label: str
    is_part: bool
    amounts: Mapping[str, Clean]
    after: int


@value
class Sheet:
    """All records of a sheet, its rows of totals (`after` = how many records stand above), its faults and notes."""

    layout: Layout
    records: tuple[Record, ...]
    totals: tuple[TotalRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]

    def place(self, row: int, field: str) -> CellPlace:
        """Where a field of a row stands."""
        return place(self.layout, row, field)


def place(layout: Layout, row: int, field: str) -> CellPlace:
    """Where a field of a row stands; without a column, the row."""
    column = layout.columns.get(field)
    if column is None:
        return CellPlace(layout.sheet, row)
    return CellPlace(layout.sheet, row, column.number, column.heading)


def read_sheet(table: Table, layout: Layout, kind: str, *, reader: Reader, mapped: Mapped | None = None) -> Sheet:
    """Read every data row below the header. Totals, repeated headers, section titles and remarks are no data."""
    known = KINDS[kind, layout.shape]
    collected = _Collected(layout, known, reader, mapped)
    for row, cells in table.rows(layout.sheet):
        if row > layout.header_row and has_content(cells):
            collected.take(row, cells)
    return collected.sheet()


class _Collected:
    """What has been read so far."""

    def __init__(self, layout: Layout, known: KindFields, reader: Reader, mapped: Mapped | None) -> None:
        self._layout, self._known, self._reader = layout, known, reader
        self._fields = {field: column for field, column in layout.columns.items() if field in known.fields}
        self._constants = dict(mapped.constants) if mapped else {}
        self._translations = mapped.values if mapped else {}
        self._records: list[Record] = []
        self._totals: list[TotalRow] = []
        self._faults: list[Fault] = []
        self._notes: list[Note] = []

    def sheet(self) -> Sheet:
        return Sheet(self._layout, tuple(self._records), tuple(self._totals), tuple(self._faults), tuple(self._notes))

    def take(self, row: int, cells: Sequence[Cell]) -> None:
        label = _label(cells)
        if synonyms().is_total(label):
            self._take_total(row, cells, label)
        elif not self._is_no_data(cells, label):
            self._take_record(row, cells)

    def _is_no_data(self, cells: Sequence[Cell], label: str) -> bool:
        if sum(has_content([cell]) for cell in cells) == 1 and (label or self._totals):
            return True
        if is_header_again(self._layout, cells):
            return True
        is_below = bool(self._totals) and not self._totals[-1].is_part
        has_numbers = any(has_content([self._cell(cells, field)]) for field in (*self._known.summed, "cost", "price"))
        return not has_numbers and (is_below or synonyms().is_remark(label))

    def _take_total(self, row: int, cells: Sequence[Cell], label: str) -> None:
        amounts: dict[str, Clean] = {}
        for field in self._known.summed:
            reading = self._known.fields[field](self._cell(cells, field), self._reader)
            if reading.value is not None:
                amounts[field] = reading.value
        self._totals.append(TotalRow(row, label, synonyms().is_subtotal(label), amounts, len(self._records)))

    def _take_record(self, row: int, cells: Sequence[Cell]) -> None:
        values: dict[str, Clean] = {}
        written: dict[str, str] = {}
        faulty: set[str] = set()
        for field in (*self._fields, *(self._constants.keys() & self._known.fields.keys()) - self._fields.keys()):
            cell = self._translated(field, self._cell(cells, field))
            written[field] = str(cell)
            reading = self._known.fields[field](cell, self._reader)
            where = place(self._layout, row, field)
            if reading.value is not None:
                values[field] = reading.value
            self._notes += [Note(where, kind, str(cell)) for kind in reading.notes]
            if reading.fault:
                faulty.add(field)
                self._faults.append(fault(where, reading.fault, cell))
        self._records.append(Record(row, values, written, frozenset(faulty)))

    def _cell(self, cells: Sequence[Cell], field: str) -> Cell:
        column = self._fields.get(field)
        return cells[column.number - 1] if column and column.number <= len(cells) else ""

    def _translated(self, field: str, cell: Cell) -> Cell:
        text = stripped(cell) if isinstance(cell, str) else str(cell)
        if not text:
            return self._constants.get(field, "")
        words = self._translations.get(field)
        return cast("Cell", words.get(text, cell)) if words else cell


def _label(cells: Sequence[Cell]) -> str:
    """The first filled cell, where it is a text: it labels totals, sections and remarks."""
    first = next((cell for cell in cells if has_content([cell])), "")
    return stripped(first) if isinstance(first, str) else ""
