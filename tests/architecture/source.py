"""The source tree as the architecture tests read it: modules, their syntax trees and the files that are committed."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "jxc_desktop"
NOT_OURS = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}


@cache
def modules(*below: str) -> tuple[Path, ...]:
    """All Python files of the package, or of the named sub-packages only."""
    folders = [PACKAGE / name for name in below] or [PACKAGE]
    return tuple(sorted(path for folder in folders for path in folder.rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path, node: ast.AST | None = None) -> str:
    """A place as an editor opens it: `src/…/money.py:12`."""
    place = path.relative_to(ROOT).as_posix()
    return f"{place}:{getattr(node, 'lineno', 1)}" if node else place


def is_below(path: Path, *packages: str) -> bool:
    """Whether a module lies in one of the sub-packages, named with slashes."""
    place = path.relative_to(PACKAGE).as_posix()
    return any(place == name or place.startswith(f"{name}/") for name in packages)


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Every absolute import of a file with the full name of what it imports; `.` stands for a relative one."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node, "." if node.level else str(node.module)


def text_constants(node: ast.AST) -> Iterator[ast.Constant]:
    """Every string literal below a node that is not a docstring or the text part of an f-string."""
    prose = {id(part) for part in _prose(node)}
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in prose:
            yield part


def _prose(node: ast.AST) -> Iterator[ast.AST]:
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            yield from (value for value in part.values if isinstance(value, ast.Constant))
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
            yield part.value


@cache
def committed_files() -> tuple[Path, ...]:
    """What git holds or would take; without git, every file that no tool made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def committed_text() -> Iterator[tuple[Path, str]]:
    """The committed files that are text, with their contents."""
    for path in committed_files():
        raw = path.read_bytes()
        if b"\0" not in raw[:8192]:
            yield path, raw.decode("utf-8", errors="replace")


def needs(module: str) -> None:
    """Skip the calling test while a module of the product does not exist yet."""
    try:
        present = find_spec(module) is not None
    except ModuleNotFoundError:
        present = False
    if not present:
        pytest.skip(f"{module} does not exist yet")
