"""月平均单价: what a month had of each item to go out, value and quantity, and what a piece costs by that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .spec import AS_OF, ITEM, Column, ColumnType, DrillDown, Report
from .stock_on_hand import unit_cost

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values

OF_MONTH = (
    "SELECT i.code, i.name, p.quantity, p.value FROM month_price p JOIN item i ON i.id = p.item"
    " WHERE p.period = ?1 AND (?2 IS NULL OR p.item = ?2) ORDER BY i.code, i.id"
)


def _query(session: Session, values: Values) -> list[tuple[Any, ...]]:
    month = (values["as_of"] or values["today"]) // 100
    return [
        (code, name, quantity, value, unit_cost(value, quantity))
        for code, name, quantity, value in session.rows(OF_MONTH, (month, values["item"]))
    ]


MONTH_PRICES = Report(
    name="month-prices",
    parameters=(AS_OF, ITEM),
    columns=(
        Column("item_code"),
        Column("item_name"),
        Column("quantity", ColumnType.QUANTITY, title_id="report.column.month_quantity"),
        Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.month_value"),
        Column("unit_cost", ColumnType.PRICE),
    ),
    query=_query,
    drill_down=(DrillDown("item_code", "stock-ledger", (("item", "item_code"),)),),
)
