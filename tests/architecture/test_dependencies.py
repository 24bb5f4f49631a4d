"""Every dependency has its reason in the README, and the list of unused ones shrinks as packages land."""

from __future__ import annotations

import re
import tomllib
from typing import Any, cast

from tests.architecture.source import ROOT, imports, modules

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ALWAYS_UNUSED = {"pyside6-essentials", "defusedxml", "tzdata"}


def _names(requirements: list[str]) -> list[str]:
    return [re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0].lower() for requirement in requirements]


def test_the_readme_gives_a_reason_for_each_dependency() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").lower()
    table = readme[readme.index("## dependencies") : readme.index("## measured")]
    runtime = _names(PROJECT["project"]["dependencies"])
    assert not [name for name in runtime if f"| {name} | " not in table]
    development = _names(PROJECT["dependency-groups"]["dev"])
    assert not [name for name in development if name.removeprefix("pytest") not in table]


def test_no_dependency_that_is_imported_is_listed_as_unused() -> None:
    settings = cast("dict[str, Any]", PROJECT["tool"]["deptry"])
    names = settings["package_module_name_map"]
    imported = {name.split(".")[0].lower() for path in modules() for _, name in imports(path)}
    excused = [name.lower() for name in settings["per_rule_ignores"]["DEP002"]]
    used = [name for name in excused if str(names.get(name, name)).lower() in imported]
    assert not set(used) - ALWAYS_UNUSED, "take them out of [tool.deptry.per_rule_ignores] in pyproject.toml"
