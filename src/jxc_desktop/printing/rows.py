"""A row of cells: its texts fitted to their widths, how high it is, and its marks once its place is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.kernel.text import Text

from .fitting import Fitted, fitted, shrunk
from .fonts import text_width
from .marks import Bars, Words
from .papers import MM
from .words import filled, is_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .form import Cell
    from .marks import Page

    Translator = Callable[[Text], str]

LEADING = 1.28
"""From base line to base line, as a share of the size."""
ASCENT = 0.88
PAD = 0.9 * MM
"""Between a text and the edge of its cell."""
AIR = 0.35 * MM
"""Above and below the text of a row."""


class Placed(NamedTuple):
    """A fitted text in a box of the row, from its left edge."""

    left: float
    width: float
    text: Fitted
    align: str
    is_bold: bool
    bars: str = ""
    bars_height: float = 0.0


class Row(NamedTuple):
    """Fitted texts side by side."""

    cells: Sequence[Placed]
    height: float


def titled(label: str, words: Translator) -> str:
    """A label in words: an entry of the catalogue, or as a user's form writes it."""
    if not label:
        return ""
    text = Text(f"print.{label}")
    found = words(text)
    return label if found == text.id else found


def cell_row(
    cells: Sequence[Cell],
    values: Mapping[str, Any],
    words: Translator,
    *,
    width: float,
    size: float,
    scale: float = 1.0,
) -> Row | None:
    """A row of a band; None where nothing of it is to be printed."""
    share = width / sum(cell.width for cell in cells) if cells else 0.0
    placed, left = [], 0.0
    for cell in cells:
        wide = cell.width * share
        if cell.always or not is_empty(cell.text, values):
            placed.append(
                _placed(cell, values, words, left=left, width=wide, size=(cell.size or size) * scale, scale=scale)
            )
        left += wide
    if not placed:
        return None
    room = max(cell.room for cell in cells) * MM * scale
    return Row(placed, max(room, *(_height(each) for each in placed)) + 2 * AIR)


def _placed(
    cell: Cell, values: Mapping[str, Any], words: Translator, *, left: float, width: float, size: float, scale: float
) -> Placed:
    title, text = titled(cell.label, words), filled(cell.text, values)
    if cell.barcode:
        return Placed(
            left, width, Fitted([], size), "center", is_bold=False, bars=text, bars_height=cell.barcode * MM * scale
        )
    if title and (cell.text or cell.room):
        text = words(Text("print.labelled", {"label": title, "value": text})).rstrip()
    text = text or title
    fit = shrunk(text, width - PAD, size) if cell.lines == 1 else fitted(text, width - PAD, size, cell.lines)
    return Placed(left, width, fit, cell.align, is_bold=cell.bold)


def _height(cell: Placed) -> float:
    return max(len(cell.text.lines) * cell.text.size * LEADING, cell.bars_height + AIR)


def text_row(cells: Sequence[Placed], least: float) -> Row:
    """A row of the table, at least so high."""
    highest = max(len(cell.text.lines) * cell.text.size for cell in cells) * LEADING
    return Row(cells, max(least, highest + 2 * AIR))


def draw(row: Row, page: Page, x: float, top: float, *, pad: float = 0.0) -> None:
    """Put the marks of a row on a page, its upper left corner at x, top."""
    for cell in row.cells:
        if cell.bars:
            page.bars.append(Bars(x + cell.left, top - AIR - cell.bars_height, cell.width, cell.bars_height, cell.bars))
        size = cell.text.size
        step = size * LEADING
        base = top - (row.height - len(cell.text.lines) * step) / 2 - (step - size) / 2 - ASCENT * size
        for line in cell.text.lines:
            if line:
                page.words.append(Words(_start(cell, line, x, pad), base, size, cell.is_bold, line))
            base -= step


def _start(cell: Placed, line: str, x: float, pad: float) -> float:
    if cell.align == "left":
        return x + cell.left + pad
    rest = cell.width - text_width(line, cell.text.size)
    return x + cell.left + (rest / 2 if cell.align == "center" else rest - pad)
