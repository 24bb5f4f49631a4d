"""What lies in a moving average pool, by where it came from.

Everything in such a pool is one mixture: what leaves takes its share of all that came in since the pool was last empty.
So the walk goes back from a moment and keeps one figure, what is left of anything that lay there then: each issue on
the way lessens it. The first movement into an empty or short pool ends the walk; a long one is cut, and what lay in the
pool at the cut is one part, the earlier stock, with quantity and value as the ledger holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.movement import Basis

from .cost_part import Part, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cost_moves import CostMove

MOST_SOURCES = 100
"""A walk is cut after so many movements that brought something in."""

_ONE = 1 << 96
_NOTHING_LEFT = 1 << 32
"""So small a share of what lay there is left that no pool holds a fen of it."""


class Composition:
    """The sources of a pool at one moment; weights are what is left of them, 2⁹⁶ times too large."""

    def __init__(self) -> None:
        self._quantity_left = self._value_left = _ONE
        self._parts: list[Part] = []
        self._given_back: dict[tuple[int, int], Part] = {}

    def read(self, moves: Iterator[CostMove]) -> list[Part]:
        """Walk back over the movements before the moment, nearest first; the weighted parts, oldest first."""
        last: CostMove | None = None
        for move in moves:
            if move.basis == Basis.WITHIN:
                continue
            if move.basis == Basis.PASSED_OVER and move.pool_quantity > 0:
                self._cut(move, "passed_over")
                return self._all()
            last = move
            if move.quantity_before <= 0:
                self._bring(move, move.pool_quantity, move.pool_value)
                return self._all()
            self._pass(move)
            if len(self._parts) >= MOST_SOURCES or self._quantity_left < _NOTHING_LEFT:
                break
        if last is not None and last.quantity_before:
            self._cut(last)
        return self._all()

    def _pass(self, move: CostMove) -> None:
        if move.is_issue:
            self._quantity_left = self._quantity_left * move.pool_quantity // move.quantity_before
            before = move.value_before
            self._value_left = self._value_left * move.pool_value // before if before else 0
        elif move.quantity < 0 and move.basis in {Basis.OF_RECEIPT, Basis.OF_COUNT}:
            self._give_back(move)
        elif move.quantity or move.value:
            self._bring(move, move.quantity, move.value)

    def _give_back(self, move: CostMove) -> None:
        """What is taken back of a source lessens that source, which stands before it."""
        key = (move.source_document, move.source_line)
        taken = self._given_back.setdefault(key, Part("supplier_return", 0, 0, move, whole=(0, 0)))
        taken.quantity += move.quantity * self._quantity_left
        taken.value += move.value * self._value_left
        taken.whole_quantity += move.quantity
        taken.whole_value += move.value

    def _bring(self, move: CostMove, quantity: int, worth: int) -> None:
        weights = quantity * self._quantity_left, worth * self._value_left
        part = Part(source_kind(move), *weights, move, whole=(move.quantity, move.own_value))
        taken = self._given_back.pop((move.document, move.line), None)
        if taken is not None:
            part.quantity += taken.quantity
            part.value += taken.value
        if part.quantity or part.value:
            self._parts.append(part)

    def _cut(self, first: CostMove, kind: str = "earlier") -> None:
        quantity, worth = first.quantity_before, first.value_before
        part = Part(kind, quantity * self._quantity_left, worth * self._value_left, whole=(quantity, worth))
        for taken in self._given_back.values():
            part.quantity += taken.quantity
            part.value += taken.value
        self._given_back.clear()
        self._parts.append(part)

    def _all(self) -> list[Part]:
        return [*reversed(self._parts), *self._given_back.values()]


_KINDS = {
    Basis.REVALUE: "revaluation",
    Basis.HANDED_OVER: "handed_over",
    Basis.LATE_ADDITION: "late_addition",
}


def source_kind(move: CostMove) -> str:
    """What a movement is to the pool it came into."""
    if move.basis == Basis.GIVEN:
        return "receipt"
    if move.basis == Basis.OF_ISSUE:
        return "return"
    if move.basis in {Basis.COUNT, Basis.OF_COUNT}:
        return "count"
    return _KINDS.get(Basis(move.basis), "current_cost")


def shares(moves: Iterator[CostMove], quantity: int, worth: int) -> list[Part]:
    """The sources of a pool, each with its share of a quantity and a value taken from it, oldest first."""
    parts = Composition().read(moves)
    if not parts:
        return []
    quantities = spread(quantity, [part.quantity for part in parts])
    values = spread(worth, [part.value for part in parts])
    for part, share, value in zip(parts, quantities, values, strict=True):
        part.quantity, part.value = share, value
    return [part for part in parts if part.quantity or part.value]
