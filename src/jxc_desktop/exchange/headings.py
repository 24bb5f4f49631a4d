"""Finding the sheet, the header row and the columns of a kind of import, with or without a mapping file."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

from .cells import stripped
from .synonyms import ENDING, Rank, Shape, synonyms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .spreadsheet import Cell
    from .tabular import Table

SEARCHED_ROWS = 40
"""How far down a header row is looked for."""

_BY_NAME, _BY_ENDING = 4, 1


@value
class Column:
    """A column of the file: its number (the first is 1) and its heading as written."""

    number: int
    heading: str


@value
class Layout:
    """Where a kind of data stands in a file: the sheet, its last header row, field → column, and what nobody reads."""

    sheet: str
    header_row: int
    columns: Mapping[str, Column]
    unread: tuple[Column, ...] = ()
    shape: str = ""

    def heading(self, field: str) -> str:
        """The heading of a field's column, empty where the file has none."""
        column = self.columns.get(field)
        return column.heading if column else ""


def find_layout(
    table: Table, kind: str, *, sheet: str = "", header_row: int = 0, columns: Mapping[str, str] | None = None
) -> Layout:
    """Find the best sheet and header row for a kind of import.

    `sheet`, `header_row` and `columns` (heading → field) stand where they are given, the rest is found by the synonym
    table. Raises UserError that says what was looked for.
    """
    best: tuple[int, Layout] | None = None
    for name in [sheet] if sheet else table.sheets:
        for shape in synonyms().shapes[kind]:
            top = list(islice(table.rows(name), max(SEARCHED_ROWS, header_row)))
            found = _best_row(name, shape, top, header_row, columns)
            if found and (best is None or found[0] > best[0]):
                best = found
    if best is None:
        raise UserError(_not_found(table, kind, sheet, columns))
    return best[1]


def match_columns(
    shape: Shape, headings: Sequence[str], columns: Mapping[str, str] | None = None
) -> tuple[dict[str, Column], list[Column], int]:
    """Assign columns to fields, the best fits first; also the columns that stay unread, and how well it all fits."""
    wanted = {_key(heading): field for heading, field in (columns or {}).items()}
    ranked: list[tuple[Rank, int, str]] = []
    for number, heading in enumerate(headings, 1):
        if columns is None:
            ranked += [(rank, number, field) for field, rank in synonyms().ranks(shape, heading).items()]
        elif _key(heading) in wanted:
            ranked.append(((0, 0), number, wanted[_key(heading)]))
    found: dict[str, Column] = {}
    taken: set[int] = set()
    score = 0
    for (closeness, _), number, field in sorted(ranked):
        if field not in found and number not in taken:
            found[field] = Column(number, stripped(headings[number - 1]))
            taken.add(number)
            score += _BY_ENDING if closeness == ENDING else _BY_NAME
    unread = [Column(n, stripped(h)) for n, h in enumerate(headings, 1) if n not in taken and stripped(h)]
    return found, unread, score - len(unread)


def is_header_again(layout: Layout, cells: Sequence[Cell]) -> bool:
    """Whether a row repeats the headings, as printed pages do."""
    same = sum(_text(cells, column.number) == column.heading for column in layout.columns.values())
    return same >= 2 and same * 2 > len(layout.columns)


def _best_row(
    sheet: str,
    shape: Shape,
    top: Sequence[tuple[int, Sequence[Cell]]],
    header_row: int,
    columns: Mapping[str, str] | None,
) -> tuple[int, Layout] | None:
    best: tuple[int, Layout] | None = None
    above: Sequence[Cell] = ()
    for row, cells in top:
        for headings in _readings(above, cells):
            if header_row and row != header_row:
                continue
            found, unread, score = match_columns(shape, headings, columns)
            if _suffices(shape, found, columns) and (best is None or score > best[0]):
                best = score, Layout(sheet, row, found, tuple(unread), shape.name)
        above = cells
    return best


def _suffices(shape: Shape, found: Mapping[str, Column], columns: Mapping[str, str] | None) -> bool:
    if columns is not None:
        return bool(found) and len(found) * 2 >= len(set(columns.values()))
    has_needed = all(any(field in found for field in group) for group in shape.needs)
    return has_needed and len(found) >= shape.at_least


def _readings(above: Sequence[Cell], cells: Sequence[Cell]) -> Iterable[list[str]]:
    """The headings of a row alone, and under the merged titles of the row above it."""
    own = [_as_text(cell) for cell in cells]
    if sum(bool(heading) for heading in own) >= 2:
        yield own
    if sum(cell != "" for cell in above) >= 2:
        yield [upper + lower if upper != lower else lower for upper, lower in _under(above, own)]


def _under(above: Sequence[Cell], own: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Pairs of the title a column stands under and its own heading; a merged title covers the cells to its right."""
    title = ""
    for upper, lower in zip_longest(map(_as_text, above), own, fillvalue=""):
        if upper:
            title = upper
        yield (title if lower else upper), lower


def _key(heading: str) -> str:
    return stripped(heading).casefold()


def _as_text(cell: Cell) -> str:
    return stripped(cell) if isinstance(cell, str) else str(cell)


def _text(cells: Sequence[Cell], number: int) -> str:
    return _as_text(cells[number - 1]) if number <= len(cells) else ""


def _not_found(table: Table, kind: str, sheet: str, columns: Mapping[str, str] | None) -> Text:
    where = {"file": table.path.name, "sheets": "、".join([sheet] if sheet else table.sheets)}
    if columns is not None:
        return Text("import.headings.mapped_missing", {**where, "headings": "、".join(columns)})
    return Text("import.headings.not_found", {**where, "kind": Text(f"import.kind.{kind}"), "needed": _needed(kind)})


def _needed(kind: str) -> str:
    """What is usually written over the columns that a kind cannot do without, in Chinese and in English."""
    shape = synonyms().shapes[kind][0]
    return "、".join("/".join(_usual(shape.fields[group[0]])) for group in shape.needs)


def _usual(words: Mapping[str, int]) -> list[str]:
    ranked = sorted(words, key=words.__getitem__)
    own = (next((word for word in ranked if word.isascii() is is_ascii), "") for is_ascii in (False, True))
    return [word for word in own if word]
