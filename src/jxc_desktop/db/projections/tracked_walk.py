"""Walking an item in a warehouse from a place on: what counts change of its batches and bins.

The rows that only follow from counts (cleared, restored) are made anew; nothing else is ever worked out again.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import tracked_move
from jxc_desktop.domain.documents.tracked_moves import TrackedBasis
from jxc_desktop.domain.inventory.movement import Position

from .move_rows import POSITION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.db.engine import Session

Pair = tuple[int, int]
"""Item and warehouse."""
Tag = tuple[str, str, str]
"""Batch, serial, bin."""

COUNTED, TAKEN_BACK = int(TrackedBasis.COUNTED), int(TrackedBasis.COUNT_TAKEN_BACK)
CLEARED, RESTORED = int(TrackedBasis.CLEARED), int(TrackedBasis.RESTORED)
ANCHORS = frozenset({COUNTED, TAKEN_BACK})

_HERE = "item = ? AND warehouse = ?"
_FROM = f"{_HERE} AND ({POSITION}) >= (?, ?, ?, ?, ?, ?, ?)"
_BEFORE = (
    f"SELECT batch, serial, bin, sum(quantity) FROM tracked_move WHERE {_HERE}"  # noqa: S608 — own names
    f" AND ({POSITION}) < (?, ?, ?, ?, ?, ?, ?) GROUP BY batch, serial, bin HAVING sum(quantity) <> 0"
)
_FOLLOWING = (
    f"SELECT {POSITION}, basis, batch, serial, bin, item_line, counted, quantity, source_document, source_line"  # noqa: S608
    f" FROM tracked_move WHERE {_FROM} ORDER BY {POSITION}, basis, batch, serial, bin"
)
_MADE_ANEW = f"DELETE FROM tracked_move WHERE {_FROM} AND basis IN ({CLEARED}, {RESTORED})"  # noqa: S608 — own names
_FOUND = (
    f"UPDATE tracked_move SET quantity = ? WHERE {_HERE} AND ({POSITION}) = (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    f" AND basis = {COUNTED} AND batch = ? AND serial = ? AND bin = ?"
)
_OF_SOURCE = (
    f"SELECT batch, serial, bin, sum(quantity) FROM tracked_move WHERE {_HERE} AND document = ? AND item_line = ?"  # noqa: S608
    f" AND basis IN ({COUNTED}, {CLEARED}) GROUP BY batch, serial, bin"
)


class _Row(NamedTuple):
    """A row that stands in a document, or follows from a count."""

    position: Position
    basis: int
    tag: Tag
    item_line: int
    counted: int | None
    quantity: int
    source: tuple[int, int]


def walk(session: Session, pair: Pair, start: Position) -> list[tuple[Tag, int, Position]]:
    """Work out everything from a place on and write it; by how much each row differs from before."""
    rows = [_row(row) for row in session.rows(_FOLLOWING, (*pair, *start))]
    before = {(row.position, row.basis, row.tag): row.quantity for row in rows}
    walked = _Walk(session, pair, {(row[0], row[1], row[2]): row[3] for row in session.rows(_BEFORE, (*pair, *start))})
    after = {(row.position, row.basis, row.tag): row.quantity for row in walked.rows(rows)}
    session.run(_MADE_ANEW, (*pair, *start))
    session.many(
        _FOUND,
        [
            (quantity, *pair, *position, *tag)
            for (position, basis, tag), quantity in after.items()
            if basis == COUNTED and quantity != before[position, basis, tag]
        ],
    )
    session.many(insert_text(tracked_move), walked.made)
    return [
        (key[2], after.get(key, 0) - before.get(key, 0), key[0])
        for key in {**before, **after}
        if after.get(key, 0) != before.get(key, 0)
    ]


def _row(row: tuple[Any, ...]) -> _Row:
    return _Row(row[:7], row[7], (row[8], row[9], row[10]), row[11], row[12], row[13], (row[14], row[15]))


class _Walk:
    """What lies there of each batch, serial and bin while one goes along the rows."""

    def __init__(self, session: Session, pair: Pair, held: dict[Tag, int]) -> None:
        self._session = session
        self._pair = pair
        self._held = held
        self._found: dict[tuple[int, int], dict[Tag, int]] = {}
        self.made: list[tuple[Any, ...]] = []

    def rows(self, rows: list[_Row]) -> Iterator[_Row]:
        """The rows with their quantities, and those that follow from them."""
        kept = (row for row in rows if row.basis not in {CLEARED, RESTORED})
        for (_place, line, basis), group in groupby(
            kept, key=lambda row: (row.position[:6], row.item_line if row.basis in ANCHORS else 0, row.basis)
        ):
            found = list(group)
            if basis == COUNTED:
                yield from self._counted(found, line)
            elif basis == TAKEN_BACK:
                yield from self._taken_back(found[0])
            else:
                for row in found:
                    self._move(row.tag, row.quantity)
                    yield row

    def _move(self, tag: Tag, quantity: int) -> None:
        self._held[tag] = self._held.get(tag, 0) + quantity

    def _counted(self, rows: list[_Row], line: int) -> Iterator[_Row]:
        """The count of one line: what it names is there, everything else is not."""
        wanted: dict[Tag, int] = {}
        for row in rows:
            wanted[row.tag] = wanted.get(row.tag, 0) + (row.counted or 0)
        differences: dict[Tag, int] = {}
        for row in rows:
            difference = wanted[row.tag] - self._held.get(row.tag, 0)
            self._move(row.tag, difference)
            differences[row.tag] = differences.get(row.tag, 0) + difference
            yield row._replace(quantity=difference)
        gone = {tag: -held for tag, held in sorted(self._held.items()) if held and tag not in wanted}
        yield from self._follow(rows[0], line, CLEARED, gone)
        self._found[rows[0].position[4], line] = {**differences, **gone}

    def _taken_back(self, row: _Row) -> Iterator[_Row]:
        """Minus what the count changed."""
        changed = self._found.get(row.source)
        if changed is None:
            found = self._session.rows(_OF_SOURCE, (*self._pair, *row.source))
            changed = {(each[0], each[1], each[2]): each[3] for each in found}
        yield row
        back = {tag: -quantity for tag, quantity in sorted(changed.items()) if quantity}
        yield from self._follow(row, row.item_line, RESTORED, back)

    def _follow(self, row: _Row, line: int, basis: int, changes: dict[Tag, int]) -> Iterator[_Row]:
        position = (*row.position[:6], line)
        for tag, quantity in changes.items():
            self._move(tag, quantity)
            self.made.append((*self._pair, *position, basis, *tag, line, None, quantity, "", "", 0, 0))
            yield _Row(position, basis, tag, line, None, quantity, (0, 0))
