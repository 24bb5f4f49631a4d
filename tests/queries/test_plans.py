"""What SQLite does for the questions that are asked often: by index, or one table in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.queries import (
    account_balances,
    document,
    document_effects,
    document_links,
    documents,
    items,
    money_accounts,
    open_items,
    party_ledger,
    prices,
)
from jxc_desktop.queries.reports import general_ledger, gross_profit, stock_ledger, stock_on_hand
from tests.queries.ask import plan

if TYPE_CHECKING:
    from tests.builders import Shop

UUID = bytes(16)
DAYS = (20260101, 20260131)
TYPES = (*gross_profit.SALES, *gross_profit.RETURNS)

BY_INDEX = {
    "document by number": (document.BY_NAME, ("1",)),
    "document by id": (document.BY_ID, (UUID,)),
    "head": (document.HEAD, (UUID,)),
    "moves of a document": (document_effects.MOVES, (1,)),
    "open items of a document": (document_effects.OPEN_ITEMS, (1,)),
    "voucher of a document": (document_effects.VOUCHER_LINES, (1,)),
    "neighbours": (document_links.NEIGHBOURS, (1,)),
    **{f"link {name}": (text, (1,)) for name, text in document_links.LINKS.items()},
    "open items of a party": (open_items.OPEN, (UUID, "")),
    "last price": (prices.last_price_text(2), (UUID, UUID, "a", "b")),
    "source lines": (prices.SOURCE_LINES, (UUID, UUID)),
    "barcode": (items.BY_BARCODE, ("1",)),
    "held": (items.HELD, (UUID,)),
    "stock of one item at a day": (stock_on_hand.OF_ONE, (1, 20260131)),
    "ledger of one item": (stock_ledger.OF_ONE, (1, 20260131, None)),
    "opening documents": (account_balances.OF_OPENING, account_balances.OPENING_TYPES),
    "vouchers of some days": (account_balances.OF_DAYS, (202601, *DAYS)),
    "lines of an account": (general_ledger.lines_text(1), (1, 202601, 202601, *DAYS, None, None)),
    "sold": (gross_profit.SOLD, (1, *gross_profit.RETURNS, *TYPES, *DAYS, None, None, None, None)),
}
IN_ONE_PASS = {
    "stock now": (stock_on_hand.NOW, (None,), "SCAN s"),
    "stock at a day": (stock_on_hand.OF_ALL, (None, 20260131), "SCAN stock_move"),
    "trial balance": (account_balances.BY_MONTH, (), "SCAN voucher_line"),
    "party balances": (party_ledger.BALANCES, ("receivable", 0, *DAYS), "SCAN o"),
    "money accounts": (money_accounts.BALANCES, (), "SCAN m"),
}


@pytest.mark.parametrize("name", sorted(BY_INDEX))
def test_a_question_about_one_thing_reads_no_whole_table(shop: Shop, name: str) -> None:
    text, row = BY_INDEX[name]
    steps = plan(shop, text, row)
    assert steps
    assert not [step for step in steps if step.startswith("SCAN") and not _is_derived(text, step)]


def _is_derived(text: str, step: str) -> bool:
    """A scan of what the question itself has just collected."""
    is_items = "(SELECT DISTINCT item FROM item_line" in text and step in {"SCAN l", "SCAN (subquery-1)"}
    return is_items or ("WITH held" in text and step in {"SCAN h", "SCAN held"})


@pytest.mark.parametrize("name", sorted(IN_ONE_PASS))
def test_a_question_about_everything_scans_one_table_once(shop: Shop, name: str) -> None:
    text, row, scanned = IN_ONE_PASS[name]
    scans = [step for step in plan(shop, text, row) if step.startswith("SCAN")]
    assert len([step for step in scans if step.startswith(scanned)]) == 1
    assert len([step for step in scans if "held" not in step and not step.startswith("SCAN h")]) == 1


def test_a_page_of_documents_reads_the_newest_of_each_type_by_index(shop: Shop) -> None:
    text, row = documents._newest_of(["a", "b"], [], 100)
    steps = plan(shop, text, tuple(row))
    assert len([step for step in steps if "USING INDEX document_type (type=?)" in step]) == 2
    assert not [step for step in steps if "SCAN d" in step]
