"""What the replay asks of the book: pools, warehouses and sources as they stood before a position."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.lane import Source
from jxc_desktop.domain.inventory.layer import LayeredPool
from jxc_desktop.domain.inventory.month_pool import MonthPool
from jxc_desktop.domain.inventory.pool import Key, Pool, PoolKey, Shortage

from .layers import layers_before, load_layers
from .month_prices import find_price
from .move_rows import POSITION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.movement import Position
    from jxc_desktop.domain.inventory.regime import Regimes

_BEFORE = f"({POSITION}) < (?, ?, ?, ?, ?, ?, ?) ORDER BY {', '.join(f'{name} DESC' for name in POSITION.split(', '))}"
_STATE = f"""
SELECT pool_quantity, pool_value, last_value, last_quantity, effective_period FROM stock_move
WHERE item = ? AND pool = ? AND {_BEFORE}
LIMIT 1"""  # noqa: S608 — own column names
_HELD = f"SELECT warehouse_quantity FROM stock_move WHERE item = ? AND warehouse = ? AND {_BEFORE} LIMIT 1"  # noqa: S608
_SOURCE = (
    "SELECT m.own_value, m.quantity, m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line"
    " FROM document d JOIN stock_move m ON m.item = ?"
    " AND m.effective_period = d.effective_period AND m.effective_date = d.effective_date AND m.hlc = d.hlc"
    " AND m.stream = d.stream AND m.document = d.id WHERE d.id = ? AND m.leg = ? AND m.line = ?"
)
_COVERS = (
    "SELECT c.variance, m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line"
    " FROM shortage_cover c CROSS JOIN document d ON d.id = c.cover_document"
    " CROSS JOIN stock_move m ON m.item = c.item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " AND m.leg = c.cover_leg AND m.line = c.cover_line"
    " WHERE c.item = ? AND c.issue_document = ? AND c.issue_leg = ? AND c.issue_line = ?"
)
_RETURNS = (
    "SELECT m.quantity, m.own_value, m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line"
    " FROM cost_edge e JOIN document d ON d.id = e.target_document"
    " JOIN stock_move m ON m.item = e.target_item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " AND m.leg = e.target_leg AND m.line = e.target_line"
    " WHERE e.item = ? AND e.document = ? AND e.leg = ? AND e.line = ? AND e.kind = 'return'"
)
_SHORTAGES = (
    "SELECT s.document, s.leg, s.line, s.quantity, s.value, s.account FROM shortage s"
    " JOIN document d ON d.id = s.document WHERE s.item = ? AND s.pool = ?"
    " ORDER BY d.effective_period, d.effective_date, d.hlc, d.stream, s.document, s.leg, s.line"
)


@cache
def _tails_text(count: int) -> str:
    """Pools and warehouses of several items in one statement; a warehouse has no value."""
    marks = ", ".join("?" * count)
    return (
        "SELECT item, pool, quantity, value, last_value, last_quantity FROM cost_pool"  # noqa: S608 — own text
        f" WHERE item IN ({marks}) UNION ALL"
        f" SELECT item, warehouse, quantity, NULL, NULL, NULL FROM stock_on_hand WHERE item IN ({marks})"
    )


class TailStore:
    """The state at the end of every history: what posting goes on from."""

    def __init__(self, session: Session, regimes: Regimes) -> None:
        self._session = session
        self._regimes = regimes
        self._method = regimes.last
        self._pools: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        self._held: dict[tuple[int, int], int] = {}
        self._read: set[int] = set()

    def prefetch(self, items: Iterable[int]) -> None:
        """Read the tails of several items at once."""
        wanted = [item for item in items if item not in self._read]
        if not wanted:
            return
        self._read.update(wanted)
        for item, number, quantity, *state in self._session.rows(_tails_text(len(wanted)), [*wanted, *wanted]):
            if state[0] is None:
                self._held[item, number] = quantity
            else:
                self._pools[item, number] = (quantity, state[0], state[1], state[2])

    def pool(self, item: int, pool: PoolKey) -> Pool:
        """The pool at the end of the item's history."""
        if item not in self._read:
            self.prefetch((item,))
        state = self._pools.get((item, pool))
        if state is None:
            return _new_pool(self._session, self._regimes, self._method, item)
        quantity, value, last_value, last_quantity = state
        load = (lambda: load_shortages(self._session, item, pool)) if quantity < 0 else None
        if self._method.IS_MONTHLY:
            prices = partial(find_price, self._session, self._regimes, item)
            return MonthPool(quantity, value, (last_value, last_quantity), load, prices)
        if self._method.IS_LAYERED:
            layers = (lambda: load_layers(self._session, item, pool)) if quantity > 0 else None
            return LayeredPool(quantity, value, (last_value, last_quantity), load, layers)
        return Pool(quantity, value, (last_value, last_quantity), load)

    def warehouse_quantity(self, item: int, warehouse: int) -> int:
        """What the warehouse holds at the end of the item's history."""
        if item not in self._read:
            self.prefetch((item,))
        return self._held.get((item, warehouse), 0)

    def turned(self, item: int, pool: Pool, method: ModuleType) -> Pool:
        """The pool of another method in the state of this one."""
        return _turned(self._session, self._regimes, item, pool, method)

    def source(self, item: int, key: Key) -> Source:
        """A source line with everything that came back of it."""
        return read_source(self._session, item, key, None)


