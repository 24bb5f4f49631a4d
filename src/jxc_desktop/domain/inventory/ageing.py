"""Age of stock (库龄): what is left, by the day it came in, first in, first out.

A layer is what is left of one receipt with its value. An issue takes the oldest layers first: a part of a layer
leaves as round(layer value × quantity ÷ layer quantity), the last take gets the rest. What is issued short stands as
a negative layer until a receipt settles it, oldest shortage first, at its share of that receipt. What is moved from one
place to another brings its age with it.
"""

from __future__ import annotations

from collections import deque
from datetime import date
from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import ZERO, Money, total
from jxc_desktop.kernel.quantity import NOTHING, Quantity
from jxc_desktop.kernel.rounding import half_up
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@value
class AgeingMove:
    """A stock movement: base quantity and value with their sign.

    The value of an issue counts only for what it takes short.
    """

    on: date
    quantity: Quantity
    value: Money = ZERO
    batch: str = ""


@value
class PlacedMove:
    """A movement at a place (a warehouse's local number).

    `transfer` is the same for what leaves one place and comes in at another, None for anything else.
    """

    place: int
    on: date
    quantity: Quantity
    transfer: tuple[int, int] | None = None


@value
class AgeLayer:
    """What is left of a receipt; negative where it is what an issue took short."""

    on: date
    quantity: Quantity
    value: Money


@value
class AgeBucket:
    """Quantity and value of all layers within one span of ages."""

    quantity: Quantity
    value: Money


@value
class StockAge:
    """Layers, oldest first (what is short last), and buckets: one per bound in days, and what is older still."""

    layers: tuple[AgeLayer, ...]
    buckets: tuple[AgeBucket, ...]
    quantity: Quantity
    value: Money


def stock_age(moves: Iterable[AgeingMove], as_of: date, bounds: Sequence[int]) -> StockAge:
    """The age of a stock at the end of a day. `bounds`: rising numbers of days, each the last of its bucket."""
    return age_of_layers(age_layers(move for move in moves if move.on <= as_of), as_of, bounds)


def stock_age_by_batch(moves: Iterable[AgeingMove], as_of: date, bounds: Sequence[int]) -> dict[str, StockAge]:
    """The age of each batch, which is a queue of its own, in the order the batches first moved."""
    by_batch: dict[str, list[AgeingMove]] = {}
    for move in moves:
        by_batch.setdefault(move.batch, []).append(move)
    return {batch: stock_age(of_batch, as_of, bounds) for batch, of_batch in by_batch.items()}


def age_of_layers(layers: Iterable[AgeLayer], as_of: date, bounds: Sequence[int]) -> StockAge:
    """Sort layers (of one stock, or of several together) into buckets by age."""
    kept = tuple(layers)
    buckets = [(NOTHING, ZERO)] * (len(bounds) + 1)
    for layer in kept:
        days = (as_of - layer.on).days
        index = next((index for index, bound in enumerate(bounds) if days <= bound), len(bounds))
        quantity, amount = buckets[index]
        buckets[index] = (quantity + layer.quantity, amount + layer.value)
    return StockAge(
        layers=kept,
        buckets=tuple(AgeBucket(quantity, amount) for quantity, amount in buckets),
        quantity=Quantity(sum(layer.quantity.micro for layer in kept)),
        value=total(layer.value for layer in kept),
    )


def age_layers(moves: Iterable[AgeingMove]) -> tuple[AgeLayer, ...]:
    """The layers that moves leave behind, oldest first, shortages last. Moves without a quantity leave no layer."""
    stock: deque[AgeLayer] = deque()
    short: deque[AgeLayer] = deque()
    for move in moves:
        layer = AgeLayer(move.on, move.quantity, move.value)
        if move.quantity > NOTHING:
            _settle(layer, short, stock)
        elif move.quantity < NOTHING:
            _settle(layer, stock, short)
    return (*stock, *short)


def layers_by_place(moves: Iterable[PlacedMove]) -> dict[int, tuple[AgeLayer, ...]]:
    """The layers in each place, oldest first, shortages last, without values; what was transferred keeps its age.

    `moves` in their order; what leaves by a transfer stands before what comes in. A transfer of more than there was
    brings the rest in as new.
    """
    places: dict[int, tuple[deque[AgeLayer], deque[AgeLayer]]] = {}
    on_the_way: dict[tuple[int, int], list[AgeLayer]] = {}
    for move in moves:
        stock, short = places.setdefault(move.place, (deque(), deque()))
        if move.quantity < NOTHING:
            before = tuple(stock) if move.transfer else ()
            _settle(AgeLayer(move.on, move.quantity, ZERO), stock, short)
            if move.transfer:
                on_the_way[move.transfer] = _gone(before, -move.quantity)
        elif move.quantity > NOTHING:
            for layer in _come_in(move, on_the_way.pop(move.transfer, []) if move.transfer else []):
                _settle(layer, short, stock)
            if move.transfer:
                _by_age(stock)
    return {place: (*stock, *short) for place, (stock, short) in places.items()}


def _gone(layers: Iterable[AgeLayer], size: Quantity) -> list[AgeLayer]:
    """The oldest pieces of layers, so many."""
    gone = []
    for layer in layers:
        taken = min(layer.quantity, size)
        size -= taken
        if taken:
            gone.append(AgeLayer(layer.on, taken, ZERO))
    return gone


def _come_in(move: PlacedMove, brought: list[AgeLayer]) -> list[AgeLayer]:
    """What came with a transfer, oldest first, and the rest as old as the movement."""
    layers = _gone(brought, move.quantity)
    rest = move.quantity - Quantity(sum(layer.quantity.micro for layer in layers))
    return [*layers, AgeLayer(move.on, rest, ZERO)] if rest else layers


def _by_age(stock: deque[AgeLayer]) -> None:
    ordered = sorted(stock, key=lambda layer: layer.on)
    stock.clear()
    stock.extend(ordered)


def _settle(layer: AgeLayer, against: deque[AgeLayer], rest: deque[AgeLayer]) -> None:
    """Let a layer and the oldest of the other sign use each other up; what is left of it joins `rest`."""
    while layer.quantity and against:
        oldest = against[0]
        size = min(abs(layer.quantity), abs(oldest.quantity))
        remaining = _less(oldest, size)
        if remaining.quantity:
            against[0] = remaining
        else:
            against.popleft()
        layer = _less(layer, size)
    if layer.quantity:
        rest.append(layer)


def _less(layer: AgeLayer, size: Quantity) -> AgeLayer:
    """The layer without `size` pieces, which take their share of its value with them."""
    whole = abs(layer.quantity)
    share = Money(half_up(layer.value.fen * size.micro, whole.micro))
    left = whole - size
    return AgeLayer(layer.on, left if layer.quantity > NOTHING else -left, layer.value - share)
