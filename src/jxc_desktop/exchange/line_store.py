"""Lines of a documents file in columns of plain integers: 525,000 of them fit in 40 MB, and reading is fast.

Texts are numbered once, so a line holds the number of its invoice, item, party; a cell that has been read is never
parsed again. Values: quantities and prices in 10⁻⁶, amounts in fen with the sign of the file, moments in seconds.
"""

from __future__ import annotations

import datetime as dt
from array import array
from typing import TYPE_CHECKING

from .cells import folded, read_code, stripped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .cells import Reading
    from .faults import NoteKind
    from .spreadsheet import Cell

BAD = -(2**62)
"""Stands for a cell that cannot be read."""

NO_VALUE = 2**61
"""Stands for an empty cell in a column of prices or amounts."""

EPOCH = dt.datetime(1900, 1, 1)  # noqa: DTZ001 — a business moment has no zone
REMEMBERED = 50_000
"""How many different cells of one column are kept with their value."""


class Spellings(dict["Cell", int]):
    """Cell → number of its clean text. Number 0 is the empty text."""

    def __init__(
        self,
        read: Callable[[Cell], Reading[str]] = read_code,
        *,
        words: Mapping[str, str] | None = None,
        constant: str = "",
    ) -> None:
        super().__init__()
        self.texts: list[str] = [""]
        self.notes: dict[NoteKind, int] = {}
        self._numbers = {"": 0}
        self._read, self._words, self._constant = read, words or {}, constant

    def __missing__(self, cell: Cell) -> int:
        reading = self._read(cell)
        text = reading.value or self._constant
        number = self.number(self._words.get(text, text))
        for note in reading.notes:
            self.notes[note] = self.notes.get(note, 0) + 1
        if len(self) > REMEMBERED:
            self.clear()
        self[cell] = number
        return number

    def number(self, text: str) -> int:
        """The number of a clean text, given on first sight."""
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number


class Numbers(dict["Cell", int]):
    """Cell → its integer, BAD or NO_VALUE. `parse` gives the integer, None for an empty cell, BAD for a fault."""

    def __init__(self, parse: Callable[[Cell], tuple[int | None, tuple[NoteKind, ...]]], *, empty: int) -> None:
        super().__init__()
        self.notes: dict[NoteKind, int] = {}
        self._parse, self._empty = parse, empty

    def __missing__(self, cell: Cell) -> int:
        found, notes = self._parse(cell)
        for note in notes:
            self.notes[note] = self.notes.get(note, 0) + 1
        if len(self) > REMEMBERED:
            self.clear()
        number = self._empty if found is None else found
        self[cell] = number
        return number


class Items:
    """The items behind the spellings of codes: 85123A and 85123a are one."""

    def __init__(self, codes: Spellings) -> None:
        self._codes = codes
        self._numbers: dict[str, int] = {}
        self.of_spelling: list[int] = []

    def number(self, spelling: int) -> int:
        """The item of a spelling's number."""
        while len(self.of_spelling) <= spelling:
            text = folded(self._codes.texts[len(self.of_spelling)])
            self.of_spelling.append(self._numbers.setdefault(text, len(self._numbers)))
        return self.of_spelling[spelling]

    def __len__(self) -> int:
        return len(self._numbers)


class LineStore:
    """All lines that become part of a document, and the groups they fall into."""

    def __init__(self, extras: tuple[str, ...]) -> None:
        self.group = array("l")
        self.spelling = array("l")
        self.name = array("l")
        self.quantity = array("q")
        self.price = array("q")
        self.amount = array("q")
        self.row = array("l")
        self.rule = array("b")
        self.extras: dict[str, array[int]] = {field: array("l") for field in extras}
        self.group_moment = array("q")
        self.group_party = array("l")
        self.group_number = array("l")
        self.group_type = array("l")
        self.group_first = array("l")
        self.group_size = array("l")

    def __len__(self) -> int:
        return len(self.group)


def seconds(moment: dt.datetime) -> int:
    """A moment as the integer the store keeps."""
    since = moment - EPOCH
    return since.days * 86_400 + since.seconds


def moment_of(count: int) -> dt.datetime:
    """The moment a stored integer stands for."""
    return EPOCH + dt.timedelta(seconds=count)


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing."""
    return isinstance(cell, str) and not stripped(cell)
