"""What SQLite does for the questions that are asked often: by index, or one table in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.queries import (
    account_balances,
    counting,
    document,
    document_effects,
    document_links,
    documents,
    held_stock,
    items,
    last_counted,
    money_accounts,
    open_items,
    party_ledger,
    prices,
    sales_profit,
)
from jxc_desktop.queries.reports import general_ledger, stock_ageing, stock_ledger, stock_value_by_account
from tests.queries.ask import plan

if TYPE_CHECKING:
    from tests.builders import Shop

UUID = bytes(16)
DAYS = (20260101, 20260131)
TYPES = (*sales_profit.SALES, *sales_profit.RETURNS)

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
    "stock of one item at a day": (held_stock.OF_ONE, (1, 20260131)),
    "ledger of one item": (stock_ledger.OF_ONE, (1, 20260131, None)),
    "opening documents": (account_balances.OF_OPENING, account_balances.OPENING_TYPES),
    "vouchers of some days": (account_balances.OF_DAYS, (202601, *DAYS)),
    "lines of an account": (general_ledger.lines_text(1), (1, 202601, 202601, *DAYS, None, None)),
    **{
        f"sold by {by}": (sales_profit.sold_text(by), (1, *sales_profit.RETURNS, *TYPES, *DAYS, *[None] * 8))
        for by in sales_profit.KEYS
    },
    "documents behind a row": (
        sales_profit.sold_text("item", rows=1, by_document=True),
        (1, *sales_profit.RETURNS, *TYPES, *DAYS, *[None] * 8, 1),
    ),
    "newest movements": (stock_ageing.NEWEST_IN, (1, 20260131, 1)),
    "counts": (last_counted.COUNTS, ("a", None)),
    "books of an item at a moment": (counting.BOOK, (1, 20260131, 1, 1)),
    "moved since a moment": (counting.MOVED, (1, 20260131, 1, 1, 20260131, 5, 6)),
    "first short": (counting.SHORT, (1, 1, 0, 0, 0)),
    "manual lines": (stock_value_by_account.LINES, (1, *stock_value_by_account.WITH_MOVEMENTS, 20260131)),
}
IN_ONE_PASS = {
    "stock now": (held_stock.NOW, (None,), "SCAN s"),
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
    if "WITH RECURSIVE under" in text and step in {"SCAN CONSTANT ROW", "SCAN u"}:
        return True
    return "(SELECT DISTINCT item FROM item_line" in text and step in {"SCAN l", "SCAN (subquery-1)"}


@pytest.mark.parametrize("name", sorted(IN_ONE_PASS))
def test_a_question_about_everything_scans_one_table_once(shop: Shop, name: str) -> None:
    text, row, scanned = IN_ONE_PASS[name]
    scans = [step for step in plan(shop, text, row) if step.startswith("SCAN")]
    assert len([step for step in scans if step.startswith(scanned)]) == 1
    assert len(scans) == 1


def test_stock_at_a_past_day_is_one_seek_for_each_item_and_warehouse(shop: Shop) -> None:
    steps = plan(shop, held_stock.OF_ALL, (None, 20260131))
    assert [step for step in steps if step.startswith("SCAN")] == ["SCAN s"]
    assert len([step for step in steps if "(item=? AND (effective_period,effective_date)<(?,?))" in step]) == 2


def test_a_page_of_documents_reads_the_newest_of_each_type_by_index(shop: Shop) -> None:
    text, row = documents._newest_of(["a", "b"], [], 100)
    steps = plan(shop, text, tuple(row))
    assert len([step for step in steps if "USING INDEX document_type (type=?)" in step]) == 2
    assert not [step for step in steps if "SCAN d" in step]
