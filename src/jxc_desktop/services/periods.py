"""Closing a month and opening the last closed one again.

A close freezes the month with everything this book knows: its cut is the version vector, its digest is checked for
ever after. What arrives later for a closed month takes effect on day 0 of the first open one. Source: sync.md §4.5.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.db.changelog import PERIOD_CLOSE, PERIOD_REOPEN, stream_name
from jxc_desktop.db.digest import period_digest
from jxc_desktop.db.projections.period import next_period
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text

from .guards import business_date
from .month_prices import price_due_months
from .months import check_month, period_name
from .work import use_case

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .work import Work


@use_case(right="periods.close")
def close_period(work: Work, *, period: int) -> None:
    """Close a month YYYYMM: the one after the last closed one, or the first of the book; where due it is priced.

    Raises UserError where it is not a month, closed already, not the next one or still to come.
    """
    check_month(work, period)
    expected = _next_to_close(work)
    if period in work.periods.closed:
        raise UserError(Text("period.closed_already", {"period": period_name(period)}))
    if period != expected:
        names = {"period": period_name(period), "next": period_name(expected)}
        raise UserError(Text("period.not_next", names))
    if date(period // 100, period % 100, 1) > business_date(work):
        raise UserError(Text("period.not_begun", {"period": period_name(period)}))
    price_due_months(work, period)
    content: dict[str, Any] = {
        "cut": {stream_name(each): seq for each, seq in work.session.rows("SELECT id, last_seq FROM stream") if seq},
        "digest": period_digest(work.session, period),
        "period": period,
    }
    work.append([(work.record(PERIOD_CLOSE, content), None)])


@use_case(right="periods.reopen")
def reopen_period(work: Work, *, period: int, reason: str) -> None:
    """Open the last closed month again.

    Raises UserError where it is not that one, without a reason, and where another costing method took over after it.
    """
    check_month(work, period)
    closed = work.periods.closed
    if period not in closed:
        raise UserError(Text("period.is_open", {"period": period_name(period)}))
    if period != max(closed):
        names = {"period": period_name(period), "last": period_name(max(closed))}
        raise UserError(Text("period.not_last", names))
    if not reason.strip():
        raise UserError(Text("period.needs_reason", {"period": period_name(period)}))
    if next_period(period) in work.transaction.projector.costing.regimes.changes:
        names = {"period": period_name(period), "next": period_name(next_period(period))}
        raise UserError(Text("period.costing_changed", names))
    work.append([(work.record(PERIOD_REOPEN, {"period": period, "reason": reason.strip()}), None)])


def changed_periods(session: Session) -> list[int]:
    """The closed months whose digest is not the one they were closed with: there must never be any."""
    closed = session.rows("SELECT id, digest FROM period WHERE state = 'closed' ORDER BY id")
    return [period for period, stored in closed if period_digest(session, period) != stored.hex()]


def _next_to_close(work: Work) -> int:
    closed = work.periods.closed
    return next_period(max(closed)) if closed else work.periods.start
