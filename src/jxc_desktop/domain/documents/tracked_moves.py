"""What a posted document moves of each batch, serial number and bin.

A line without rows moves nothing here: what lies there without a batch or bin is what is on hand less what these
movements add up to. A count is an anchor for all of its item in its warehouse: a batch or bin it does not name
is empty afterwards.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.effects import Leg, ValuePosting
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import NOTHING, Quantity
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.effects import Movement
    from jxc_desktop.domain.documents.line import ItemLine, Tracking


class TrackedBasis(IntEnum):
    """Where the quantity comes from; the last two follow from a count and stand in no document."""

    MOVED = 1
    """The document's own quantity."""
    COUNTED = 2
    """Whatever makes the batch or bin hold the counted quantity."""
    COUNT_TAKEN_BACK = 3
    """A count is reversed: every batch and bin gets back what that count changed."""
    CLEARED = 4
    """A count did not name it: nothing is there any more."""
    RESTORED = 5
    """What a reversed count had changed comes back."""


@value
class TrackedMove:
    """What one row of a document moves: `row` is its key, `line` that of its item line.

    `quantity` is signed (counted: what lies there afterwards). The days are those the document tells of the batch;
    a document that takes a batch out or moves it on tells none.
    """

    row: int
    line: int
    leg: Leg
    item: Id
    warehouse: Id
    basis: TrackedBasis
    batch: str = ""
    serial: str = ""
    bin: str = ""
    quantity: Quantity = NOTHING
    production_date: str = ""
    expiry_date: str = ""
    source_document: Id = NO_ID
    source_line: int = 0


def tracked_moves(document: Document, movements: Iterable[Movement]) -> tuple[TrackedMove, ...]:
    """The parts of these movements, which are those of the document."""
    rows: dict[int, list[Tracking]] = {}
    for row in document.tracking:
        rows.setdefault(row.line, []).append(row)
    lines = {line.key: line for line in document.lines if line.key in rows}
    return tuple(
        part
        for movement in movements
        if movement.line in lines and movement.basis != Basis.REVALUE
        for part in _parts(document, lines[movement.line], movement, rows[movement.line])
    )


def _parts(document: Document, line: ItemLine, movement: Movement, rows: Sequence[Tracking]) -> Iterator[TrackedMove]:
    named = (movement.line, movement.leg, movement.item, movement.warehouse)
    if movement.basis == Basis.OF_COUNT:
        yield TrackedMove(
            line.key,
            *named,
            TrackedBasis.COUNT_TAKEN_BACK,
            source_document=movement.source_document,
            source_line=movement.source_line,
        )
        return
    is_count = movement.basis == Basis.COUNT
    basis = TrackedBasis.COUNTED if is_count else TrackedBasis.MOVED
    is_turned = (movement.quantity < NOTHING) != (line.base_quantity < NOTHING)
    is_target = bool(document.to_warehouse) and movement.leg == (Leg.OUT if document.reverses else Leg.IN)
    tells = is_count or _tells_days(document, movement)
    for row in rows:
        place = line.to_bin if is_target else row.bin
        if is_count or row.batch or row.serial or place:
            yield TrackedMove(
                row.key,
                *named,
                basis,
                row.batch,
                row.serial,
                place,
                -row.base_quantity if is_turned else row.base_quantity,
                row.production_date if tells else "",
                row.expiry_date if tells else "",
            )


def _tells_days(document: Document, movement: Movement) -> bool:
    """Goods that come into the shop tell of their batch; those that come back or go from place to place do not."""
    return (
        movement.quantity > NOTHING
        and not movement.source_document
        and not document.to_warehouse
        and movement.posting != ValuePosting.NONE
    )
