"""批次库存: what lies of each batch in each warehouse, what expires first first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.queries.batch_stock import batch_stock

from .spec import AS_OF, ITEM, WAREHOUSE, Column, ColumnType, DrillDown, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.queries.batch_stock import BatchStockRow

    from .spec import Values

BATCH = Parameter("batch", ParameterType.TEXT)


class BatchRow(NamedTuple):
    """What of a batch lies in a warehouse; `days_left` until it expires (None: it never does)."""

    item_code: str
    item_name: str
    item_spec: str
    warehouse: str
    batch: str
    production_date: int
    expiry_date: int
    days_left: int | None
    quantity: int
    value: int


COLUMNS = (
    Column("item_code"),
    Column("item_name"),
    Column("item_spec"),
    Column("warehouse"),
    Column("batch"),
    Column("production_date", ColumnType.DATE),
    Column("expiry_date", ColumnType.DATE),
    Column("days_left", ColumnType.WHOLE, title_id="report.column.days_left"),
    Column("quantity", ColumnType.QUANTITY, is_total=True),
    Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.stock_value"),
)
LEADS = (
    DrillDown("batch", "batch-history", (("item", "item_code"), ("batch", "batch"))),
    DrillDown("quantity", "stock-ledger", (("item", "item_code"), ("warehouse", "warehouse"))),
)


def batch_rows(
    session: Session, values: Values, is_asked: Callable[[BatchStockRow, int | None], bool]
) -> list[BatchRow]:
    """The batches that lie somewhere and are asked for: by their row and the days they still keep."""
    today = _date(values.get("as_of") or values["today"])
    found = []
    for row in batch_stock(session, item=values["item"], day=values.get("as_of")):
        days = (_date(row.expiry_date) - today).days if row.expiry_date else None
        if row.batch and values["warehouse"] in {None, row.held.warehouse} and is_asked(row, days):
            held = row.held
            named = (held.item_code, held.item_name, held.item_spec, held.warehouse_name, row.batch)
            found.append(BatchRow(*named, row.production_date, row.expiry_date, days, row.quantity, row.value))
    return found


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


def _query(session: Session, values: Values) -> list[BatchRow]:
    return batch_rows(session, values, lambda row, _days: values["batch"] in {None, row.batch})


BATCHES = Report(
    name="batches",
    parameters=(AS_OF, ITEM, WAREHOUSE, BATCH),
    columns=COLUMNS,
    query=_query,
    drill_down=LEADS,
)
