"""The model meets the numeric cases of stock and cost: a second opinion must itself be right."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.reference.arithmetic import half_up
from tests.reference.case_book import CaseBook
from tests.reference.stock import METHODS

COPIES = Path(__file__).resolve().parents[1] / "data" / "stock_cases"


def _cases(folder: Path) -> list[dict[str, Any]]:
    found = [case for path in sorted(folder.glob("*.json")) for case in json.loads(path.read_text("utf-8"))["cases"]]
    return [case for case in found if _is_ours(case)]


def _is_ours(case: dict[str, Any]) -> bool:
    return (
        case["kind"] in {"stock", "reject"}
        and case["scope"] == "product"
        and case["given"]["method"] in METHODS
        and {event["op"] for event in case["given"]["events"]} <= OPERATIONS
    )


OPERATIONS = {"receive", "issue", "return_in", "return_out", "set_count", "edit_qty", "cancel"}
CASES = _cases(COPIES)


def _differences(expected: Any, figure: Any, place: str) -> list[str]:
    if isinstance(expected, dict):
        return [fault for key in expected for fault in _differences(expected[key], figure[key], f"{place}.{key}")]
    if isinstance(expected, list):
        if len(expected) != len(figure):
            return [f"{place}: expected {expected}, got {figure}"]
        pairs = enumerate(zip(expected, figure, strict=True))
        return [fault for count, pair in pairs for fault in _differences(*pair, f"{place}[{count}]")]
    decimals = len(expected.partition(".")[2])
    scale = 10**decimals
    if figure is not None and half_up(figure * scale) == Fraction(expected) * scale:
        return []
    return [f"{place}: expected {expected}, got {figure}"]


def _faults(case: dict[str, Any]) -> list[str]:
    book = CaseBook.of(case)
    faults = []
    checks = case["expect"].get("checks", [])
    events = case["given"]["events"]
    for count, event in enumerate(events, start=1):
        is_entered = book.enter(event)
        if is_entered != (case["kind"] == "stock" or count < len(events)):
            faults.append(f"event {count}: entered {is_entered}")
        for check in (one for one in checks if one["after"] == count):
            expected = {field: value for field, value in check.items() if field not in {"after", "wh"}}
            faults += _differences(expected, book.answer(check), f"after {count}")
    if case["kind"] == "reject":
        balance = case["expect"]["balance_after"]
        faults += _differences(balance, book.answer(balance), "after the refusal")
    return faults


def test_there_are_cases() -> None:
    assert len(CASES) == 42


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_the_model_meets_the_case(case: dict[str, Any]) -> None:
    assert _faults(case) == []


def test_a_wrong_expectation_is_noticed() -> None:
    case = json.loads(json.dumps(next(case for case in CASES if case["id"] == "own-001")))
    case["expect"]["checks"][0]["value"] = "3.34"
    assert _faults(case) == ["after 3.value: expected 3.34, got 333/100"]


def test_the_model_meets_every_such_case_of_the_developers(shared_folder: Path) -> None:
    cases = _cases(shared_folder / "cases")
    assert len(cases) >= len(CASES)
    assert {case["id"]: _faults(case) for case in cases if _faults(case)} == {}
