"""Each import contract catches what it forbids: a copy of the package gets one violation for each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.architecture.source import PACKAGE, ROOT

# Contract id → the modules planted for it, each with its one import; the contract must name the first of them.
PLANTED: dict[str, dict[str, str]] = {
    "layers": {"kernel/planted_up.py": "jxc_desktop.domain.planted_deep", "domain/planted_deep.py": "json"},
    "domain-layers": {
        "domain/tax/planted_across.py": "jxc_desktop.domain.pricing.planted",
        "domain/pricing/planted.py": "json",
    },
    "doctype-areas": {
        "doctypes/sales/planted_area.py": "jxc_desktop.doctypes.purchasing.planted_other",
        "doctypes/purchasing/planted_other.py": "json",
    },
    "ui-layers": {
        "ui/widgets/planted_widget.py": "jxc_desktop.ui.editor.planted_editor",
        "ui/editor/planted_editor.py": "json",
    },
    "screens-independent": {
        "ui/screens/planted_one.py": "jxc_desktop.ui.screens.planted_two",
        "ui/screens/planted_two.py": "json",
    },
    "pure-core": {"kernel/planted_file.py": "pathlib"},
    "library-owners": {"services/planted_reader.py": "openpyxl"},
    "db-behind-services": {"cli/planted_shortcut.py": "jxc_desktop.db.planted_table", "db/planted_table.py": "json"},
    "server-apart": {"ui/planted_starter.py": "jxc_desktop.server.planted_app", "server/planted_app.py": "json"},
    "acyclic": {
        "queries/planted_round/__init__.py": "json",
        "queries/planted_round/a/__init__.py": "jxc_desktop.queries.planted_round.b",
        "queries/planted_round/b/__init__.py": "jxc_desktop.queries.planted_round.a",
    },
}
CONTRACTS: list[dict[str, str]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]


def test_every_contract_is_shown_to_catch_something() -> None:
    assert {contract["id"] for contract in CONTRACTS} == set(PLANTED)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["id"])
def test_contract_catches_its_violation(contract: dict[str, str]) -> None:
    report = _report()
    assert re.search(rf"^{re.escape(contract['name'])} BROKEN", report, re.MULTILINE), report
    detail = report[report.index("Broken contracts") :].split(f"{contract['name']}\n{'-' * len(contract['name'])}")[1]
    planted = next(iter(PLANTED[contract["id"]])).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert f"jxc_desktop.{planted}" in detail.split("\n---")[0]


def test_a_package_nobody_placed_is_refused() -> None:
    assert "jxc_desktop.planted_nowhere" in _report()


@cache
def _report() -> str:
    """What lint-imports says about a copy of the package with every violation planted."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "jxc_desktop"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for planted in PLANTED.values():
            for name, imported in planted.items():
                _plant(copy, name, imported)
        _plant(copy, "planted_nowhere.py", "json")
        run = subprocess.run(
            [
                sys.executable,
                "-c",
                "from importlinter.cli import lint_imports_command as c; c()",
                "--no-cache",
                "--no-logo",
                str(ROOT / "pyproject.toml"),
            ],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": folder, "COLUMNS": "1000", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    assert run.returncode == 1, run.stdout + run.stderr
    return run.stdout


def _plant(copy: Path, name: str, imported: str) -> None:
    path = copy / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for parent in path.parents:
        if parent == copy:
            break
        (parent / "__init__.py").touch()
    path.write_text(f"import {imported}\n", encoding="utf-8")
