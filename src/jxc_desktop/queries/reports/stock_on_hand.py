"""现存量: what lies where and what it is worth, now or at the end of a day.

A pool that is shared by warehouses is spread over them by quantity, largest remainder, so that the rows of an item add
up to its pool.
"""

from __future__ import annotations

from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.rounding import half_up, largest_remainder

from .spec import AS_OF, ITEM, WAREHOUSE, Column, ColumnType, DrillDown, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Row, Session

    from .spec import Values


class OnHandRow(NamedTuple):
    """What of an item lies in a warehouse: quantity and unit cost (None where none lies) in 10⁻⁶, value in fen."""

    item_code: str
    item_name: str
    warehouse: str
    batch: str
    quantity: int
    value: int
    unit_cost: int | None


# Both give: item, its code and name, warehouse and its name, quantity, value, whether the pool is shared by warehouses.
# The value of a shared pool is that of all its warehouses now, of each warehouse's own movements at a past day.
NOW = (
    "SELECT s.item, i.code, i.name, s.warehouse, w.name, s.quantity, coalesce(p.value, 0), p.pool = 0"
    " FROM stock_on_hand s JOIN item i ON i.id = s.item JOIN warehouse w ON w.id = s.warehouse"
    " LEFT JOIN cost_pool p ON p.item = s.item AND p.pool IN (0, s.warehouse)"
    " WHERE (?1 IS NULL OR s.item = ?1) ORDER BY i.code, i.id, w.code, w.id"
)
AS_OF_DAY = (
    "WITH held AS (SELECT item, warehouse, pool, sum(quantity) AS quantity, sum(value) AS value FROM stock_move"
    " WHERE {item} AND effective_date <= ?2 GROUP BY item, warehouse, pool)"
    " SELECT h.item, i.code, i.name, h.warehouse, w.name, h.quantity, h.value, h.pool = 0 FROM held h"
    " JOIN item i ON i.id = h.item JOIN warehouse w ON w.id = h.warehouse ORDER BY i.code, i.id, w.code, w.id"
)
OF_ALL = AS_OF_DAY.format(item="?1 IS NULL")
OF_ONE = AS_OF_DAY.format(item="item = ?1")


def _query(session: Session, values: Values) -> list[OnHandRow]:
    item, warehouse, day, zero = values["item"], values["warehouse"], values["as_of"], values["zero"]
    if day is None:
        rows = _spread_all(session.rows(NOW, (item,)), is_summed=False)
    else:
        rows = _spread_all(session.rows(OF_ALL if item is None else OF_ONE, (item, day)), is_summed=True)
    return [
        OnHandRow(code, name, place_name, "", quantity, value, unit_cost(value, quantity))
        for _item, code, name, place, place_name, quantity, value, _shared in rows
        if (quantity or value or zero) and warehouse in {None, place}
    ]


def unit_cost(value: int, quantity: int) -> int | None:
    """Value ÷ quantity in 10⁻⁶ yuan of fen and 10⁻⁶ units; None where nothing lies."""
    return half_up(value * _MICRO_PER_FEN, quantity) if quantity else None


_MICRO_PER_FEN = 10**10


def _spread_all(rows: list[Row], *, is_summed: bool) -> Iterable[Row]:
    """The rows with shared pools spread over their warehouses; an item in one warehouse has nothing to spread."""
    items = [row[0] for row in rows]
    if len(set(items)) == len(items):
        return rows
    return chain.from_iterable(
        _spread(list(group), is_summed=is_summed) for _item, group in groupby(rows, key=itemgetter(0))
    )


def _spread(rows: list[Row], *, is_summed: bool) -> list[Row]:
    shared = [row for row in rows if row[7]]
    if len(shared) < 2:
        return rows
    pool = sum(row[6] for row in shared) if is_summed else shared[0][6]
    quantities = [row[5] for row in shared]
    parts = iter(largest_remainder(pool, quantities) if sum(quantities) else [pool] + [0] * (len(shared) - 1))
    return [(*row[:6], next(parts), 1) if row[7] else row for row in rows]


STOCK_ON_HAND = Report(
    name="stock-on-hand",
    parameters=(AS_OF, ITEM, WAREHOUSE, Parameter("zero", ParameterType.YES_NO)),
    columns=(
        Column("item_code"),
        Column("item_name"),
        Column("warehouse"),
        Column("batch"),
        Column("quantity", ColumnType.QUANTITY, is_total=True),
        Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.stock_value"),
        Column("unit_cost", ColumnType.PRICE),
    ),
    query=_query,
    drill_down=(DrillDown("quantity", "stock-ledger", (("item", "item_code"), ("warehouse", "warehouse"))),),
)
