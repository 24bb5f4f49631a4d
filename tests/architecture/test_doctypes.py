"""A document type is one declared file: nothing else names it, its fields have columns, its day has a scenario."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from tests.architecture.source import PACKAGE, ROOT, is_below, modules, needs, shown, text_constants, tree

AREAS = ("purchasing", "sales", "inventory", "finance", "production", "crm")


def declared_codes() -> set[str]:
    """The codes of all document types: the names of the files in the areas."""
    return {
        path.stem
        for area in AREAS
        for path in (PACKAGE / "doctypes" / area).glob("*.py")
        if not path.stem.startswith("_")
    }


def _all_types() -> list[Any]:
    needs("jxc_desktop.doctypes.registry")
    return list(import_module("jxc_desktop.doctypes.registry").all_types())


def test_the_registry_knows_one_type_for_each_file() -> None:
    types = _all_types()
    assert {kind.code for kind in types} == declared_codes()
    assert len({kind.code for kind in types}) == len(types)


def _words_of_other_lists() -> set[str]:
    """Names that a code shares with a table, a kind of money line or an account role: those lists may be quoted."""
    tables = set(import_module("jxc_desktop.db.tables").metadata.tables)
    kinds = {kind for each in _all_types() for kind in each.money_kinds}
    roles = {
        row["role"] for row in import_module("jxc_desktop.resource_files").read_csv("standards", "account_roles.csv")
    }
    return tables | kinds | roles


def test_no_code_of_a_document_type_stands_outside_its_declaration() -> None:
    codes = declared_codes() - _words_of_other_lists()
    written = [
        f"{shown(path, part)} {part.value}"
        for path in modules()
        if not is_below(path, "doctypes", "db/migrations")
        for part in text_constants(tree(path))
        if part.value in codes
    ]
    assert not written


@pytest.mark.parametrize("code", sorted(declared_codes()))
def test_every_document_type_has_a_scenario(code: str) -> None:
    scenario = ROOT / "tests" / "scenarios" / f"test_{code}.py"
    assert scenario.is_file()
    names = [node.name for node in tree(scenario).body if hasattr(node, "name")]
    assert [name for name in names if name.startswith(("test_", "Test"))]
