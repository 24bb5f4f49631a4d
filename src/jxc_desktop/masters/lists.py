"""Short lists: units (计量单位), categories of items, tax rates with their validity."""

from __future__ import annotations

from .spec import ACCOUNTS, CODE, IS_ACTIVE, NAME, Field, FieldType, MasterKind

UNIT = MasterKind("unit", (CODE, NAME, Field("name_en"), Field("decimals", FieldType.WHOLE), IS_ACTIVE))

CATEGORY = MasterKind(
    "category", (CODE, NAME, Field("parent", FieldType.REFERENCE, to="category"), ACCOUNTS, IS_ACTIVE)
)

TAX_RATE = MasterKind(
    "tax_rate",
    (
        CODE,
        NAME,
        Field("rate", FieldType.RATE),
        Field("taxpayer", FieldType.CHOICE, choices=("general", "small")),
        Field("valid_from", FieldType.DATE),
        Field("valid_to", FieldType.DATE),
        IS_ACTIVE,
    ),
)
