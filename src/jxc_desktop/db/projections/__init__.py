"""What follows from the records: the rows of every projection table, and the one list of those tables.

`projector` takes records to rows; one module per ledger writes them. Dropping every table listed here and applying the
log again gives the same digest.
"""

PROJECTIONS = (
    "account",
    "allocation",
    "category",
    "cost_edge",
    "cost_layer",
    "cost_pool",
    "document",
    "exception",
    "former_name",
    "item",
    "item_barcode",
    "item_line",
    "item_line_tracking",
    "item_unit",
    "layer_take",
    "master_field",
    "money_account",
    "money_line",
    "month_price",
    "open_item",
    "party",
    "party_balance",
    "period",
    "priced_month",
    "series",
    "setting",
    "shortage",
    "shortage_cover",
    "stock_move",
    "stock_on_hand",
    "tax_rate",
    "unit",
    "value_addition",
    "voucher",
    "voucher_line",
    "warehouse",
)
