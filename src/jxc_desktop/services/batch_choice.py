"""Which batches and bins there are to choose from for a line, in the order in which they are to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.picking import Stored, first_expired_first
from jxc_desktop.domain.inventory.shelf_life import is_expired
from jxc_desktop.kernel.quantity import NOTHING, Quantity
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.source_batches import source_batches

if TYPE_CHECKING:
    from datetime import date

    from jxc_desktop.domain.documents.effects import Movement
    from jxc_desktop.queries.tracked_stock import Tag

    from .catalog import Card
    from .work import Work


class BatchChoice:
    """The batches of items as they stand for one document; `is_used` leaves out what is past its expiry date."""

    def __init__(self, work: Work, on: date, *, is_used: bool) -> None:
        self._work = work
        self._on = on
        self._is_fresh_only = is_used and work.settings.get("expired_stock") != "allow"

    def going_out(self, card: Card, movement: Movement, place: str) -> list[Stored]:
        """What is free to leave, of one bin where one is named; goods that go back leave the batches they came in."""
        shelf = self._work.shelves.look(card.id, movement.warehouse, self._on)
        stored = [each for each in self.stored(card, shelf.free, shelf.all_free) if place in {"", each.bin}]
        if self._is_fresh_only:
            stored = [each for each in stored if not is_expired(each.expiry_date, self._on)]
        if movement.source_document:
            came_in = {each.batch for each in self.of_source(movement)}
            stored = [each for each in stored if not came_in or each.batch in came_in]
        return first_expired_first(stored)

    def lying(self, card: Card, movement: Movement, place: str) -> list[Stored]:
        """What lies there at the end of the day of the document, all of it in one bin where one is named."""
        shelf = self._work.shelves.look(card.id, movement.warehouse, self._on)
        held = _in_one_bin(shelf.held, place) if place else shelf.held
        return self.stored(card, held, shelf.all_held)

    def stored(self, card: Card, there: dict[Tag, int], total: int) -> list[Stored]:
        """The batches and bins of a shelf, serial numbers left out, and what lies there without either."""
        found = [
            self._part(card, batch, place, quantity)
            for (batch, serial, place), quantity in there.items()
            if quantity and not serial
        ]
        rest = total - sum(there.values())
        if rest:
            found.append(Stored("", Quantity(rest)))
        return found

    def _part(self, card: Card, batch: str, place: str, quantity: int) -> Stored:
        known = self._work.shelves.batch(card.id, batch) if batch else None
        if known is None:
            return Stored(batch, Quantity(quantity), bin=place)
        return Stored(batch, Quantity(quantity), known.expiry_date, known.received, place)

    def of_source(self, movement: Movement) -> list[Stored]:
        """What is left of the batches of the line that is taken back."""
        pending = self._work.pending.get(movement.source_document)
        if pending is not None:
            found = [row for row in pending.tracking if row.line == movement.source_line and not row.serial]
            return [Stored(row.batch, abs(row.base_quantity), bin=row.bin) for row in found]
        left = source_batches(
            self._work.session,
            document=movement.source_document,
            line=movement.source_line,
            left_out=self._work.left_out,
        )
        return [Stored(each.batch, Quantity(each.left), bin=each.bin) for each in left if not each.serial]

    def newest(self, card: Card) -> Stored | None:
        """The batch of an item that came in last, with nothing of it; None where it never had one."""
        batch = self._work.session.value(
            "SELECT batch FROM batch WHERE item = ? ORDER BY received DESC, batch DESC LIMIT 1", (card.key,)
        )
        return None if batch is None else changed(self._part(card, batch, "", 0), quantity=NOTHING)


def _in_one_bin(there: dict[Tag, int], place: str) -> dict[Tag, int]:
    found: dict[Tag, int] = {}
    for (batch, serial, _bin), quantity in there.items():
        found[batch, serial, place] = found.get((batch, serial, place), 0) + quantity
    return found
