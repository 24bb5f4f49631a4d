"""Heads and lines of documents of every type."""

from __future__ import annotations

from sqlalchemy import Index, text

from .columns import binary, clustered_table, rowid_table, whole, words

document = rowid_table(
    "document",
    whole("id", key=True),
    binary("uuid", unique=True),
    words("type"),
    words("status"),
    words("number"),
    words("external_number"),
    words("source"),
    whole("date"),
    whole("due_date"),
    whole("effective_period"),
    whole("effective_date"),
    whole("is_late"),
    whole("hlc"),
    whole("stream"),
    whole("party"),
    words("party_name"),
    words("party_tax_id"),
    whole("is_walk_in"),
    whole("warehouse"),
    whole("to_warehouse"),
    whole("transit_warehouse"),
    words("taxpayer"),
    words("invoice_kind"),
    words("price_mode"),
    words("reason"),
    words("spread_by"),
    words("note"),
    whole("header_discount"),
    whole("write_off"),
    whole("amount"),
    whole("gross"),
    whole("net"),
    whole("tax"),
    whole("reverses"),
    words("summary"),
    whole("posted_by"),
    whole("record"),
    whole("revision"),
)
"""`status` posted or voided; `hlc` and `stream` of the first posting, `posted_by` its change record, `record` the one
whose content is shown (local keys); `revision` counts the amendments."""

Index("document_number", document.c.number)
Index("document_external_number", document.c.external_number, sqlite_where=text("external_number <> ''"))
Index("document_party", document.c.party, document.c.date)
Index("document_type", document.c.type, document.c.date)
Index("document_reverses", document.c.reverses, sqlite_where=text("reverses <> 0"))

item_line = clustered_table(
    "item_line",
    whole("document", key=True),
    whole("line", key=True),
    whole("position"),
    whole("item"),
    words("item_code"),
    words("item_name"),
    words("item_spec"),
    words("item_kind"),
    words("unit"),
    whole("ratio_num"),
    whole("ratio_den"),
    whole("quantity"),
    whole("base_quantity"),
    whole("price"),
    whole("discount"),
    whole("tax_rate"),
    whole("typed_amount", null=True),
    whole("typed_tax", null=True),
    whole("gross"),
    whole("net"),
    whole("tax"),
    whole("warehouse"),
    words("bin"),
    words("to_bin"),
    whole("is_gift"),
    whole("rejected_quantity"),
    whole("unit_cost", null=True),
    whole("is_abnormal"),
    words("description"),
    words("note"),
    words("price_source"),
    whole("source_document"),
    whole("source_line"),
    whole("is_product"),
    whole("share", null=True),
)
Index("item_line_item", item_line.c.item, item_line.c.document)
Index(
    "item_line_source",
    item_line.c.source_document,
    item_line.c.source_line,
    sqlite_where=text("source_document <> 0"),
)

money_line = clustered_table(
    "money_line",
    whole("document", key=True),
    whole("line", key=True),
    words("kind"),
    whole("money_account"),
    words("money_account_name"),
    whole("account"),
    words("account_code"),
    words("account_name"),
    whole("amount"),
    whole("net"),
    whole("tax"),
    whole("tax_rate"),
    words("note"),
)

allocation = clustered_table(
    "allocation",
    whole("document", key=True),
    whole("line", key=True),
    whole("target_document"),
    whole("target_line"),
    words("target_kind"),
    words("target_number"),
    whole("amount"),
)
Index("allocation_target", allocation.c.target_document)

item_line_tracking = clustered_table(
    "item_line_tracking",
    whole("document", key=True),
    whole("line", key=True),
    whole("item_line"),
    words("batch"),
    words("serial"),
    words("production_date"),
    words("expiry_date"),
    words("bin"),
    whole("base_quantity"),
)
