"""The batches and serials of a draft: what they add up to for each item line, and what is wrong with that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.check import TrackingCheck
from jxc_desktop.domain.documents.index_map import IndexMap
from jxc_desktop.domain.documents.line import ItemLine, Tracking
from jxc_desktop.domain.documents.line_map import LineMap
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import NOTHING, Quantity
from jxc_desktop.kernel.value import changed, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@value
class Tracked:
    """The tracking rows of one item line, and the quantity they add up to."""

    rows: LineMap[bool] = LineMap()
    quantity: Quantity = NOTHING


@value
class TrackingSheet:
    """Tracking rows by key, what they come to by the key of their item line, and the problems of each; immutable.

    An edit checks the item lines it names again, nothing else.
    """

    checks: tuple[TrackingCheck, ...]
    rows: LineMap[Tracking] = LineMap()
    by_line: IndexMap[int, Tracked] = IndexMap()
    problems: IndexMap[int, tuple[Problem, ...]] = IndexMap()

    def with_row(self, row: Tracking, lines: LineMap[ItemLine]) -> TrackingSheet:
        """Put a row in or in place of the one with the same key; `lines` are the item lines."""
        before = self if self.rows.get(row.key) is None else self.without_row(row.key, lines)
        known = before.by_line.get(row.line) or Tracked()
        tracked = Tracked(known.rows.with_line(row.key, True), known.quantity + row.base_quantity)  # noqa: FBT003
        made = changed(
            before, rows=before.rows.with_line(row.key, row), by_line=before.by_line.with_entry(row.line, tracked)
        )
        return made.checked(row.line, lines)

    def without_row(self, key: int, lines: LineMap[ItemLine]) -> TrackingSheet:
        """Take a row out. Raises KeyError where there is none of that key."""
        row = self.rows[key]
        known = self.by_line.get(row.line) or Tracked()
        tracked = Tracked(known.rows.without_line(key), known.quantity - row.base_quantity)
        by_line = self.by_line.with_entry(row.line, tracked) if tracked.rows else self.by_line.without_entry(row.line)
        return changed(self, rows=self.rows.without_line(key), by_line=by_line).checked(row.line, lines)

    def without_rows_of(self, line: int, lines: LineMap[ItemLine]) -> TrackingSheet:
        """Take all rows of an item line out."""
        made = self
        for key in (self.by_line.get(line) or Tracked()).rows:
            made = made.without_row(key, lines)
        return made

    def checked(self, line: int, lines: LineMap[ItemLine]) -> TrackingSheet:
        """What is wrong with the rows of one item line, worked out again."""
        tracked = self.by_line.get(line)
        if tracked is None:
            return changed(self, problems=self.problems.without_entry(line))
        found = tuple(problem for check in self.checks for problem in check(line, lines.get(line), tracked.quantity))
        problems = self.problems.with_entry(line, found) if found else self.problems.without_entry(line)
        return changed(self, problems=problems)

    def found(self) -> Iterator[Problem]:
        """What is wrong, in the order of the item lines."""
        return (problem for _line, problems in sorted(self.problems.items()) for problem in problems)


def tracking_of(rows: Iterable[Tracking], checks: tuple[TrackingCheck, ...], lines: LineMap[ItemLine]) -> TrackingSheet:
    """A sheet of these rows; no two have one key. Raises ValueError for a negative key."""
    made = TrackingSheet(checks)
    for row in rows:
        made = made.with_row(row, lines)
    return made
