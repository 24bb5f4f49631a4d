"""The lines of one shape in a draft, each with what is wrong with it, edited in time proportional to the edit."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Generic

from jxc_desktop.domain.documents.check import L, LineChecks, LineContext, Once
from jxc_desktop.domain.documents.index_map import IndexMap
from jxc_desktop.domain.documents.line_map import LineMap
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.value import changed, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Groups = IndexMap[Hashable, LineMap[bool]]
"""Group → the keys of its lines, in order."""


@value
class Sheet(Generic[L]):
    """Lines by key with their problems; immutable. Make one with `sheet_of`.

    `groups` is one index for each `Once` of the checks. An edit checks the edited line again, and those that became or
    ceased to be the first of a group it left or joined.
    """

    checks: LineChecks[L]
    context: LineContext
    lines: LineMap[L]
    problems: LineMap[tuple[Problem, ...]]
    groups: tuple[Groups, ...]

    def with_line(self, line: L) -> Sheet[L]:
        """Put a line in or in place of the one with the same key."""
        return _edited(self, line.key, self.lines.get(line.key), line)

    def without_line(self, key: int) -> Sheet[L]:
        """Take a line out. Raises KeyError where there is none of that key."""
        return _edited(self, key, self.lines[key], None)

    def in_context(self, context: LineContext) -> Sheet[L]:
        """The same lines under another head: all checked again where it differs in what lines depend on."""
        return self if context == self.context else sheet_of(self.lines.values(), self.checks, context)

    def found(self) -> Iterator[Problem]:
        """What is wrong, in the order of the lines."""
        return (problem for problems in self.problems.values() for problem in problems)


def sheet_of(lines: Iterable[L], checks: LineChecks[L], context: LineContext) -> Sheet[L]:
    """A sheet of these lines; no two have one key. Raises ValueError for a negative key."""
    made: Sheet[L] = Sheet(checks, context, LineMap(), LineMap(), tuple(IndexMap() for _ in checks.once))
    for line in lines:
        made = made.with_line(line)
    return made


def _edited(sheet: Sheet[L], key: int, gone: L | None, come: L | None) -> Sheet[L]:
    lines = sheet.lines.without_line(key) if come is None else sheet.lines.with_line(key, come)
    groups: list[Groups] = []
    touched = {key}
    for once, index in zip(sheet.checks.once, sheet.groups, strict=True):
        left, joined = _group(sheet, once, gone), _group(sheet, once, come)
        touched |= _firsts(index, left, joined)
        groups.append(_moved(index, key, left, joined))
        touched |= _firsts(groups[-1], left, joined)
    made = changed(sheet, lines=lines, groups=tuple(groups))
    problems = sheet.problems
    for each in touched:
        found = _problems_of(made, lines.get(each))
        if found:
            problems = problems.with_line(each, found)
        elif each in problems:
            problems = problems.without_line(each)
    return changed(made, problems=problems)


def _group(sheet: Sheet[L], once: Once[L], line: L | None) -> Hashable:
    return None if line is None else once.group(sheet.context, line)


def _problems_of(sheet: Sheet[L], line: L | None) -> tuple[Problem, ...]:
    if line is None:
        return ()
    found = [problem for check in sheet.checks.each for problem in check(sheet.context, line)]
    for once, index in zip(sheet.checks.once, sheet.groups, strict=True):
        if line.key not in _firsts(index, _group(sheet, once, line)):
            found.append(once.problem(line))
    return tuple(found)


def _firsts(index: Groups, *groups: Hashable) -> set[int]:
    """The first line of each of these groups; of an empty group there is none."""
    members = (index.get(group) for group in groups)
    return {next(iter(keys)) for keys in members if keys is not None}


def _moved(index: Groups, key: int, left: Hashable, joined: Hashable) -> Groups:
    """The index after a line went from one group to another; None is no group."""
    if left == joined:
        return index
    if left is not None:
        members = (index.get(left) or LineMap()).without_line(key)
        index = index.with_entry(left, members) if members else index.without_entry(left)
    if joined is not None:
        index = index.with_entry(joined, (index.get(joined) or LineMap()).with_line(key, True))  # noqa: FBT003
    return index
