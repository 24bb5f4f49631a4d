"""A table per kind of master data, made from its declaration, and the look-ups derived from the cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Index

from jxc_desktop.masters.registry import KINDS
from jxc_desktop.masters.spec import Field, FieldType

from .columns import binary, clustered_table, rowid_table, whole, words

if TYPE_CHECKING:
    from sqlalchemy.schema import Table

_TEXTS = {FieldType.TEXT, FieldType.CHOICE, FieldType.JSON}


def _column(field: Field) -> Column[Any]:
    if field.type in _TEXTS:
        return words(field.name, default="")
    return whole(field.name, default=1 if field.name == "is_active" else 0)


def _table(code: str) -> Table:
    kind = next(kind for kind in KINDS if kind.code == code)
    columns = [_column(field) for field in kind.fields]
    return rowid_table(code, whole("id", key=True), binary("uuid", unique=True), *columns)


unit = _table("unit")
tax_rate = _table("tax_rate")
account = _table("account")
category = _table("category")
warehouse = _table("warehouse")
money_account = _table("money_account")
party = _table("party")
item = _table("item")
recipe = _table("recipe")

for _each in (unit, account, category, warehouse, money_account, party, item, recipe):
    Index(f"{_each.name}_code", _each.c.code)

item_unit = clustered_table(
    "item_unit",
    whole("item", key=True),
    words("unit", key=True),
    whole("num"),
    whole("den"),
)

item_barcode = clustered_table(
    "item_barcode",
    words("barcode", key=True),
    whole("item", key=True),
    words("unit"),
)
Index("item_barcode_item", item_barcode.c.item)

master_field = clustered_table(
    "master_field",
    whole("kind_number", key=True),
    whole("master", key=True),
    words("field", key=True),
    whole("hlc"),
    whole("stream"),
    whole("seq"),
)
"""Which record gave a field its value; `kind_number` is the place of the kind in the registry."""

former_name = clustered_table(
    "former_name",
    whole("kind_number", key=True),
    whole("master", key=True),
    words("name", key=True),
)
"""What a card was called before, but for what it is called now."""
