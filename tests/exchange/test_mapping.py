"""Mapping files: what they say is taken, and everything wrong in one is listed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.exchange.mapping import parse_map, read_map
from jxc_desktop.exchange.rules import ReturnOf
from jxc_desktop.kernel.errors import FileMissing, HasProblems
from tests.exchange.samples import MAPS

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_examples_are_valid() -> None:
    kinds = {path.name: "opening-stock" if "opening" in path.name else "documents" for path in MAPS.glob("*.toml")}
    assert len(kinds) >= 3
    sources = {read_map(MAPS / name, kind).source for name, kind in kinds.items()}
    assert len(sources) == len(kinds)


def test_a_return_by_match_and_one_by_column() -> None:
    retail = read_map(MAPS / "online_retail.toml", "documents")
    found = {rule.return_of for rule in retail.rules if rule.type == "sales_return"}
    assert found == {ReturnOf(match=("party", "item"), sources=("delivery_note",))}
    stream = read_map(MAPS / "adventureworks_stream.toml", "documents")
    assert {rule.return_of for rule in stream.rules if rule.return_of} == {ReturnOf(column="Of")}


def _problems(raw: dict[str, Any], kind: str = "documents", types: set[str] | None = None) -> set[tuple[str, str]]:
    with pytest.raises(HasProblems) as refused:
        parse_map(raw, kind, types=types)
    return {("/".join(map(str, problem.place)), problem.text.id) for problem in refused.value.problems}


def test_all_mistakes_are_listed_at_once() -> None:
    raw: dict[str, Any] = {
        "kind": "items",
        "colums": {},
        "header_row": -1,
        "sheet": 3,
        "columns": {"A": "number", "B": "nummer"},
        "values": {"typ": {"a": "b"}},
        "constants": {"partie": "x"},
        "items": {"service": [1]},
        "documents": {
            "group_by": ["row"],
            "rules": [
                {"when": {"quantity": "minus"}, "type": "sales_return", "return_of": {"match": ["customer"]}},
                {"when": {"colour": "red"}, "type": "unheard_of"},
                {"type": "a", "skip": "b"},
                {"skip": "b", "return_of": {"column": "x", "match": ["party"], "order": "any", "within_days": -1}},
            ],
        },
    }
    assert _problems(raw, types={"sales_return", "a"}) == {
        ("kind", "import.map.other_kind"),
        ("colums", "import.map.unknown"),
        ("header_row", "import.map.not_a_row"),
        ("sheet", "import.map.not_a_text"),
        ("columns/B", "import.map.unknown"),
        ("values/typ", "import.map.unknown"),
        ("constants/partie", "import.map.unknown"),
        ("items/service", "import.map.not_texts"),
        ("documents/group_by", "import.map.unknown"),
        ("documents/rules/1/when/quantity", "import.map.unknown"),
        ("documents/rules/1/return_of/match", "import.map.unknown"),
        ("documents/rules/2/when/colour", "import.map.unknown"),
        ("documents/rules/2/type", "import.map.unknown_type"),
        ("documents/rules/3", "import.map.type_or_skip"),
        ("documents/rules/4/return_of", "import.map.column_or_match"),
        ("documents/rules/4/return_of/order", "import.map.unknown"),
        ("documents/rules/4/return_of/within_days", "import.map.not_days"),
    }


def test_documents_need_rules_and_tables_are_tables() -> None:
    assert _problems({"columns": "A"}) == {
        ("columns", "import.map.not_a_table"),
        ("documents/rules", "import.map.no_rules"),
    }


def test_a_map_that_is_no_toml_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with pytest.raises(FileMissing):
        read_map(path, "items")
    path.write_text("columns = [", encoding="utf-8")
    with pytest.raises(HasProblems) as refused:
        read_map(path, "items")
    assert refused.value.text.id == "import.map.not_toml"
