"""The golden month: the vouchers of January 2026 whose trial balance and statements are known to the fen."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from jxc_desktop.doctypes.finance.voucher import VOUCHER
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, EntryLine
from jxc_desktop.kernel.money import ZERO, Money

from .company import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .company import Company, Row

MONEY_ACCOUNT_OF = {"1001": "CA01", "1002": "BA01", "101206": "AP01", "101207": "WX01"}
"""The vouchers name accounts of the ledger only; the money of each goes through its first money account."""


def golden_drafts(company: Company) -> Iterator[Document]:
    """The vouchers in the order of their numbers."""
    source = rows("golden_2026_01", "vouchers.csv")
    for (day, _number), lines in groupby(source, key=lambda row: (row["date"], row["no"])):
        entries = tuple(_entry(company, row) for row in lines)
        yield Document(NO_ID, VOUCHER.code, date.fromisoformat(day), entries=entries)


def _entry(company: Company, row: Row) -> EntryLine:
    money = MONEY_ACCOUNT_OF.get(row["account"], "")
    return EntryLine(
        int(row["line"]),
        company.accounts[row["account"]],
        summary=row["summary"],
        party=company.party(row["partner"]),
        money_account=company.money.get(money, NO_ID),
        debit=Money.parse(row["debit"]) if row["debit"] else ZERO,
        credit=Money.parse(row["credit"]) if row["credit"] else ZERO,
        cash_flow_item=row["cash_flow_item"],
    )
