"""Periodic average (全月一次加权): what leaves in a priced month costs its average; the last takes the rest.

Before that an issue carries the average of the last month that is priced, else what moving average says, provisional.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory import covering
from jxc_desktop.domain.inventory.landed_cost import stock_share
from jxc_desktop.domain.inventory.month_pool import MonthPool
from jxc_desktop.kernel.rounding import half_up

from . import moving_average

if TYPE_CHECKING:
    from jxc_desktop.domain.inventory.covering import Cover, Taken
    from jxc_desktop.domain.inventory.pool import Key

IS_LAYERED = False
IS_MONTHLY = True
POOL = MonthPool


def current_value(pool: MonthPool, quantity: int, reference: int) -> int:
    """What `quantity` is worth at the month's price, else at the last one, else as under moving average."""
    price = pool.price
    if price.quantity > 0:
        return half_up(price.value * quantity, price.quantity)
    return covering.current_value(pool, quantity, reference)


def issue(pool: MonthPool, key: Key, quantity: int, reference: int) -> Taken:
    """Take `quantity` > 0 out at the price; in a month without one, what is not there goes out short."""
    value = current_value(pool, quantity, reference)
    if pool.price.is_final:
        if quantity == pool.left_quantity and not pool.is_outside:
            value = pool.left_value
        _move(pool, -quantity, -value)
        return value, 0, 0
    if quantity >= pool.quantity:
        there = max(pool.quantity, 0)
        provisional = current_value(pool, quantity - there, reference)
        return moving_average.issue_all(pool, key, quantity, provisional)
    value = min(value, pool.value)
    _move(pool, -quantity, -value)
    return value, 0, 0


def receive(pool: MonthPool, quantity: int, value: int, own: Key | None = None) -> list[Cover]:
    """Put `quantity` > 0 worth `value` in; while the month is not priced it covers open shortages first."""
    if not pool.price.is_final:
        return moving_average.receive(pool, quantity, value, own)
    _move(pool, quantity, value)
    return []


def give_back(pool: MonthPool, key: Key, quantity: int, wanted: int, source: Key, reference: int) -> Taken:
    """Take `quantity` > 0 of a line out at the cost it came in with: the month's price is made without it."""
    if not pool.price.is_final:
        if quantity >= pool.quantity:
            return issue(pool, key, quantity, reference)
        return moving_average.give_back(pool, key, quantity, wanted, source, reference)
    _move(pool, -quantity, -wanted)
    return wanted, 0, 0


def change(pool: MonthPool, quantity: int, value: int, source: Key | None) -> None:
    """Change quantity and value by what somebody found out."""
    del source
    _move(pool, quantity, value)


def set_cost(pool: MonthPool, quantity: int, value: int, *, is_whole: bool) -> None:
    """Change quantity and value to what a count with a cost found."""
    del is_whole
    _move(pool, quantity, value)


def add_late(pool: MonthPool, amount: int, received: int, source: Key) -> int:
    """Add the share of a late fee whose goods are still there; never below 0 while the month is not priced."""
    if not pool.price.is_final:
        return moving_average.add_late(pool, amount, received, source)
    share = stock_share(amount, max(pool.quantity, 0), received)
    _move(pool, 0, share)
    return share


def _move(pool: MonthPool, quantity: int, value: int) -> None:
    pool.quantity += quantity
    pool.value += value
    if not pool.is_outside:
        pool.left_quantity += quantity
        pool.left_value += value
