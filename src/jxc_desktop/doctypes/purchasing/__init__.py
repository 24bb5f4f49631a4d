"""Purchasing (采购): receipts and returns. A new type is a file here and an entry in `TYPES`."""

from .goods_receipt import GOODS_RECEIPT
from .purchase_return import PURCHASE_RETURN

TYPES = (GOODS_RECEIPT, PURCHASE_RETURN)
