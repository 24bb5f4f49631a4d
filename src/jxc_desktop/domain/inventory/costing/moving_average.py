"""Moving average (移动加权平均): an issue takes its share of the pool, the one that empties it takes the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.covering import cover, current_value, go_short
from jxc_desktop.domain.inventory.landed_cost import stock_share
from jxc_desktop.domain.inventory.pool import Pool
from jxc_desktop.kernel.rounding import half_up

if TYPE_CHECKING:
    from jxc_desktop.domain.inventory.covering import Cover, Taken
    from jxc_desktop.domain.inventory.pool import Key

__all__ = [
    "IS_LAYERED",
    "IS_MONTHLY",
    "POOL",
    "add_late",
    "change",
    "current_value",
    "give_back",
    "issue",
    "issue_all",
    "receive",
    "set_cost",
]

IS_LAYERED = False
IS_MONTHLY = False
POOL = Pool


def issue(pool: Pool, key: Key, quantity: int, reference: int) -> Taken:
    """Take `quantity` > 0 out; what is not there goes out short at the last known cost."""
    there = pool.quantity
    if quantity < there:
        value = half_up(pool.value * quantity, there)
        pool.quantity = there - quantity
        pool.value -= value
        return value, 0, 0
    return issue_all(pool, key, quantity, current_value(pool, quantity - max(there, 0), reference))


def issue_all(pool: Pool, key: Key, quantity: int, provisional: int) -> Taken:
    """Take all out that is there and more, which has a provisional value."""
    value = 0
    short = quantity - max(pool.quantity, 0)
    if pool.quantity > 0:
        value = pool.value
        pool.set_last(value, pool.quantity)
        pool.quantity = pool.value = 0
    if short:
        go_short(pool, key, short, provisional)
    return value + provisional, short, provisional


def receive(pool: Pool, quantity: int, value: int, own: Key | None = None) -> list[Cover]:
    """Put `quantity` > 0 worth `value` in; it covers open shortages first: that of line `own`, then the oldest."""
    if pool.quantity >= 0:
        if pool.quantity == 0:
            pool.forget_last()
        pool.quantity += quantity
        pool.value += value
        return []
    covers, left, worth = cover(pool, quantity, value, own)
    pool.quantity += left
    pool.value += worth
    return covers


def give_back(pool: Pool, key: Key, quantity: int, wanted: int, source: Key, reference: int) -> Taken:
    """Take `quantity` > 0 of a line out at the cost it came in with, `wanted`; never more than is there."""
    del source
    if quantity >= pool.quantity:
        return issue(pool, key, quantity, reference)
    value = min(wanted, pool.value)
    pool.quantity -= quantity
    pool.value -= value
    return value, 0, 0


def change(pool: Pool, quantity: int, value: int, source: Key | None) -> None:
    """Change quantity and value by what somebody found out; the caller keeps the pool at 0 or above."""
    del source
    pool.quantity += quantity
    pool.value += value


def set_cost(pool: Pool, quantity: int, value: int, *, is_whole: bool) -> None:
    """Change quantity and value to what a count with a cost found, in the whole pool or in a part of it."""
    del is_whole
    pool.quantity += quantity
    pool.value += value


def add_late(pool: Pool, amount: int, received: int, source: Key) -> int:
    """Add the share of a late fee whose goods are still there; never below 0."""
    del source
    share = max(stock_share(amount, pool.quantity, received), -pool.value)
    pool.value += share
    return share
