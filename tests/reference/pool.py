"""One cost pool under moving average: what is there, what is short, and what a piece costs now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from tests.reference.arithmetic import half_up

Key = tuple[str, int]
Piece = tuple[int, int]
"""Quantity and value of a part of what left or came in."""


@dataclass
class Shortage:
    """The part of an issue that was not there, at its provisional value."""

    key: Key
    quantity: int
    value: int


@dataclass(frozen=True)
class Cover:
    """A part of a shortage that a receipt made good: the provisional value it settled and the difference."""

    issue: Key
    receipt: Key
    quantity: int
    value: int
    variance: int


@dataclass(frozen=True)
class Taken:
    """What an issue took, layer by layer where there are layers, and how much of it was not there."""

    value: int
    short_quantity: int = 0
    short_value: int = 0
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Counted:
    """What a count did: signed value, what of a loss was not there, what a gain covered."""

    value: int
    short_quantity: int = 0
    short_value: int = 0
    covers: tuple[Cover, ...] = ()


@dataclass
class Pool:
    """Quantity in 10⁻⁶, value in fen; `last_cost` in fen per 10⁻⁶ is None until the stock first ran out."""

    quantity: int = 0
    value: int = 0
    last_cost: Fraction | None = None
    shortages: list[Shortage] = field(default_factory=list)

    def unit_cost(self, reference: Fraction) -> Fraction:
        """The current cost: value ÷ quantity where there is stock, else the last known cost, else the reference."""
        if self.quantity > 0:
            return Fraction(self.value, self.quantity)
        return reference if self.last_cost is None else self.last_cost

    def take(
        self, key: Key, quantity: int, reference: Fraction, *, asked: int | None = None, of: Key | None = None
    ) -> Taken:
        """Issue a quantity: `asked` (the cost it came in with) or its share, all of the rest when that is the end.

        What is not there is provisional at the last known cost.
        """
        del of
        there = min(quantity, max(self.quantity, 0))
        short = quantity - there
        part = self._part(there, asked)
        if there and there == self.quantity:
            self.last_cost = Fraction(self.value, self.quantity)
        self.quantity -= there
        self.value -= part
        provisional = half_up(short * self.unit_cost(reference))
        if short:
            self.shortages.append(Shortage(key, short, provisional))
        self.quantity -= short
        self.value -= provisional
        return Taken(part + provisional, short, provisional)

    def take_again(self, key: Key, quantity: int, reference: Fraction, asked: int, of: Key) -> Taken:
        """Take back what a count found, at its value as far as the pool may hold that."""
        return self.take(key, quantity, reference, asked=asked, of=of)

    def _part(self, there: int, asked: int | None) -> int:
        if there == 0:
            return 0
        if there == self.quantity:
            return self.value
        if asked is None:
            return half_up(Fraction(self.value * there, self.quantity))
        return min(asked, self.value)

    def put(
        self, key: Key, quantity: int, value: int, *, first: Key | None = None, pieces: tuple[Piece, ...] = ()
    ) -> list[Cover]:
        """Receive a quantity worth a value; it first covers what is short, oldest issue first, `first` before all.

        Each covered piece takes its share of the receipt as if the receipt were a layer.
        """
        del pieces
        covers = []
        left, worth = quantity, value
        for shortage in sorted(self.shortages, key=lambda one: one.key != first):
            if left == 0:
                break
            covered = min(left, shortage.quantity)
            share = half_up(Fraction(worth * covered, left))
            settled = half_up(Fraction(shortage.value * covered, shortage.quantity))
            covers.append(Cover(shortage.key, key, covered, settled, share - settled))
            left, worth = left - covered, worth - share
            shortage.quantity -= covered
            shortage.value -= settled
        if covers:
            self.last_cost = Fraction(value, quantity)
        self.shortages = [shortage for shortage in self.shortages if shortage.quantity]
        self.quantity += quantity
        self.value += value - sum(cover.variance for cover in covers)
        return covers

    def shift(self, quantity: int, value: int) -> None:
        """What leaves one place of the pool and comes to another: between the two it is nowhere."""
        self.quantity += quantity
        self.value += value

    def revalue(self, wanted: int) -> int:
        """Bring the value to `wanted` as far as a pool may hold it; return the change."""
        if self.quantity <= 0:
            return 0
        change = max(wanted, 0) - self.value
        self.value += change
        return change

    def capped(self, value: int) -> int:
        """What may come in of a value below 0: no more than keeps the pool at 0 or above."""
        return max(value, -max(self.value, 0))

    def count(self, key: Key, found: int, on_hand: int, *, unit_cost: Fraction | None, reference: Fraction) -> Counted:
        """Set the quantity of one warehouse from `on_hand` to `found`, and its value where a unit cost is given.

        A warehouse inside a larger pool has its share by quantity replaced: it holds at least nothing and at most the
        whole pool (it or others may be short). In a pool that is short the pieces found come in at the given cost and
        cover first.
        """
        before, value = self.quantity, self.value
        given = unit_cost if before < 0 else None
        result = self._moved(key, found - on_hand, reference, given)
        if unit_cost is None or self.quantity <= 0:
            return result
        if before < 0:
            change = self.revalue(half_up(found * unit_cost)) if before == on_hand else 0
            return replace(result, value=result.value + change)
        held = max(min(on_hand, before), 0)
        share = half_up(Fraction(value * held, before)) if held else 0
        worth = half_up((held + found - on_hand) * unit_cost)
        return replace(result, value=result.value + self.revalue(value - share + worth))

    def _moved(self, key: Key, difference: int, reference: Fraction, given: Fraction | None) -> Counted:
        if difference < 0:
            taken = self.take(key, -difference, reference)
            return Counted(-taken.value, taken.short_quantity, taken.short_value)
        if difference == 0:
            return Counted(0)
        cost = self.unit_cost(reference) if given is None else given
        value = half_up(difference * cost)
        return Counted(value, covers=tuple(self.put(key, difference, value)))
