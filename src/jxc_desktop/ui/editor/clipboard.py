"""Rows on the clipboard, as a spreadsheet puts them there and takes them: cells parted by tabs."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REFERENCES = ("item", "barcode", "item_name")
"""The columns that say which item a row is about."""
FIGURES = ("quantity", "price", "unit_cost")
"""What figures without headings mean, from left to right, as far as the document has such columns."""


def rows_of(text: str) -> list[list[str]]:
    """The rows that say anything; a quoted cell may hold tabs and ends of lines."""
    read = csv.reader(io.StringIO(text, newline=""), "excel-tab")
    try:
        rows = list(read)
    except csv.Error:
        rows = [line.split("\t") for line in text.splitlines()]
    plain = ([unicodedata.normalize("NFKC", cell).strip() for cell in row] for row in rows)
    return [row for row in plain if any(row)]


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows as a spreadsheet takes them."""
    made = io.StringIO(newline="")
    csv.writer(made, "excel-tab", lineterminator="\n").writerows(rows)
    return made.getvalue()


def is_heading(row: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row is one of headings: half of what it says are names of columns, each once."""
    known = [name for name in names if name]
    return len(set(known)) == len(known) and len(known) * 2 >= len([cell for cell in row if cell]) > 0


def names_without(rows: Sequence[Sequence[str]], declared: Iterable[str]) -> list[str]:
    """What columns without headings mean: the item, then quantity and price; other words are its name."""
    figures = iter([name for name in FIGURES if name in set(declared)])
    names = ["item"]
    for place in range(1, max(map(len, rows))):
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        is_figures = bool(cells) and all(_is_figure(cell) for cell in cells)
        names.append(next(figures, "") if is_figures else ("item_name" if "item_name" not in names else ""))
    return names


def without_signs(text: str) -> str:
    """A figure without its currency, thousands separators and blanks; true minus signs as hyphens."""
    return text.replace("¥", "").replace(",", "").replace(" ", "").replace("\u2212", "-").removesuffix("元")


def _is_figure(text: str) -> bool:
    try:
        float(without_signs(text))
    except ValueError:
        return False
    return True
