"""What assembly and disassembly share: one product and its parts, the cost of what goes out joins what comes in.

Stock accounts are debited and credited by what the goods are worth; between them stands the account of differences,
on which nothing stays but what a reversal could not take back at its own cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.stock import handed_in, movement
from jxc_desktop.domain.documents.check import LineChecks, Once
from jxc_desktop.domain.documents.effects import Handover, ValuePosting
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import NO_RATE, WHOLE, Rate
from jxc_desktop.kernel.rounding import MICRO, half_up
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.effects import Movement
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.domain.documents.sums import Sums

DIFFERENCE = "negative_stock_variance"
LINE_ROLES = ("stock", DIFFERENCE)
LINE = (*fields.STOCK_LINE, fields.IS_PRODUCT)


def has_product_and_parts(_head: Document, sums: Sums) -> Iterable[Problem]:
    """A product and at least one part."""
    return () if sums.item_lines > 1 else (Problem(("lines",), Text("kit.no_parts")),)


def _product_or_part(_context: LineContext, line: ItemLine) -> Hashable:
    return -1 if line.is_product else line.key


def _second_product(line: ItemLine) -> Problem:
    return Problem(("lines", line.key, "is_product"), Text("kit.second_product", {"item": line.item_code}))


LINES = LineChecks(
    (checks.quantity_positive, checks.is_goods, checks.warehouse_named),
    once=(Once(_product_or_part, _second_product),),
)


def takers(document: Document, *, is_built: bool) -> list[ItemLine]:
    """The lines that come in: the product that is built, else the parts that are taken out."""
    return [line for line in document.lines if line.is_product == is_built]


def kit_movements(document: Document, incoming: Sequence[ItemLine], fee: Money) -> tuple[Movement, ...]:
    """Out at their own cost, in at what went out and the fee; a reversal takes each line back at the cost it had."""
    keys = {line.key for line in incoming}
    shares = {line.key: share for line, share in zip(incoming, marks(incoming), strict=True)}
    return tuple(
        _taken(document, line, shares[line.key], fee) if line.key in keys else _given(document, line)
        for line in document.lines
    )


def _given(document: Document, line: ItemLine) -> Movement:
    return movement(document, line, -1, ValuePosting.HAND_OUT, counter=line.accounts.get(DIFFERENCE))


def _taken(document: Document, line: ItemLine, share: tuple[Rate, Rate], fee: Money) -> Movement:
    counter = line.accounts.get(DIFFERENCE)
    if document.reverses:
        return movement(document, line, 1, ValuePosting.HAND_IN, counter=counter)
    begin, end = (half_up(fee.fen * mark.micro, MICRO) for mark in share)
    return handed_in(line, ValuePosting.HAND_IN, counter, Money(end - begin))


def kit_handovers(document: Document, incoming: Sequence[ItemLine]) -> tuple[Handover, ...]:
    """Everything that goes out joins everything that comes in, by the shares of the lines."""
    if document.reverses:
        return ()
    keys = {line.key for line in incoming}
    shared = list(zip(incoming, marks(incoming), strict=True))
    return tuple(
        Handover(given.key, line.key, begin, end)
        for given in document.lines
        if given.key not in keys
        for line, (begin, end) in shared
    )


def marks(incoming: Sequence[ItemLine]) -> list[tuple[Rate, Rate]]:
    """Where the share of each line begins and ends between 0 and 1; the last one ends at 1."""
    found, begin = [], NO_RATE
    for line in incoming[:-1]:
        end = Rate(begin.micro + (line.share or NO_RATE).micro)
        found.append((begin, end))
        begin = end
    return [*found, (begin, WHOLE)]
