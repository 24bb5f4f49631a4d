"""A pool in layers: what is left of each movement that came in, oldest first, and what one movement does to them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from jxc_desktop.kernel.rounding import half_up, largest_remainder

from .pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .movement import Move, Piece, Position, Taken
    from .pool import Key, Shortage

LayerKey = tuple["Position", int]
"""The movement that brought a layer in, and which of its layers it is: a transfer brings as many as it took."""


class Layer:
    """What is left of one movement that came in: quantity in 10⁻⁶, value in fen."""

    __slots__ = ("part", "position", "quantity", "value")

    def __init__(self, position: Position, part: int, quantity: int, value: int) -> None:
        self.position = position
        self.part = part
        self.quantity = quantity
        self.value = value

    @property
    def key(self) -> LayerKey:
        """What it is called inside its item."""
        return self.position, self.part


class LayeredPool(Pool):
    """A pool that keeps what came in apart; its layers are read from the store when something leaves.

    `made` and `taken` are what the movement since `begin` brought in and took out; `changed` are the layers that differ
    from what is stored.
    """

    __slots__ = ("_layers", "_load_layers", "_parts", "_position", "_taken", "changed", "made")

    def __init__(
        self,
        quantity: int = 0,
        value: int = 0,
        last: tuple[int, int] = (0, 0),
        load: Callable[[], Iterable[Shortage]] | None = None,
        load_layers: Callable[[], Iterable[Layer]] | None = None,
    ) -> None:
        super().__init__(quantity, value, last, load)
        self._layers: deque[Layer] = deque()
        self._load_layers = load_layers
        self._position: Position = (0, 0, 0, 0, 0, 0, 0)
        self._parts: Sequence[Piece] = ()
        self._taken: dict[LayerKey, Piece] = {}
        self.made: list[Piece] = []
        self.changed: dict[LayerKey, Layer] = {}

    def begin(self, move: Move) -> None:
        """A movement begins; its `parts` are the layers that another hands over to it."""
        self._position, self._parts = move.position, move.parts
        self._taken = {}
        self.made = []

    @property
    def layers(self) -> deque[Layer]:
        """What is there, oldest first."""
        if self._load_layers is not None:
            load, self._load_layers = self._load_layers, None
            self._layers.extendleft(reversed(list(load())))
        return self._layers

    @property
    def taken(self) -> list[Taken]:
        """What the movement took of each layer."""
        return [(*key, quantity, value) for key, (quantity, value) in self._taken.items() if quantity or value]

    def mark_stored(self) -> None:
        """What was changed is in the store now; layers that were never read will be read from there."""
        super().mark_stored()
        self.changed.clear()
        if self._load_layers is not None:
            self._layers.clear()

    def pieces(self, quantity: int, value: int) -> Iterator[Piece]:
        """What comes in, layer by layer: one, or those handed over with the rest of the value spread over them."""
        parts = self._parts or ((quantity, value),)
        extra = value - sum(worth for _quantity, worth in parts)
        shares = largest_remainder(extra, [pieces for pieces, _worth in parts])
        for (pieces, worth), share in zip(parts, shares, strict=True):
            yield pieces, worth + share

    def layers_of(self, key: Key | None) -> list[Layer]:
        """What is left of what a movement brought in."""
        return [layer for layer in self.layers if layer.position[4:7] == key]

    def add_layer(self, quantity: int, value: int) -> None:
        """Something comes in as the newest layer."""
        layer = Layer(self._position, len(self.made), quantity, value)
        self._layers.append(layer)
        self.made.append((quantity, value))
        self.changed[layer.key] = layer
        self.quantity += quantity
        self.value += value

    def open_layer(self) -> None:
        """What is there without a layer, because another method valued it so far, is one from here on."""
        if self.quantity > 0:
            quantity, value = self.quantity, self.value
            self.quantity = self.value = 0
            self.add_layer(quantity, value)

    def close_layers(self) -> None:
        """All that is left of the layers goes over to another method."""
        for layer in self.layers:
            self._change(layer, layer.quantity, layer.value)

    def take(self, layer: Layer, quantity: int, worth: int | None = None) -> int:
        """Take of a layer what it is worth, or `worth`; whoever takes the last of it gets all its value."""
        if quantity == layer.quantity:
            if quantity == self.quantity:
                self.set_last(layer.value, quantity)
            self._remove(layer)
            worth = layer.value
        elif worth is None:
            worth = half_up(layer.value * quantity, layer.quantity)
        self._change(layer, quantity, worth)
        self.quantity -= quantity
        return worth

    def revalue(self, change: int, some: Sequence[Layer] | None = None) -> None:
        """Spread a change of value: an addition by quantity, a reduction by value, so that no layer falls below 0."""
        if change:
            layers = self.layers if some is None else some
            weights = [layer.quantity if change > 0 else layer.value for layer in layers]
            for layer, share in zip(layers, largest_remainder(change, weights), strict=True):
                self._change(layer, 0, -share)

    def _change(self, layer: Layer, quantity: int, value: int) -> None:
        layer.quantity -= quantity
        layer.value -= value
        self.value -= value
        key = layer.key
        before = self._taken.get(key, (0, 0))
        self._taken[key] = before[0] + quantity, before[1] + value
        self.changed[key] = layer

    def _remove(self, layer: Layer) -> None:
        layers = self.layers
        if layers[0] is layer:
            layers.popleft()
        else:
            layers.remove(layer)
