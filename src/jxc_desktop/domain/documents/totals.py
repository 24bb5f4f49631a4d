"""Line arithmetic and totals of a document, recomputed in time proportional to an edit.

Included prices: gross = quantity × price × discount, net and tax are split off. Excluded: net = quantity × price ×
discount, tax is added. A header discount is spread over gross (included) or net (excluded) before the tax of each
line is computed. Always: Σ lines = header, net + tax = gross.

Without a header discount an edit computes one line and moves the running sums. With one, every edit changes the share
of every line, so all lines are computed again: that is what the edit changes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from jxc_desktop.domain.documents.line_map import LineMap, line_map
from jxc_desktop.domain.pricing.discount import discount_problem, spread_discount
from jxc_desktop.domain.pricing.line_price import PriceMode, derived_price
from jxc_desktop.domain.tax.vat import TAX_TOLERANCE, LineAmounts, add_excluded, split_included
from jxc_desktop.kernel.money import ZERO, Money, total
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import FREE, NO_RATE, NOTHING, WHOLE, Quantity, Rate, UnitPrice, line_amount
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REMEMBERED_AMOUNTS = 8_192
"""How many different quantities at a price are remembered with their amounts."""


@value
class LineInput:
    """What the user enters on a line that has an amount.

    `quantity` in the entered unit, negative on a return; `discount` is the share that is paid; `typed_amount` stands
    instead of quantity × price × discount; a gift has no amount whatever else is entered; `tax_override` is a tax
    copied from paper.
    """

    quantity: Quantity
    price: UnitPrice
    discount: Rate = WHOLE
    tax_rate: Rate = NO_RATE
    typed_amount: Money | None = None
    is_gift: bool = False
    tax_override: Money | None = None


@value
class LineFigures:
    """A line with its amount before the header discount and its final amounts."""

    line: LineInput
    entered: Money
    amounts: LineAmounts


@value
class Totals:
    """The header figures: sums over the lines, in fen; the quantity adds the entered units as they are."""

    gross: Money = ZERO
    net: Money = ZERO
    tax: Money = ZERO
    quantity: Quantity = NOTHING


class Priced(Protocol):
    """Whatever an amount can be worked out of: a `LineInput`, an item line."""

    @property
    def quantity(self) -> Quantity:
        """In the entered unit."""
        ...

    @property
    def price(self) -> UnitPrice:
        """Per entered unit."""
        ...

    @property
    def discount(self) -> Rate:
        """The share that is paid."""
        ...

    @property
    def typed_amount(self) -> Money | None:
        """What stands instead of quantity × price × discount."""
        ...

    @property
    def is_gift(self) -> bool:
        """Whether it costs nothing."""
        ...


def entered_amount(line: Priced) -> Money:
    """The amount of a line before the header discount, in the price mode of its document."""
    if line.is_gift:
        return ZERO
    if line.typed_amount is not None:
        return line.typed_amount
    return line_amount(line.quantity, line.price, line.discount)


def shown_price(line: LineInput) -> UnitPrice | None:
    """The price to show: 0 for a gift, derived from a typed amount (None where there is none), else the entered one."""
    if line.is_gift:
        return FREE
    if line.typed_amount is not None:
        return derived_price(line.typed_amount, line.quantity, line.discount)
    return line.price


def document_lines(
    lines: Sequence[LineInput], mode: PriceMode = PriceMode.INCLUDED, *, header_discount: Money = ZERO
) -> list[LineFigures]:
    """Compute all lines of a document at once, in line order."""
    entered = [entered_amount(line) for line in lines]
    amounts = entered
    if header_discount:
        shares = spread_discount(header_discount, entered)
        amounts = [amount - share for amount, share in zip(entered, shares, strict=True)]
    return [
        LineFigures(line, before, _taxed(line, amount, mode))
        for line, before, amount in zip(lines, entered, amounts, strict=True)
    ]


def amounts_alone(line: Priced, rate: Rate, mode: PriceMode) -> LineAmounts:
    """The amounts of a line without header discount and typed tax: what `document_lines` gives for it.

    A shop sells the same quantity at the same price again and again, so they are remembered.
    """
    if line.is_gift or line.typed_amount is not None:
        return _taxed_at(entered_amount(line), rate, mode)
    return _remembered(line.quantity.micro, line.price.micro, line.discount.micro, rate.micro, mode)


@lru_cache(maxsize=REMEMBERED_AMOUNTS)
def _remembered(quantity: int, price: int, discount: int, rate: int, mode: PriceMode) -> LineAmounts:
    return _taxed_at(line_amount(Quantity(quantity), UnitPrice(price), Rate(discount)), Rate(rate), mode)


def _taxed_at(amount: Money, rate: Rate, mode: PriceMode) -> LineAmounts:
    return split_included(amount, rate) if mode is PriceMode.INCLUDED else add_excluded(amount, rate)


def sum_of(amounts: Iterable[LineAmounts]) -> Totals:
    """The header figures of these amounts; the quantity is not among them."""
    gross = net = 0
    for each in amounts:
        gross += each.gross.fen
        net += each.net.fen
    return Totals(Money(gross), Money(net), Money(gross - net))


def add_up(lines: Iterable[LineFigures]) -> Totals:
    """The header figures of these lines."""
    gross = net = quantity = 0
    for figures in lines:
        gross += figures.amounts.gross.fen
        net += figures.amounts.net.fen
        quantity += figures.line.quantity.micro
    return Totals(Money(gross), Money(net), Money(gross - net), Quantity(quantity))


def line_problems(figures: LineFigures) -> list[Problem]:
    """What is wrong with the figures of one line, with places inside the line."""
    typed, tax = figures.line.tax_override, figures.amounts.tax
    if typed is None or typed == tax:
        return []
    params = {"typed": typed, "computed": tax, "most": TAX_TOLERANCE}
    return [Problem(("tax_override",), Text("line.tax_too_far", params))]


@value
class DocumentTotals:
    """The figures of a draft: per line key, and their sums. Immutable; every edit gives a new one.

    "Earlier" in the spreading of a header discount is the smaller line key, that is, the line entered first: moving
    rows about changes no amount. Make one with `totals_of`.
    """

    mode: PriceMode
    header_discount: Money
    lines: LineMap[LineFigures]
    entered: Money
    totals: Totals

    def with_line(self, key: int, line: LineInput) -> DocumentTotals:
        """Put a line in or in place of the one with the same key."""
        figures = LineFigures(line, entered_amount(line), _taxed(line, entered_amount(line), self.mode))
        return self._edited(self.lines.with_line(key, figures), self.lines.get(key), figures)

    def without_line(self, key: int) -> DocumentTotals:
        """Take a line out. Raises KeyError where there is none of that key."""
        return self._edited(self.lines.without_line(key), self.lines[key], None)

    def with_header_discount(self, discount: Money) -> DocumentTotals:
        """Take `discount` off the sum of the entered amounts, by shares of every line; 0 takes none."""
        return _computed(self._inputs(), self.mode, discount)

    def with_mode(self, mode: PriceMode) -> DocumentTotals:
        """Read all prices and typed amounts in the other mode."""
        return _computed(self._inputs(), mode, self.header_discount)

    def problems(self) -> list[Problem]:
        """What is wrong with the header figures; those of a line come from `line_problems`."""
        problem = discount_problem(self.header_discount, self.entered)
        return [] if problem is None else [problem]

    def _inputs(self) -> list[tuple[int, LineInput]]:
        return [(key, figures.line) for key, figures in self.lines.items()]

    def _edited(
        self, lines: LineMap[LineFigures], before: LineFigures | None, after: LineFigures | None
    ) -> DocumentTotals:
        if self.header_discount:
            inputs = [(key, figures.line) for key, figures in lines.items()]
            return _computed(inputs, self.mode, self.header_discount)
        gone = () if before is None else (before,)
        come = () if after is None else (after,)
        entered = self.entered - total(old.entered for old in gone) + total(new.entered for new in come)
        return DocumentTotals(self.mode, ZERO, lines, entered, _moved(self.totals, add_up(gone), add_up(come)))


def totals_of(
    lines: Iterable[tuple[int, LineInput]] = (),
    mode: PriceMode = PriceMode.INCLUDED,
    *,
    header_discount: Money = ZERO,
) -> DocumentTotals:
    """Compute a document from its lines by key, in any order."""
    return _computed(sorted(lines, key=lambda entry: entry[0]), mode, header_discount)


def _computed(inputs: Sequence[tuple[int, LineInput]], mode: PriceMode, header_discount: Money) -> DocumentTotals:
    figures = document_lines([line for _, line in inputs], mode, header_discount=header_discount)
    lines = line_map((key, one) for (key, _), one in zip(inputs, figures, strict=True))
    return DocumentTotals(mode, header_discount, lines, total(one.entered for one in figures), add_up(figures))


def _taxed(line: LineInput, amount: Money, mode: PriceMode) -> LineAmounts:
    typed_tax = None if line.is_gift else line.tax_override
    if mode is PriceMode.INCLUDED:
        return split_included(amount, line.tax_rate, typed_tax=typed_tax)
    return add_excluded(amount, line.tax_rate, typed_tax=typed_tax)


def _moved(sums: Totals, gone: Totals, come: Totals) -> Totals:
    return Totals(
        sums.gross - gone.gross + come.gross,
        sums.net - gone.net + come.net,
        sums.tax - gone.tax + come.tax,
        sums.quantity - gone.quantity + come.quantity,
    )
