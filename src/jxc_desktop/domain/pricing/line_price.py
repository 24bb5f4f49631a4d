"""The price of a line: with or without tax, entered or derived from a typed amount."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from jxc_desktop.kernel.quantity import WHOLE, Quantity, Rate, UnitPrice
from jxc_desktop.kernel.rounding import half_up

if TYPE_CHECKING:
    from jxc_desktop.kernel.money import Money

_MICRO_PER_FEN = 10**16
"""10⁻⁶ yuan ÷ (10⁻⁶ of a unit × 10⁻⁶ of a share), counted from fen."""


class PriceMode(StrEnum):
    """Whether the prices of a document hold the tax (含税, the default) or not (不含税)."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


def derived_price(amount: Money, quantity: Quantity, discount: Rate = WHOLE) -> UnitPrice | None:
    """The price before discount that a typed amount stands for, half-up to 10⁻⁶, for display only.

    None where there is no such price: nothing was bought, or nothing of the price is paid.
    """
    divisor = quantity.micro * discount.micro
    if divisor == 0:
        return None
    return UnitPrice(half_up(amount.fen * _MICRO_PER_FEN, divisor))
