"""Documents out of the lines of a file: sorted by their moment, duplicates left out, returns linked to their lines."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, UnitPrice
from jxc_desktop.kernel.rounding import FEN_PER_PRODUCT, half_up

from .faults import FaultKind, fault
from .line_reader import LineReader
from .line_store import NO_VALUE, REMEMBERED, moment_of, seconds
from .linking import FindEarlier, Linker, nothing_earlier
from .matching import EarlierLine, Piece, counts, split_amount
from .raw_documents import RawDocument, RawItem, RawLine, RawParty, SourceLine
from .records import place
from .rules import is_like

if TYPE_CHECKING:
    from .faults import NoteKind
    from .headings import Layout
    from .mapping import Mapped
    from .tabular import Table


IsKnown = Callable[[str, str], bool]
"""Type and external number → whether the book has that document of this source already."""


def nothing_known(_type: str, _number: str) -> bool:
    """A book that has none of the documents yet."""
    return False


FAULTY, DUPLICATE, EARLY, REFUSED = "fault", "duplicate", "before start", "refused"
"""Why a group of rows makes no document."""

LISTED_EARLY = 1_000


class DocumentBatch:
    """The documents of one file. The counts are known after `read_documents`; documents come one by one."""

    def __init__(
        self,
        reader: LineReader,
        *,
        is_known: IsKnown = nothing_known,
        find_earlier: FindEarlier = nothing_earlier,
        left_out: Container[tuple[str, str]] = frozenset(),
        first_day: dt.date | None = None,
    ) -> None:
        self._reader, self._store, self._mapped = reader, reader.store, reader.mapped
        self._numbers = reader.texts["number"].texts
        self._key_spellings = reader.texts[reader.item_field].texts
        self.read = reader.read
        self.faults = list(reader.faults)
        self.more_faults: Counter[str] = Counter()
        self.notes: Mapping[NoteKind, int] = reader.notes
        self.skipped = Counter(reader.skipped_rows)
        self.duplicates = 0
        self.amount = Money(0)
        self.amount_skipped = Money(reader.skipped_amount)
        self._first_moment = seconds(dt.datetime.combine(first_day, dt.time())) if first_day else 0
        self._first_day = first_day
        self._groups = self._surviving(is_known, left_out)
        self._by_group = array("l", sorted(range(len(self._store)), key=self._store.group.__getitem__))
        self._starts = self._start_of_groups()
        self._items = reader.items
        for spelling in range(len(self._key_spellings)):
            self._items.number(spelling)
        self._links = Linker(reader, self._groups, find_earlier).link()
        self.linked, self.unlinked = counts(self._links)
        self._positions: dict[int, SourceLine] = dict.fromkeys(self._targets(), SourceLine("", "", 0))
        self._kinds: dict[int, str] = {}
        self._keeps_sign = [rule.keep_sign for rule in self._mapped.rules]
        self._figures = _Figures()
        self._said: dict[tuple[int, int], tuple[str, str, str]] = {}
        self._names = reader.texts["item_name"].texts
        columns = reader.layout.columns
        self._extra_columns = {field: column for field, column in self._store.extras.items() if field in columns}
        self._constant_extras: Mapping[str, str] = {
            field: self._mapped.constants[field] for field in self._store.extras.keys() - columns.keys()
        }
        self._item_names, self._item_codes = self._name_items()

    def __len__(self) -> int:
        return len(self._groups)

    def documents(self) -> Iterator[RawDocument]:
        """Every document, by moment, then in the order of the file."""
        for group in self._groups:
            yield self._document(group)

    def items(self) -> Iterator[RawItem]:
        """Every item on a document, by its first line in the file."""
        units = self._store.extras.get("unit")
        unit_texts = self._reader.texts["unit"].texts if units is not None else []
        seen: dict[int, RawItem] = {}
        for line in self._lines():
            spelling = self._store.spelling[line]
            item = self._items.of_spelling[spelling]
            if item not in seen:
                unit = unit_texts[units[line]] if units is not None else ""
                code = self._item_codes[item]
                seen[item] = RawItem(code, self._item_names.get(item, code), self._kind(spelling), unit)
        yield from seen.values()

    def parties(self) -> Iterator[RawParty]:
        """Every party on a document; walk-in is none."""
        types: dict[int, set[str]] = {}
        for group in self._groups:
            party = self._store.group_party[group]
            if party:
                types.setdefault(party, set()).add(self._type(group))
        for party, found in types.items():
            code, name = self._party(party)
            yield RawParty(code, name, frozenset(found))

    def without_party(self) -> set[tuple[str, str]]:
        """Type and constant `party_name` of the documents that name no party."""
        constants = dict(self._mapped.constants)
        kinds = {self._store.group_type[group] for group in self._groups if not self._store.group_party[group]}
        found = (self._reader.types[kind] for kind in kinds)
        return {(code, (constants | dict(own)).get("party_name", "")) for code, own in found}

    def _surviving(self, is_known: IsKnown, refused: Container[tuple[str, str]]) -> list[int]:
        store = self._store
        order = sorted(range(len(store.group_moment)), key=lambda g: (store.group_moment[g], store.group_first[g]))
        left_out: dict[int, str] = {}
        for group in order:
            reason = self._why_not(group, is_known, refused)
            if reason:
                left_out[group] = reason
                self.skipped[reason] += store.group_size[group]
        self.duplicates = sum(reason == DUPLICATE for reason in left_out.values())
        self._report_early({group for group, reason in left_out.items() if reason == EARLY})
        amounts = [amount for group, amount in zip(store.group, store.amount, strict=True) if group in left_out]
        self.amount_skipped += Money(sum(amounts))
        self.amount = Money(sum(store.amount) - sum(amounts))
        return [group for group in order if group not in left_out]

    def _why_not(self, group: int, is_known: IsKnown, refused: Container[tuple[str, str]]) -> str:
        """Why a group makes no document; empty where it makes one."""
        if self._store.group_number[group] in self._reader.bad_numbers:
            return FAULTY
        named = self._type(group), self._number(group)
        if is_known(*named):
            return DUPLICATE
        if self._store.group_moment[group] < self._first_moment:
            return EARLY
        return REFUSED if named in refused else ""

    def _report_early(self, groups: set[int]) -> None:
        """Every row before the book's start is a fault; of very many only the first are listed, all are counted."""
        rows = [n for n, group in enumerate(self._store.group) if group in groups] if groups else []
        for line in rows[:LISTED_EARLY]:
            where = place(self._reader.layout, self._store.row[line], "date_time")
            shown = moment_of(self._store.group_moment[self._store.group[line]]).date()
            self.faults.append(fault(where, FaultKind.BEFORE_START, shown, start=self._first_day))
        if len(rows) > LISTED_EARLY:
            self.more_faults[FaultKind.BEFORE_START.value] = len(rows) - LISTED_EARLY

    def _start_of_groups(self) -> list[int]:
        starts, position = [], 0
        for size in self._store.group_size:
            starts.append(position)
            position += size
        return starts

    def _lines_of(self, group: int) -> array[int]:
        start = self._starts[group]
        return self._by_group[start : start + self._store.group_size[group]]

    def _lines(self) -> Iterator[int]:
        for group in self._groups:
            yield from self._lines_of(group)

    def _targets(self) -> set[int]:
        return {piece.source for pieces in self._links.values() for piece in pieces if isinstance(piece.source, int)}

    def _name_items(self) -> tuple[dict[int, str], dict[int, str]]:
        """The commonest name and the commonest spelling of each item; the earlier one where two are as common."""
        of, texts = self._items.of_spelling, self._reader.texts["item_name"].texts
        named = Counter(zip(self._store.spelling, self._store.name, strict=True))
        names: dict[int, Counter[int]] = {}
        codes: dict[int, Counter[int]] = {}
        for (spelling, name), count in named.items():
            codes.setdefault(of[spelling], Counter())[spelling] += count
            if name:
                names.setdefault(of[spelling], Counter())[name] += count
        return (
            {item: texts[found.most_common(1)[0][0]] for item, found in names.items()},
            {item: self._key_spellings[found.most_common(1)[0][0]] for item, found in codes.items()},
        )

    def _type(self, group: int) -> str:
        return self._reader.types[self._store.group_type[group]][0]

    def _number(self, group: int) -> str:
        return self._numbers[self._store.group_number[group]]

    def _party(self, party: int) -> tuple[str, str]:
        """Code and name; a file with names only gives the name for both, one with codes only the code."""
        code = self._reader.party_text(party)
        name = self._reader.party_names.get(party, 0)
        return code, self._reader.texts["party_name"].texts[name] or code

    def _kind(self, spelling: int) -> str:
        found = self._kinds.get(spelling)
        if found is None:
            is_service = is_like(self._key_spellings[spelling], self._mapped.items.service)
            found = self._kinds[spelling] = "service" if is_service else "goods"
        return found

    def _document(self, group: int) -> RawDocument:
        store = self._store
        code, constants = self._reader.types[store.group_type[group]]
        number, party = self._number(group), store.group_party[group]
        lines: list[RawLine] = []
        for line in self._lines_of(group):
            if line in self._positions:
                self._positions[line] = SourceLine(code, number, len(lines) + 1)
            pieces = self._links.get(line)
            if pieces is None:
                lines.append(self._raw_line(line, store.quantity[line], store.amount[line], None))
            else:
                lines += self._pieces(line, pieces)
        party_code, party_name = self._party(party) if party else ("", "")
        return RawDocument(
            code,
            number,
            moment_of(store.group_moment[group]),
            party_code,
            party_name,
            not party,
            tuple(lines),
            {**self._mapped.constants, **dict(constants)},
            Money(sum([line.amount.fen for line in lines])),
            store.group_size[group],
        )

    def _pieces(self, line: int, pieces: Sequence[Piece]) -> Iterable[RawLine]:
        amounts = split_amount(self._store.amount[line], pieces) if len(pieces) > 1 else [self._store.amount[line]]
        sign = -1 if self._store.quantity[line] < 0 else 1
        return [
            self._raw_line(line, sign * piece.quantity, amount, piece)
            for piece, amount in zip(pieces, amounts, strict=True)
        ]

    def _raw_line(self, line: int, quantity: int, amount: int, piece: Piece | None) -> RawLine:
        store = self._store
        said = store.spelling[line], store.name[line]
        code, name, kind = self._said.get(said) or self._say(*said)
        price = store.price[line]
        if price == NO_VALUE and amount and quantity:
            price = half_up(amount * FEN_PER_PRODUCT, quantity)
        elif price == NO_VALUE and piece is not None and isinstance(piece.source, int):
            price = store.price[piece.source]
        if not self._keeps_sign[store.rule[line]]:
            quantity, price = abs(quantity), abs(price)
        counted, priced, worth, typed = self._figures[quantity, price, amount]
        return RawLine(
            code,
            name,
            kind,
            counted,
            priced,
            worth,
            store.row[line],
            not amount and not price,
            None if piece is None else self._source(piece),
            self._extras(line) if self._extra_columns else self._constant_extras,
            typed,
        )

    def _say(self, spelling: int, name: int) -> tuple[str, str, str]:
        """Code, name and kind of the item that a line names so."""
        item = self._items.of_spelling[spelling]
        code = self._item_codes[item]
        shown = self._names[name] if name else self._item_names.get(item, code)
        said = self._said[spelling, name] = (code, shown, self._kind(spelling))
        return said

    def _source(self, piece: Piece) -> SourceLine | None:
        if isinstance(piece.source, EarlierLine):
            return SourceLine("", "", piece.source.line, piece.source.document)
        return None if piece.source is None else self._positions[piece.source]

    def _extras(self, line: int) -> Mapping[str, str]:
        found = {field: self._reader.texts[field].texts[column[line]] for field, column in self._extra_columns.items()}
        return {**self._constant_extras, **found}


