"""Open items and the general ledger."""

from __future__ import annotations

from sqlalchemy import Index

from .columns import clustered_table, rowid_table, whole, words

open_item = clustered_table(
    "open_item",
    whole("document", key=True),
    words("kind", key=True),
    whole("line", key=True),
    whole("party"),
    whole("date"),
    whole("due_date"),
    whole("amount"),
    whole("settled"),
)
Index("open_item_party", open_item.c.party, open_item.c.due_date)

party_balance = clustered_table(
    "party_balance",
    whole("party", key=True),
    words("kind", key=True),
    whole("balance"),
)

voucher = rowid_table(
    "voucher",
    whole("document", key=True),
    whole("effective_period"),
    words("word"),
    whole("number"),
    words("summary"),
)
"""A voucher's key is its document's; `number` 0 means not numbered yet."""
Index("voucher_number", voucher.c.effective_period, voucher.c.word, voucher.c.number)

voucher_line = clustered_table(
    "voucher_line",
    whole("document", key=True),
    whole("entry", key=True),
    whole("account", key=True),
    whole("party", key=True),
    whole("money_account", key=True),
    whole("effective_period"),
    whole("debit"),
    whole("credit"),
    words("summary"),
)
"""Amounts summed per (entry, account, auxiliaries); a line of 0 and 0 is not shown."""
Index("voucher_line_account", voucher_line.c.account, voucher_line.c.effective_period)
