"""Money, quantity, unit price, rate and plain numbers never mix: neither when the program runs nor when it is typed."""

from __future__ import annotations

import operator
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, Ratio, UnitPrice

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]

KINDS: dict[str, Any] = {
    "Money(1)": Money(1),
    "Quantity(1)": Quantity(1),
    "UnitPrice(1)": UnitPrice(1),
    "Rate(1)": Rate(1),
    "Ratio(1)": Ratio(1),
    "1": 1,
    "1.5": 1.5,
}
NUMBERS = {"1", "1.5"}
ADD_OR_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
SCALE: dict[str, Callable[[Any, Any], Any]] = {
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}

MIXED = [
    (left, sign, right)
    for left in KINDS
    for right in KINDS
    if left != right and not {left, right} <= NUMBERS
    for sign in ADD_OR_COMPARE
]
SCALED = [
    (left, sign, right)
    for left in KINDS
    for right in KINDS
    if not {left, right} <= NUMBERS and (left == right or NUMBERS & {left, right})
    for sign in SCALE
]
RATIOS = [("Ratio(1)", sign, "Ratio(1)") for sign in ADD_OR_COMPARE]
REFUSED = [*MIXED, *SCALED, *RATIOS]
ALLOWED = [
    *(
        f"{kind} {sign} {kind}"
        for kind in ("Money(1)", "Quantity(1)", "UnitPrice(1)", "Rate(1)")
        for sign in ADD_OR_COMPARE
    ),
    "line_amount(Quantity(1), UnitPrice(1), Rate(1))",
    "total([Money(1), -Money(2), abs(Money(3))])",
    "Ratio(1).to_base(Quantity(1))",
]
MISUSED = [
    "line_amount(UnitPrice(1), Quantity(1))",
    "line_amount(Quantity(1), UnitPrice(1), Quantity(1))",
    "total([Quantity(1)])",
    "Ratio(1).to_base(UnitPrice(1))",
    "Money(1.5)",
    "Quantity('1')",
    "sum([Money(1), Money(2)])",
    "Changes().topics = frozenset()",
]

HEAD = """\
from jxc_desktop.kernel.changes import Changes
from jxc_desktop.kernel.money import Money, total
from jxc_desktop.kernel.quantity import Quantity, Rate, Ratio, UnitPrice, line_amount
"""


@pytest.mark.parametrize(("left", "sign", "right"), REFUSED)
def test_wrong_kinds_do_not_mix_at_run_time(left: str, sign: str, right: str) -> None:
    work = {**ADD_OR_COMPARE, **SCALE}[sign]
    with pytest.raises(TypeError):
        work(KINDS[left], KINDS[right])


def test_the_same_number_of_another_kind_is_not_equal() -> None:
    everything = list(KINDS.values())
    for here, one in enumerate(everything):
        for there, other in enumerate(everything):
            assert (one == other) is (here == there)


def test_sums_start_from_money_and_not_from_0() -> None:
    with pytest.raises(TypeError):
        sum([Money(1), Money(2)])  # type: ignore[list-item]


def test_wrong_kinds_do_not_mix_for_the_type_checker(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    refused = [f"{left} {sign} {right}" for left, sign, right in REFUSED] + MISUSED
    program = HEAD + "\n".join([*ALLOWED, "# from here on every line is refused", *refused]) + "\n"
    snippet = tmp_path / "kinds.py"
    snippet.write_text(program, encoding="utf-8")
    lines = program.splitlines()
    first = lines.index("# from here on every line is refused") + 2
    assert _lines_with_errors(snippet, pytestconfig) == set(range(first, len(lines) + 1))


def _lines_with_errors(snippet: Path, pytestconfig: pytest.Config) -> set[int]:
    assert pytestconfig.cache is not None
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            "--no-pretty",
            f"--cache-dir={pytestconfig.cache.mkdir('mypy')}",
            str(snippet),
        ],
        cwd=snippet.parent,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1, answer.stdout + answer.stderr
    return {int(line) for line in re.findall(rf"^{snippet.name}:(\d+): error: ", answer.stdout, re.MULTILINE)}
