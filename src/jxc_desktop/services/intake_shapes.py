"""The lists of lines in a plain document: which class each makes and what `show` prints beside the declared fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.line import NO_ID, Allocation, EntryLine, ItemLine, MoneyLine, Tracking
from jxc_desktop.domain.field import Field
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jxc_desktop.doctypes.spec import DocumentType


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEAD_SHOWN = _names(
    "id type status number party_code party_name party_tax_id is_walk_in warehouse_code warehouse_name taxpayer amount"
    " to_warehouse_code to_warehouse_name transit_warehouse transit_warehouse_code transit_warehouse_name"
    " gross net tax reverses summary voucher_word voucher_number is_late revision base_hash"
)
DERIVED_PARTS = frozenset({"totals", "links", "effects", "chain"})
SOURCE = Field("source")
PRICE_SOURCE = Field("price_source")


@value
class Shape:
    """One list: its name, its class, the attribute of the document, that of the type's fields, what else is shown.

    `needs` is the attribute a line cannot be made without, `nothing` what stands there until it is known.
    """

    name: str
    made: type[Any]
    attribute: str
    fields: str
    shown: frozenset[str]
    needs: str = ""
    nothing: object = NO_ID

    def fields_of(self, declared: DocumentType) -> tuple[Field, ...]:
        """What people enter on such a line of a type."""
        fields: tuple[Field, ...] = getattr(declared, self.fields)
        return (*fields, PRICE_SOURCE) if self.made is ItemLine and declared.price_of else fields

    def is_worked_out(self, declared: DocumentType) -> bool:
        """Whether a document of the type has such lines that nobody enters: what it clears is found out."""
        return self.made is Allocation and bool(declared.allocation_kinds)


SHAPES = (
    Shape(
        "lines",
        ItemLine,
        "lines",
        "line_fields",
        _names(
            "line item_code item_name item_spec item_kind unit ratio quantity base_quantity warehouse_code"
            " warehouse_name source_number gross net tax"
        ),
        "item",
    ),
    Shape("tracking", Tracking, "tracking", "tracking_fields", _names("line"), "line", 0),
    Shape(
        "tenders",
        MoneyLine,
        "money",
        "money_fields",
        _names("line money_account_code money_account_name account_code account_name net tax"),
    ),
    Shape(
        "allocations", Allocation, "allocations", "allocation_fields", _names("line target_number"), "target_document"
    ),
    Shape(
        "entries",
        EntryLine,
        "entries",
        "entry_fields",
        _names("line account_code account_name party_code party_name money_account_code money_account_name"),
        "account",
    ),
)
PARTS = frozenset(shape.name for shape in SHAPES)


def attribute_of(field: str) -> str:
    """The attribute of a line for a field: a batch names its line `item_line`."""
    return "line" if field == "item_line" else field


def reference_names(field: str) -> tuple[str, ...]:
    """Under which names a card or document may be given: the field itself, its code, its name, its number."""
    short = field.removesuffix("_document")
    return field, f"{short}_code", f"{short}_name", f"{short}_number"


def line_key(part: Mapping[str, Any]) -> int:
    """The key a line was given, 0 where it has none or it cannot be read."""
    text = str(part.get("line") or "")
    return int(text) if text.isascii() and text.isdigit() else 0


def money_kind(declared: DocumentType, given: Mapping[str, Any]) -> str:
    """The kind of a money line that names none: what the type begins with, a tender where a money account is given."""
    kinds: Iterable[str] = declared.money_kinds
    if "money_account" in given and "tender" in declared.money_kinds:
        return "tender"
    return next(iter(kinds), "")
