"""Sales (销售): deliveries, returns and the till. A new type is a file here and an entry in `TYPES`."""

from .delivery_note import DELIVERY_NOTE
from .retail_sale import RETAIL_SALE
from .sales_return import SALES_RETURN

TYPES = (DELIVERY_NOTE, SALES_RETURN, RETAIL_SALE)
