"""The stock ledger: new movements at the end of a history, replay from the middle of it.

A movement behind everything its item has goes straight through the item's lane. Any other marks its item dirty: at the
end of the work every dirty item is walked once from its first dirty position until its state is the stored one again.
A movement whose value changed makes the targets of its cost edges dirty; items whose histories feed each other are
walked in the order of their positions.
"""

from __future__ import annotations

import heapq
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import cost_edge, shortage_cover, stock_move
from jxc_desktop.domain.inventory.lane import Lane
from jxc_desktop.domain.inventory.layer import LayeredPool
from jxc_desktop.domain.inventory.movement import Basis

from .handover import PostedHandovers, is_handed
from .lane_store import TailStore
from .layers import take_out, write_layers
from .move_rows import DELETE, END, POSITION, START, row_of, source_key
from .replay import Dirty, Replay
from .shortages import write_shortages
from .vouchers import cover_parts, linear_parts, value_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.effects import Handover
    from jxc_desktop.domain.inventory.movement import Move, Position
    from jxc_desktop.domain.inventory.pool import Key
    from jxc_desktop.domain.inventory.regime import Regimes

    from .document_rows import DocumentRows
    from .vouchers import StockFacts, Vouchers

LATE_ADDITION = int(Basis.LATE_ADDITION)
RETURN, ADDITION = "return", "addition"
MOST_AT_ONCE = 50
"""Items asked about in one statement."""

_SIBLINGS = (
    "SELECT m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line, m.pool, m.warehouse"
    " FROM cost_edge e JOIN document d ON d.id = e.target_document"
    " JOIN stock_move m ON m.item = e.target_item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " AND m.leg = e.target_leg AND m.line = e.target_line"
    " WHERE e.item = ? AND e.document = ? AND e.leg = ? AND e.line = ? AND e.target_item = e.item"
)
_COVERED_BY = (
    "SELECT c.cover_document, m.effective_period, m.stock_account, c.account, c.variance"
    " FROM shortage_cover c JOIN document d ON d.id = c.cover_document"
    " JOIN stock_move m ON m.item = c.item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " AND m.leg = c.cover_leg AND m.line = c.cover_line"
    " WHERE c.item = ? AND c.issue_document = ? AND c.cover_document <> ?"
)
_POOL_TAIL = (
    "INSERT INTO cost_pool (item, pool, quantity, value, last_value, last_quantity) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (item, pool) DO UPDATE SET quantity = excluded.quantity, value = excluded.value,"
    " last_value = excluded.last_value, last_quantity = excluded.last_quantity"
)
_HELD_TAIL = (
    "INSERT INTO stock_on_hand (item, warehouse, quantity) VALUES (?, ?, ?)"
    " ON CONFLICT (item, warehouse) DO UPDATE SET quantity = excluded.quantity"
)

_SINCE = f"SELECT {POSITION}, pool, warehouse FROM stock_move WHERE item = ? AND effective_period >= ? ORDER BY "  # noqa: S608
_FIRST_SINCE = f"{_SINCE}{POSITION} LIMIT 1"
_LAST_SINCE = f"{_SINCE}{', '.join(f'{name} DESC' for name in POSITION.split(', '))} LIMIT 1"

_position = attrgetter("position")


@cache
def _later_text(count: int) -> str:
    one = f"SELECT ? WHERE EXISTS (SELECT 1 FROM stock_move WHERE item = ? AND ({POSITION}) > (?, ?, ?, ?, ?, ?, ?))"  # noqa: S608
    return " UNION ALL ".join([one] * count)


