"""All document types, by area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import finance, inventory, purchasing, sales

if TYPE_CHECKING:
    from .spec import DocumentType

_TYPES: tuple[DocumentType, ...] = (*inventory.TYPES, *purchasing.TYPES, *sales.TYPES, *finance.TYPES)
_BY_CODE = {each.code: each for each in _TYPES}


def all_types() -> tuple[DocumentType, ...]:
    """Every document type."""
    return _TYPES


def document_type(code: str) -> DocumentType:
    """The type of that code. Raises KeyError."""
    return _BY_CODE[code]
