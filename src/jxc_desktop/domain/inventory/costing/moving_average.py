"""Moving average (移动加权平均): an issue takes its share of the pool, the one that empties it takes the rest."""

from __future__ import annotations

from jxc_desktop.domain.inventory.pool import Key, Pool, Shortage
from jxc_desktop.kernel.rounding import half_up

FEN_PER_UNIT_PRICE = 10**10
"""Quantity (10⁻⁶) × unit price (10⁻⁶ yuan) per fen."""

Cover = tuple[Key, int, int, int]
"""What a receipt covered of an issue: (issue, quantity, its provisional value, variance)."""

Taken = tuple[int, int, int]
"""What an issue took: (value, of it short: quantity, provisional value)."""


def current_value(pool: Pool, quantity: int, reference: int) -> int:
    """What `quantity` is worth at the pool's cost, else at the last known cost, else at the reference cost."""
    if pool.quantity > 0:
        return half_up(pool.value * quantity, pool.quantity)
    if pool.last_quantity:
        return half_up(pool.last_value * quantity, pool.last_quantity)
    return half_up(quantity * reference, FEN_PER_UNIT_PRICE)


def issue(pool: Pool, key: Key, quantity: int, reference: int) -> Taken:
    """Take `quantity` > 0 out; what is not there goes out short at the last known cost."""
    there = pool.quantity
    if quantity < there:
        value = half_up(pool.value * quantity, there)
        pool.quantity = there - quantity
        pool.value -= value
        return value, 0, 0
    value = short = provisional = 0
    if there > 0:
        value = pool.value
        pool.set_last(value, there)
        pool.quantity = pool.value = 0
        short = quantity - there
    else:
        short = quantity
    if short:
        provisional = current_value(pool, short, reference)
        pool.quantity -= short
        pool.value -= provisional
        pool.add_shortage(Shortage(key, short, provisional))
    return value + provisional, short, provisional


def receive(pool: Pool, quantity: int, value: int, own: Key | None = None) -> list[Cover]:
    """Put `quantity` > 0 worth `value` in; it covers open shortages first: that of line `own`, then the oldest."""
    if pool.quantity >= 0:
        if pool.quantity == 0:
            pool.forget_last()
        pool.quantity += quantity
        pool.value += value
        return []
    covers: list[Cover] = []
    left, worth = quantity, value
    for shortage in _in_order(pool.shortages, own):
        if not left:
            break
        covered = min(left, shortage.quantity)
        share = half_up(worth * covered, left)
        provisional = half_up(shortage.value * covered, shortage.quantity)
        left -= covered
        worth -= share
        shortage.quantity -= covered
        shortage.value -= provisional
        pool.touched[shortage.key] = shortage
        pool.quantity += covered
        pool.value += provisional
        covers.append((shortage.key, covered, provisional, share - provisional))
    pool.drop_covered()
    if left:
        pool.forget_last()
        pool.quantity += left
        pool.value += worth
    else:
        pool.set_last(value, quantity)
    return covers


def _in_order(shortages: list[Shortage], own: Key | None) -> list[Shortage]:
    if own is None:
        return shortages
    return sorted(shortages, key=lambda shortage: shortage.key != own)