class Stock:
    """Collects movements, works out their values and writes them."""

    def __init__(
        self, session: Session, regimes: Regimes, documents: DocumentRows, vouchers: Vouchers, facts: Any
    ) -> None:
        self._session = session
        self._documents = documents
        self._regimes = regimes
        self._is_layered = regimes.is_layered
        self._vouchers = vouchers
        self._facts = facts
        self._tails = TailStore(session, regimes)
        self._lanes: dict[int, Lane] = {}
        self._walked: dict[int, Lane] = {}
        self._last: dict[int, Position] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._covers: list[tuple[Any, ...]] = []
        self._edges: list[tuple[Any, ...]] = []
        self._layered: list[Move] = []
        self.dirty: dict[int, Dirty] = {}
        self.touched_items: set[int] = set()
        self.decreased: dict[tuple[int, int], Position] = {}

    def add(self, moves: list[Move], handovers: Sequence[Handover], facts: StockFacts | None) -> None:
        """The movements of one document, in canonical order inside each item."""
        moves.sort(key=_position)
        handed = PostedHandovers(moves, handovers) if handovers else None
        if handed is not None:
            self._edges += handed.edges
        unseen = [move for move in moves if move.item not in self._last]
        if unseen:
            self._look_behind(unseen)
        worth: dict[tuple[int, int, int], int] = {}
        last, dirty, rows = self._last, self.dirty, self._rows
        for move in moves:
            item, position = move.item, move.position
            if move.quantity < 0 or move.counted is not None:
                self._decrease(item, move.warehouse, position)
            if move.source is not None:
                kind_of_edge = ADDITION if move.basis == LATE_ADDITION else RETURN
                self._edges.append((item, *move.source, item, *move.key, kind_of_edge, 0, 0))
            if item in dirty or position < last[item] or (handed and not self._hand_over(move, handed)):
                self._mark(move)
            else:
                last[item] = position
                self._append(move)
                if facts is None:
                    kind = (move.posting, move.stock_account, move.counter_account)
                    worth[kind] = worth.get(kind, 0) + move.own_value
                else:
                    self._vouchers.add_parts(position[4], position[0], value_parts(move, move.own_value, facts))
            rows.append(row_of(move))
        if worth:
            key, period = moves[0].position[4], moves[0].position[0]
            for kind, own_value in worth.items():
                self._vouchers.add_parts(key, period, linear_parts(*kind, own_value))

    def _hand_over(self, move: Move, handed: PostedHandovers) -> bool:
        """Tell a movement what it takes from others of its document; False where those are still to be worked out."""
        if is_handed(move):
            if not self.dirty.keys().isdisjoint(handed.feeding_items(move)):
                return False
            move.handed = handed.handed(move)
            move.parts = handed.parts(move) if self._is_layered else ()
        return True

    def _decrease(self, item: int, warehouse: int, position: Position) -> None:
        """Less is there from this position on than before, or may be."""
        known = self.decreased.get((item, warehouse))
        if known is None or position < known:
            self.decreased[item, warehouse] = position

    def _look_behind(self, moves: list[Move]) -> None:
        """Of items that have not moved yet: read their tails, and whether their history goes on behind these moves."""
        first: dict[int, Position] = {}
        for move in moves:
            first.setdefault(move.item, move.position)
        self._tails.prefetch(first)
        self.touched_items.update(first)
        places = list(first.items())
        for start in range(0, len(places), MOST_AT_ONCE):
            part = places[start : start + MOST_AT_ONCE]
            row = [each for item, position in part for each in (item, item, *position)]
            later = {found[0] for found in self._session.rows(_later_text(len(part)), row)}
            self._last.update((item, END if item in later else START) for item, _position in part)

    def _append(self, move: Move) -> None:
        lane = self._lanes.get(move.item)
        if lane is None:
            lane = self._lanes[move.item] = Lane(move.item, self._tails, self._regimes)
        self._walked[move.item] = lane
        lane.step(move)
        if move.covers:
            self._add_covers(move)
        if move.made or move.taken:
            self._layered.append(move)

    def _add_covers(self, move: Move) -> None:
        accounts = move.cover_accounts
        self._vouchers.add_parts(
            move.position[4],
            move.position[0],
            cover_parts(move.stock_account, zip(accounts, (cover[3] for cover in move.covers), strict=True)),
        )
        self._covers += cover_rows(move)

    def _mark(self, move: Move) -> None:
        self.mark(move.item, move.position, move.pool, move.warehouse)
        self.dirty[move.item].new.add(move.position)

    def turn(self, regimes: Regimes) -> None:
        """Go on with other methods once everything is written; layers they do not keep are taken out by the replay."""
        self._regimes = regimes
        self._is_layered = self._is_layered or regimes.is_layered
        self._tails = TailStore(self._session, regimes)

    def insert(self, moves: Iterable[Move]) -> None:
        """Movements without a document: they and what follows them are worked out in the replay."""
        for move in moves:
            self._mark(move)
            self._rows.append(row_of(move))

    def mark(self, item: int, position: Position, pool: int, warehouse: int) -> None:
        """Everything of this item from this position on has to be worked out anew."""
        self.settle(item)
        dirty = self.dirty.get(item)
        if dirty is None:
            dirty = self.dirty[item] = Dirty()
        dirty.add(position, pool, warehouse)

    def mark_since(self, period: int, items: Iterable[int]) -> None:
        """Everything of these items from the beginning of a month on is valued by other prices."""
        for item in items:
            for text in (_FIRST_SINCE, _LAST_SINCE):
                for row in self._session.rows(text, (item, period)):
                    self.mark(item, (row[0], row[1], row[2], row[3], row[4], row[5], row[6]), row[7], row[8])

    def settle(self, item: int) -> None:
        """Write the state of an item's lane back and drop it."""
        lane = self._lanes.get(item)
        if lane is not None:
            self.flush()
            self._write_tails([self._lanes.pop(item)])

    def remove(self, key: int, first: tuple[int, int, int, int], items: Iterable[int]) -> None:
        """Take the movements of a document out of the histories of its items."""
        self.flush()
        for item in dict.fromkeys(items):
            self.settle(item)
            place = (item, *first, key)
            found = self._session.rows(
                "SELECT leg, line, pool, warehouse, quantity, counted, basis, source_document, source_line"
                " FROM stock_move WHERE item = ? AND effective_period = ?"
                " AND effective_date = ? AND hlc = ? AND stream = ? AND document = ?",
                place,
            )
            self.touched_items.add(item)
            for leg, line, pool, warehouse, quantity, counted, *source in found:
                position = (*first, key, leg, line)
                self.mark(item, position, pool, warehouse)
                self._mark_siblings(item, source_key(*source))
                if quantity > 0 or counted is not None:
                    self._decrease(item, warehouse, position)
            self._session.run(DELETE, place)
            if found and self._is_layered:
                pools = {(*first, key, leg, line): pool for leg, line, pool, *_rest in found}
                for position, gone in take_out(self._session, item, (*first, key), pools).items():
                    self.dirty[item].gone.setdefault(position, gone)
            self._take_back_covers(item, key)
            for table in ("shortage", "cost_edge"):
                column = "target_document" if table == "cost_edge" else "document"
                self._session.run(f"DELETE FROM {table} WHERE item = ? AND {column} = ?", (item, key))  # noqa: S608
            for column in ("issue_document", "cover_document"):
                self._session.run(f"DELETE FROM shortage_cover WHERE item = ? AND {column} = ?", (item, key))  # noqa: S608

    def _take_back_covers(self, item: int, key: int) -> None:
        """What covered the shortages of a document that goes has no difference to post any more."""
        for cover, period, stock_account, account, variance in self._session.rows(_COVERED_BY, (item, key, key)):
            self._vouchers.add_parts(cover, period, cover_parts(stock_account, [(account, variance)]), -1)

    def _mark_siblings(self, item: int, source: Key | None) -> None:
        """Returns of the same line share its cost by cumulative rounding: one that goes changes the others."""
        if source is not None:
            for row in self._session.rows(_SIBLINGS, (item, *source)):
                self.mark(item, (row[0], row[1], row[2], row[3], row[4], row[5], row[6]), row[7], row[8])

    def flush(self) -> None:
        """Write the movements collected so far, after the heads that say where they stand."""
        if not self._rows:
            return
        self._documents.flush()
        self._rows.sort()
        self._session.many(insert_text(stock_move), self._rows)
        self._rows.clear()
        if self._edges:
            self._session.many(insert_text(cost_edge), self._edges)
            self._edges.clear()
        if self._covers:
            self._session.many(insert_text(shortage_cover), self._covers)
            self._covers.clear()
        self._write_shortages()
        if self._is_layered:
            self._write_layers()
        for lane in self._walked.values():
            lane.forget_sources()
        self._walked.clear()

    def _write_shortages(self) -> None:
        touched = [
            (item, number, pool)
            for item, lane in self._walked.items()
            for number, pool in lane.pools.items()
            if pool.touched
        ]
        write_shortages(
            self._session, [(item, number, each) for item, number, pool in touched for each in pool.touched.values()]
        )
        if not self._is_layered:
            for _item, _number, pool in touched:
                pool.mark_stored()

    def _write_layers(self) -> None:
        pools = [(item, pool) for item, lane in self._walked.items() for pool in lane.pools.values()]
        layered = [(item, pool) for item, pool in pools if isinstance(pool, LayeredPool)]
        write_layers(self._session, self._layered, layered)
        self._layered.clear()
        for _item, pool in pools:
            pool.mark_stored()

    def _write_tails(self, lanes: Iterable[Lane]) -> None:
        pools, held = [], []
        for lane in lanes:
            pools += [
                (lane.item, number, pool.quantity, pool.value, pool.last_value, pool.last_quantity)
                for number, pool in lane.pools.items()
            ]
            held += [(lane.item, warehouse, quantity) for warehouse, quantity in lane.warehouses.items()]
        self._session.many(_POOL_TAIL, pools)
        self._session.many(_HELD_TAIL, held)

    def finish(self) -> None:
        """Write the tails and replay what is dirty."""
        self.flush()
        self._write_tails(self._lanes.values())
        self._lanes.clear()
        self._last.clear()
        self._tails = TailStore(self._session, self._regimes)
        while self.dirty:
            self._replay_all()

    def _replay_all(self) -> None:
        heap = [(dirty.start, item) for item, dirty in self.dirty.items()]
        heapq.heapify(heap)
        while heap:
            start, item = heapq.heappop(heap)
            dirty = self.dirty.pop(item, None)
            if dirty is None:
                continue
            self.touched_items.add(item)
            replay = Replay(
                self._session, item, self._regimes, self._vouchers, self._facts, is_layered=self._is_layered
            )
            for target, position, pool, warehouse in replay.run(dirty):
                assert position > start  # every edge points forward: items that feed each other come to rest
                self.dirty.setdefault(target, Dirty()).add(position, pool, warehouse)
                heapq.heappush(heap, (position, target))


def cover_rows(move: Move) -> list[tuple[Any, ...]]:
    """What a movement covered, as rows."""
    return [
        (move.item, *key, *move.key, quantity, provisional, variance, account)
        for (key, quantity, provisional, variance), account in zip(move.covers, move.cover_accounts, strict=True)
    ]
