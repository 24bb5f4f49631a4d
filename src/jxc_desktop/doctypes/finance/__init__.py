"""Finance (财务): payments, expenses, vouchers, the opening of the books. A new type is a file here and in `TYPES`."""

from .customer_payment import CUSTOMER_PAYMENT
from .expense import EXPENSE
from .opening_balance import OPENING_BALANCE
from .opening_item import OPENING_ITEM
from .supplier_payment import SUPPLIER_PAYMENT
from .voucher import VOUCHER

TYPES = (OPENING_ITEM, OPENING_BALANCE, CUSTOMER_PAYMENT, SUPPLIER_PAYMENT, EXPENSE, VOUCHER)
