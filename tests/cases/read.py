"""The strings of a case as values of the kernel."""

from __future__ import annotations

from fractions import Fraction

from jxc_desktop.domain.tax.vat import rate_of_percent
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Ratio, UnitPrice

money = Money.parse
quantity = Quantity.parse
price = UnitPrice.parse
percent = rate_of_percent


def ratio(text: str) -> Ratio:
    """A factor to the base unit, with any number of decimals."""
    return Ratio(*Fraction(text).as_integer_ratio())
