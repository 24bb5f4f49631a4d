"""Documents out of the lines of a file: sorted by their moment, duplicates left out, returns linked to their lines."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, UnitPrice
from jxc_desktop.kernel.rounding import FEN_PER_PRODUCT, half_up

from .line_reader import LineReader
from .line_store import NO_VALUE, moment_of
from .linking import FindEarlier, Linker, nothing_earlier
from .matching import EarlierLine, Piece, counts, split_amount
from .raw_documents import RawDocument, RawItem, RawLine, RawParty, SourceLine
from .rules import NOTHING_SET, is_like

if TYPE_CHECKING:
    from .faults import Fault, NoteKind
    from .headings import Layout
    from .mapping import Mapped
    from .tabular import Table


IsKnown = Callable[[str, str], bool]
"""Type and external number → whether the book has that document of this source already."""


def nothing_known(_type: str, _number: str) -> bool:
    """A book that has none of the documents yet."""
    return False


class DocumentBatch:
    """The documents of one file. The counts are known after `read_documents`; documents come one by one."""

    def __init__(self, reader: LineReader, *, is_known: IsKnown, find_earlier: FindEarlier) -> None:
        self._reader, self._store, self._mapped = reader, reader.store, reader.mapped
        self._numbers = reader.texts["number"].texts
        self._key_spellings = reader.texts[reader.item_field].texts
        self.read = reader.read
        self.faults: Sequence[Fault] = reader.faults
        self.notes: Mapping[NoteKind, int] = reader.notes
        self.skipped = Counter(reader.skipped_rows)
        self.duplicates = 0
        self.amount = Money(0)
        self.amount_skipped = Money(reader.skipped_amount)
        self._groups = self._surviving(is_known)
        self._by_group = array("l", sorted(range(len(self._store)), key=self._store.group.__getitem__))
        self._starts = self._start_of_groups()
        self._items = reader.items
        for spelling in range(len(self._key_spellings)):
            self._items.number(spelling)
        self._links = Linker(reader, self._groups, find_earlier).link()
        self.linked, self.unlinked = counts(self._links)
        self._positions: dict[int, SourceLine] = dict.fromkeys(self._targets(), SourceLine("", "", 0))
        self._kinds: dict[int, str] = {}
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

    def _surviving(self, is_known: IsKnown) -> list[int]:
        store, bad = self._store, self._reader.bad_numbers
        order = sorted(range(len(store.group_moment)), key=lambda g: (store.group_moment[g], store.group_first[g]))
        left_out: dict[int, str] = {}
        for group in order:
            if store.group_number[group] in bad:
                left_out[group] = "fault"
            elif is_known(self._type(group), self._number(group)):
                left_out[group] = "duplicate"
                self.duplicates += 1
            if group in left_out:
                self.skipped[left_out[group]] += store.group_size[group]
        amounts = [amount for group, amount in zip(store.group, store.amount, strict=True) if group in left_out]
        self.amount_skipped += Money(sum(amounts))
        self.amount = Money(sum(store.amount) - sum(amounts))
        return [group for group in order if group not in left_out]

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
            lines += self._raw_lines(line)
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
            Money(sum(line.amount.fen for line in lines)),
            store.group_size[group],
        )

    def _raw_lines(self, line: int) -> Iterable[RawLine]:
        pieces = self._links.get(line)
        if pieces is None:
            return (self._raw_line(line, self._store.quantity[line], self._store.amount[line], None),)
        amounts = split_amount(self._store.amount[line], pieces) if len(pieces) > 1 else [self._store.amount[line]]
        sign = -1 if self._store.quantity[line] < 0 else 1
        return [
            self._raw_line(line, sign * piece.quantity, amount, self._source(piece))
            for piece, amount in zip(pieces, amounts, strict=True)
        ]

    def _raw_line(self, line: int, quantity: int, amount: int, source: SourceLine | None) -> RawLine:
        store = self._store
        spelling, name = store.spelling[line], store.name[line]
        item = self._items.of_spelling[spelling]
        code = self._item_codes[item]
        price = store.price[line]
        if price == NO_VALUE and amount and quantity:
            price = half_up(amount * FEN_PER_PRODUCT, quantity)
        if not self._mapped.rules[store.rule[line]].keep_sign:
            quantity, price = abs(quantity), abs(price)
        return RawLine(
            code,
            self._reader.texts["item_name"].texts[name] if name else self._item_names.get(item, code),
            self._kind(spelling),
            Quantity(quantity),
            None if price == NO_VALUE else UnitPrice(price),
            Money(amount),
            store.row[line],
            not amount and not price,
            source,
            self._extras(line),
        )

    def _source(self, piece: Piece) -> SourceLine | None:
        if isinstance(piece.source, EarlierLine):
            return SourceLine("", "", piece.source.line, piece.source.document)
        return None if piece.source is None else self._positions[piece.source]

    def _extras(self, line: int) -> Mapping[str, str]:
        if not self._store.extras:
            return NOTHING_SET
        return {field: self._reader.texts[field].texts[column[line]] for field, column in self._store.extras.items()}


def read_documents(
    table: Table,
    layout: Layout,
    mapped: Mapped,
    *,
    is_known: IsKnown = nothing_known,
    find_earlier: FindEarlier = nothing_earlier,
    step: Callable[[int], None] = lambda _rows: None,
) -> DocumentBatch:
    """Read a documents file. Groups with a faulty row stay out whole; `step` hears the rows read so far."""
    reader = LineReader(table, layout, mapped)
    reader.read_all(step)
    return DocumentBatch(reader, is_known=is_known, find_earlier=find_earlier)
