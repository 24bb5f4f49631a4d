"""Going short and covering it: the same under every method that values movements as they come.

What is not there goes out at the last known cost. What comes in settles that first, as if it were a layer: each piece
takes its share of what came in, and its share of the provisional value leaves with it. Source: domain.md §3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.rounding import half_up

from .pool import Shortage

if TYPE_CHECKING:
    from .pool import Key, Pool

FEN_PER_UNIT_PRICE = 10**10
"""Quantity (10⁻⁶) × unit price (10⁻⁶ yuan) per fen."""

Cover = tuple["Key", int, int, int]
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


def go_short(pool: Pool, key: Key, short: int, provisional: int) -> None:
    """Let `short` > 0 go out of an empty or short pool at a provisional value."""
    pool.quantity -= short
    pool.value -= provisional
    pool.add_shortage(Shortage(key, short, provisional))


def cover(pool: Pool, quantity: int, value: int, own: Key | None) -> tuple[list[Cover], int, int]:
    """Cover open shortages with what comes in: that of line `own` first, then the oldest.

    What was covered, and the quantity and value that is left over to lie there.
    """
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
    else:
        pool.set_last(value, quantity)
    return covers, left, worth


def _in_order(shortages: list[Shortage], own: Key | None) -> list[Shortage]:
    if own is None:
        return shortages
    return sorted(shortages, key=lambda shortage: shortage.key != own)
