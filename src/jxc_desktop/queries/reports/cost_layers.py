"""成本分层: what is left of each receipt and what it is worth, where what came in first leaves first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.queries.cost_layers import cost_layers, together

from .spec import ITEM, WAREHOUSE, Column, ColumnType, DrillDown, Parameter, ParameterType, Report
from .stock_on_hand import unit_cost

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


def _query(session: Session, values: Values) -> list[tuple[Any, ...]]:
    rows = cost_layers(session, item=values["item"], warehouse=values["warehouse"])
    chosen = together(rows) if values["together"] else rows
    return [(*row, unit_cost(row.value, row.quantity)) for row in chosen]


COST_LAYERS = Report(
    name="cost-layers",
    parameters=(ITEM, WAREHOUSE, Parameter("together", ParameterType.YES_NO)),
    columns=(
        Column("item_code"),
        Column("item_name"),
        Column("warehouse"),
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("kind", title_id="field.type"),
        Column("quantity", ColumnType.QUANTITY, is_total=True),
        Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.stock_value"),
        Column("unit_cost", ColumnType.PRICE),
    ),
    query=_query,
    drill_down=(DrillDown("number", "document"), DrillDown("item_code", "stock-ledger", (("item", "item_code"),))),
)
