"""A part of a cost while it is being explained, and the exact spreading of amounts over parts.

Values are fen, quantities 10⁻⁶ base units, documents local keys. The value of a part that has children is always the
sum of theirs, to the fen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cost_moves import CostMove

MOST_SHOWN = 20
"""So many parts stand side by side; the smallest of more are named together."""


class Part:
    """What a cost is made of: `whole_quantity` and `whole_value` is all of that of which this is a share.

    `count` is how many parts a summary stands for; `move` the movement behind it, where it has one.
    """

    __slots__ = ("children", "count", "kind", "move", "quantity", "value", "whole_quantity", "whole_value")

    def __init__(
        self,
        kind: str,
        quantity: int,
        value: int,
        move: CostMove | None = None,
        *,
        whole: tuple[int, int] | None = None,
        children: Sequence[Part] = (),
        count: int = 0,
    ) -> None:
        self.kind = kind
        self.quantity = quantity
        self.value = value
        self.move = move
        self.whole_quantity, self.whole_value = whole or (quantity, value)
        self.children = list(children)
        self.count = count

    def take_share(self, quantity: int, amount: int) -> Part:
        """Make it a share of what it was, with all its children."""
        _spread(self.children, quantity, amount)
        self.quantity, self.value = quantity, amount
        return self

    def turn(self) -> Part:
        """Make what came in go out, or the other way round."""
        self.quantity, self.value = -self.quantity, -self.value
        for child in self.children:
            child.turn()
        return self


def _spread(parts: list[Part], quantity: int, amount: int) -> None:
    if not parts:
        return
    quantities = spread(quantity, [part.quantity for part in parts])
    values = spread(amount, [part.value for part in parts])
    for part, share, worth in zip(parts, quantities, values, strict=True):
        part.take_share(share, worth)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Spread `total` over weights of either sign so that the parts add up to it exactly, by largest remainder.

    Ties go to the earlier part. Weights that add up to nothing leave everything to the first.
    """
    whole = sum(weights)
    if whole == 0:
        return [total, *([0] * (len(weights) - 1))]
    pairs = [divmod(total * weight, whole) for weight in weights]
    parts = [share for share, _rest in pairs]
    left = total - sum(parts)
    # The rests have the sign of the whole and add up to `left` of it: so many parts are one short.
    for index in sorted(range(len(parts)), key=lambda each: -abs(pairs[each][1]))[:left]:
        parts[index] += 1
    return parts


def fewer(parts: list[Part], most: int = MOST_SHOWN) -> list[Part]:
    """The largest parts in their order; what is left of more is one part at the end, `more`."""
    if len(parts) <= most:
        return parts
    largest = sorted(range(len(parts)), key=lambda each: (-abs(parts[each].value), -abs(parts[each].quantity)))
    kept = set(largest[: most - 1])
    rest = [part for index, part in enumerate(parts) if index not in kept]
    summary = Part("more", sum(part.quantity for part in rest), sum(part.value for part in rest), count=len(rest))
    return [*(part for index, part in enumerate(parts) if index in kept), summary]
