"""Voucher lines that were typed: manual vouchers and opening balances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.accounting.posting_rule import Side
from jxc_desktop.domain.documents.effects import Entry

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document


def manual_entries(document: Document) -> tuple[Entry, ...]:
    """Each line as it was entered, on its own place; a red line keeps its side."""
    return tuple(
        Entry(
            line.key,
            Side.DEBIT if line.debit else Side.CREDIT,
            line.account,
            line.debit or line.credit,
            party=line.party,
            money_account=line.money_account,
            summary=line.summary,
        )
        for line in document.entries
    )
