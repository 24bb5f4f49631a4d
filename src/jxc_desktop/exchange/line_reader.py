"""Reading a documents file into a line store, some thousand rows at a time and column by column."""

from __future__ import annotations

from functools import partial
from itertools import dropwhile, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from jxc_desktop.kernel.rounding import FEN_PER_PRODUCT, half_up
from jxc_desktop.kernel.value import value

from .cells import Reading, read_code, read_text
from .dates import read_date_time
from .faults import FaultKind, NoteKind, fault
from .line_store import BAD, NO_VALUE, REMEMBERED, Items, LineStore, Numbers, Spellings, seconds
from .numbers import read_money, read_price, read_quantity
from .records import place
from .rule_table import WORD_FIELDS, RuleTable
from .synonyms import synonyms
from .tabular import has_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .faults import Fault
    from .headings import Layout
    from .mapping import Mapped
    from .spreadsheet import Cell
    from .tabular import Table

PIECE = 4_096
ITEM_KEYS = ("item_code", "item_barcode", "item_name")
EXTRAS = ("unit", "warehouse", "batch", "tax_rate", "note", "item_spec", "item_barcode", "return_of")


@value
class Chunk:
    """Some rows as columns of integers, one entry a row."""

    rows: list[int]
    words: dict[str, list[int]]
    moments: list[int]
    quantities: list[int]
    prices: list[int]
    amounts: list[int]


