"""The engine: a form, a paper and values become pages.

Every page carries the head of the form and the heading of the table. A document that needs several says on each what it
comes to (本页小计) and brings it forward (承前页); the sums, the foot and its signatures stand on the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text

from .form import Variant
from .grid import Grid
from .marks import Page
from .pagination import Room, paginated
from .papers import MM
from .rows import PAD, cell_row, draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .form import Form, Rows
    from .papers import Paper
    from .rows import Row, Translator

GAP = 1.0 * MM
"""Between the head, the table and the foot."""
ENDLESS = 1e6
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""A label too small for its texts is written smaller."""


def laid_out(form: Form, paper: Paper, values: Mapping[str, Any], words: Translator) -> list[Page]:
    """The pages of one document, label or report. `values["stamp"]` is written across each of them."""
    if form.table is not None:
        return _Layout(form, paper, values, words).pages()
    tries = (_Layout(form, paper, values, words, scale) for scale in SCALES)
    return next((each for each in tries if each.is_room), _Layout(form, paper, values, words, SCALES[-1])).single()


class _Layout:
    def __init__(
        self, form: Form, paper: Paper, values: Mapping[str, Any], words: Translator, scale: float = 1.0
    ) -> None:
        self._scale = scale
        self._form, self._paper, self._values, self._words = form, paper, values, words
        top, right, bottom, left = (margin * MM for margin in paper.margins)
        self._left, self._top, self._bottom = left, top, bottom
        self._width = paper.width * MM - left - right
        variant = form.on.get(paper.name, Variant())
        self._size = variant.size or form.size
        self._fill = variant.fill
        self._head = self._band(form.head, self._numbered(1, 1))
        self._foot = self._band(form.foot, values)
        self._grid = self._made_grid(variant)

    def _made_grid(self, variant: Variant) -> Grid | None:
        table = self._form.table
        if table is None:
            return None
        lines = self._values.get(table.rows) or []
        return Grid(table, variant, lines, self._words, width=self._width, size=self._size)

    def _band(self, rows: Rows, values: Mapping[str, Any]) -> list[Row]:
        made = (
            cell_row(row, values, self._words, width=self._width, size=self._size, scale=self._scale) for row in rows
        )
        return [row for row in made if row is not None]

    def pages(self) -> list[Page]:
        grid = self._grid
        assert grid is not None
        assert self._form.table is not None
        every = _height(self._band(self._form.every, self._numbered(1, 1)))
        rows, table = grid.rows(), self._form.table
        has_total = table.total and grid.has_sums and bool(grid.lines)
        shown = self._paper.height * MM - self._top - self._bottom if self._paper.height else ENDLESS
        room = Room(
            page=shown - _height(self._head) - GAP - grid.heading().height - every,
            foot=_height(self._foot) + GAP * bool(self._foot) + grid.least * has_total,
            subtotal=grid.least * (table.subtotal and grid.has_sums),
            carried=grid.least * (table.carry and grid.has_sums),
        )
        spans = paginated([row.height for row in rows], room)
        return [self._page(grid, rows, spans, number, room) for number in range(len(spans))]

    def _numbered(self, page: int, pages: int) -> dict[str, Any]:
        return {**self._values, "page": page, "pages": pages}

    def _new_page(self, height: float) -> Page:
        stamp, is_struck = str(self._values.get("stamp", "")), bool(self._values.get("is_struck"))
        return Page(self._paper.width * MM, height, [], [], [], stamp, is_struck)

    @property
    def is_room(self) -> bool:
        """Whether head and foot fit on one page."""
        used = _height(self._head) + _height(self._foot) + self._top + self._bottom
        return not self._paper.height or used <= self._paper.height * MM

    def single(self) -> list[Page]:
        """A page without a table."""
        used = _height(self._head) + _height(self._foot) + self._top + self._bottom
        page = self._new_page(self._paper.height * MM or used)
        self._stack(page, self._foot, self._stack(page, self._head, page.height - self._top))
        return [page]

    def _page(self, grid: Grid, rows: Sequence[Row], spans: Sequence[range], number: int, room: Room) -> Page:
        table = self._form.table
        assert table is not None
        span, is_last = spans[number], number == len(spans) - 1
        body = [(rows[place], False) for place in span]
        lines = [grid.lines[place] for place in span]
        if number and room.carried:
            body.insert(0, (grid.sum_row(Text("print.carried"), grid.lines[: span.start]), True))
        if is_last:
            body += [(grid.blank(), False)] * self._blanks(grid, body, room)
            if table.total and grid.has_sums and grid.lines:
                body.append((grid.sum_row(Text("print.total"), grid.lines), True))
        elif room.subtotal:
            body.append((grid.sum_row(Text("print.subtotal"), lines), True))
        return self._composed(grid, body, self._numbered(number + 1, len(spans)), is_last=is_last)

    def _blanks(self, grid: Grid, body: Sequence[tuple[Row, bool]], room: Room) -> int:
        free = room.page - room.foot - sum(row.height for row, _is_sum in body)
        return max(min(self._fill - len(body), int(free / grid.least + 1e-6)), 0)

    def _composed(
        self, grid: Grid, body: Sequence[tuple[Row, bool]], values: Mapping[str, Any], *, is_last: bool
    ) -> Page:
        every, heading = self._band(self._form.every, values), grid.heading()
        head = self._band(self._form.head, values)
        foot = self._foot if is_last else []
        used = _height(head) + GAP + heading.height + sum(row.height for row, _is_sum in body)
        used += GAP * bool(foot) + _height(foot) + _height(every) + self._top + self._bottom
        page = self._new_page(self._paper.height * MM or used)
        y = self._stack(page, head, page.height - self._top) - GAP
        page.rules.append((self._left, y, self._left + self._width, y))
        draw(heading, page, self._left, y, pad=PAD)
        grid.rule(page, self._left, y, y - heading.height)
        y -= heading.height
        is_framed = self._form.table is not None and self._form.table.rules
        for place, (row, is_sum) in enumerate(body):
            draw(row, page, self._left, y, pad=PAD)
            is_before_sum = place + 1 == len(body) or body[place + 1][1]
            if is_framed or is_sum or is_before_sum:
                grid.rule(page, self._left, y, y - row.height, is_sum=is_sum)
            y -= row.height
        self._stack(page, foot, y - GAP)
        self._stack(page, every, self._bottom + _height(every))
        return page

    def _stack(self, page: Page, rows: Sequence[Row], y: float) -> float:
        for row in rows:
            draw(row, page, self._left, y)
            y -= row.height
        return y


def _height(rows: Sequence[Row]) -> float:
    return sum(row.height for row in rows)
