"""仓库: where stock lies, and what happens when it would go below 0."""

from __future__ import annotations

from .spec import CODE, IS_ACTIVE, NAME, NOTE, Field, FieldType, MasterKind

WAREHOUSE = MasterKind(
    "warehouse",
    (
        CODE,
        NAME,
        Field("kind"),
        Field("address"),
        Field("negative_stock", FieldType.CHOICE, choices=("", "forbid", "warn", "allow")),
        Field("bins", FieldType.JSON),
        IS_ACTIVE,
        NOTE,
    ),
)
"""An empty `negative_stock` follows the book's setting."""
