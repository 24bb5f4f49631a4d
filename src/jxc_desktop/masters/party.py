"""往来单位: customers and suppliers, one card for both roles."""

from __future__ import annotations

from .spec import CODE, IS_ACTIVE, MNEMONIC, NAME, NOTE, Field, FieldType, MasterKind

PARTY = MasterKind(
    "party",
    (
        CODE,
        NAME,
        Field("short_name"),
        MNEMONIC,
        Field("is_customer", FieldType.YES_NO),
        Field("is_supplier", FieldType.YES_NO),
        Field("is_walk_in", FieldType.YES_NO),
        Field("tax_id"),
        Field("taxpayer", FieldType.CHOICE, choices=("", "small", "general")),
        Field("invoice_kind", FieldType.CHOICE, choices=("", "special", "ordinary", "none", "to_come")),
        Field("price_level"),
        Field("discount", FieldType.RATE),
        Field("contact"),
        Field("phone"),
        Field("address"),
        Field("region"),
        Field("salesperson"),
        Field("bank"),
        Field("bank_account"),
        Field("payment_days", FieldType.WHOLE),
        Field("credit_limit", FieldType.MONEY),
        IS_ACTIVE,
        NOTE,
    ),
)
