"""Purchasing (采购): receipts, their fees and invoices, returns. A new type is a file here and an entry in `TYPES`."""

from .goods_receipt import GOODS_RECEIPT
from .landed_cost import LANDED_COST
from .purchase_invoice import PURCHASE_INVOICE
from .purchase_return import PURCHASE_RETURN

TYPES = (GOODS_RECEIPT, PURCHASE_INVOICE, PURCHASE_RETURN, LANDED_COST)
