"""Every declared field has a column: what a card or a document holds is stored, shown and found."""

from __future__ import annotations

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
