"""The discount of a whole document: its share on every line, and when there is no such share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import Money, total
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.rounding import largest_remainder
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACE = ("header_discount",)


def spread_discount(discount: Money, amounts: Sequence[Money]) -> list[Money]:
    """Spread a discount over line amounts by largest remainder, ties to the earlier line.

    A negative line (a return on the same ticket) takes a negative share, so that every line is reduced in the same
    proportion. Where the amounts add up to 0 nothing can be spread and every share is 0; see `discount_problem`.
    """
    whole = total(amounts).fen
    if whole == 0:
        return [Money(0)] * len(amounts)
    sign = 1 if whole > 0 else -1
    shares = largest_remainder(sign * discount.fen, [sign * amount.fen for amount in amounts])
    return [Money(sign * share) for share in shares]


def discount_problem(discount: Money, amount: Money) -> Problem | None:
    """What is wrong with taking `discount` off a document of `amount`, if anything.

    It must have the sign of the amount and must not be larger: nobody pays less than nothing.
    """
    if not discount:
        return None
    params = {"discount": discount, "amount": amount}
    if not amount:
        return Problem(_PLACE, Text("discount.nothing_to_reduce", params))
    if (discount < Money(0)) != (amount < Money(0)):
        return Problem(_PLACE, Text("discount.raises_the_amount", params))
    if abs(discount) > abs(amount):
        return Problem(_PLACE, Text("discount.above_the_amount", params))
    return None
