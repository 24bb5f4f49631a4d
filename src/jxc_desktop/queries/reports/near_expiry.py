"""近效期预警: batches that expire soon or have expired, the most urgent first.

How soon is said by `days`, else by the card of the item, else it is three months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .batches import COLUMNS, LEADS, batch_rows
from .spec import ITEM, WAREHOUSE, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.queries.batch_stock import BatchStockRow

    from .batches import BatchRow
    from .spec import Values

USUAL_DAYS = 90
DAYS = Parameter("days", ParameterType.COUNT)


def _query(session: Session, values: Values) -> list[BatchRow]:
    asked: int | None = values["days"]

    def is_near(row: BatchStockRow, days_left: int | None) -> bool:
        limit = (row.warn_days or USUAL_DAYS) if asked is None else asked
        return row.quantity > 0 and days_left is not None and days_left <= limit

    return sorted(batch_rows(session, values, is_near), key=lambda row: (row.expiry_date, row.item_code, row.batch))


NEAR_EXPIRY = Report(
    name="near-expiry",
    parameters=(DAYS, ITEM, WAREHOUSE),
    columns=COLUMNS,
    query=_query,
    drill_down=LEADS,
)
