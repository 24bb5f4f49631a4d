"""The tables of a book, declared once as SQLAlchemy Core tables.

`log` holds the facts, `local` what belongs to this file only, everything else is a projection that can be dropped and
made again. A new column goes into its table here and, for projections, into a migration that has the book rebuilt.
"""

from .columns import metadata
from .document import allocation, document, item_line, item_line_tracking, money_line
from .ledger import open_item, party_balance, voucher, voucher_line
from .local import book_token, draft, import_history
from .log import change_record, exception, record_dictionary, stream
from .master import (
    account,
    category,
    former_name,
    item,
    item_barcode,
    item_unit,
    master_field,
    money_account,
    party,
    recipe,
    tax_rate,
    unit,
    warehouse,
)
from .settings import costing_choice, period, series, setting
from .stock import (
    cost_edge,
    cost_layer,
    cost_pool,
    layer_take,
    month_price,
    priced_month,
    shortage,
    shortage_cover,
    stock_move,
    stock_on_hand,
    value_addition,
)
from .tracked import batch, tracked_move, tracked_on_hand

__all__ = [
    "account",
    "allocation",
    "batch",
    "book_token",
    "category",
    "change_record",
    "cost_edge",
    "cost_layer",
    "cost_pool",
    "costing_choice",
    "document",
    "draft",
    "exception",
    "former_name",
    "import_history",
    "item",
    "item_barcode",
    "item_line",
    "item_line_tracking",
    "item_unit",
    "layer_take",
    "master_field",
    "metadata",
    "money_account",
    "money_line",
    "month_price",
    "open_item",
    "party",
    "party_balance",
    "period",
    "priced_month",
    "recipe",
    "record_dictionary",
    "series",
    "setting",
    "shortage",
    "shortage_cover",
    "stock_move",
    "stock_on_hand",
    "stream",
    "tax_rate",
    "tracked_move",
    "tracked_on_hand",
    "unit",
    "value_addition",
    "voucher",
    "voucher_line",
    "warehouse",
]
