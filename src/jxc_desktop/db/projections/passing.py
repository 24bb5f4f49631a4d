"""Passing over from one costing method to the next: a movement of nothing for every pool at the start of the month.

It stands before everything else of its month, has no document (its local key is 0), and is there for every pool that
moved before. Which there are follows from the other movements alone: they are put right at the end of the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.movement import Basis, Move
from jxc_desktop.domain.inventory.pool import PoolKey

from .move_rows import OUT, POSITION

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.pool import Key

    from .method import Costing
    from .stock import Stock

_BACK = ", ".join(f"{name} DESC" for name in POSITION.split(", "))
_POOLS = "SELECT p.pool FROM cost_pool p LEFT JOIN warehouse w ON w.id = p.pool WHERE p.item = ? ORDER BY w.uuid"
_LAST = (
    "SELECT warehouse, stock_account FROM stock_move WHERE item = ? AND pool = ? AND effective_period < ?"  # noqa: S608
    f" ORDER BY {_BACK} LIMIT 1"
)
_THERE = (
    "SELECT pool, warehouse, stock_account FROM stock_move WHERE item = ? AND effective_period = ?"
    " AND effective_date = ? AND hlc = 0 AND stream = 0 AND document = 0 ORDER BY line"
)

MOST_POOLS = 10_000
"""The line of a movement is its month and the number of its pool: a layer is named by document and line."""

Row = tuple[int, int, int]
"""(pool, the warehouse that moved last in it, its stock account)."""


class Passing:
    """Puts the movements right that pass pools over."""

    def __init__(self, session: Session, costing: Costing) -> None:
        self._session = session
        self._costing = costing
        self._changed: set[int] = set()

    def note(self, period: int) -> None:
        """The method of a month was chosen anew."""
        self._changed.add(period)

    def is_needed(self) -> bool:
        """Whether any pool passes over, or did so far."""
        return bool(self._changed or self._costing.regimes.changes)

    def settle(self, stock: Stock) -> None:
        """Put right what the items have that moved, or all of them where a method was chosen anew."""
        items = sorted(stock.touched_items)
        if self._changed:
            items = [row[0] for row in self._session.rows("SELECT id FROM item ORDER BY id")]
            stock.mark_since(min(self._changed), items)
        for period in sorted(self._changed.union(self._costing.regimes.changes)):
            for item in items:
                self._settle(stock, item, period)
        self._changed.clear()

    def _settle(self, stock: Stock, item: int, period: int) -> None:
        place = (period, period * 100, 0, 0)
        there = self._session.rows(_THERE, (item, *place[:2]))
        wanted = self._wanted(item, period) if period in self._costing.regimes.changes else []
        if there == wanted:
            return
        if there:
            stock.remove(0, place, [item])
        lines = enumerate(wanted, period * MOST_POOLS)
        stock.insert([_move(item, (*place, 0, OUT, line), row) for line, row in lines])
        stock.mark_since(period, [item])

    def _wanted(self, item: int, period: int) -> list[Row]:
        found = []
        for (pool,) in self._session.rows(_POOLS, (item,)):
            last = self._session.first(_LAST, (item, pool, period))
            if last is not None:
                found.append((pool, last[0], last[1]))
        return found


def month_of(key: Key) -> int:
    """The month YYYYMM at whose start a movement of this key passes a pool over."""
    return key[2] // MOST_POOLS


def _move(item: int, position: tuple[int, int, int, int, int, int, int], row: Row) -> Move:
    return Move(
        item, position, PoolKey(row[0]), row[1], int(Basis.PASSED_OVER), 0, 0, None, 0, None, 0, None, row[2], row[2]
    )
