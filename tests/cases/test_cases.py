"""The cases pass, and the runner notices what does not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cases.compare import differences
from tests.cases.runner import main

ROOT = Path(__file__).resolve().parents[2]
COPIES = ROOT.joinpath("tests", "data", "cases")
STOCK_COPIES = ROOT.joinpath("tests", "data", "stock_cases")
TOPICS = (
    "tax",
    "uom_conversion",
    "amount_in_words",
    "payment_allocation",
    "aging",
    "barcode",
    "moving_average",
    "negative_stock",
    "backdated",
    "purchase_sales_return",
    "revaluation",
    "landed_cost",
    "fifo",
    "monthly_weighted_average",
    "batch_picking",
)


def _last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines().pop()


def test_the_copied_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(COPIES)]) == 0
    assert _last_line(capsys) == "33 passed, 0 failed, 13 n/a"


def test_the_copied_cases_of_stock_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(STOCK_COPIES)]) == 0
    assert _last_line(capsys) == "46 passed, 0 failed, 0 n/a"


@pytest.mark.parametrize("topic", TOPICS)
def test_every_case_of_a_topic_passes(topic: str, shared_folder: Path) -> None:
    assert main([str(shared_folder.joinpath("cases", f"{topic}.json"))]) == 0


def test_nothing_else_fails_but_what_is_not_built_yet(shared_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    others = [path for path in sorted(shared_folder.joinpath("cases").glob("*.json")) if path.stem not in TOPICS]
    main([str(path) for path in others])
    *lines, _total = capsys.readouterr().out.splitlines()
    assert not [each for each in lines if not each.startswith("n/a: ") and not each.endswith(" is not built yet")]


def _file(folder: Path, **changed: Any) -> str:
    row = {
        "id": "x-1",
        "kind": "sum_open",
        "scope": "product",
        "given": {"invoice": "100", "payments": ["30.50"]},
        "expect": {"open": "69.50"},
    }
    path = folder.joinpath("cases.json")
    path.write_text(json.dumps({"cases": [{**row, **changed}]}), encoding="utf-8")
    return str(path)


def test_a_case_that_is_met_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([_file(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 passed, 0 failed, 0 n/a\n"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"expect": {"open": "69.51"}}, "x-1 (sum_open): open: expected 69.51, got 69.50"),
        ({"expect": {"closed": "1"}}, "x-1 (sum_open): closed: expected 1, but the product gives no such figure"),
        ({"kind": "fx"}, "x-1 (fx): kind fx is not built yet"),
        ({"given": {"invoice": "100"}}, "x-1 (sum_open): KeyError: 'payments'"),
        ({"given": {"invoice": "a", "payments": []}}, "x-1 (sum_open): ValueError: a"),
    ],
)
def test_a_case_that_is_not_met_fails_with_its_reason(
    changed: dict[str, Any], fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([_file(tmp_path, **changed)]) == 1
    assert capsys.readouterr().out == f"{fault}\n0 passed, 1 failed, 0 n/a\n"


def test_a_case_out_of_scope_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([_file(tmp_path, scope="n/a", reason="one currency", kind="fx")]) == 0
    assert capsys.readouterr().out == "n/a: one currency (x-1)\n0 passed, 0 failed, 1 n/a\n"


def test_a_missing_file_or_empty_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert main([str(tmp_path.joinpath("none.json"))]) == 2
    assert main([]) == 2
    assert "no case file here" in capsys.readouterr().out


def _is_met(expected: object, figure: object) -> bool:
    return not list(differences(expected, figure, "here"))


def test_a_figure_is_rounded_half_up_to_the_expected_decimals() -> None:
    assert _is_met("3.49", "3.494")
    assert _is_met("3.50", "3.495")
    assert not _is_met("3.49", "3.495")
    assert _is_met("10", "10.00")
    assert _is_met("2.35", lambda decimals: {2: "2.35", 1: "2.3"}[decimals])
    assert _is_met("refused", "refused")
    assert not _is_met("refused", "1")


def test_lists_truth_and_nothing_are_compared_as_they_are() -> None:
    assert _is_met([True, None], [True, False])
    assert not _is_met([True], [False])
    assert not _is_met(["1"], ["1", "2"])
    assert not _is_met({"a": "1"}, "1")


def test_it_runs_as_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.cases", _file(tmp_path, expect={"open": "1"})]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout.endswith("0 passed, 1 failed, 0 n/a\n")
