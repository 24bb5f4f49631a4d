"""Amounts of the lines of a document, what a line is worth in stock, and totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.reference.arithmetic import fen, spread, taxed

if TYPE_CHECKING:
    from tests.reference.records import Document, Line

SMALL, GENERAL = "small", "general"


class Figures(NamedTuple):
    """Gross, net and tax of a line in fen."""

    gross: int
    net: int
    tax: int


def figures_of(document: Document) -> dict[int, Figures]:
    """Line key → amounts, after the header discount."""
    entered = [_entered(line) for line in document.lines]
    shares = spread(document.header_discount, entered)
    return {
        line.key: Figures(*taxed(amount - share, line.tax_rate, is_included=document.is_tax_included))
        for line, amount, share in zip(document.lines, entered, shares, strict=True)
    }


def _entered(line: Line) -> int:
    if line.is_gift:
        return 0
    if line.typed_amount is not None:
        return line.typed_amount
    return fen(line.quantity, line.price, line.discount)


def gross_of(document: Document) -> int:
    """价税合计: the sum of the lines including tax."""
    return sum(figures.gross for figures in figures_of(document).values())


def due_of(document: Document) -> int:
    """What stays to be paid after the write-off and what was paid at once."""
    return gross_of(document) - document.write_off - sum(amount for _, amount in document.tenders)


def takes_input_tax(document: Document, taxpayer: str) -> bool:
    """Whether the tax of a purchase or an expense is deducted and so no part of its cost."""
    return taxpayer == GENERAL and document.is_deductible


def cost_of(document: Document, line: Line, taxpayer: str) -> int:
    """What a purchase line costs: without tax where the input tax is deducted, else with it."""
    figures = figures_of(document)[line.key]
    return figures.net if takes_input_tax(document, taxpayer) else figures.gross


def worth_of(document: Document, line: Line, taxpayer: str) -> int | None:
    """What an incoming line is worth by its own document; None = nothing is given, the current cost."""
    if document.type == "goods_receipt":
        return cost_of(document, line, taxpayer)
    if line.value is not None:
        return line.value
    if line.unit_cost is not None:
        return fen(line.quantity, line.unit_cost)
    return None
