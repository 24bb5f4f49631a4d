"""The ledger of batches, serial numbers and bins: what each document moved of them, and what lies where.

A plain movement is a row and a change of one tail. A count says what lies there of every batch and bin of its item in
its warehouse; so a count, and whatever stands before one, has that item walked again there from that place on. Source
of what a row is: `domain.documents.tracked_moves`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import tracked_move
from jxc_desktop.domain.documents.tracked_moves import TrackedBasis

from .move_rows import POSITION
from .tracked_walk import ANCHORS, Pair, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.tracked_moves import TrackedMove
    from jxc_desktop.domain.inventory.movement import Position

    from .document_rows import DocumentRows
    from .identity import Identities
    from .period import Place

Lane = tuple[int, int, str, str, str]
"""Item, warehouse, batch, serial, bin."""

MOVED = TrackedBasis.MOVED
_LAST_ANCHOR = (
    f"SELECT {POSITION} FROM tracked_move WHERE item = ? AND warehouse = ? AND basis IN (2, 3)"  # noqa: S608 — own names
    " ORDER BY effective_period DESC, effective_date DESC, hlc DESC, stream DESC, document DESC, leg DESC, line DESC"
    " LIMIT 1"
)
_PAIRS = (
    "SELECT DISTINCT m.item, m.warehouse FROM stock_move m WHERE m.item = ? AND m.effective_period = ?"
    " AND m.effective_date = ? AND m.hlc = ? AND m.stream = ? AND m.document = ?"
)
_OF_DOCUMENT = (
    "FROM tracked_move WHERE item = ? AND warehouse = ? AND effective_period = ? AND effective_date = ? AND hlc = ?"
    " AND stream = ? AND document = ?"
)
_TAIL = (
    "INSERT INTO tracked_on_hand (item, warehouse, batch, serial, bin, quantity) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (item, warehouse, batch, serial, bin) DO UPDATE SET quantity = quantity + excluded.quantity"
)
_EMPTY = (
    "DELETE FROM tracked_on_hand WHERE item = ? AND warehouse = ? AND batch = ? AND serial = ? AND bin = ?"
    " AND quantity = 0"
)
_FIRST = (
    "SELECT effective_date FROM tracked_move WHERE item = ?1 AND batch = ?2 AND batch <> ''"
    " ORDER BY effective_period, effective_date, hlc, stream LIMIT 1"
)
_TOLD = (
    "SELECT production_date, expiry_date FROM tracked_move WHERE item = ?1 AND batch = ?2 AND batch <> ''"
    " AND (production_date <> '' OR expiry_date <> '')"
    " ORDER BY effective_period DESC, effective_date DESC, hlc DESC, stream DESC, leg DESC, line DESC LIMIT 1"
)


class Tracked:
    """Collects what documents move of batches, serials and bins, and writes it.

    `decreased` is where less of a batch or bin may be than before, and from which place on; `serials` are the serial
    numbers that moved (item, serial), and from which place on.
    """

    def __init__(self, session: Session, documents: DocumentRows, ids: dict[str, Identities]) -> None:
        self._session = session
        self._documents = documents
        self._ids = ids
        self._rows: list[tuple[Any, ...]] = []
        self._changes: dict[Lane, int] = {}
        self._anchors: dict[Pair, Position | None] = {}
        self._dirty: dict[Pair, Position] = {}
        self._batches: dict[tuple[int, str], None] = {}
        self.decreased: dict[Lane, Position] = {}
        self.serials: dict[tuple[int, str], Position] = {}

    def add(self, key: int, place: Place, first: tuple[int, int], moves: Iterable[TrackedMove]) -> None:
        """The rows of one document; `first` is (HLC, stream) of its first posting."""
        for move in moves:
            item, warehouse = self._ids["item"][move.item], self._ids["warehouse"][move.warehouse]
            position = (place.period, place.date, *first, key, int(move.leg), move.row)
            is_moved = move.basis == MOVED
            quantity = move.quantity.micro if is_moved else 0
            self._rows.append(
                (
                    item,
                    warehouse,
                    *position,
                    int(move.basis),
                    move.batch,
                    move.serial,
                    move.bin,
                    move.line,
                    None if is_moved else move.quantity.micro,
                    quantity,
                    move.production_date,
                    move.expiry_date,
                    self._ids["document"][move.source_document],
                    move.source_line,
                )
            )
            pair = (item, warehouse)
            if is_moved:
                self._change((*pair, move.batch, move.serial, move.bin), quantity, position)
                anchor = self._anchor(pair)
                if anchor is not None and position < anchor:
                    self._mark(pair, position)
            else:
                self._anchors[pair] = max(self._anchor(pair) or position, position)
                self._mark(pair, position)
                if move.batch:
                    self._batches[item, move.batch] = None

    def remove(self, key: int, first: tuple[int, int, int, int], items: Iterable[int]) -> None:
        """Take the rows of a document out; its movements still stand."""
        self.flush()
        pairs = {(row[0], row[1]) for item in items for row in self._session.rows(_PAIRS, (item, *first, key))}
        for pair in sorted(pairs):
            place = (*pair, *first, key)
            text = f"SELECT leg, line, basis, batch, serial, bin, quantity {_OF_DOCUMENT}"
            found = self._session.rows(text, place)
            for leg, line, basis, batch, serial, place_in, quantity in found:
                self._change((*pair, batch, serial, place_in), -quantity, (*first, key, leg, line))
                if basis in ANCHORS:
                    self._anchors.pop(pair, None)
                    self._mark(pair, (*first, key, leg, line))
            if found:
                self._session.run(f"DELETE {_OF_DOCUMENT}", place)
                anchor = self._anchor(pair)
                if anchor is not None and first < anchor[:4]:
                    self._mark(pair, (*first, key, 0, 0))

    def _change(self, lane: Lane, quantity: int, position: Position) -> None:
        item, _warehouse, batch, serial, _bin = lane
        self._changes[lane] = self._changes.get(lane, 0) + quantity
        if batch:
            self._batches[item, batch] = None
        if serial:
            self.serials[item, serial] = min(self.serials.get((item, serial), position), position)
        elif quantity < 0:
            self.decreased[lane] = min(self.decreased.get(lane, position), position)

    def _anchor(self, pair: Pair) -> Position | None:
        """Where the last count of an item in a warehouse stands."""
        if pair not in self._anchors:
            row = self._session.first(_LAST_ANCHOR, pair)
            self._anchors[pair] = None if row is None else (row[0], row[1], row[2], row[3], row[4], row[5], row[6])
        return self._anchors[pair]

    def _mark(self, pair: Pair, position: Position) -> None:
        known = self._dirty.get(pair)
        if known is None or position < known:
            self._dirty[pair] = position

    def flush(self) -> None:
        """Write what was collected; tails and what is known of batches are right afterwards."""
        if self._rows:
            self._documents.flush()
            self._rows.sort()
            self._session.many(insert_text(tracked_move), self._rows)
            self._rows.clear()
        for pair, start in sorted(self._dirty.items()):
            for tag, quantity, position in walk(self._session, pair, start):
                self._change((*pair, *tag), quantity, position)
        self._dirty.clear()
        if self._changes:
            self._session.many(_TAIL, [(*lane, quantity) for lane, quantity in sorted(self._changes.items())])
            self._session.many(_EMPTY, list(self._changes))
            self._changes.clear()
        self._write_batches()

    def _write_batches(self) -> None:
        for item, batch in self._batches:
            received = self._session.value(_FIRST, (item, batch))
            if received is None:
                self._session.run("DELETE FROM batch WHERE item = ? AND batch = ?", (item, batch))
                continue
            told = self._session.first(_TOLD, (item, batch)) or ("", "")
            self._session.run("INSERT OR REPLACE INTO batch VALUES (?, ?, ?, ?, ?)", (item, batch, *told, received))
        self._batches.clear()
