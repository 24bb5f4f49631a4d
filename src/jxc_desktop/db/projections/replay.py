"""Replay of one item's history from its first dirty position.

The walk reads movements in clustered order, works each out anew and keeps what changed: results, covers, voucher lines
by difference. It stops as soon as every pool and warehouse that was touched has its stored state again and no movement
whose source changed is still ahead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import shortage_cover
from jxc_desktop.domain.inventory.lane import Lane
from jxc_desktop.domain.inventory.pool import PoolKey

from .handover import StoredHandovers, is_handed
from .lane_store import PastStore
from .layers import StoredLayers
from .move_rows import END, FROM, POSITION, START, UPDATE, move_of
from .shortages import write_shortages
from .vouchers import NEEDS_FACTS, cover_parts, value_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.movement import Move, Position
    from jxc_desktop.domain.inventory.pool import Key
    from jxc_desktop.domain.inventory.regime import Regimes

    from .layers import Gone
    from .vouchers import StockFacts, Vouchers

Target = tuple[int, "Position", int, int]
"""A movement of another item that has to be worked out anew: (item, position, pool, warehouse)."""

_ORDER_BACK = ", ".join(f"{name} DESC" for name in POSITION.split(", "))
_BEFORE = f"({POSITION}) < (?, ?, ?, ?, ?, ?, ?)"
_SHORT_BEFORE = (
    f"SELECT pool_quantity < 0 FROM stock_move WHERE item = ? AND pool = ? AND {_BEFORE} ORDER BY {_ORDER_BACK} LIMIT 1"  # noqa: S608
)
_COVERED_BEFORE = (
    f"SELECT {POSITION} FROM stock_move WHERE item = ? AND pool = ? AND {_BEFORE} AND pool_quantity >= 0"  # noqa: S608
    f" ORDER BY {_ORDER_BACK} LIMIT 1"
)
_FIRST_AFTER = (
    f"SELECT {POSITION} FROM stock_move WHERE item = ? AND pool = ? AND ({POSITION}) > (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    f" ORDER BY {POSITION} LIMIT 1"
)
_COVERS = (
    "SELECT cover_document, cover_leg, cover_line, issue_document, issue_leg, issue_line, quantity, value,"
    " variance, account FROM shortage_cover WHERE item = ?"
)
_UNCOVER = (
    "DELETE FROM shortage_cover WHERE item = ? AND issue_document = ? AND issue_leg = ? AND issue_line = ?"
    " AND cover_document = ? AND cover_leg = ? AND cover_line = ?"
)
_EDGES = (
    "SELECT document, leg, line, target_item, target_document, target_leg, target_line FROM cost_edge WHERE item = ?"
)
_TARGET = (
    "SELECT m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line, m.pool, m.warehouse"
    " FROM document d JOIN stock_move m ON m.item = ? AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " WHERE d.id = ? AND m.leg = ? AND m.line = ?"
)


class Dirty:
    """Where an item's history changed: positions with their pool and warehouse, and which movements are new.

    `gone` is what movements that are no longer there had done to layers.
    """

    __slots__ = ("gone", "new", "places")

    def __init__(self) -> None:
        self.places: list[tuple[Position, int, int]] = []
        self.gone: dict[Position, Gone] = {}
        self.new: set[Position] = set()

    def add(self, position: Position, pool: int, warehouse: int) -> None:
        """Something at this position came, went or takes its value from something that changed."""
        self.places.append((position, pool, warehouse))

    @property
    def start(self) -> Position:
        """The first dirty position."""
        return min(self.places)[0]


class Replay:
    """One walk through one item."""

    def __init__(
        self,
        session: Session,
        item: int,
        regimes: Regimes,
        vouchers: Vouchers,
        facts: Callable[[int], StockFacts],
        *,
        is_layered: bool,
    ) -> None:
        self._session = session
        self._item = item
        self._regimes = regimes
        self._is_layered = is_layered
        self._vouchers = vouchers
        self._facts = facts
        self._updates: list[tuple[Any, ...]] = []
        self._uncovered: list[tuple[Any, ...]] = []
        self._covered: list[tuple[Any, ...]] = []
        self._was_short: set[tuple[int, Key]] = set()
        self._differs: set[tuple[str, int]] = set()
        self._expected: set[Key] = set()
        self._seen: set[Key] = set()
        self._outside: dict[tuple[int, Key], None] = {}

    def run(self, dirty: Dirty) -> list[Target]:
        """Walk and write; the movements of other items that have to follow."""
        start = self._start(dirty)
        self._lane = Lane(self._item, PastStore(self._session, start, self._regimes), self._regimes)
        self._layers = StoredLayers(self._session, self._item, start) if self._is_layered else None
        self._gone = dirty.gone
        self._old_covers = self._read_covers()
        self._edges = self._read_edges()
        self._targets = {key for targets in self._edges.values() for item, key in targets if item == self._item}
        reached_end = self._walk(start, dirty)
        self._write(reached_end=reached_end)
        return [target for place in self._outside for target in self._position_of(*place)]

    def _start(self, dirty: Dirty) -> Position:
        """The first dirty position, or the beginning of the shortage it lies in: a queue is only known from there."""
        start = dirty.start
        if self._regimes.method(start[0]).IS_MONTHLY:
            # What is left of the month to be paid for is only known from its beginning.
            start = (start[0], 0, 0, 0, 0, 0, 0)
        pools = {row[0] for row in self._session.rows("SELECT pool FROM cost_pool WHERE item = ?", (self._item,))}
        pools.update(pool for _position, pool, _warehouse in dirty.places)
        moved = True
        while moved:
            moved = False
            for pool in pools:
                if self._session.value(_SHORT_BEFORE, (self._item, pool, *start)):
                    start, moved = self._shortage_begin(pool, start), True
        return start

    def _shortage_begin(self, pool: int, start: Position) -> Position:
        covered = self._session.first(_COVERED_BEFORE, (self._item, pool, *start)) or START
        first = self._session.first(_FIRST_AFTER, (self._item, pool, *covered))
        assert first is not None
        return (first[0], first[1], first[2], first[3], first[4], first[5], first[6])

    def _read_covers(self) -> dict[Key, list[tuple[Any, ...]]]:
        found: dict[Key, list[tuple[Any, ...]]] = {}
        for row in self._session.rows(_COVERS, (self._item,)):
            found.setdefault((row[0], row[1], row[2]), []).append(row[3:])
        return found

    def _read_edges(self) -> dict[Key, list[tuple[int, Key]]]:
        found: dict[Key, list[tuple[int, Key]]] = {}
        for document, leg, line, item, *target in self._session.rows(_EDGES, (self._item,)):
            found.setdefault((document, leg, line), []).append((item, (target[0], target[1], target[2])))
        return found

    def _walk(self, start: Position, dirty: Dirty) -> bool:
        pending = sorted(dirty.places, reverse=True)
        lane, differs, expected, new = self._lane, self._differs, self._expected, dirty.new
        handovers = StoredHandovers(self._session, self._item)
        for row in self._session.each(FROM, (self._item, *start)):
            position = row[1:8]
            while pending and pending[-1][0] <= position:
                self._touch(pending.pop())
            if not differs and not pending and not expected:
                return False
            move = move_of(row)
            old = move.results
            if is_handed(move):
                move.handed = handovers.handed(move)
                move.parts = handovers.parts(move) if self._layers is not None else ()
            lane.step(move)
            handovers.note(move)
            is_new = position in new
            self._compare(move, old)
            if is_new:
                differs.add(("pool", move.pool))
                differs.add(("warehouse", move.warehouse))
            else:
                self._compare_state(move, old)
        while pending:
            self._touch(pending.pop())
        return True

    def _touch(self, place: tuple[Position, int, int]) -> None:
        self._differs.add(("pool", place[1]))
        self._differs.add(("warehouse", place[2]))
        gone = self._gone.pop(place[0], None)
        if gone is not None and self._layers is not None:
            self._layers.forget(place[0], gone)

    def _compare_state(self, move: Move, old: tuple[int, ...]) -> None:
        differs = self._differs
        pool, warehouse = ("pool", move.pool), ("warehouse", move.warehouse)
        if move.results[6:10] != old[6:10] or (self._layers is not None and self._layers.is_apart(move.pool)):
            differs.add(pool)
        elif move.pool_quantity >= 0:
            differs.discard(pool)
        if move.warehouse_quantity != old[10]:
            differs.add(warehouse)
        else:
            differs.discard(warehouse)

    def _compare(self, move: Move, old: tuple[int, ...]) -> None:
        key = move.key
        if key in self._targets:
            self._seen.add(key)
            self._expected.discard(key)
        if old[4]:
            self._was_short.add((move.pool, key))
        results = move.results
        if results != old:
            self._updates.append((*results, move.item, *move.position))
            if move.own_value != old[1]:
                self._post_difference(move, old[1])
            if move.own_value != old[1] or move.quantity != old[0]:
                self._follow(key)
                if move.source is not None:
                    self._follow_returns(move.source)
        if move.covers or key in self._old_covers:
            self._compare_covers(move)
        if self._layers is not None:
            self._layers.compare(move)

    def _post_difference(self, move: Move, old_value: int) -> None:
        facts = self._facts(move.position[4]) if move.posting in NEEDS_FACTS else None
        document, period = move.position[4], move.position[0]
        if facts is None:
            self._vouchers.add_parts(document, period, value_parts(move, move.own_value - old_value, None))
            return
        self._vouchers.add_parts(document, period, value_parts(move, old_value, facts), -1)
        self._vouchers.add_parts(document, period, value_parts(move, move.own_value, facts))

    def _compare_covers(self, move: Move) -> None:
        old = sorted(self._old_covers.pop(move.key, []))
        new = [
            (*key, quantity, provisional, variance, account)
            for (key, quantity, provisional, variance), account in zip(move.covers, move.cover_accounts, strict=True)
        ]
        new.sort()
        if old == new:
            return
        document, period = move.position[4], move.position[0]
        for sign, covers in ((-1, old), (1, new)):
            parts = cover_parts(move.stock_account, ((cover[6], cover[5]) for cover in covers))
            self._vouchers.add_parts(document, period, parts, sign)
        self._uncovered += [(move.item, *cover[:3], *move.key) for cover in old]
        self._covered += [(move.item, *cover[:3], *move.key, *cover[3:]) for cover in new]
        for cover in (*old, *new):
            self._follow_returns((cover[0], cover[1], cover[2]))

    def _follow(self, key: Key) -> None:
        self._follow_returns(key)
        for item, target in self._edges.get(key, ()):
            if item != self._item:
                self._outside[item, target] = None

    def _follow_returns(self, key: Key) -> None:
        """What this item takes back of a line; what was handed over with it went at its cost of then."""
        for item, target in self._edges.get(key, ()):
            if item == self._item and target not in self._seen:  # itself among them, which it has just passed
                self._expected.add(target)

    def _position_of(self, item: int, key: Key) -> list[Target]:
        return [
            (item, (row[0], row[1], row[2], row[3], row[4], row[5], row[6]), row[7], row[8])
            for row in self._session.rows(_TARGET, (item, *key))
        ]

    def _write(self, *, reached_end: bool) -> None:
        self._session.many(UPDATE, self._updates)
        self._session.many(_UNCOVER, self._uncovered)
        self._session.many(insert_text(shortage_cover), self._covered)
        if self._layers is not None:
            self._layers.write()
        for number, pool in self._lane.pools.items():
            if pool.quantity < 0 and not reached_end:
                continue  # as stored: what covers its shortages stands behind the end of this walk
            gone = [key for pool_number, key in self._was_short if pool_number == number and key not in pool.touched]
            self._session.many(
                "DELETE FROM shortage WHERE item = ? AND document = ? AND leg = ? AND line = ?",
                [(self._item, *key) for key in gone],
            )
            write_shortages(self._session, [(self._item, number, each) for each in pool.touched.values()])
        if reached_end:
            self._write_tails()

    def _write_tails(self) -> None:
        lane, store = self._lane, PastStore(self._session, END, self._regimes)
        for kind, number in self._differs:
            if kind == "pool" and number not in lane.pools:
                lane.pools[PoolKey(number)] = store.pool(self._item, PoolKey(number))
            elif kind == "warehouse" and number not in lane.warehouses:
                lane.warehouses[number] = store.warehouse_quantity(self._item, number)
        for number, pool in lane.pools.items():
            state = (pool.quantity, pool.value, pool.last_value, pool.last_quantity)
            self._put("cost_pool", "pool", number, ("quantity", "value", "last_value", "last_quantity"), state)
            if self._layers is not None:
                self._layers.write_left(number, pool)
        for number, quantity in lane.warehouses.items():
            self._put("stock_on_hand", "warehouse", number, ("quantity",), (quantity,))

    def _put(self, table: str, column: str, number: int, names: tuple[str, ...], state: tuple[int, ...]) -> None:
        """Store a tail; one that no movement leads to any more is deleted."""
        key = (self._item, number)
        if not any(state):
            used = f"SELECT 1 FROM stock_move WHERE item = ? AND {column} = ? LIMIT 1"  # noqa: S608 — own names
            if not self._session.first(used, key):
                self._session.run(f"DELETE FROM {table} WHERE item = ? AND {column} = ?", key)  # noqa: S608
                return
        sets = ", ".join(f"{name} = excluded.{name}" for name in names)
        marks = ", ".join("?" * (2 + len(names)))
        self._session.run(
            f"INSERT INTO {table} (item, {column}, {', '.join(names)}) VALUES ({marks})"  # noqa: S608 — own names
            f" ON CONFLICT (item, {column}) DO UPDATE SET {sets}",
            (*key, *state),
        )
