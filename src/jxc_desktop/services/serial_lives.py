"""One life per serial number: it comes in where it is not, and goes out from where it is.

Looked at after the writing, along the order of the books, so that a document entered late or taken back cannot leave a
later one with a number that was not there. Numbers that a merge has brought in disorder are the doctor's.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.domain.inventory.movement import Position
from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.serial_stock import AT_ONCE, SerialPlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .work import Work

MOST = 1_000
"""Broken lives that are told."""

_PLACE = "effective_period, effective_date, hlc, stream, document, leg, line"
_STEPS = (
    f"SELECT serial, {_PLACE}, warehouse, batch, bin, quantity FROM tracked_move INDEXED BY tracked_move_serial"  # noqa: S608 — own names
    " WHERE serial IN ({serials}) AND serial <> '' AND item = ? AND quantity <> 0"
    " ORDER BY serial, effective_period, effective_date, hlc, stream, document, leg, quantity, line"
)


class _Step(NamedTuple):
    """A movement of one number."""

    position: Position
    place: SerialPlace
    quantity: int


class _Broken(NamedTuple):
    """A step that cannot be: why, after which step, and which one."""

    reason: str
    before: _Step | None
    step: _Step


def refuse_broken_lives(work: Work) -> None:
    """Raises HasProblems with the place of each serial number that is somewhere twice, unknown, gone or elsewhere."""
    by_item: dict[int, dict[str, Position]] = {}
    for (item, serial), position in work.transaction.projector.tracked.serials.items():
        by_item.setdefault(item, {})[serial] = position
    problems = [
        _problem(work, item, serial, broken)
        for item, serials in by_item.items()
        for serial, broken in _broken_lives(work, item, serials)
    ]
    if problems:
        raise HasProblems(Text("document.has_problems", {"count": len(problems)}), problems)


def _broken_lives(work: Work, item: int, serials: dict[str, Position]) -> Iterator[tuple[str, _Broken]]:
    names, told = list(serials), 0
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        rows = work.session.rows(_STEPS.format(serials=placeholders(len(some))), (*some, item))
        for serial, group in groupby(rows, key=itemgetter(0)):
            broken = _first_broken(map(_step, group), serials[serial])
            if broken is not None and told < MOST:
                told += 1
                yield serial, broken


def _step(row: tuple[Any, ...]) -> _Step:
    return _Step(row[1:8], SerialPlace(*row[8:11]), row[11])


def _first_broken(steps: Iterator[_Step], since: Position) -> _Broken | None:
    """The first step from a place on that cannot follow the one before it."""
    before: _Step | None = None
    for step in steps:
        reason = _reason(before, step)
        if reason and step.position >= since:
            return _Broken(reason, before, step)
        before = step
    return None


def _reason(before: _Step | None, step: _Step) -> str:
    is_there = before is not None and before.quantity > 0
    if step.quantity > 0:
        return "twice" if is_there else ""
    if before is None:
        return "unknown"
    if not is_there:
        return "gone"
    return "" if before.place == step.place else "elsewhere"


def _problem(work: Work, item: int, serial: str, broken: _Broken) -> Problem:
    step, before = broken.step, broken.before
    code, name = work.session.first("SELECT code, name FROM item WHERE id = ?", (item,)) or ("", "")
    uuid, number = _document(work, step)
    params = {"item": f"{code} {name}", "serial": serial, "number": number, "place": _place_name(work, step)}
    if before is not None:
        params |= {"earlier": _document(work, before)[1], "known": _place_name(work, before)}
    place = ("tracking", step.position[6], "serial")
    return Problem((*work.place_of(uuid), *place), Text(f"tracking.serial_{broken.reason}", params))


def _document(work: Work, step: _Step) -> tuple[Id, str]:
    row = work.session.first("SELECT uuid, number FROM document WHERE id = ?", (step.position[4],))
    assert row is not None
    return Id(row[0].hex()), row[1]


def _place_name(work: Work, step: _Step) -> str:
    name = work.session.value("SELECT name FROM warehouse WHERE id = ?", (step.place.warehouse,)) or ""
    return " ".join(part for part in (name, step.place.bin, step.place.batch) if part)
