"""What lies where and what it is worth, now or at the end of a day.

A past day is read off the last movement up to it, which carries the balances behind it: one seek per item and
warehouse, however long the history is. A pool that is shared by warehouses is spread over them by quantity, largest
remainder, so that the rows of an item add up to its pool.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.rounding import largest_remainder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.db.engine import Row, Session


class HeldRow(NamedTuple):
    """What of an item lies in a warehouse (local numbers): quantity in 10⁻⁶, value in fen."""

    item: int
    item_code: str
    item_name: str
    item_spec: str
    warehouse: int
    warehouse_name: str
    quantity: int
    value: int


# All give the columns of a row, the value being that of the whole pool, and whether warehouses share it.
NOW = (
    "SELECT s.item, i.code, i.name, i.spec, s.warehouse, w.name, s.quantity, coalesce(p.value, 0), p.pool = 0"
    " FROM stock_on_hand s JOIN item i ON i.id = s.item JOIN warehouse w ON w.id = s.warehouse"
    " LEFT JOIN cost_pool p ON p.item = s.item AND p.pool IN (0, s.warehouse)"
    " WHERE (?1 IS NULL OR s.item = ?1) ORDER BY i.code, i.id, w.code, w.id"
)
UP_TO_DAY = "(effective_period, effective_date) <= (?2 / 100, ?2)"
LAST_FIRST = (
    "ORDER BY effective_period DESC, effective_date DESC, hlc DESC, stream DESC, document DESC, leg DESC, line DESC"
)
_KEY = "effective_period, effective_date, hlc, stream, document, leg, line"
AS_OF_DAY = (
    "SELECT s.item, i.code, i.name, i.spec, s.warehouse, w.name, m.warehouse_quantity,"  # noqa: S608 — own names
    " CASE WHEN m.pool <> 0 THEN m.pool_value ELSE (SELECT pool_value FROM stock_move"
    f" WHERE item = s.item AND pool = 0 AND {UP_TO_DAY} {LAST_FIRST} LIMIT 1) END, m.pool = 0"
    " FROM stock_on_hand s CROSS JOIN item i ON i.id = s.item CROSS JOIN warehouse w ON w.id = s.warehouse"
    " CROSS JOIN stock_move m ON m.item = s.item AND (m.effective_period, m.effective_date, m.hlc, m.stream,"
    f" m.document, m.leg, m.line) = (SELECT {_KEY} FROM stock_move"
    f" WHERE item = s.item AND warehouse = s.warehouse AND {UP_TO_DAY} {LAST_FIRST} LIMIT 1)"
    " WHERE {item} ORDER BY i.code, i.id, w.code, w.id"
)
OF_ALL = AS_OF_DAY.format(item="?1 IS NULL")
OF_ONE = AS_OF_DAY.format(item="s.item = ?1")


def held_stock(session: Session, *, item: int | None = None, day: int | None = None) -> list[HeldRow]:
    """What lies in every warehouse an item ever moved in, also where nothing is left; `day` (YYYYMMDD) None is now.

    By item code and warehouse code.
    """
    text = NOW if day is None else OF_ALL if item is None else OF_ONE
    rows = session.rows(text, (item,) if day is None else (item, day))
    items = [row[0] for row in rows]
    if len(set(items)) == len(items):
        return [HeldRow._make(row[:8]) for row in rows]
    return [row for _item, group in groupby(rows, key=itemgetter(0)) for row in _spread(list(group))]


def _spread(rows: list[Row]) -> Iterator[HeldRow]:
    """The rows of an item, a shared pool spread over its warehouses."""
    shared = [row for row in rows if row[8]]
    if len(shared) < 2:
        return (HeldRow._make(row[:8]) for row in rows)
    pool, quantities = shared[0][7], [row[6] for row in shared]
    parts = iter(largest_remainder(pool, quantities) if sum(quantities) else [pool] + [0] * (len(shared) - 1))
    return (HeldRow._make((*row[:7], next(parts) if row[8] else row[7])) for row in rows)
