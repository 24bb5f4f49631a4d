"""商品/存货: what is bought, kept and sold."""

from __future__ import annotations

from .spec import ACCOUNTS, CODE, IS_ACTIVE, MNEMONIC, NAME, NOTE, Field, FieldType, MasterKind

ITEM = MasterKind(
    "item",
    (
        CODE,
        NAME,
        Field("spec"),
        MNEMONIC,
        Field("kind", FieldType.CHOICE, choices=("goods", "service", "bundle")),
        Field("category", FieldType.REFERENCE, to="category"),
        Field("base_unit", is_required=True),
        Field("units", FieldType.JSON),
        Field("barcodes", FieldType.JSON),
        Field("tax_rate", FieldType.RATE),
        ACCOUNTS,
        Field("reference_cost", FieldType.PRICE),
        Field("retail_price", FieldType.PRICE),
        Field("min_price", FieldType.PRICE),
        Field("prices", FieldType.JSON),
        Field("default_warehouse", FieldType.REFERENCE, to="warehouse"),
        Field("default_supplier", FieldType.REFERENCE, to="party"),
        Field("weight", FieldType.QUANTITY),
        Field("min_stock", FieldType.QUANTITY),
        Field("max_stock", FieldType.QUANTITY),
        Field("has_batch", FieldType.YES_NO),
        Field("has_expiry", FieldType.YES_NO),
        Field("has_serial", FieldType.YES_NO),
        Field("shelf_life_days", FieldType.WHOLE),
        Field("expiry_warn_days", FieldType.WHOLE),
        Field("scale_plu"),
        IS_ACTIVE,
        NOTE,
    ),
)
"""`units`: [{"unit","num","den","barcode","is_purchase","is_sales"}], the exact ratio to the base unit;
`barcodes`: [{"barcode","unit"}]; `prices`: {price level: price in 10⁻⁶}; `weight`: kilograms of a base unit."""
