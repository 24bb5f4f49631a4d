"""Which columns the lines of a type have, and which of them Enter stops at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.line import RATE_NOT_GIVEN
from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.decimal_text import format_scaled
from jxc_desktop.kernel.quantity import WHOLE, Rate, UnitPrice
from jxc_desktop.ui.widgets.figures import number

if TYPE_CHECKING:
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.line import ItemLine

ITEM = "item"
GIFT, WAREHOUSE = "is_gift", "warehouse"
SHOWN = (
    ITEM, "item_name", "item_spec", "unit", "quantity", "price", "unit_cost", "discount", "gross", "tax_rate", GIFT,
    WAREHOUSE, "note",
)  # fmt: skip
STOPS = (ITEM, "quantity", "price", "unit_cost")
"""Enter goes through these; the others are reached with the arrows."""
SELDOM = frozenset({GIFT, WAREHOUSE})
"""Columns that are shown where a line says something in them."""

WIDTHS = {
    ITEM: 132, "item_name": 220, "item_spec": 110, "unit": 56, "gross": 104, "tax_rate": 60, GIFT: 56, WAREHOUSE: 96,
    "note": 120,
}  # fmt: skip
PERCENT_PLACES = 4
NUMBERS = frozenset({FieldType.MONEY, FieldType.QUANTITY, FieldType.PRICE, FieldType.RATE})


@dataclass(frozen=True)
class Column:
    """One column; without a field it only shows what follows from the others."""

    name: str
    field: Field | None
    is_number: bool
    is_stop: bool

    @property
    def width(self) -> int:
        """Its width at first."""
        return WIDTHS.get(self.name, 88)

    def text(self, line: ItemLine) -> str:
        """What a line says in it."""
        if self.name == ITEM:
            return line.item_code
        if self.name == "gross":
            return number(str(line.gross), 2)
        value = getattr(line, self.name)
        if value is None or (self.name == "discount" and value == WHOLE) or value == RATE_NOT_GIVEN:
            return ""
        if isinstance(value, Rate):
            return f"{format_scaled(value.micro, PERCENT_PLACES)}%"
        return with_two_places(str(value)) if isinstance(value, UnitPrice) else str(value)


def with_two_places(text: str) -> str:
    """A price as shops write it: 11.80 and 0.125."""
    whole, _point, rest = text.partition(".")
    return f"{whole}.{rest.ljust(2, '0')}"


def columns_of(declared: DocumentType) -> tuple[Column, ...]:
    """The columns of a type's item lines."""
    fields = {field.name: field for field in declared.line_fields}
    named = {"item_name", "item_spec"} | ({"gross"} if declared.price_of else set())
    made = []
    for name in SHOWN:
        field = fields.get(name)
        if field is not None or name in named:
            is_number = name == "gross" or (field is not None and field.type in NUMBERS)
            made.append(Column(name, field, is_number, field is not None and name in STOPS))
    return tuple(made)
