"""Another costing method: it takes over at the start of the first open month, everything before it being closed.

The record is a `setting.set` with the month YYYYMM it holds from. What lies in stock passes over at its value, to the
fen; under FIFO it is one layer, because what an average mixed cannot be told apart any more. Source: domain.md §3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db.changelog import SETTING_SET
from jxc_desktop.db.projections.period import next_period
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text

from .month_prices import METHOD as PERIODIC
from .months import check_month, period_name

if TYPE_CHECKING:
    from .work import Work

KEY = "costing_method"

_SHORT_AT_START = (
    "SELECT i.code FROM item i WHERE (SELECT m.pool_quantity FROM stock_move m WHERE m.item = i.id"
    " AND m.effective_period < ? ORDER BY m.effective_period DESC, m.effective_date DESC, m.hlc DESC, m.stream DESC,"
    " m.document DESC, m.leg DESC, m.line DESC LIMIT 1) < 0 ORDER BY i.code LIMIT 11"
)


def change_costing(work: Work, *, key: str, value: Any, period: int) -> None:
    """Value stock by another method from the start of a month on.

    Raises UserError for another setting, a month that is closed or stands behind open ones, and where the next method
    has no place for what is short at that moment.
    """
    if key != KEY:
        raise UserError(Text("setting.no_month", {"key": key}))
    check_month(work, period)
    closed = work.periods.closed
    first = next_period(max(closed)) if closed else work.periods.start
    if period < first:
        raise UserError(Text("setting.month_closed", {"period": period_name(period), "next": period_name(first)}))
    if period > first:
        raise UserError(Text("setting.months_open", {"period": period_name(period), "next": period_name(first)}))
    if value == PERIODIC:
        _refuse_short(work, period)
    work.append([(work.record(SETTING_SET, {"key": key, "period": period, "value": value}), None)])
    work.settings.put(key, value)
    work.catalog.derived.clear()


def _refuse_short(work: Work, period: int) -> None:
    """The average of a month pays for what left in it, not for what earlier months owe."""
    short = [row[0] for row in work.session.rows(_SHORT_AT_START, (period,))]
    if short:
        raise UserError(Text("setting.short_stock", {"period": period_name(period), "items": short[:10]}))
