"""Batches, serial numbers and bins of a document that is being posted: what is there is completed, the rest proposed.

Goods that go out leave the batch that expires first (FEFO), split over several where one is not enough; goods that come
back come into the batch they left; a counted total lies in the batches that are there. What comes into the shop names
its batch, or has one named after the day it was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.domain.documents.effects import Leg
from jxc_desktop.domain.documents.line import ItemLine, Tracking
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.domain.inventory.picking import Stored, counted_parts, pick
from jxc_desktop.domain.inventory.shelf_life import batch_of, expiry_of, is_expired
from jxc_desktop.kernel.problems import Problem, Severity, errors_in
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.tracked_stock import last_left

from .batch_choice import BatchChoice
from .guards import forbidding_warehouses
from .serial_rows import SerialRows
from .shelves import movements_of
from .tracked_rows import line_name, proposed_row, repeated, rows_by_line, with_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.effects import Movement
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.kernel.problems import Place

    from .catalog import Card
    from .work import Work


def with_tracking(
    work: Work, declared: DocumentType, document: Document, keys: Iterator[int], problems: list[Problem]
) -> Document:
    """The document with the batches, serials and bins of its lines; what is wrong with them is added to `problems`.

    `keys` are free line keys. Nothing else may be wrong with the document.
    """
    movements = movements_of(document)
    tracker = _Tracker(work, declared, document, problems)
    moved: dict[int, Movement] = {}
    for movement in movements:
        if movement.line not in moved or movement.leg == Leg.OUT:
            moved[movement.line] = movement
    rows = rows_by_line(document.tracking)
    lines: list[ItemLine] = []
    tracking: list[Tracking] = []
    for line in document.lines:
        made = _Line(line, tuple(rows.get(line.key, ())))
        if line.key in moved:
            made = tracker.line(made, moved[line.key])
        rows_made = tuple(row if row.key else changed(row, key=next(keys)) for row in made.rows)
        taken = changed(document, lines=(made.line,), tracking=rows_made)
        work.shelves.take(taken, [each for each in movements if each.line == line.key])
        lines.append(made.line)
        tracking += rows_made
    return changed(document, lines=tuple(lines), tracking=tuple(tracking))


class _Line(NamedTuple):
    """An item line and its rows."""

    line: ItemLine
    rows: tuple[Tracking, ...]


class _Tracker:
    """Completes the lines of one document."""

    def __init__(self, work: Work, declared: DocumentType, document: Document, problems: list[Problem]) -> None:
        self._work = work
        self._document = document
        self._problems = problems
        self._is_sale = declared.price_of == "sale"
        self._is_used = self._is_sale or declared.is_kit
        self._choice = BatchChoice(work, document.date, is_used=self._is_used)
        self._serials = SerialRows(work, document.date, problems)
        self._expired: str = work.settings.get("expired_stock")

    def line(self, made: _Line, movement: Movement) -> _Line:
        """The line with its rows."""
        line = made.line
        card = self._work.catalog.card("item", line.item)
        assert card is not None
        place = line.bin if self._bins(movement.warehouse) else ""
        tracked: set[str] = self._work.catalog.derived.setdefault("tracked", set())
        if not (made.rows or place or line.to_bin or card.id in tracked):
            return made
        tracked.add(card.id)
        rows = tuple(changed(with_days(row, self._problems), bin=row.bin or place) for row in made.rows)
        self._problems += repeated(line, rows)
        self._refuse_bins(line, rows, movement, place)
        if errors_in(self._problems):
            return made
        rows = self._completed(card, line, rows, movement, place)
        if not rows and (place or line.to_bin):
            rows = (Tracking(0, line.key, base_quantity=line.base_quantity, bin=place),)
        return _Line(line, rows)

    def _completed(
        self, card: Card, line: ItemLine, rows: tuple[Tracking, ...], movement: Movement, place: str
    ) -> tuple[Tracking, ...]:
        if card.has_serial or any(row.serial for row in rows):
            rows = self._serials.completed(card, line, rows, movement)
            if errors_in(self._problems):
                return rows
        if movement.basis == Basis.COUNT:
            return self._counted(card, line, rows, movement, place)
        if movement.leg == Leg.OUT:
            return self._going_out(card, line, rows, movement, place)
        return self._coming_in(card, line, rows, movement, place)

    def _bins(self, warehouse: Id) -> frozenset[str]:
        """The bins a warehouse is divided into."""
        card = self._work.catalog.card("warehouse", warehouse)
        return frozenset(card.bins or ()) if card is not None else frozenset()

    def _refuse_bins(self, line: ItemLine, rows: tuple[Tracking, ...], movement: Movement, place: str) -> None:
        """A bin is one of its warehouse; without any, what a line says of a bin is only a remark."""
        target = self._document.to_warehouse
        named = [(place, ("lines", line.key, "bin"), movement.warehouse)] if place else []
        named += [(row.bin, ("tracking", row.key, "bin"), movement.warehouse) for row in rows if row.bin != place]
        named += [(line.to_bin, ("lines", line.key, "to_bin"), target)] if line.to_bin else []
        for name, where, warehouse in named:
            if name not in self._bins(warehouse):
                card = self._work.catalog.card("warehouse", warehouse)
                params = {"bin": name, "warehouse": card.name if card else "", "item": line_name(line)}
                self._problem(where, Text("tracking.bin_unknown", params))

    def _problem(self, place: Place, text: Text, severity: Severity = Severity.ERROR) -> None:
        self._problems.append(Problem(place, text, severity))

    def _coming_in(
        self, card: Card, line: ItemLine, rows: tuple[Tracking, ...], movement: Movement, place: str
    ) -> tuple[Tracking, ...]:
        if not rows and movement.source_document:
            parts = pick(self._choice.of_source(movement), abs(line.base_quantity))
            rows = () if parts.short else tuple(proposed_row(line, changed(each, bin=place)) for each in parts.parts)
        if not rows and card.has_batch and self._is_sale:
            left = last_left(self._work.session, item=card.key)
            rows = (Tracking(0, line.key, left, base_quantity=line.base_quantity, bin=place),) if left else ()
        if card.has_batch and not rows:
            self._problem(("lines", line.key, "batch"), Text("tracking.batch_missing", {"item": line_name(line)}))
        return tuple(self._told(card, line, row) for row in rows)

    def _told(self, card: Card, line: ItemLine, row: Tracking) -> Tracking:
        """A row of goods that come in: its batch is named, its days are known."""
        known = self._work.shelves.batch(card.id, row.batch) if row.batch else None
        if known is not None and not (row.production_date or row.expiry_date):
            row = changed(row, production_date=known.production_date, expiry_date=known.expiry_date)
        expires = row.expiry_date or expiry_of(row.production_date, card.shelf_life_days)
        batch = row.batch or ("" if row.serial else batch_of(row.production_date, expires))
        row = changed(row, expiry_date=expires, batch=batch)
        place = _place(line, row)
        params = {"item": line_name(line), "batch": batch}
        if card.has_batch and not batch:
            self._problem((*place, "batch"), Text("tracking.batch_missing", params))
        elif card.has_batch and card.has_expiry and not expires:
            self._problem((*place, "expiry_date"), Text("tracking.no_expiry", params), Severity.WARNING)
        if known is not None and known.expiry_date and expires != known.expiry_date:
            text = Text("tracking.other_days", {**params, "known": known.expiry_date, "now": expires})
            self._problem((*place, "expiry_date"), text, Severity.WARNING)
        return row

    def _counted(
        self, card: Card, line: ItemLine, rows: tuple[Tracking, ...], movement: Movement, place: str
    ) -> tuple[Tracking, ...]:
        """What was counted: where no batches are told, they are those that lie there."""
        if rows:
            return tuple(self._told(card, line, row) if row.base_quantity else row for row in rows)
        stored = self._choice.lying(card, movement, place)
        if not (card.has_batch or card.has_serial or any(each.batch or each.bin for each in stored)):
            return ()
        parts = counted_parts(stored, line.base_quantity)
        counted = tuple(proposed_row(line, changed(each, bin=place or each.bin)) for each in parts)
        return counted or (Tracking(0, line.key, bin=place),)

    def _going_out(
        self, card: Card, line: ItemLine, rows: tuple[Tracking, ...], movement: Movement, place: str
    ) -> tuple[Tracking, ...]:
        if not rows:
            return self._proposed(card, line, movement, place)
        return tuple(self._known(card, line, row) for row in rows)

    def _known(self, card: Card, line: ItemLine, row: Tracking) -> Tracking:
        """A row of goods that go out: its batch has come in before, and may still be used."""
        if not row.batch:
            return row
        known = self._work.shelves.batch(card.id, row.batch)
        place = (*_place(line, row), "batch")
        params = {"item": line_name(line), "batch": row.batch}
        if known is None:
            self._problem(place, Text("tracking.batch_unknown", params))
            return row
        if self._is_used and self._expired != "allow" and is_expired(known.expiry_date, self._document.date):
            severity = Severity.ERROR if self._expired == "forbid" else Severity.WARNING
            text = Text("tracking.expired", {**params, "expiry_date": known.expiry_date})
            self._problem(place, text, severity)
        return changed(row, production_date=known.production_date, expiry_date=known.expiry_date)

    def _proposed(self, card: Card, line: ItemLine, movement: Movement, place: str) -> tuple[Tracking, ...]:
        """What expires first leaves first."""
        found = pick(self._choice.going_out(card, movement, place), abs(line.base_quantity))
        parts = found.parts
        if found.short:
            parts = self._filled_up(card, line, movement, parts, Stored("", found.short, bin=place))
        if not any(each.batch or each.bin for each in parts):
            return ()
        return tuple(self._known(card, line, proposed_row(line, each)) for each in parts)

    def _filled_up(
        self, card: Card, line: ItemLine, movement: Movement, parts: tuple[Stored, ...], missing: Stored
    ) -> tuple[Stored, ...]:
        """More than there is: where the warehouse lets it, of the batch that was taken last."""
        if not card.has_batch:
            return _joined(parts, missing)
        params = {"item": line_name(line), "short": missing.quantity}
        warehouse = self._work.transaction.projector.ids["warehouse"].find(movement.warehouse)
        if warehouse in forbidding_warehouses(self._work):
            self._problem(("lines", line.key, "quantity"), Text("tracking.batches_short", params))
            return ()
        last = parts[-1] if parts else self._choice.newest(card)
        if last is None:
            self._problem(("lines", line.key, "batch"), Text("tracking.batch_missing", params))
            return ()
        return _joined(parts, changed(last, quantity=missing.quantity, bin=last.bin or missing.bin))


def _joined(parts: tuple[Stored, ...], more: Stored) -> tuple[Stored, ...]:
    """One part more, or the last one larger where it is of the same batch and bin."""
    last = parts[-1] if parts else more
    if parts and (last.batch, last.bin) == (more.batch, more.bin):
        return (*parts[:-1], changed(last, quantity=last.quantity + more.quantity))
    return (*parts, more)


def _place(line: ItemLine, row: Tracking) -> Place:
    """Where a row is, or the line it was proposed for."""
    return ("tracking", row.key) if row.key else ("lines", line.key)
