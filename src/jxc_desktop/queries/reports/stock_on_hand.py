"""现存量: what lies where and what it is worth, now or at the end of a day.

A pool that is shared by warehouses is spread over them by quantity, largest remainder, so that the rows of an item add
up to its pool.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.rounding import half_up, largest_remainder

from .spec import AS_OF, ITEM, WAREHOUSE, Column, ColumnType, DrillDown, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


# Both give: item, warehouse, quantity, value of its pool, quantity of its pool, whether the pool is shared.
NOW = (
    "SELECT s.item, s.warehouse, s.quantity, coalesce(p.value, 0), coalesce(p.quantity, 0), coalesce(p.pool, -1) = 0"
    " FROM stock_on_hand s LEFT JOIN cost_pool p ON p.item = s.item AND p.pool IN (0, s.warehouse)"
    " WHERE (?1 IS NULL OR s.item = ?1) ORDER BY s.item, s.warehouse"
)
AS_OF_DAY = (
    "SELECT item, warehouse, sum(quantity), sum(value), 0, pool = 0 FROM stock_move NOT INDEXED"
    " WHERE effective_date <= ?2 AND (?1 IS NULL OR item = ?1) GROUP BY item, warehouse, pool"
)
AS_OF_DAY_ONE = AS_OF_DAY.replace("(?1 IS NULL OR item = ?1)", "item = ?1")
ITEMS = "SELECT id, code, name FROM item"
WAREHOUSES = "SELECT id, code, name FROM warehouse"


def _query(session: Session, values: Values) -> list[OnHandRow]:
    item, warehouse, day = values["item"], values["warehouse"], values["as_of"]
    if day is None:
        rows: Iterable[Row] = session.rows(NOW, (item,))
    else:
        rows = session.rows(AS_OF_DAY if item is None else AS_OF_DAY_ONE, (item, day))
    items = {key: (code, name) for key, code, name in session.rows(ITEMS)}
    places = {key: (code, name) for key, code, name in session.rows(WAREHOUSES)}
    found = []
    for key, place, quantity, value in _valued(rows, is_summed=day is not None):
        if (quantity or value or values["zero"]) and warehouse in {None, place}:
            code, name = items[key]
            cost = half_up(value * _MICRO_PER_FEN, quantity) if quantity else None
            found.append((code, places[place][0], OnHandRow(code, name, places[place][1], "", quantity, value, cost)))
    found.sort(key=itemgetter(0, 1))
    return [row for _code, _place, row in found]


_MICRO_PER_FEN = 10**10
"""10⁻⁶ yuan per unit, counted from fen ÷ 10⁻⁶ of a unit."""


def _valued(rows: Iterable[Row], *, is_summed: bool) -> Iterator[tuple[int, int, int, int]]:
    """(item, warehouse, quantity, value) of each row; `is_summed`: the rows hold parts of the pool, not all of it."""
    for item, group in groupby(rows, key=itemgetter(0)):
        of_item = list(group)
        shared = [row for row in of_item if row[5]]
        for row in of_item:
            if not row[5]:
                yield item, row[1], row[2], row[3]
        if len(shared) == 1:
            yield item, shared[0][1], shared[0][2], shared[0][3]
        elif shared:
            pool = sum(row[3] for row in shared) if is_summed else shared[0][3]
            yield from _spread(item, shared, pool)


def _spread(item: int, rows: list[Row], pool: int) -> Iterator[tuple[int, int, int, int]]:
    quantities = [row[2] for row in rows]
    parts = largest_remainder(pool, quantities) if sum(quantities) else [pool] + [0] * (len(rows) - 1)
    for row, quantity, part in zip(rows, quantities, parts, strict=True):
        yield item, row[1], quantity, part


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
