"""Where the price of a new line comes from: the first of an order of sources that knows one, in the line's own terms.

A known price stands per some unit, with or without tax; the line it is for may count in another unit and mode.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from jxc_desktop.domain.pricing.line_price import PriceMode
from jxc_desktop.kernel.quantity import SAME_UNIT, WHOLE, Rate, Ratio, UnitPrice
from jxc_desktop.kernel.rounding import MICRO, half_up
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class PriceSource(StrEnum):
    """What a price was taken from; a posted line keeps it in `price_source`, empty where the price was typed."""

    OWN = "own_price"
    """客户专价: agreed with this customer."""
    LAST = "last_price"
    """上次价: what this party paid (or was paid) last."""
    LEVEL = "price_level"
    """价格等级: the item's price on the customer's level."""
    RETAIL = "retail_price"
    """零售价."""
    SOURCE_LINE = "source_line"
    """The line that is taken back."""


DEFAULT_ORDER = (PriceSource.OWN, PriceSource.LAST, PriceSource.LEVEL, PriceSource.RETAIL)
"""Source: domain.md §2; the user can change the order."""


@value
class KnownPrice:
    """A price per unit of `ratio` base units, with tax or without, and the share of it that is paid."""

    price: UnitPrice
    ratio: Ratio = SAME_UNIT
    mode: PriceMode = PriceMode.INCLUDED
    discount: Rate = WHOLE


def choose_price(
    known: Mapping[PriceSource, KnownPrice | None], order: Sequence[PriceSource] = DEFAULT_ORDER
) -> tuple[PriceSource, KnownPrice] | None:
    """The first source of the order that knows a price, with it; None where none does."""
    for source in order:
        found = known.get(source)
        if found is not None:
            return source, found
    return None


def price_for(known: KnownPrice, ratio: Ratio, mode: PriceMode, tax_rate: Rate) -> UnitPrice:
    """A known price per unit of `ratio` base units and in that mode, half-up to 10⁻⁶, rounded once."""
    numerator = known.price.micro * ratio.num * known.ratio.den
    denominator = ratio.den * known.ratio.num
    if known.mode is not mode:
        taxed = MICRO + tax_rate.micro
        if mode is PriceMode.EXCLUDED:
            numerator, denominator = numerator * MICRO, denominator * taxed
        else:
            numerator, denominator = numerator * taxed, denominator * MICRO
    return UnitPrice(half_up(numerator, denominator))
