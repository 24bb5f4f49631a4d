"""暂估成本: lines that went out before their goods came in, what they stand at, and what would settle them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.queries.provisional import ProvisionalRow, provisional_costs

from .spec import ITEM, WAREHOUSE, Column, ColumnType, DrillDown, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


def _query(session: Session, values: Values) -> list[ProvisionalRow]:
    return provisional_costs(session, item=values["item"], warehouse=values["warehouse"])


PROVISIONAL_COSTS = Report(
    name="provisional-costs",
    parameters=(ITEM, WAREHOUSE),
    columns=(
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("kind", title_id="field.type"),
        Column("line", ColumnType.WHOLE),
        Column("party"),
        Column("item_code"),
        Column("item_name"),
        Column("warehouse"),
        Column("quantity", ColumnType.QUANTITY, is_total=True, title_id="report.column.short_quantity"),
        Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.provisional_cost"),
        Column("to_come", ColumnType.QUANTITY, title_id="report.column.to_come"),
    ),
    query=_query,
    drill_down=(DrillDown("number", "document"), DrillDown("item_code", "stock-ledger", (("item", "item_code"),))),
)
