"""Inventory (库存): opening stock, counts and adjustments. A new type is a file here and an entry in `TYPES`."""

from .opening_stock import OPENING_STOCK
from .stock_adjustment import STOCK_ADJUSTMENT
from .stock_count import STOCK_COUNT

TYPES = (OPENING_STOCK, STOCK_COUNT, STOCK_ADJUSTMENT)
