"""Events become documents of a book: what each operation means, what is refused, what is not built yet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.case import Case
from tests.cases.runner import FAILED, PASSED, run


def _outcome(
    events: list[Any], expect: Any, *, kind: str = "stock", method: str = "moving_average", **policy: str
) -> str:
    """What the runner prints of a case; nothing where it passed."""
    given = {"method": method, "policy": policy, "events": events}
    outcome, lines = run(Case("x-1", kind, given, expect, ""))
    assert outcome == (FAILED if lines else PASSED)
    return "\n".join(lines)


def _in(name: str, size: str, **more: str) -> dict[str, str]:
    return {"op": "receive", "id": name, "qty": size, **more}


def _out(name: str, size: str, **more: str) -> dict[str, str]:
    return {"op": "issue", "id": name, "qty": size, **more}


def _after(count: int, **figures: Any) -> dict[str, Any]:
    return {"after": count, **figures}


def test_a_wrong_figure_of_a_check_is_told_with_its_place() -> None:
    events = [_in("r1", "3", value="10"), _out("i1", "1")]
    checks = [
        _after(2, qty="2", value="6.68", unit_cost="3.33", issue_cost={"i1": "3.34"}, variance={"i1": "1"}),
        _after(1, qty="4"),
    ]
    assert _outcome(events, {"checks": checks}).removeprefix("x-1 (stock): ").split("; ") == [
        "checks[0].value: expected 6.68, got 6.67",
        "checks[0].unit_cost: expected 3.33, got 3.34",
        "checks[0].issue_cost.i1: expected 3.34, got 3.33",
        "checks[0].variance.i1: expected 1, got 0.00",
        "checks[1].qty: expected 4, got 3",
    ]


def test_a_check_that_no_event_leads_to_fails() -> None:
    assert "KeyError" in _outcome([_in("r1", "1", value="1")], {"checks": [_after(2, qty="1")]})


def test_a_check_may_stand_before_every_event() -> None:
    assert not _outcome([_in("r1", "1", value="1")], {"checks": [_after(0, qty="0", value="0"), _after(1, qty="1")]})


def test_warehouses_have_pools_of_their_own() -> None:
    events = [_in("r1", "2", unit_cost="1", wh="A"), _in("r2", "2", unit_cost="3", wh="B"), _out("i1", "1", wh="B")]
    checks = [
        _after(3, wh="A", qty="2", value="2", unit_cost="1"),
        _after(3, wh="B", qty="1", value="3", issue_cost={"i1": "3"}),
        _after(3, wh="C", qty="0", value="0"),
        _after(3, qty="3", value="5", unit_cost="1.667"),
    ]
    assert not _outcome(events, {"checks": checks})


def test_a_count_without_a_quantity_leaves_what_is_there_on_its_day() -> None:
    events = [
        _in("r1", "2", unit_cost="1", date="-300"),
        _in("r2", "3", unit_cost="1", date="300"),
        {"op": "set_count", "id": "c1", "unit_cost": "4", "date": "1"},
    ]
    assert not _outcome(events, {"checks": [_after(3, qty="5", value="11")]})


def test_documents_are_amended_more_than_once_and_voided() -> None:
    events = [
        _in("r1", "2", unit_cost="1"),
        {"op": "edit_qty", "of": "r1", "qty": "5"},
        {"op": "edit_qty", "of": "r1", "qty": "4"},
        _out("i1", "1"),
        {"op": "cancel", "of": "i1"},
    ]
    checks = [_after(2, qty="5", value="5"), _after(4, qty="3"), _after(5, qty="4", value="4", issue_cost={"i1": "0"})]
    assert not _outcome(events, {"checks": checks})


def test_a_refusal_is_expected_or_a_fault() -> None:
    events = [_in("r1", "1", unit_cost="2"), _out("i1", "2")]
    refused = {"rejected": True, "balance_after": {"qty": "1", "value": "2"}}
    assert not _outcome(events, refused, kind="reject", negative_stock="forbid")
    told = _outcome(events, refused, kind="reject")
    assert "rejected: expected True, got False" in told
    assert "balance_after.qty: expected 1, got -1" in told
    assert "InsufficientStock" in _outcome(events, {"checks": []}, negative_stock="forbid")


def test_a_day_outside_the_calendar_fails() -> None:
    assert "IndexError" in _outcome([_in("r1", "1", unit_cost="2", date="9999")], {"checks": []})


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"method": "batch"}, "method batch"),
        ({"policy": {"freight": "1"}}, "policy freight"),
        ({"events": [{"op": "melt", "amount": "1"}]}, "operation melt"),
        ({"events": [{"op": "receive", "qty": "1", "value": "1", "batch": "B1"}]}, "a receive of a batch"),
    ],
)
@pytest.mark.parametrize("kind", ["stock", "reject"])
def test_what_the_product_lacks_is_said_and_is_no_refusal(kind: str, changed: dict[str, Any], missing: str) -> None:
    given = {"method": "moving_average", "events": [_in("r1", "1", value="1")], **changed}
    outcome, lines = run(Case("x-1", kind, given, {"checks": [], "rejected": True}, ""))
    assert (outcome, lines) == (FAILED, [f"x-1 ({kind}): {missing} is not built yet"])
