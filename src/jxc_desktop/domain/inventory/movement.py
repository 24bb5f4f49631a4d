"""A movement as the replay sees it: where it stands, what it is told, and what came out."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from jxc_desktop.kernel.value import workpiece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .pool import Key, PoolKey

Position = tuple[int, int, int, int, int, int, int]
"""Canonical order inside an item: (effective period, effective date, first HLC, stream, document, leg, line)."""

Piece = tuple[int, int]
"""(quantity, value) of a layer that a movement brings in."""

Taken = tuple[Position, int, int, int]
"""(movement that brought a layer in, which of its layers, quantity, value) of what left it; a layer that was only
valued anew has quantity 0 and minus the change."""


class Basis(IntEnum):
    """Where the value of a movement comes from."""

    GIVEN = 1
    """The document's own amount."""
    CURRENT = 2
    """The pool's cost at that moment."""
    OF_ISSUE = 3
    """What the line it takes back left with: a sales return, a reversed delivery."""
    OF_RECEIPT = 4
    """What the line it takes back came in with: a purchase return, a reversed receipt."""
    COUNT = 5
    """Whatever makes the warehouse hold the counted quantity."""
    OF_COUNT = 6
    """Minus the difference of the count it takes back."""
    HANDED_OVER = 7
    """What the movements of its own document that feed it left with, and the document's own amount (a fee)."""
    WITHIN = 8
    """From one warehouse into another of the same pool: warehouses change, the pool stays what it is."""
    REVALUE = 9
    """The document's own amount, or what brings the pool to a unit cost: no goods move, only their value."""
    LATE_ADDITION = 10
    """The share of a fee whose goods are still there, where the month of their receipt is closed: only value moves."""
    PASSED_OVER = 11
    """Nothing moves: what the pool holds passes over to the method that values it from here on."""


@workpiece
class Move:
    """One movement of one item. Inputs are set once; `own_value` and below are what the replay works out.

    `quantity` is signed, base units in 10⁻⁶ (a count's is worked out from `counted`); `own_value` is what it brings in
    (> 0) or takes out at its own cost, `value` what the pool changed by: own value less the variances of the
    shortages it covered (`covers`, with the accounts the differences go to). `variance` is what a supplier return took
    above (> 0) the receipt's cost. `handed` is what other movements of its document hand over to it, set before it is
    worked out; where a pool is kept in layers, `parts` are those it takes over, `made` and `taken` what it did to them.
    """

    item: int
    position: Position
    pool: PoolKey
    warehouse: int
    basis: int
    posting: int
    quantity: int
    counted: int | None
    given_value: int
    unit_cost: int | None
    reference_cost: int
    source: Key | None
    stock_account: int
    counter_account: int
    handed: int = 0
    parts: Sequence[Piece] = ()
    own_value: int = 0
    value: int = 0
    variance: int = 0
    short_quantity: int = 0
    short_value: int = 0
    pool_quantity: int = 0
    pool_value: int = 0
    last_value: int = 0
    last_quantity: int = 0
    warehouse_quantity: int = 0
    covers: Sequence[tuple[Key, int, int, int]] = ()
    cover_accounts: Sequence[int] = ()
    made: Sequence[Piece] = ()
    taken: Sequence[Taken] = ()

    @property
    def key(self) -> Key:
        """(document, leg, line)."""
        return self.position[4], self.position[5], self.position[6]

    @property
    def pieces_out(self) -> Sequence[Piece]:
        """What left, layer by layer, at last what was not there; nothing where the pool is not kept in layers."""
        pieces = [(quantity, value) for _position, _part, quantity, value in self.taken if quantity]
        if self.short_quantity:
            pieces.append((self.short_quantity, self.short_value))
        return pieces

    @property
    def results(self) -> tuple[int, ...]:
        """What the replay worked out, in the order of the columns."""
        return (
            self.quantity,
            self.own_value,
            self.value,
            self.variance,
            self.short_quantity,
            self.short_value,
            self.pool_quantity,
            self.pool_value,
            self.last_value,
            self.last_quantity,
            self.warehouse_quantity,
        )
