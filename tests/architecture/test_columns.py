"""Every declared field has a column: what a card or a document holds is stored, shown and found."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from typing import Any

from tests.architecture.source import needs


def _tables() -> Any:
    needs("jxc_desktop.db.tables")
    return import_module("jxc_desktop.db.tables").metadata.tables


def test_every_field_of_a_master_kind_has_a_column() -> None:
    needs("jxc_desktop.masters.registry")
    tables = _tables()
    kinds = import_module("jxc_desktop.masters.registry").KINDS
    assert kinds
    lacking = [
        f"{kind.code}.{field.name}"
        for kind in kinds
        for field in kind.fields
        if kind.code not in tables or field.name not in tables[kind.code].c
    ]
    assert not lacking


def test_every_reference_of_a_master_kind_points_to_a_kind() -> None:
    needs("jxc_desktop.masters.registry")
    kinds = import_module("jxc_desktop.masters.registry").KINDS
    codes = {kind.code for kind in kinds}
    assert not [
        f"{kind.code}.{field.name}" for kind in kinds for field in kind.fields if field.to and field.to not in codes
    ]


# What effects read and screens show through the record itself.
ONLY_IN_RECORD = {
    "Document.accounts",
    "Document.last_key",
    "Document.party_code",
    "Document.rules_version",
    "Allocation.accounts",
    "ItemLine.accounts",
    "ItemLine.pool",
    "ItemLine.reference_cost",
    "EntryLine.account_code",
    "EntryLine.account_name",
    "EntryLine.cash_flow_item",
    "EntryLine.party_name",
}
# Class of the document's content → its table, and the fields whose columns have another name or place.
SHAPES = {
    "Document": ("document", {"id": "uuid", "voucher_word": "voucher.word", "voucher_number": "voucher.number"}),
    "ItemLine": ("item_line", {"key": "line", "ratio": "ratio_num"}),
    "MoneyLine": ("money_line", {"key": "line"}),
    "Allocation": ("allocation", {"key": "line"}),
    "Tracking": ("item_line_tracking", {"key": "line", "line": "item_line"}),
    "EntryLine": ("voucher_line", {"key": "entry"}),
}


def test_every_field_of_a_document_has_a_column() -> None:
    document = import_module("jxc_desktop.domain.documents.document")
    tables = _tables()
    lacking = []
    for shape, (table, renamed) in SHAPES.items():
        for field in fields(getattr(document, shape)):
            name = renamed.get(field.name, field.name)
            place, column = name.split(".") if "." in name else (table, name)
            if not str(field.type).startswith("tuple[") and column not in tables[place].c:
                lacking.append(f"{shape}.{field.name}")
    assert set(lacking) == ONLY_IN_RECORD


def test_every_kind_of_line_of_a_document_is_stored() -> None:
    document = import_module("jxc_desktop.domain.documents.document")
    parts = {str(field.type) for field in fields(document.Document) if str(field.type).startswith("tuple[")}
    assert parts == {f"tuple[{shape}, ...]" for shape in SHAPES if shape != "Document"}