class PastStore:
    """The state just before a position: what a replay starts from. The start is never inside a shortage."""

    def __init__(self, session: Session, start: Position, regimes: Regimes) -> None:
        self._session = session
        self._regimes = regimes
        self._start = start

    def pool(self, item: int, pool: PoolKey) -> Pool:
        """The pool before the start."""
        row = self._session.first(_STATE, (item, pool, *self._start))
        method = self._regimes.method(self._start[0] if row is None else row[4])
        if row is None:
            return _new_pool(self._session, self._regimes, method, item)
        if method.IS_MONTHLY:
            prices = partial(find_price, self._session, self._regimes, item)
            return MonthPool(row[0], row[1], (row[2], row[3]), None, prices)
        if method.IS_LAYERED:
            layers = partial(layers_before, self._session, item, pool, self._start, row[0])
            return LayeredPool(row[0], row[1], (row[2], row[3]), None, layers)
        return Pool(row[0], row[1], (row[2], row[3]))

    def warehouse_quantity(self, item: int, warehouse: int) -> int:
        """What the warehouse held before the start."""
        return self._session.value(_HELD, (item, warehouse, *self._start)) or 0

    def turned(self, item: int, pool: Pool, method: ModuleType) -> Pool:
        """The pool of another method in the state of this one."""
        return _turned(self._session, self._regimes, item, pool, method)

    def source(self, item: int, key: Key) -> Source:
        """A source line with what came back of it and was covered before the start."""
        return read_source(self._session, item, key, self._start)


def _new_pool(session: Session, regimes: Regimes, method: ModuleType, item: int) -> Pool:
    if method.IS_MONTHLY:
        return MonthPool(find=partial(find_price, session, regimes, item))
    pool: Pool = method.POOL()
    return pool


def _turned(session: Session, regimes: Regimes, item: int, pool: Pool, method: ModuleType) -> Pool:
    following = _new_pool(session, regimes, method, item)
    following.take_over(pool)
    return following


def load_shortages(session: Session, item: int, pool: int) -> list[Shortage]:
    """The open shortages of a pool at the end of its history, oldest issue first."""
    return [
        Shortage((document, leg, line), quantity, worth, account)
        for document, leg, line, quantity, worth, account in session.rows(_SHORTAGES, (item, pool))
    ]


def read_source(session: Session, item: int, key: Key, start: Position | None) -> Source:
    """Cost, quantity and what came back of a line, before `start` where there is one.

    A line that stands at or after the start has no cost yet, a return that stands before its source took nothing back.
    """
    row = session.first(_SOURCE, (item, *key))
    if row is None:
        return Source(0, 0, 1)
    own_value, quantity, *place = row
    if start is not None and tuple(place) >= start:
        return Source(0, 0, 1)
    sign = -1 if quantity < 0 else 1
    source = Source(sign * own_value, sign * quantity, sign)
    for variance, *position in session.rows(_COVERS, (item, *key)):
        if start is None or tuple(position) < start:
            source.cost += variance
    for back, worth, *position in session.rows(_RETURNS, (item, *key)):
        if position > place and (start is None or tuple(position) < start):
            source.returned_quantity += abs(back)
            source.returned_value += abs(worth)
    return source
