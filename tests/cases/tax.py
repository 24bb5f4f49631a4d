"""Kinds tax_line, tax_doc, invoice_total, cn_split, cn_invoice, cn_invoice_total: lines with tax and their totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.amount_in_words import amount_in_words
from jxc_desktop.domain.documents.totals import DocumentTotals, LineInput, totals_of
from jxc_desktop.domain.pricing.line_price import PriceMode
from jxc_desktop.domain.tax.vat import LineAmounts, add_excluded, price_without_tax, split_included
from tests.cases import read
from tests.cases.case import Case, Figures, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def tax_line(case: Case) -> Figures:
    """One line amount with one tax."""
    return _with_tax(case, [case.given["price"]])


def tax_doc(case: Case) -> Figures:
    """Several line amounts with one tax, rounded per line."""
    return _with_tax(case, case.given["lines"])


def invoice_total(case: Case) -> Figures:
    """Lines with quantity, price without tax and rate."""
    totals = _document(_entered(line, "tax_rate") for line in case.given["lines"]).totals
    return {"untaxed": totals.net, "tax": totals.tax, "total": totals.gross}


def cn_invoice(case: Case) -> Figures:
    """An invoice whose prices exclude the tax."""
    document = _document(_entered(line, "rate_pct") for line in case.given["lines"])
    lines = [figures.amounts for figures in document.lines.values()]
    totals = document.totals
    return {
        "line_amounts": [line.net for line in lines],
        "line_taxes": [line.tax for line in lines],
        "line_totals": [line.gross for line in lines],
        "amount": totals.net,
        "tax": totals.tax,
        "total": totals.gross,
        "words": one_of(amount_in_words(totals.gross)),
    }


def cn_split(case: Case) -> Figures:
    """价税分离 of one amount."""
    included, rate = case.given["tax_included"], read.percent(case.given["rate_pct"])
    amounts = split_included(read.money(included), rate)
    return {**_invoice(amounts), "unit_price_full": price_without_tax(read.price(included), rate)}


def cn_invoice_total(case: Case) -> Figures:
    """The tax and total of an amount without tax."""
    return _invoice(add_excluded(read.money(case.given["amount"]), read.percent(case.given["rate_pct"])))


def _with_tax(case: Case, amounts: list[str]) -> Figures:
    (tax,) = case.given["taxes"]
    mode = PriceMode.INCLUDED if tax.get("included") else PriceMode.EXCLUDED
    entered = [_entered({"qty": "1", "price": amount, "rate": tax["rate"]}, "rate") for amount in amounts]
    totals = _document(entered, mode).totals
    return {"base": totals.net, "tax": [totals.tax], "tax_total": totals.tax, "total": totals.gross}


def _document(lines: Iterable[LineInput], mode: PriceMode = PriceMode.EXCLUDED) -> DocumentTotals:
    return totals_of(enumerate(lines), mode)


def _entered(line: dict[str, Any], rate: str) -> LineInput:
    return LineInput(read.quantity(line["qty"]), read.price(line["price"]), tax_rate=read.percent(line[rate]))


def _invoice(amounts: LineAmounts) -> Figures:
    return {
        "amount": amounts.net,
        "tax": amounts.tax,
        "total": amounts.gross,
        "words": one_of(amount_in_words(amounts.gross)),
    }


KINDS = {
    "tax_line": tax_line,
    "tax_doc": tax_doc,
    "invoice_total": invoice_total,
    "cn_split": cn_split,
    "cn_invoice": cn_invoice,
    "cn_invoice_total": cn_invoice_total,
}
