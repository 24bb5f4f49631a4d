"""Serial numbers of a line that is being posted: one row each, as many as pieces.

Where a whole line comes back, its serial numbers are those it left with; a count that finds as many as there should be
finds those. Otherwise the numbers have to be told: nobody can guess them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.effects import Leg
from jxc_desktop.domain.documents.line import Tracking
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import NOTHING, Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.serial_stock import LyingSerial, lying_serials
from jxc_desktop.queries.source_batches import source_batches

from .tracked_rows import line_name

if TYPE_CHECKING:
    from datetime import date

    from jxc_desktop.domain.documents.effects import Movement
    from jxc_desktop.domain.documents.line import ItemLine

    from .catalog import Card
    from .work import Work

Rows = tuple[Tracking, ...]
PIECE = Quantity(1_000_000)


class SerialRows:
    """Completes the serial numbers of one document."""

    def __init__(self, work: Work, on: date, problems: list[Problem]) -> None:
        self._work = work
        self._on = on
        self._problems = problems
        self._seen: set[tuple[str, str]] = set()

    def completed(self, card: Card, line: ItemLine, rows: Rows, movement: Movement) -> Rows:
        """The rows with what is known of their numbers; what is missing or twice is a problem."""
        if not rows and card.has_serial:
            rows = self._found(card, line, movement)
        if movement.leg == Leg.OUT or movement.basis == Basis.COUNT:
            rows = self._placed(card, rows, movement)
        if card.has_serial and (line.base_quantity or rows):
            self._refuse_missing(line, rows)
        for row in rows:
            if row.serial:
                self._refuse_odd(line, row)
        return rows

    def _refuse_missing(self, line: ItemLine, rows: Rows) -> None:
        params = {"item": line_name(line), "quantity": abs(line.base_quantity)}
        text = Text("tracking.serial_missing", params)
        if not rows:
            self._problems.append(Problem(("lines", line.key, "serial"), text))
        self._problems += [Problem(("tracking", row.key, "serial"), text) for row in rows if not row.serial]

    def _refuse_odd(self, line: ItemLine, row: Tracking) -> None:
        """A number stands for one piece and stands once in a document."""
        params = {"item": line_name(line), "serial": row.serial}
        if abs(row.base_quantity) != PIECE:
            text = Text("tracking.serial_not_one", params)
            self._problems.append(Problem(("tracking", row.key, "base_quantity"), text))
        number = (line.item, row.serial)
        if number in self._seen:
            text = Text("tracking.serial_repeated", params)
            self._problems.append(Problem(("tracking", row.key, "serial"), text))
        self._seen.add(number)

    def _found(self, card: Card, line: ItemLine, movement: Movement) -> Rows:
        """The numbers that are meant where none are told: exactly as many as pieces, or none."""
        numbers: list[LyingSerial] = []
        if movement.basis == Basis.COUNT:
            numbers = self._lying(card, movement)
        elif movement.source_document:
            numbers = self._of_source(movement)
        if len(numbers) * PIECE.micro != abs(line.base_quantity).micro:
            return ()
        one = -PIECE if line.base_quantity < NOTHING else PIECE
        return tuple(
            Tracking(0, line.key, each.batch, each.serial, base_quantity=one, bin=each.bin) for each in numbers
        )

    def _lying(self, card: Card, movement: Movement) -> list[LyingSerial]:
        warehouse = self._work.catalog.card("warehouse", movement.warehouse)
        assert warehouse is not None
        day = self._on.year * 10_000 + self._on.month * 100 + self._on.day
        return lying_serials(self._work.session, item=card.key, warehouse=warehouse.key, day=day)

    def _of_source(self, movement: Movement) -> list[LyingSerial]:
        pending = self._work.pending.get(movement.source_document)
        if pending is not None:
            mine = [row for row in pending.tracking if row.line == movement.source_line]
            return [LyingSerial(row.serial, row.batch, row.bin) for row in mine if row.serial]
        left = source_batches(
            self._work.session,
            document=movement.source_document,
            line=movement.source_line,
            left_out=self._work.left_out,
        )
        return [LyingSerial(each.serial, each.batch, each.bin) for each in left if each.serial]

    def _placed(self, card: Card, rows: Rows, movement: Movement) -> Rows:
        """What goes out or is counted is of the batch and in the bin it lies in, where they are not told."""
        serials = [row.serial for row in rows if row.serial]
        places = self._work.shelves.serials(card.id, serials) if serials else {}
        warehouse = self._work.transaction.projector.ids["warehouse"].find(movement.warehouse)
        placed = []
        for row in rows:
            place = places.get(row.serial)
            if place is not None and place.warehouse == warehouse:
                placed.append(changed(row, batch=row.batch or place.batch, bin=row.bin or place.bin))
            else:
                placed.append(row)
        return tuple(placed)
