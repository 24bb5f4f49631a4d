"""Pricing a month: round by round, until no price changes any more.

A round values the movements by the prices so far and sums up anew what each item had to go out. Products follow their
parts by a round each; items that feed each other come closer with every round and end where rounding to fen stops them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text

from .month_prices import month_totals, put_prices, stored_prices

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .stock import Stock

MOST_ROUNDS = 200
STEADY_ROUNDS = 40
"""After so many rounds a fen more or less is the rounding of items that feed each other."""

_END = (
    "SELECT i.code, p.pool_quantity, p.pool_value FROM item i CROSS JOIN stock_move p ON p.item = i.id AND"
    " (p.effective_period, p.effective_date, p.hlc, p.stream, p.document, p.leg, p.line) ="
    " (SELECT effective_period, effective_date, hlc,"
    " stream, document, leg, line FROM stock_move WHERE item = i.id AND effective_period <= ?1"
    " ORDER BY effective_period DESC, effective_date DESC, hlc DESC, stream DESC, document DESC, leg DESC, line DESC"
    " LIMIT 1) WHERE i.id IN (SELECT item FROM month_price WHERE period = ?1 UNION SELECT DISTINCT item FROM stock_move"
    " WHERE effective_period = ?1) AND (p.pool_quantity < 0 OR p.pool_value < 0"
    " OR p.pool_quantity = 0 AND p.pool_value <> 0) ORDER BY i.code"
)


class Impossible(NamedTuple):
    """An item that cannot be priced: what it would end the month with."""

    item_code: str
    quantity: int
    value: int


def price_items(session: Session, stock: Stock, period: int) -> dict[int, tuple[int, int]]:
    """Value a month by its averages; item → (quantity, value) that its price is made of.

    Raises UserError where items that feed each other find no price.
    """
    for turn in range(MOST_ROUNDS):
        known = stored_prices(session, period)
        changed = {}
        for item, quantity, value in month_totals(session, period):
            before = known.get(item, (0, 0))
            is_steady = (
                turn > STEADY_ROUNDS and before[0] == quantity and abs(before[1] - value) <= turn - STEADY_ROUNDS
            )
            if quantity > 0 and before != (quantity, value) and not is_steady:
                changed[item] = (quantity, value)
        if not changed:
            return known
        put_prices(session, period, changed)
        stock.mark_since(period, changed)
        stock.finish()
    raise UserError(Text("price_month.no_end"))


def impossible_items(session: Session, period: int) -> list[Impossible]:
    """The items that would end the month below 0, or with a value and no goods."""
    return [Impossible._make(row) for row in session.rows(_END, (period,))]
