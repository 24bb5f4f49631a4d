"""Tables for a screen of fixed width characters, where a Chinese character takes two places."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = "  "


class Column(NamedTuple):
    """A heading, and whether its cells are numbers, which stand to the right."""

    title: str
    is_number: bool = False


def width(text: str) -> int:
    """How many places a text takes on the screen."""
    return sum(_places(sign) for sign in text)


def _places(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def padded(text: str, places: int, *, to_the_right: bool = False) -> str:
    """A text filled with blanks up to so many places."""
    blanks = " " * max(places - width(text), 0)
    return blanks + text if to_the_right else text + blanks


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], last: Sequence[str] = ()) -> Iterator[str]:
    """The lines of a table: headings, a rule, the rows, and a last row under a rule of its own."""
    cells = [[_one_line(cell) for cell in row] for row in rows]
    total = [[_one_line(cell) for cell in last]] if last else []
    titles = [column.title for column in columns]
    widths = [max(width(row[place]) for row in (titles, *cells, *total)) for place in range(len(columns))]
    rule = GAP.join("-" * each for each in widths)
    yield _line(columns, titles, widths)
    yield rule
    for row in cells:
        yield _line(columns, row, widths)
    for row in total:
        yield rule
        yield _line(columns, row, widths)


def _line(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        padded(cell, places, to_the_right=column.is_number)
        for column, cell, places in zip(columns, row, widths, strict=True)
    )
    return GAP.join(cells).rstrip()


def _one_line(cell: str) -> str:
    """Control characters, which would break the table or the terminal, become blanks."""
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in cell)


def wrapped(text: str, places: int) -> Iterator[str]:
    """A text in lines of at most so many places; Chinese may break anywhere, Latin words stay whole."""
    for paragraph in text.splitlines():
        line = ""
        for piece in _pieces(paragraph):
            if line and width(line) + width(piece.rstrip()) > places:
                yield line.rstrip()
                line = piece.lstrip()
            else:
                line += piece
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """A text cut where a line may end: after a blank and beside wide characters, never before a closing mark."""
    piece = ""
    for sign in text:
        if piece and _may_break(piece[-1], sign):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return True
    if unicodedata.category(after) in {"Po", "Pe", "Pf"} or unicodedata.category(before) in {"Ps", "Pi"}:
        return False
    return _places(before) == 2 or _places(after) == 2
