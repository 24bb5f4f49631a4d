"""Reading case files, running every case, and the report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import ExternalError, UserError
from tests.cases.case import NotBuiltYet, read_cases
from tests.cases.compare import differences
from tests.cases.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.cases.case import Case

PASSED, FAILED, OUT_OF_SCOPE = "passed", "failed", "n/a"
WENT_WRONG = (UserError, ExternalError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
"""What a case may run into: it fails, and the next one runs."""


def main(arguments: Sequence[str]) -> int:
    """Run the named files and folders. 0 when no case failed, 1 when one did, 2 when there is nothing to run."""
    if not arguments:
        print("usage: python -m tests.cases DIR|FILE…")
        return 2
    files, missing = _files(arguments)
    for name in missing:
        print(f"{name}: no case file here")
    if missing:
        return 2
    counts: Counter[str] = Counter()
    for path in files:
        for case in read_cases(path):
            outcome, lines = run(case)
            counts.update([outcome])
            for line in lines:
                print(line)
    print(f"{counts[PASSED]} passed, {counts[FAILED]} failed, {counts[OUT_OF_SCOPE]} n/a")
    return 1 if counts[FAILED] else 0


def run(case: Case) -> tuple[str, list[str]]:
    """The outcome of a case and the lines to print about it: none when it passed."""
    if case.reason:
        return OUT_OF_SCOPE, [f"n/a: {case.reason} ({case.id})"]
    faults = list(_faults(case))
    if faults:
        return FAILED, [f"{case.id} ({case.kind}): {'; '.join(faults)}"]
    return PASSED, []


def _faults(case: Case) -> Iterator[str]:
    kind = KINDS.get(case.kind)
    if kind is None:
        yield f"kind {case.kind} is not built yet"
        return
    try:
        figures = kind(case)
    except NotBuiltYet as missing:
        yield f"{missing} is not built yet"
        return
    except WENT_WRONG as error:
        text = getattr(error, "text", "")
        yield f"{type(error).__name__}: {text or error}"
        return
    yield from differences(case.expect, figures, "")


def _files(arguments: Sequence[str]) -> tuple[list[Path], list[str]]:
    """The case files behind the arguments, and the arguments without any."""
    files: list[Path] = []
    missing: list[str] = []
    for name in arguments:
        path = Path(name)
        found = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if found and found[0].is_file():
            files.extend(found)
        else:
            missing.append(name)
    return files, missing
