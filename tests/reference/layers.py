"""One cost pool under first in, first out: a pool that keeps apart what came in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from tests.reference.arithmetic import half_up, spread
from tests.reference.pool import Counted, Cover, Key, Piece, Pool, Shortage, Taken


@dataclass
class Layer:
    """What is left of one receipt."""

    key: Key
    quantity: int
    value: int


@dataclass
class LayeredPool(Pool):
    """Layers oldest first; quantity and value are always theirs, less what is short."""

    layers: list[Layer] = field(default_factory=list)
    left: tuple[Piece, ...] = ()
    """What the latest issue took of each layer."""

    def take(
        self, key: Key, quantity: int, reference: Fraction, *, asked: int | None = None, of: Key | None = None
    ) -> Taken:
        """Issue a quantity of the oldest layers; of what line `of` brought in before all, at `asked` as far as it goes.

        What is not there is provisional at the cost of the layer that was taken last.
        """
        there = min(quantity, max(self.quantity, 0))
        part = self._take_layers(there, asked, of)
        pieces = self.left
        short = quantity - there
        provisional = half_up(short * self.unit_cost(reference))
        if short:
            self.shortages.append(Shortage(key, short, provisional))
            pieces = (*pieces, (short, provisional))
        self._sum()
        return Taken(part + provisional, short, provisional, pieces)

    def _take_layers(self, quantity: int, asked: int | None, of: Key | None) -> int:
        worth = 0
        self.left = ()
        for layer in sorted(self.layers, key=lambda one: one.key != of):
            taken = min(quantity, layer.quantity)
            if taken == 0:
                break
            part = half_up(Fraction(layer.value * taken, layer.quantity))
            if asked is not None and layer.key == of:
                part = min(asked - worth, layer.value)
            if taken == layer.quantity:
                part = layer.value
                self.last_cost = Fraction(layer.value, layer.quantity)
            layer.quantity -= taken
            layer.value -= part
            quantity -= taken
            worth += part
            self.left = (*self.left, (taken, part))
        self.layers = [layer for layer in self.layers if layer.quantity]
        self._sum()
        return worth

    def _sum(self) -> None:
        short = [(-one.quantity, -one.value) for one in self.shortages]
        held = [(one.quantity, one.value) for one in self.layers]
        self.quantity = sum(quantity for quantity, _ in held + short)
        self.value = sum(value for _, value in held + short)

    def take_again(self, key: Key, quantity: int, reference: Fraction, asked: int, of: Key) -> Taken:
        """Take back what a count found, at its value: what its layer does not give the others do."""
        if quantity >= self.quantity:
            return self.take(key, quantity, reference)
        wanted = min(asked, self.value)
        self._spread(self._take_layers(quantity, None, of) - wanted)
        return Taken(wanted)

    def put(
        self, key: Key, quantity: int, value: int, *, first: Key | None = None, pieces: tuple[Piece, ...] = ()
    ) -> list[Cover]:
        """Receive a quantity as the newest layer, after what is short; a value below 0 comes off the other layers.

        What was handed over in pieces makes a layer of each.
        """
        covers: dict[Key, Cover] = {}
        for part, worth in pieces or ((quantity, max(value, 0)),):
            for cover in self._put_one(key, part, worth, first):
                known = covers.get(cover.issue, Cover(cover.issue, key, 0, 0, 0))
                covers[cover.issue] = Cover(
                    cover.issue,
                    key,
                    known.quantity + cover.quantity,
                    known.value + cover.value,
                    known.variance + cover.variance,
                )
        self._spread(min(value, 0))
        return list(covers.values())

    def _put_one(self, key: Key, quantity: int, value: int, first: Key | None) -> list[Cover]:
        covers = super().put(key, quantity, value, first=first)
        left = quantity - sum(cover.quantity for cover in covers)
        worth = value - sum(cover.value + cover.variance for cover in covers)
        if left:
            self.layers.append(Layer(key, left, worth))
        self._sum()
        return covers

    def _spread(self, change: int) -> None:
        weights = [one.quantity if change > 0 else one.value for one in self.layers]
        for layer, share in zip(self.layers, spread(change, weights), strict=True):
            layer.value += share
        self._sum()

    def revalue(self, wanted: int) -> int:
        """Bring the value to `wanted` as far as layers may hold it; return the change."""
        if self.quantity <= 0:
            return 0
        change = max(wanted, 0) - self.value
        self._spread(change)
        return change

    def count(self, key: Key, found: int, on_hand: int, *, unit_cost: Fraction | None, reference: Fraction) -> Counted:
        """Set the quantity of one warehouse; a cost makes one new layer of a pool that lies there as a whole."""
        before, difference = self.quantity, found - on_hand
        if unit_cost is not None and min(before, on_hand, before + difference) > 0:
            held = min(on_hand, before)
            change = half_up((held + difference) * unit_cost) - half_up(Fraction(self.value * held, before))
            self._set_cost(key, difference, change, is_whole=held == before)
            return Counted(change)
        result = self._moved(key, difference, reference, unit_cost)
        if unit_cost is not None and before < 0 and before == on_hand:
            change = self.revalue(half_up(found * unit_cost))
            return replace(result, value=result.value + change)
        return result

    def _set_cost(self, key: Key, difference: int, change: int, *, is_whole: bool) -> None:
        held, worth = self.quantity + difference, self.value + change
        if is_whole:
            self.layers = [Layer(key, held, worth)]
            self._sum()
        elif difference > 0:
            found = half_up(Fraction(worth * difference, held))
            self._spread(change - found)
            self.put(key, difference, found)
        else:
            self._spread(change + self._take_layers(-difference, None, None))
