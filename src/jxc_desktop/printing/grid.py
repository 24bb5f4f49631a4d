"""The table of a form: which columns it shows, its heading, its lines and its sums."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .fitting import Fitted, fitted, shrunk
from .papers import MM
from .rows import LEADING, PAD, Placed, text_row, titled
from .words import filled, is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jxc_desktop.kernel.text import Text

    from .form import Column, Table, Variant
    from .marks import Page
    from .rows import Row, Translator


class Grid:
    """The columns as wide as they are on one paper, and rows made for them."""

    def __init__(
        self,
        table: Table,
        variant: Variant,
        lines: Sequence[Mapping[str, Any]],
        words: Translator,
        *,
        width: float,
        size: float,
    ) -> None:
        self.lines, self.size, self.width = lines, size, width
        self._words, self._table = words, table
        self.columns = [each for each in table.columns if self._is_shown(each, variant)]
        share = width / sum(column.width for column in self.columns)
        self.edges = [0.0]
        for column in self.columns:
            self.edges.append(self.edges[-1] + column.width * share)
        self.least = max(variant.row * MM, size * LEADING + 0.8 * MM)

    def _is_shown(self, column: Column, variant: Variant) -> bool:
        if column.label in variant.without:
            return False
        return not column.optional or any(not is_empty(column.text, line) for line in self.lines)

    @property
    def has_sums(self) -> bool:
        """Whether any column is added up."""
        return any(column.sum for column in self.columns)

    def heading(self) -> Row:
        """The titles of the columns."""
        cells = [
            self._cell(number, fitted(titled(column.label, self._words), self._room(number), self.size, 2), "center")
            for number, column in enumerate(self.columns)
        ]
        return text_row(cells, self.least)

    def rows(self) -> list[Row]:
        """A row for each line."""
        return [self._row(line) for line in self.lines]

    def blank(self) -> Row:
        """A row without texts."""
        return text_row([self._cell(0, Fitted([""], self.size), "left")], self.least)

    def _row(self, line: Mapping[str, Any]) -> Row:
        cells = []
        for number, column in enumerate(self.columns):
            text = filled(column.text, line)
            if text:
                room = self._room(number)
                if column.align == "right":
                    fit = shrunk(text, room, self.size)
                else:
                    fit = fitted(text, room, self.size, column.lines)
                cells.append(self._cell(number, fit, column.align))
        return text_row(cells or [self._cell(0, Fitted([""], self.size), "left")], self.least)

    def sum_row(self, title: Text, lines: Sequence[Mapping[str, Any]]) -> Row:
        """A row with what the summed columns come to over some lines, after a title."""
        first = next((number for number, column in enumerate(self.columns) if column.sum), len(self.columns))
        wide = self.edges[max(first, 1)]
        cells = [Placed(0.0, wide, shrunk(self._words(title), wide - 2 * PAD, self.size), "left", is_bold=True)]
        for number, column in enumerate(self.columns):
            if column.sum:
                text = filled(column.text, {column.sum: str(_added(lines, column.sum))})
                cells.append(self._cell(number, shrunk(text, self._room(number), self.size), "right", is_bold=True))
        return text_row(cells, self.least)

    def _cell(self, number: int, fit: Fitted, align: str, *, is_bold: bool = False) -> Placed:
        left = self.edges[number]
        return Placed(left, self.edges[number + 1] - left, fit, align, is_bold=is_bold)

    def _room(self, number: int) -> float:
        return self.edges[number + 1] - self.edges[number] - 2 * PAD

    def rule(self, page: Page, x: float, top: float, bottom: float, *, is_sum: bool = False) -> None:
        """The lines round a row: everywhere in a framed table, else over and under headings and sums."""
        right = x + self.width
        if not self._table.rules:
            page.rules.append((x, bottom, right, bottom))
            return
        page.rules.append((x, bottom, right, bottom))
        inner = self.edges[1:-1] if not is_sum else self._sum_edges()
        page.rules.extend((x + edge, top, x + edge, bottom) for edge in (0.0, *inner, self.width))

    def _sum_edges(self) -> list[float]:
        edges = {
            edge
            for number, column in enumerate(self.columns)
            if column.sum
            for edge in (self.edges[number], self.edges[number + 1])
        }
        return sorted(edge for edge in edges if 0 < edge < self.edges[-1])


def _added(lines: Sequence[Mapping[str, Any]], name: str) -> Decimal:
    return sum((Decimal(str(line.get(name) or 0)) for line in lines), Decimal(0))
