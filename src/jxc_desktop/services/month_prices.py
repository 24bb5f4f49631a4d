"""Pricing a month (全月一次加权): every issue of the month at its average, by one record.

The record holds what each item had to go out, value and quantity, never a rounded average, and a cut: what of every
stream it was made with. Source: domain.md §3.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jxc_desktop.db.changelog import MONTH_PRICE, stream_name
from jxc_desktop.db.projections.month_pricing import impossible_items
from jxc_desktop.db.projections.period import next_period
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text

from .guards import business_date
from .months import check_month, period_name
from .work import use_case

if TYPE_CHECKING:
    from .work import Work

METHOD = "periodic_average"
LAST_MONTH = 999_912


@use_case(right="periods.price")
def price_month(work: Work, *, period: int) -> None:
    """Price a month YYYYMM: the first of the book that is not priced.

    Raises UserError where the book has another method, the month is priced already, is not the next one or still to
    come, or an item would end it below 0.
    """
    check_month(work, period)
    if work.settings.get("costing_method") != METHOD:
        raise UserError(Text("price_month.other_method"))
    _price(work, period)


def price_due_months(work: Work, period: int) -> None:
    """Price the months up to this one that are not yet, where the book's method asks for it."""
    while work.settings.get("costing_method") == METHOD and next_to_price(work) <= period:
        _price(work, next_to_price(work))


def _price(work: Work, period: int) -> None:
    expected = next_to_price(work)
    if period < expected:
        raise UserError(Text("price_month.done_already", {"period": period_name(period)}))
    if period > expected:
        names = {"period": period_name(period), "next": period_name(expected)}
        raise UserError(Text("price_month.not_next", names))
    if date(period // 100, period % 100, 1) > business_date(work):
        raise UserError(Text("price_month.not_begun", {"period": period_name(period)}))
    pools = work.transaction.projector.price_month(period)
    _refuse_impossible(work, period)
    content = {
        "cut": {stream_name(each): seq for each, seq in work.session.rows("SELECT id, last_seq FROM stream") if seq},
        "period": period,
        "pools": {item: list(pool) for item, pool in pools.items()},
    }
    work.append([(work.record(MONTH_PRICE, content), None)])


def next_to_price(work: Work) -> int:
    """The first month that is not priced since the book has this method."""
    last = work.session.value("SELECT max(id) FROM priced_month")
    first = max(work.periods.start, work.transaction.projector.costing.regimes.since(LAST_MONTH))
    return max(next_period(last), first) if last else first


def _refuse_impossible(work: Work, period: int) -> None:
    found = [
        Problem(
            ("stock", each.item_code),
            Text(
                "price_month.impossible",
                {
                    "period": period_name(period),
                    "item": each.item_code,
                    "quantity": Quantity(each.quantity),
                    "value": Money(each.value),
                },
            ),
        )
        for each in impossible_items(work.session, period)
    ]
    if len(found) == 1:
        raise UserError(found[0].text)
    if found:
        params = {"period": period_name(period), "count": len(found), "items": [each.text for each in found[:10]]}
        raise UserError(Text("price_month.several_impossible", params))
