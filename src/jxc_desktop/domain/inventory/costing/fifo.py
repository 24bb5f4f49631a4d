"""First in, first out (先进先出): an issue takes the oldest layers; whoever takes the last of one gets its rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.covering import cover, current_value, go_short
from jxc_desktop.domain.inventory.landed_cost import stock_share
from jxc_desktop.domain.inventory.layer import LayeredPool
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
    "receive",
    "set_cost",
]

IS_LAYERED = True
IS_MONTHLY = False
POOL = LayeredPool


def issue(pool: LayeredPool, key: Key, quantity: int, reference: int) -> Taken:
    """Take `quantity` > 0 of the oldest layers; what is not there goes out short at the cost of the last one."""
    there = min(quantity, max(pool.quantity, 0))
    value = _take_oldest(pool, there)
    short = quantity - there
    provisional = current_value(pool, short, reference)
    if short:
        go_short(pool, key, short, provisional)
    return value + provisional, short, provisional


def receive(pool: LayeredPool, quantity: int, value: int, own: Key | None = None) -> list[Cover]:
    """Put `quantity` > 0 worth `value` in as the newest layer; open shortages come first (see `covering`)."""
    covers: list[Cover] = []
    for pieces, worth in pool.pieces(quantity, value):
        left, rest = pieces, worth
        if pool.quantity < 0:
            found, left, rest = cover(pool, pieces, worth, own)
            covers += found
        if left:
            pool.forget_last()
            pool.add_layer(left, rest)
    return _one_of_each(covers)


def give_back(pool: LayeredPool, key: Key, quantity: int, wanted: int, source: Key, reference: int) -> Taken:
    """Take `quantity` > 0 of what a line brought in at `wanted`, as far as its layers hold that; the rest of others."""
    left, worth = quantity, 0
    for layer in pool.layers_of(source):
        taken = min(left, layer.quantity)
        if taken:
            worth += pool.take(layer, taken, min(wanted - worth, layer.value))
            left -= taken
    if not left:
        return worth, 0, 0
    value, short, provisional = issue(pool, key, left, reference)
    return worth + value, short, provisional


def change(pool: LayeredPool, quantity: int, value: int, source: Key | None) -> None:
    """Change quantity and value by what somebody found out: the line it takes back first, then the other layers."""
    rest = value
    if quantity > 0:
        pool.add_layer(quantity, max(value, 0))
        rest = min(value, 0)
    elif quantity < 0:
        rest += _take_back(pool, -quantity, source)
    pool.revalue(rest)


def set_cost(pool: LayeredPool, quantity: int, value: int, *, is_whole: bool) -> None:
    """Change quantity and value to what a count with a cost found: where it counted the whole pool, one new layer."""
    held, worth = pool.quantity + quantity, pool.value + value
    if is_whole:
        _take_oldest(pool, pool.quantity)
        pool.forget_last()
        pool.add_layer(held, worth)
    elif quantity > 0:
        found = half_up(worth * quantity, held)
        pool.revalue(value - found)
        pool.add_layer(quantity, found)
    else:
        pool.revalue(value + _take_oldest(pool, -quantity))


def add_late(pool: LayeredPool, amount: int, received: int, source: Key) -> int:
    """Add the share of a late fee to what is left of the layers its goods came in with; never below 0."""
    layers = pool.layers_of(source)
    share = stock_share(amount, sum(layer.quantity for layer in layers), received)
    share = max(share, -sum(layer.value for layer in layers))
    pool.revalue(share, layers)
    return share


def _take_oldest(pool: LayeredPool, quantity: int) -> int:
    value = 0
    while quantity:
        layer = pool.layers[0]
        taken = min(quantity, layer.quantity)
        value += pool.take(layer, taken)
        quantity -= taken
    return value


def _take_back(pool: LayeredPool, quantity: int, source: Key | None) -> int:
    value = 0
    for layer in pool.layers_of(source):
        taken = min(quantity, layer.quantity)
        value += pool.take(layer, taken)
        quantity -= taken
    return value + _take_oldest(pool, quantity)


def _one_of_each(covers: list[Cover]) -> list[Cover]:
    """What several layers covered of one issue is one cover."""
    found: dict[Key, Cover] = {}
    for key, quantity, provisional, variance in covers:
        _key, *before = found.get(key, (key, 0, 0, 0))
        found[key] = (key, before[0] + quantity, before[1] + provisional, before[2] + variance)
    return list(found.values())