class LineReader:
    """Reads one documents file. After `read_all`: `store`, `faults`, `skipped_rows`, the numbered texts and items."""

    def __init__(self, table: Table, layout: Layout, mapped: Mapped) -> None:
        self.table, self.layout, self.mapped = table, layout, mapped
        self.item_field = next((field for field in ITEM_KEYS if field in layout.columns), ITEM_KEYS[0])
        extras = tuple(field for field in EXTRAS if field in layout.columns or field in mapped.constants)
        names = dict.fromkeys((*WORD_FIELDS, *ITEM_KEYS, *extras))
        self.texts = {field: self._spellings(field) for field in names}
        self.items = Items(self.texts[self.item_field])
        self.store = LineStore(extras)
        self.faults: list[Fault] = []
        self.bad_numbers: set[int] = set()
        self.read = 0
        self.skipped_rows: dict[str, int] = {}
        self.skipped_amount = 0
        self.party_names: dict[int, int] = {}
        self._rules = RuleTable(mapped, self.texts, self.item_field)
        self._columns = {field: column.number - 1 for field, column in layout.columns.items()}
        self._width = max(self._columns.values()) + 1
        is_typed = table.is_typed
        self._quantities = Numbers(
            partial(_micro, partial(read_quantity, is_typed=is_typed, may_be_negative=True)), empty=BAD
        )
        self._prices = Numbers(
            partial(_micro, partial(read_price, is_typed=is_typed, may_be_negative=True)), empty=NO_VALUE
        )
        self._amounts = Numbers(partial(_fen, is_typed=is_typed), empty=NO_VALUE)
        formats = mapped.date_formats
        self._moments = Numbers(partial(_seconds, formats=formats, is_typed=is_typed), empty=BAD)
        self._products = _Products()
        self._groups: dict[tuple[int, ...], int] = {}
        self._keys = [field for field in mapped.group_by if field != "number"]

    @property
    def notes(self) -> dict[NoteKind, int]:
        """How many different untidy cells were read, by kind."""
        found: dict[NoteKind, int] = {}
        columns: tuple[Spellings | Numbers, ...] = (*self.texts.values(), self._quantities, self._prices)
        for column in (*columns, self._amounts, self._moments):
            for kind, count in column.notes.items():
                found[kind] = found.get(kind, 0) + count
        return found

    @property
    def types(self) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        """The kinds of documents that rows fall into: type and constants, by the number a group keeps."""
        return self._rules.types

    def party_text(self, party: int) -> str:
        """The code of a party's number, or its name in a file without codes."""
        field = "party_code" if "party_code" in self.layout.columns else "party_name"
        return self.texts[field].texts[party]

    def read_all(self, step: Callable[[int], None] = lambda _rows: None) -> None:
        """Read the whole file; `step` hears how many rows have been read, and may raise to stop."""
        header_row = self.layout.header_row
        below = dropwhile(lambda pair: pair[0] <= header_row, self.table.rows(self.layout.sheet))
        rows = filter(itemgetter(1), below)
        while piece := list(islice(rows, PIECE)):
            self._take(self._chunk(piece))
            step(self.read)

    def _spellings(self, field: str) -> Spellings:
        read = read_text if field in {"item_name", "party_name", "note", "item_spec"} else read_code
        words = self.mapped.values.get(field)
        constant = "" if field in {"party_code", "party_name"} else self.mapped.constants.get(field, "")
        return Spellings(read, words=words, constant=constant)

    def _chunk(self, piece: Sequence[tuple[int, Sequence[Cell]]]) -> Chunk:
        width = self._width
        lines = [cells if len(cells) >= width else [*cells, *[""] * width] for _, cells in piece]
        words = {field: self._column(lines, field, column) for field, column in self.texts.items()}
        if self.item_field != "item_code":
            words["item_code"] = words[self.item_field]
        chunk = Chunk(
            [row for row, _ in piece],
            words,
            self._column(lines, "date_time", self._moments),
            self._column(lines, "quantity", self._quantities),
            self._column(lines, "price", self._prices),
            self._column(lines, "amount", self._amounts),
        )
        bad = _bad_rows(chunk)
        if bad:
            for n in bad:
                self._report(piece[n][0], lines[n], chunk, n)
            chunk = _without(chunk, set(bad))
        self.read += len(chunk.rows)
        return chunk

    def _column(self, lines: Sequence[Sequence[Cell]], field: str, column: dict[Cell, int]) -> list[int]:
        number = self._columns.get(field)
        if number is None:
            return [column[self.mapped.constants.get(field, "")]] * len(lines)
        return list(map(column.__getitem__, map(itemgetter(number), lines)))

    def _report(self, row: int, cells: Sequence[Cell], chunk: Chunk, n: int) -> None:
        """Say what is wrong with a row; a row of totals, a repeated header and blanks are no data at all."""
        number, item = chunk.words["number"][n], chunk.words["item_code"][n]
        first = next((cell for cell in cells if has_content([cell])), "")
        is_total = isinstance(first, str) and synonyms().is_total(first)
        if not has_content(cells) or (is_total and not item) or (not number and not item):
            return
        self.read += 1
        self.faults += [found for found in self._kinds(row, cells, chunk, n) if found]
        if number:
            self.bad_numbers.add(number)
        self._skip("fault")

    def _kinds(self, row: int, cells: Sequence[Cell], chunk: Chunk, n: int) -> Iterator[Fault | None]:
        def at(field: str, kind: FaultKind | None) -> Fault | None:
            column = self._columns.get(field)
            shown = "" if column is None else cells[column]
            return fault(place(self.layout, row, field), kind, shown) if kind else None

        if not chunk.words["number"][n]:
            yield at("number", FaultKind.MISSING_NUMBER)
        if not chunk.words["item_code"][n]:
            yield at(self.item_field, FaultKind.MISSING_CODE)
        if chunk.moments[n] == BAD:
            yield at("date_time", self._moment_fault(cells))
        if chunk.quantities[n] == BAD:
            reading = read_quantity(self._cell(cells, "quantity"), may_be_negative=True)
            yield at("quantity", reading.fault or FaultKind.MISSING_QUANTITY)
        if chunk.prices[n] == BAD:
            yield at("price", read_price(self._cell(cells, "price"), may_be_negative=True).fault)
        if chunk.amounts[n] == BAD:
            yield at("amount", read_money(self._cell(cells, "amount")).fault)

    def _moment_fault(self, cells: Sequence[Cell]) -> FaultKind:
        cell = self._cell(cells, "date_time")
        return FaultKind.IMPOSSIBLE_DATE if has_content([cell]) else FaultKind.MISSING_DATE

    def _cell(self, cells: Sequence[Cell], field: str) -> Cell:
        column = self._columns.get(field)
        return "" if column is None else cells[column]

    def _take(self, chunk: Chunk) -> None:
        prices = [0 if price == NO_VALUE else price for price in chunk.prices]
        amounts = self._amounts_of(chunk, prices)
        rules = self._rules.decide(chunk.words, chunk.quantities, prices, amounts)
        if self._rules.may_drop(rules):
            keep = [n for n, rule in enumerate(rules) if self._is_kept(rule, n, chunk, amounts)]
            amounts = [amounts[n] for n in keep]
            rules = [rules[n] for n in keep]
            chunk = _only(chunk, keep)
        self._append(chunk, amounts, rules)

    def _amounts_of(self, chunk: Chunk, prices: list[int]) -> list[int]:
        made = list(map(self._products.__getitem__, zip(chunk.quantities, prices, strict=True)))
        if "amount" not in self._columns:
            return made
        for n, (given, priced) in enumerate(zip(chunk.amounts, chunk.prices, strict=True)):
            if given == NO_VALUE:
                continue
            if priced != NO_VALUE and abs(given - made[n]) > 1:
                where = place(self.layout, chunk.rows[n], "amount")
                shown = f"{given / 100:.2f}"
                self.faults.append(fault(where, FaultKind.AMOUNT_MISMATCH, shown, expected=f"{made[n] / 100:.2f}"))
                self.bad_numbers.add(chunk.words["number"][n])
            made[n] = given
        return made

    def _is_kept(self, rule: int, n: int, chunk: Chunk, amounts: list[int]) -> bool:
        if rule >= 0:
            reason = self.mapped.rules[rule].skip
            if not reason and not self._rules.is_skipped(chunk.words["item_code"][n]):
                return True
            self._skip(reason or "item")
        else:
            field = "type" if "type" in self._columns else "number"
            shown = self.texts[field].texts[chunk.words[field][n]]
            kind = FaultKind.NO_TYPE if field == "number" and self.mapped.columns is None else FaultKind.NO_RULE
            self.faults.append(fault(place(self.layout, chunk.rows[n], field), kind, shown))
            self.bad_numbers.add(chunk.words["number"][n])
            self._skip("fault")
        self.skipped_amount += amounts[n]
        return False

    def _append(self, chunk: Chunk, amounts: list[int], rules: list[int]) -> None:
        store, words = self.store, chunk.words
        parties = words["party_code"] if "party_code" in self._columns else words["party_name"]
        if "party_code" in self._columns and "party_name" in self._columns:
            self._name_parties(parties, words["party_name"])
        types = [self._rules.type_of[rule] for rule in rules]
        first = len(store)
        groups = self._groups_of(first, types, parties, chunk)
        store.group.extend(groups)
        store.spelling.extend(words["item_code"])
        store.name.extend(words["item_name"])
        store.quantity.extend(chunk.quantities)
        store.price.extend(chunk.prices)
        store.amount.extend(amounts)
        store.row.extend(chunk.rows)
        store.rule.extend(rules)
        for field, column in store.extras.items():
            column.extend(words[field])

    def _groups_of(self, first: int, types: list[int], parties: list[int], chunk: Chunk) -> list[int]:
        store, groups, numbers = self.store, self._groups, chunk.words["number"]
        found: list[int] = []
        keys = zip(types, numbers, *(chunk.words[field] for field in self._keys), strict=True)
        for n, (key, moment) in enumerate(zip(keys, chunk.moments, strict=True)):
            group = groups.setdefault(key, len(groups))
            found.append(group)
            if group == len(store.group_first):
                store.group_first.append(first + n)
                store.group_moment.append(moment)
                store.group_party.append(parties[n])
                store.group_number.append(key[1])
                store.group_type.append(key[0])
                store.group_size.append(1)
                continue
            store.group_size[group] += 1
            store.group_moment[group] = min(moment, store.group_moment[group])
            if parties[n] != store.group_party[group]:
                self._mixed(chunk.rows[n], key[1], parties[n])
        return found

    def _mixed(self, row: int, number: int, party: int) -> None:
        field = "party_code" if "party_code" in self._columns else "party_name"
        where = place(self.layout, row, field)
        shown = self.texts["number"].texts[number]
        self.faults.append(fault(where, FaultKind.MIXED_GROUP, self.texts[field].texts[party], number=shown))
        self.bad_numbers.add(number)

    def _name_parties(self, parties: Iterable[int], names: Iterable[int]) -> None:
        for party, name in set(zip(parties, names, strict=True)):
            if name:
                self.party_names.setdefault(party, name)

    def _skip(self, reason: str) -> None:
        self.skipped_rows[reason] = self.skipped_rows.get(reason, 0) + 1


