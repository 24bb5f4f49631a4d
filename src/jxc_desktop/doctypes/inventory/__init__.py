"""Inventory (库存): stock opened, counted, adjusted, moved, revalued. A type is a file here and an entry in `TYPES`."""

from .assembly import ASSEMBLY
from .cost_adjustment import COST_ADJUSTMENT
from .disassembly import DISASSEMBLY
from .opening_stock import OPENING_STOCK
from .stock_adjustment import STOCK_ADJUSTMENT
from .stock_count import STOCK_COUNT
from .stock_transfer import STOCK_TRANSFER

TYPES = (OPENING_STOCK, STOCK_COUNT, STOCK_ADJUSTMENT, STOCK_TRANSFER, ASSEMBLY, DISASSEMBLY, COST_ADJUSTMENT)
