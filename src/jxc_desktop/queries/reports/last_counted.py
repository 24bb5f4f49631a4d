"""上次盘点: when each item was last counted in each warehouse, the longest ago (and the never counted) first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.queries.categories import items_of_category
from jxc_desktop.queries.held_stock import held_stock
from jxc_desktop.queries.last_counted import last_counts

from .spec import CATEGORY, ITEM, WAREHOUSE, Column, ColumnType, DrillDown, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.queries.held_stock import HeldRow
    from jxc_desktop.queries.last_counted import LastCount

    from .spec import Values


class LastCountedRow(NamedTuple):
    """An item in a warehouse: the day of its last count (0: never) and how long ago that is, counted, on hand."""

    item_code: str
    item_name: str
    item_spec: str
    warehouse: str
    counted_on: int
    days: int | None
    number: str
    counted: int | None
    quantity: int


def _query(session: Session, values: Values) -> list[LastCountedRow]:
    counts, chosen = last_counts(session, values["warehouse"]), items_of_category(session, values["category"])
    today = values["today"]
    rows = [
        _row(held, counts.get((held.item, held.warehouse)), today)
        for held in held_stock(session, item=values["item"])
        if values["warehouse"] in {None, held.warehouse} and (chosen is None or held.item in chosen)
    ]
    return sorted((row for row in rows if row.quantity or row.counted_on), key=lambda row: row.counted_on)


def _row(held: HeldRow, count: LastCount | None, today: int) -> LastCountedRow:
    named = (held.item_code, held.item_name, held.item_spec, held.warehouse_name)
    if count is None:
        return LastCountedRow(*named, 0, None, "", None, held.quantity)
    days = (_date(today) - _date(count.date)).days
    return LastCountedRow(*named, count.date, days, count.number, count.quantity, held.quantity)


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


LAST_COUNTED = Report(
    name="last-counted",
    parameters=(ITEM, CATEGORY, WAREHOUSE),
    columns=(
        Column("item_code"),
        Column("item_name"),
        Column("item_spec"),
        Column("warehouse"),
        Column("counted_on", ColumnType.DATE, title_id="report.column.counted_on"),
        Column("days", ColumnType.WHOLE, title_id="report.column.days_since"),
        Column("number"),
        Column("counted", ColumnType.QUANTITY, title_id="report.column.counted"),
        Column("quantity", ColumnType.QUANTITY, title_id="report.column.on_hand"),
    ),
    query=_query,
    drill_down=(
        DrillDown("number", "document"),
        DrillDown("quantity", "stock-ledger", (("item", "item_code"), ("warehouse", "warehouse"))),
    ),
)