class _Figures(dict[tuple[int, int, int], tuple[Quantity, UnitPrice | None, Money, Money | None]]):
    """Quantity, price and amount → the values of a line and its typed amount: a shop has few of them many times."""

    def __missing__(self, key: tuple[int, int, int]) -> tuple[Quantity, UnitPrice | None, Money, Money | None]:
        quantity, price, amount = key
        priced = None if price == NO_VALUE else UnitPrice(price)
        if len(self) > REMEMBERED:
            self.clear()
        made = self[key] = (Quantity(quantity), priced, Money(amount), _typed(quantity, price, amount))
        return made


def _typed(quantity: int, price: int, amount: int) -> Money | None:
    """The amount, where it is not what quantity × price come to; with the sign of the quantity."""
    product = quantity * price
    if (
        not amount
        or abs(product) == abs(amount) * FEN_PER_PRODUCT
        or abs(half_up(product, FEN_PER_PRODUCT)) == abs(amount)
    ):
        return None
    return Money(-abs(amount) if quantity < 0 else abs(amount))


def read_documents(
    table: Table,
    layout: Layout,
    mapped: Mapped,
    *,
    is_known: IsKnown = nothing_known,
    find_earlier: FindEarlier = nothing_earlier,
    first_day: dt.date | None = None,
    step: Callable[[int], None] = lambda _rows: None,
) -> DocumentBatch:
    """Read a documents file. Groups with a faulty row stay out whole; `step` hears the rows read so far."""
    reader = LineReader(table, layout, mapped)
    reader.read_all(step)
    return DocumentBatch(reader, is_known=is_known, find_earlier=find_earlier, first_day=first_day)
