"""Value-added tax of one line (价税分离 and its inverse), exact to the fen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.decimal_text import parse_scaled
from jxc_desktop.kernel.money import Money, total
from jxc_desktop.kernel.quantity import Rate, UnitPrice
from jxc_desktop.kernel.rounding import MICRO, half_up
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

TAX_TOLERANCE = Money(5)
"""How far a typed tax may be from the computed one: a supplier's program may have rounded elsewhere."""


@value
class LineAmounts:
    """What one line comes to. Always net + tax = gross."""

    gross: Money
    net: Money
    tax: Money


def split_included(gross: Money, rate: Rate, *, typed_tax: Money | None = None) -> LineAmounts:
    """Take the tax out of a tax-included amount: net = gross ÷ (1 + rate) half-up, tax = what is left.

    A typed tax within `TAX_TOLERANCE` stands instead of the computed one; gross is kept.
    """
    net = Money(half_up(gross.fen * MICRO, MICRO + rate.micro))
    tax = Money(gross.fen - net.fen)
    if typed_tax is None:
        return LineAmounts(gross, net, tax)
    tax = accepted_tax(tax, typed_tax)
    return LineAmounts(gross, gross - tax, tax)


def add_excluded(net: Money, rate: Rate, *, typed_tax: Money | None = None) -> LineAmounts:
    """Put the tax on a tax-excluded amount: tax = net × rate half-up, gross = their sum.

    A typed tax within `TAX_TOLERANCE` stands instead of the computed one; net is kept.
    """
    tax = accepted_tax(Money(half_up(net.fen * rate.micro, MICRO)), typed_tax)
    return LineAmounts(net + tax, net, tax)


def accepted_tax(computed: Money, typed: Money | None) -> Money:
    """The typed tax where there is one within the tolerance, else the computed one."""
    if typed is None or abs(typed - computed) > TAX_TOLERANCE:
        return computed
    return typed


def spread_printed_tax(taxes: Sequence[Money], printed: Money) -> tuple[Money, ...] | None:
    """Bring the taxes of the lines to the tax total the supplier printed, fen by fen from the largest tax down.

    `taxes` are the computed ones in line order; a line without tax stays without. Returns the typed tax of each
    line, or None where some line would have to differ by more than `TAX_TOLERANCE`.
    """
    difference = (printed - total(taxes)).fen
    largest_first = sorted((index for index, tax in enumerate(taxes) if tax), key=lambda index: -abs(taxes[index].fen))
    if abs(difference) > len(largest_first) * TAX_TOLERANCE.fen:
        return None
    spread = list(taxes)
    step = Money(1) if difference > 0 else Money(-1)
    for turn in range(abs(difference)):
        index = largest_first[turn % len(largest_first)]
        spread[index] += step
    return tuple(spread)


def price_without_tax(price: UnitPrice, rate: Rate) -> UnitPrice:
    """The tax-excluded unit price of a tax-included one, half-up to 10⁻⁶: what an invoice prints beside the net."""
    return UnitPrice(half_up(price.micro * MICRO, MICRO + rate.micro))


def rate_of_percent(percent: str) -> Rate:
    """Read `13` or `1.5` (in %, at most four decimals) as a rate. Raises ValueError for anything else."""
    return Rate(parse_scaled(percent, 4))
