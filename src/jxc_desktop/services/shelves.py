"""What lies where by batch, serial number and bin while documents are being posted: the book, and what is on its way.

Documents of one transaction are written together; the second of them has to see what the first has taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.rules import shipped_rules
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.tracked_moves import TrackedBasis, tracked_moves
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.queries.serial_stock import SerialPlace, serial_places
from jxc_desktop.queries.tracked_stock import BatchRow, Shelf, known_batch, shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from jxc_desktop.db.engine import Session
    from jxc_desktop.db.projections.identity import Identities
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.effects import Movement
    from jxc_desktop.domain.documents.tracked_moves import TrackedMove
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.queries.tracked_stock import Tag

Pair = tuple[int, int]
ALL: Tag = ("*", "*", "*")
"""What stands for everything of an item in a warehouse."""


def movements_of(document: Document) -> tuple[Movement, ...]:
    """What a complete document moves."""
    return document_type(document.type).effects(document, shipped_rules()).movements


class Shelves:
    """Looks shelves up and remembers what documents that are not written yet have changed of them."""

    def __init__(self, session: Session, ids: Mapping[str, Identities]) -> None:
        self._session = session
        self._ids = ids
        self._seen: dict[tuple[Pair, int], Shelf] = {}
        self._changes: dict[Pair, list[tuple[int, Tag, int]]] = {}
        self._batches: dict[tuple[int, str], BatchRow | None] = {}
        self._moved: dict[tuple[int, str], SerialPlace | None] = {}

    def forget(self) -> None:
        """Everything is written: the book says how it stands."""
        self._seen.clear()
        self._changes.clear()
        self._batches.clear()
        self._moved.clear()

    def look(self, item: Id, warehouse: Id, on: date) -> Shelf:
        """What lies of an item in a warehouse at the end of a day, and is free from then on."""
        pair, day = self._pair(item, warehouse), _day(on)
        found = self._seen.get((pair, day))
        if found is None:
            found = self._seen[pair, day] = shelf(self._session, item=pair[0], warehouse=pair[1], day=day)
        changes = self._changes.get(pair)
        return _with_changes(found, changes, day) if changes else found

    def batch(self, item: Id, batch: str) -> BatchRow | None:
        """What is known of a batch of an item; None where it never came in."""
        key = (self._ids["item"].find(item), batch)
        if key not in self._batches:
            self._batches[key] = known_batch(self._session, item=key[0], batch=batch)
        return self._batches[key]

    def serials(self, item: Id, serials: Sequence[str]) -> dict[str, SerialPlace]:
        """Where each of these serial numbers of an item lies; one that lies nowhere is left out."""
        key = self._ids["item"].find(item)
        found = serial_places(self._session, item=key, serials=serials)
        for serial in serials:
            if (key, serial) in self._moved:
                place = self._moved[key, serial]
                if place is None:
                    found.pop(serial, None)
                else:
                    found[serial] = place
        return found

    def take(self, document: Document, movements: Iterable[Movement], *, sign: int = 1) -> None:
        """A document is about to be written (1), or to be replaced (-1): what it counted then stands as it is."""
        moved = list(movements)
        day = _day(document.date)
        for movement in moved:
            if movement.basis not in {Basis.COUNT, Basis.OF_COUNT, Basis.REVALUE}:
                self._change(movement.item, movement.warehouse, day, ALL, sign * movement.quantity.micro)
        for part in tracked_moves(document, moved)[::sign]:
            tag = (part.batch, part.serial, part.bin)
            if part.serial:
                self._move_serial(part, is_there=sign * part.quantity.micro > 0)
            elif part.basis == TrackedBasis.MOVED:
                self._change(part.item, part.warehouse, day, tag, sign * part.quantity.micro)
            if part.batch and sign > 0 and self.batch(part.item, part.batch) is None:
                known = BatchRow(part.batch, part.production_date, part.expiry_date, day)
                self._batches[self._ids["item"].find(part.item), part.batch] = known
        if sign > 0:
            self._count(document, moved)

    def _move_serial(self, part: TrackedMove, *, is_there: bool) -> None:
        item, warehouse = self._pair(part.item, part.warehouse)
        self._moved[item, part.serial] = SerialPlace(warehouse, part.batch, part.bin) if is_there else None

    def _count(self, document: Document, movements: Iterable[Movement]) -> None:
        """What counts leave there: the batches and bins they name, nothing else."""
        counts = [each for each in movements if each.basis == Basis.COUNT]
        parts = tracked_moves(document, counts) if counts else ()
        for movement in counts:
            before = self.look(movement.item, movement.warehouse, document.date)
            named = (movement.item, movement.warehouse, _day(document.date))
            self._change(*named, ALL, movement.quantity.micro - before.all_held)
            wanted: dict[Tag, int] = {}
            tag: Tag
            for part in parts:
                if part.line == movement.line and not part.serial:
                    tag = (part.batch, "", part.bin)
                    wanted[tag] = wanted.get(tag, 0) + part.quantity.micro
            for tag in (before.held.keys() | wanted.keys()) if wanted else ():
                self._change(*named, tag, wanted.get(tag, 0) - before.held.get(tag, 0))

    def give_back(self, posted: Document) -> None:
        """A posted document is being replaced: what it took is there again."""
        self.take(posted, movements_of(posted), sign=-1)

    def _pair(self, item: Id, warehouse: Id) -> Pair:
        return self._ids["item"].find(item), self._ids["warehouse"].find(warehouse)

    def _change(self, item: Id, warehouse: Id, day: int, tag: Tag, quantity: int) -> None:
        if quantity:
            self._changes.setdefault(self._pair(item, warehouse), []).append((day, tag, quantity))


def _with_changes(found: Shelf, changes: list[tuple[int, Tag, int]], day: int) -> Shelf:
    """A shelf with what is on its way: what goes out later is gone as well, what comes in later is not there yet."""
    held, free = dict(found.held), dict(found.free)
    all_held, all_free = found.all_held, found.all_free
    for on, tag, quantity in changes:
        is_there = on <= day
        if tag == ALL:
            all_held += quantity if is_there else 0
            all_free += quantity if is_there or quantity < 0 else 0
            continue
        if is_there:
            held[tag] = held.get(tag, 0) + quantity
        if is_there or quantity < 0:
            free[tag] = free.get(tag, 0) + quantity
    return Shelf(held, all_held, free, all_free)


def _day(on: date) -> int:
    return on.year * 10_000 + on.month * 100 + on.day