def _bad_rows(chunk: Chunk) -> list[int]:
    """The rows that lack a number or an item, or hold a cell that cannot be read."""
    texts = (chunk.words["number"], chunk.words["item_code"])
    values = (chunk.moments, chunk.quantities, chunk.prices, chunk.amounts)
    if not any(0 in column for column in texts) and not any(BAD in column for column in values):
        return []
    by_row = zip(zip(*texts, strict=True), zip(*values, strict=True), strict=True)
    return [n for n, (named, counted) in enumerate(by_row) if 0 in named or BAD in counted]


def _without(chunk: Chunk, bad: set[int]) -> Chunk:
    return _only(chunk, [n for n in range(len(chunk.rows)) if n not in bad])


def _only(chunk: Chunk, keep: list[int]) -> Chunk:
    def kept(column: list[int]) -> list[int]:
        return [column[n] for n in keep]

    return Chunk(
        kept(chunk.rows),
        {field: kept(column) for field, column in chunk.words.items()},
        kept(chunk.moments),
        kept(chunk.quantities),
        kept(chunk.prices),
        kept(chunk.amounts),
    )


class _Products(dict[tuple[int, int], int]):
    """Quantity and price → amount: a shop has few of them many times."""

    def __missing__(self, key: tuple[int, int]) -> int:
        if len(self) > REMEMBERED:
            self.clear()
        made = self[key] = half_up(key[0] * key[1], FEN_PER_PRODUCT)
        return made


def _micro(read: Callable[[Cell], Reading[object]], cell: Cell) -> tuple[int | None, tuple[NoteKind, ...]]:
    reading = read(cell)
    if reading.fault:
        return BAD, ()
    return getattr(reading.value, "micro", None), reading.notes


def _fen(cell: Cell, *, is_typed: bool) -> tuple[int | None, tuple[NoteKind, ...]]:
    reading = read_money(cell, is_typed=is_typed)
    return (BAD, ()) if reading.fault else (reading.value.fen if reading.value is not None else None, reading.notes)


def _seconds(cell: Cell, *, formats: tuple[str, ...], is_typed: bool) -> tuple[int | None, tuple[NoteKind, ...]]:
    reading = read_date_time(cell, formats=formats, is_typed=is_typed)
    return (seconds(reading.value) if reading.value else BAD), reading.notes
