"""The fields document types are composed of; each is a column of its table."""

from __future__ import annotations

from jxc_desktop.domain.field import Field, FieldType

DATE = Field("date", FieldType.DATE, is_required=True)
DUE_DATE = Field("due_date", FieldType.DATE)
CUSTOMER = Field("party", FieldType.REFERENCE, to="party")
SUPPLIER = Field("party", FieldType.REFERENCE, to="party")
PARTY = Field("party", FieldType.REFERENCE, to="party")
WAREHOUSE = Field("warehouse", FieldType.REFERENCE, to="warehouse")
TO_WAREHOUSE = Field("to_warehouse", FieldType.REFERENCE, is_required=True, to="warehouse")
EXTERNAL_NUMBER = Field("external_number")
INVOICE_KIND = Field("invoice_kind", FieldType.CHOICE, choices=("", "special", "ordinary", "none"))
PURCHASE_INVOICE_KIND = Field("invoice_kind", FieldType.CHOICE, choices=("", "special", "ordinary", "none", "to_come"))
PRICE_MODE = Field("price_mode", FieldType.CHOICE, choices=("included", "excluded"))
HEADER_DISCOUNT = Field("header_discount", FieldType.MONEY)
WRITE_OFF = Field("write_off", FieldType.MONEY)
AMOUNT = Field("amount", FieldType.MONEY)
NOTE = Field("note")

HEAD = (DATE, EXTERNAL_NUMBER, NOTE)
TRADE_HEAD = (DATE, WAREHOUSE, EXTERNAL_NUMBER, DUE_DATE, INVOICE_KIND, PRICE_MODE, HEADER_DISCOUNT, WRITE_OFF, NOTE)
PURCHASE_HEAD = tuple(PURCHASE_INVOICE_KIND if each is INVOICE_KIND else each for each in TRADE_HEAD)

ITEM = Field("item", FieldType.REFERENCE, to="item", is_required=True)
UNIT = Field("unit")
QUANTITY = Field("quantity", FieldType.QUANTITY, is_required=True)
PRICE = Field("price", FieldType.PRICE)
DISCOUNT = Field("discount", FieldType.RATE)
TYPED_AMOUNT = Field("typed_amount", FieldType.MONEY)
TAX_RATE = Field("tax_rate", FieldType.RATE)
TYPED_TAX = Field("typed_tax", FieldType.MONEY)
LINE_WAREHOUSE = Field("warehouse", FieldType.REFERENCE, to="warehouse")
BIN = Field("bin")
TO_BIN = Field("to_bin")
IS_GIFT = Field("is_gift", FieldType.YES_NO)
REJECTED_QUANTITY = Field("rejected_quantity", FieldType.QUANTITY)
UNIT_COST = Field("unit_cost", FieldType.PRICE)
IS_ABNORMAL = Field("is_abnormal", FieldType.YES_NO)
DESCRIPTION = Field("description")
IS_PRODUCT = Field("is_product", FieldType.YES_NO)
SHARE = Field("share", FieldType.RATE)
SOURCE_DOCUMENT = Field("source_document", FieldType.REFERENCE, to="document")
SOURCE_LINE = Field("source_line", FieldType.WHOLE)

STOCK_LINE = (ITEM, UNIT, QUANTITY, LINE_WAREHOUSE, BIN, DESCRIPTION, NOTE)
TRADE_LINE = (
    ITEM,
    UNIT,
    QUANTITY,
    PRICE,
    DISCOUNT,
    TYPED_AMOUNT,
    TAX_RATE,
    TYPED_TAX,
    IS_GIFT,
    LINE_WAREHOUSE,
    BIN,
    DESCRIPTION,
    NOTE,
)
LINK = (SOURCE_DOCUMENT, SOURCE_LINE)

TRACKING = (
    Field("item_line", FieldType.WHOLE, is_required=True),
    Field("batch"),
    Field("serial"),
    Field("production_date"),
    Field("expiry_date"),
    BIN,
    Field("base_quantity", FieldType.QUANTITY),
)

MONEY = (
    Field("kind", FieldType.CHOICE, choices=("tender", "payment", "expense", "discount", "fee", "extra")),
    Field("money_account", FieldType.REFERENCE, to="money_account"),
    Field("account", FieldType.REFERENCE, to="account"),
    Field("amount", FieldType.MONEY, is_required=True),
    Field("tax_rate", FieldType.RATE),
    NOTE,
)

ALLOCATION = (
    Field("target_document", FieldType.REFERENCE, to="document", is_required=True),
    Field("target_line", FieldType.WHOLE),
    Field("target_kind"),
    Field("amount", FieldType.MONEY, is_required=True),
)
COST_SHARE = (*ALLOCATION[:-1], AMOUNT)
"""A part of a fee: the amount is worked out where it is not given by hand."""

ENTRY = (
    Field("account", FieldType.REFERENCE, to="account", is_required=True),
    Field("party", FieldType.REFERENCE, to="party"),
    Field("money_account", FieldType.REFERENCE, to="money_account"),
    Field("debit", FieldType.MONEY),
    Field("credit", FieldType.MONEY),
    Field("summary"),
    Field("cash_flow_item"),
)
