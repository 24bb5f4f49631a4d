"""现存量: what lies where and what it is worth, batch by batch, now or at the end of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.rounding import half_up
from jxc_desktop.queries.batch_stock import batch_stock

from .spec import AS_OF, ITEM, WAREHOUSE, Column, ColumnType, DrillDown, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


class OnHandRow(NamedTuple):
    """What of an item or a batch lies there: quantity and unit cost (None where none lies) in 10⁻⁶, value in fen."""

    item_code: str
    item_name: str
    item_spec: str
    warehouse: str
    batch: str
    quantity: int
    value: int
    unit_cost: int | None


def _query(session: Session, values: Values) -> list[OnHandRow]:
    warehouse, zero = values["warehouse"], values["zero"]
    return [
        OnHandRow(code, name, spec, place_name, row.batch, row.quantity, row.value, unit_cost(row.value, row.quantity))
        for row in batch_stock(session, item=values["item"], day=values["as_of"])
        for _item, code, name, spec, place, place_name, _quantity, _value in (row.held,)
        if (row.quantity or row.value or zero) and warehouse in {None, place}
    ]


def unit_cost(value: int, quantity: int) -> int | None:
    """Value ÷ quantity in 10⁻⁶ yuan of fen and 10⁻⁶ units; None where nothing lies."""
    return half_up(value * _MICRO_PER_FEN, quantity) if quantity else None


_MICRO_PER_FEN = 10**10


STOCK_ON_HAND = Report(
    name="stock-on-hand",
    parameters=(AS_OF, ITEM, WAREHOUSE, Parameter("zero", ParameterType.YES_NO)),
    columns=(
        Column("item_code"),
        Column("item_name"),
        Column("item_spec"),
        Column("warehouse"),
        Column("batch"),
        Column("quantity", ColumnType.QUANTITY, is_total=True),
        Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.stock_value"),
        Column("unit_cost", ColumnType.PRICE),
    ),
    query=_query,
    drill_down=(DrillDown("quantity", "stock-ledger", (("item", "item_code"), ("warehouse", "warehouse"))),),
)
