"""Fees that come late: spread over the lines of receipts, by what a line is worth, counts or weighs."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.rounding import half_up, largest_remainder

if TYPE_CHECKING:
    from collections.abc import Sequence

COST = "cost"
"""The kind of an allocation that is a part of a fee."""

TO_STOCK, TO_EXPENSE = "to_stock", "to_expense"
"""Where a fee goes: into the cost of the goods, or into the expenses of its month."""


class SpreadBy(StrEnum):
    """What a fee is spread by."""

    VALUE = "value"
    QUANTITY = "quantity"
    WEIGHT = "weight"
    HAND = "hand"


def spread_fee(fee: Money, weights: Sequence[int]) -> list[Money]:
    """The share of each line by largest remainder, ties to the earlier line; together they are the fee, to the fen.

    Weights are 0 or more, in any unit. Raises ValueError where they come to nothing and the fee does not.
    """
    return [Money(share) for share in largest_remainder(fee.fen, weights)]


def stock_share(amount: int, left: int, received: int) -> int:
    """What of a late fee (fen) still finds its goods: the share of the quantity `received` > 0 that is `left`."""
    return half_up(amount * min(max(left, 0), received), received)
