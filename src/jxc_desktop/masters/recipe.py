"""配方: what a product is made of, and into what it is taken apart again."""

from __future__ import annotations

from .spec import CODE, IS_ACTIVE, NAME, NOTE, Field, FieldType, MasterKind

RECIPE = MasterKind(
    "recipe",
    (
        CODE,
        NAME,
        Field("item", FieldType.REFERENCE, is_required=True, to="item"),
        Field("quantity", FieldType.QUANTITY),
        Field("parts", FieldType.JSON, is_required=True, to="item"),
        IS_ACTIVE,
        NOTE,
    ),
)
"""`quantity` of the product `item` (0 = one) is made of `parts`: [{"item": id, "quantity": 10⁻⁶ base units}]."""
