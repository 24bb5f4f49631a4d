"""How a type says what is wrong with its documents: checks sorted by what they read, so that an edit runs few of them.

A check of the head reads the head and the sums, never the lines; a check of a line reads that line and the little of
the head that lines depend on; two lines meet only in a group (`Once`) or where tracking names its item line. A whole
document is checked with the same functions as a draft that is being entered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from jxc_desktop.domain.documents.line import NO_ID, Allocation, EntryLine, ItemLine, MoneyLine
from jxc_desktop.domain.documents.sums import Sums, sums_of
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document


class Keyed(Protocol):
    """Any line: it has a key."""

    @property
    def key(self) -> int:
        """The line's number in its document, given once."""
        ...


L = TypeVar("L", bound=Keyed)


@value
class LineContext:
    """What lines depend on of their head: when it changes, every line is checked again.

    `sign` is -1 on a reversing document; `warehouse` is that of a line that names none, `to_warehouse` where goods go,
    `is_estimated` whether the invoice is to come.
    """

    sign: int = 1
    warehouse: Id = NO_ID
    to_warehouse: Id = NO_ID
    is_estimated: bool = False


HeadCheck = Callable[["Document", Sums], Iterable[Problem]]
"""The head with its total, in a draft without lines, and what the lines come to → what is wrong."""
LineCheck = Callable[[LineContext, L], Iterable[Problem]]
"""What the line depends on and the line → what is wrong with it."""
TrackingCheck = Callable[[int, ItemLine | None, Quantity], Iterable[Problem]]
"""The key that batches and serials name, its item line (None where there is none), their sum → what is wrong."""


@value
class Once(Generic[L]):
    """Lines of one group say the same thing again: each but the first is a problem."""

    group: Callable[[LineContext, L], Hashable]
    problem: Callable[[L], Problem]


@value
class LineChecks(Generic[L]):
    """The checks of one shape of lines."""

    each: tuple[LineCheck[L], ...] = ()
    once: tuple[Once[L], ...] = ()

    def problems(self, context: LineContext, lines: Iterable[L]) -> list[Problem]:
        """What is wrong with these lines, line by line."""
        if not self.once:
            each = self.each
            return [problem for line in lines for check in each for problem in check(context, line)]
        found: list[Problem] = []
        seen: set[tuple[Once[L], Hashable]] = set()
        for line in lines:
            for check in self.each:
                found += check(context, line)
            for once in self.once:
                group = once, once.group(context, line)
                if group in seen:
                    found.append(once.problem(line))
                seen.add(group)
        return found


@value
class Checks:
    """All checks of a document type."""

    head: tuple[HeadCheck, ...] = ()
    lines: LineChecks[ItemLine] = LineChecks()
    tracking: tuple[TrackingCheck, ...] = ()
    money: LineChecks[MoneyLine] = LineChecks()
    allocations: LineChecks[Allocation] = LineChecks()
    entries: LineChecks[EntryLine] = LineChecks()

    def problems(self, document: Document) -> list[Problem]:
        """What is wrong with a whole document: the head first, then shape by shape, line by line."""
        context, sums = line_context(document), sums_of(document)
        found = [problem for check in self.head for problem in check(document, sums)]
        found += self.lines.problems(context, document.lines)
        if document.tracking:
            found += self._tracking_problems(document)
        found += self.money.problems(context, document.money)
        found += self.allocations.problems(context, document.allocations)
        found += self.entries.problems(context, document.entries)
        return found

    def _tracking_problems(self, document: Document) -> Iterable[Problem]:
        lines = {line.key: line for line in document.lines}
        tracked: dict[int, int] = {}
        for row in document.tracking:
            tracked[row.line] = tracked.get(row.line, 0) + row.base_quantity.micro
        for key, micro in sorted(tracked.items()):
            for check in self.tracking:
                yield from check(key, lines.get(key), Quantity(micro))


def line_context(head: Document) -> LineContext:
    """What lines depend on of this head."""
    return LineContext(-1 if head.reverses else 1, head.warehouse, head.to_warehouse, head.is_estimated)
