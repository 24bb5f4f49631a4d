"""The schema of the first book.

A table is one line of words, a column each: name, `:text` or `:blob` (else an integer), `!` part of the primary key,
`?` may be NULL, `*` unique, `=…` the default. Released revisions never change.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = {
    "account": (
        "id! uuid:blob* code:text= name:text= name_zh_tw:text= name_en:text= mnemonic:text= category:text= "
        "normal_balance:text= parent=0 is_leaf=0 aux:text= control:text= is_active=1"
    ),
    "allocation": "document! line! target_document target_line target_kind:text target_number:text amount",
    "book_token": "id! token:blob made_by:text",
    "category": "id! uuid:blob* code:text= name:text= parent=0 accounts:text= is_active=1",
    "change_record": (
        "id! uuid:blob* stream seq hlc kind:text version min_reader user:blob subject:blob? date seen:text? "
        "dictionary body:blob hash:blob"
    ),
    "cost_edge": "item! document! leg! line! target_item! target_document! target_leg! target_line! kind:text "
    "share_begin share_end",
    "cost_layer": (
        "item! effective_period! effective_date! hlc! stream! document! leg! line! part! pool quantity value "
        "left_quantity left_value"
    ),
    "cost_pool": "item! pool! quantity value last_value last_quantity",
    "document": (
        "id! uuid:blob* type:text status:text number:text external_number:text source:text date due_date "
        "effective_period effective_date is_late hlc stream party party_name:text party_tax_id:text is_walk_in "
        "warehouse to_warehouse transit_warehouse taxpayer:text invoice_kind:text price_mode:text reason:text "
        "spread_by:text note:text header_discount write_off amount gross net tax reverses summary:text posted_by "
        "record revision"
    ),
    "draft": "id! document:blob* type:text saved_at base_hash:blob? content:text",
    "exception": "id! kind:text subject:blob? detail:text",
    "former_name": "kind_number! master! name:text!",
    "import_history": "id! imported_at kind:text source:text file_name:text report:text",
    "item": (
        "id! uuid:blob* code:text= name:text= spec:text= mnemonic:text= kind:text= category=0 base_unit:text= "
        "units:text= barcodes:text= tax_rate=0 accounts:text= reference_cost=0 retail_price=0 min_price=0 "
        "prices:text= default_warehouse=0 default_supplier=0 weight=0 min_stock=0 max_stock=0 has_batch=0 has_expiry=0 "
        "has_serial=0 shelf_life_days=0 expiry_warn_days=0 scale_plu:text= is_active=1 note:text="
    ),
    "item_barcode": "barcode:text! item! unit:text",
    "item_line": (
        "document! line! position item item_code:text item_name:text item_spec:text item_kind:text unit:text "
        "ratio_num ratio_den quantity base_quantity price discount tax_rate typed_amount? typed_tax? gross net tax "
        "warehouse bin:text is_gift rejected_quantity unit_cost? is_abnormal description:text note:text "
        "price_source:text source_document source_line is_product share?"
    ),
    "item_line_tracking": (
        "document! line! item_line batch:text serial:text production_date:text expiry_date:text base_quantity"
    ),
    "item_unit": "item! unit:text! num den",
    "layer_take": (
        "item! effective_period! effective_date! hlc! stream! document! leg! line! layer_document! layer_leg! "
        "layer_line! layer_part! quantity value"
    ),
    "master_field": "kind_number! master! field:text! hlc stream seq",
    "money_account": (
        "id! uuid:blob* code:text= name:text= kind:text= account=0 account_no:text= is_active=1 note:text="
    ),
    "money_line": (
        "document! line! kind:text money_account money_account_name:text account account_code:text "
        "account_name:text amount net tax tax_rate note:text"
    ),
    "month_price": "item! period! quantity value",
    "open_item": "document! kind:text! line! party date due_date amount settled",
    "party": (
        "id! uuid:blob* code:text= name:text= short_name:text= mnemonic:text= is_customer=0 is_supplier=0 "
        "is_walk_in=0 tax_id:text= taxpayer:text= invoice_kind:text= price_level:text= discount=0 contact:text= "
        "phone:text= address:text= region:text= salesperson:text= bank:text= bank_account:text= payment_days=0 "
        "credit_limit=0 is_active=1 note:text="
    ),
    "party_balance": "party! kind:text! balance",
    "period": "id! state:text cut:text digest:blob? record:blob?",
    "priced_month": "id! record:blob",
    "record_dictionary": "id! content:blob",
    "series": "key:text! last",
    "setting": "key:text! value:text hlc stream seq",
    "shortage": "item! document! leg! line! pool quantity value account",
    "shortage_cover": "item! issue_document! issue_leg! issue_line! cover_document! cover_leg! cover_line! "
    "quantity value variance account",
    "stock_move": (
        "item! effective_period! effective_date! hlc! stream! document! leg! line! pool warehouse basis posting "
        "counted? given_value unit_cost? reference_cost source_document source_line stock_account counter_account "
        "quantity own_value value variance short_quantity short_value pool_quantity pool_value last_value "
        "last_quantity warehouse_quantity"
    ),
    "stock_on_hand": "item! warehouse! quantity",
    "stream": "id! last_seq last_hlc last_hash:blob is_own ordinal",
    "tax_rate": "id! uuid:blob* code:text= name:text= rate=0 taxpayer:text= valid_from=0 valid_to=0 is_active=1",
    "unit": "id! uuid:blob* code:text= name:text= name_en:text= decimals=0 is_active=1",
    "value_addition": (
        "document! line! target_document target_line party amount counter_account account state item stock_account"
    ),
    "voucher": "document! effective_period word:text number summary:text",
    "voucher_line": "document! entry! account! party! money_account! effective_period debit credit summary:text",
    "warehouse": (
        "id! uuid:blob* code:text= name:text= kind:text= address:text= negative_stock:text= bins:text= is_active=1 "
        "note:text="
    ),
}

ROWID_TABLES = {
    *("account", "book_token", "category", "change_record", "document", "draft", "exception", "import_history", "item"),
    *(
        "money_account",
        "party",
        "period",
        "priced_month",
        "record_dictionary",
        "stream",
        "tax_rate",
        "unit",
        "voucher",
        "warehouse",
    ),
}

INDEXES = {
    "account_code": ("account", "code", ""),
    "allocation_target": ("allocation", "target_document", ""),
    "category_code": ("category", "code", ""),
    "change_record_kind": ("change_record", "kind", "kind NOT LIKE 'document.%' AND kind <> 'master.set'"),
    "change_record_subject": ("change_record", "subject", "kind <> 'document.post' AND subject IS NOT NULL"),
    "cost_edge_target": ("cost_edge", "target_item target_document", "kind = 'handover'"),
    "cost_layer_left": ("cost_layer", "item pool", "left_quantity > 0"),
    "document_external_number": ("document", "external_number", "external_number <> ''"),
    "document_number": ("document", "number", ""),
    "document_party": ("document", "party date", ""),
    "document_reverses": ("document", "reverses", "reverses <> 0"),
    "document_type": ("document", "type date", ""),
    "item_barcode_item": ("item_barcode", "item", ""),
    "item_code": ("item", "code", ""),
    "item_line_item": ("item_line", "item document", ""),
    "item_line_source": ("item_line", "source_document source_line", "source_document <> 0"),
    "layer_take_layer": ("layer_take", "item layer_document layer_leg layer_line layer_part", ""),
    "money_account_code": ("money_account", "code", ""),
    "open_item_party": ("open_item", "party due_date", ""),
    "party_code": ("party", "code", ""),
    "shortage_cover_cover": ("shortage_cover", "item cover_document cover_leg cover_line", ""),
    "unit_code": ("unit", "code", ""),
    "value_addition_target": ("value_addition", "target_document", ""),
    "value_addition_waiting": ("value_addition", "state", "state = 0"),
    "voucher_line_account": ("voucher_line", "account effective_period", ""),
    "voucher_number": ("voucher", "effective_period word number", ""),
    "warehouse_code": ("warehouse", "code", ""),
}
"""Index → table, columns, condition."""

SEARCHES = ("party_search", "item_search")


def upgrade() -> None:
    for name, words in TABLES.items():
        options: dict[str, Any] = {"sqlite_strict": True}
        if name not in ROWID_TABLES:
            options["sqlite_with_rowid"] = False
        more = [sa.UniqueConstraint("stream", "seq")] if name == "change_record" else []
        op.create_table(name, *map(_column, words.split()), *more, **options)
    for name, (table, columns, condition) in INDEXES.items():
        op.create_index(name, table, columns.split(), sqlite_where=sa.text(condition) if condition else None)
    for name in SEARCHES:
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(tokens, tokenize = 'ascii', columnsize = 0)")


def _column(word: str) -> sa.Column[Any]:
    bare, is_given, default = word.partition("=")
    name, _colon, kind = bare.rstrip("!?*").partition(":")
    kinds: dict[str, Any] = {"": sa.Integer, "text": sa.Text, "blob": sa.LargeBinary}
    return sa.Column(
        name,
        kinds[kind],
        primary_key="!" in bare,
        nullable="?" in bare,
        unique="*" in bare or None,
        server_default=default if is_given else None,
        autoincrement=False,
    )
