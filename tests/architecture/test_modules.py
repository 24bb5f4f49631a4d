"""Modules are short, say what they are for and are named after what they hold."""

from __future__ import annotations

import ast
import sys

from tests.architecture.source import PACKAGE, ROOT, committed_files, imports, is_below, modules, shown, tree

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers"}
DOS_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
CORE = ("kernel", "domain", "doctypes", "services")
PURE = ("kernel", "domain", "doctypes")
MAY_CATCH_ALL = {"ui/ops.py", "cli/main.py", "sync/engine.py"}


def test_no_module_is_longer_than_400_lines() -> None:
    long = {}
    for path in (*modules(), *(ROOT / "tests").rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines >= LONGEST:
            long[shown(path)] = lines
    assert not long


def test_every_module_and_package_says_what_it_is_for() -> None:
    everything = (*modules(), *(ROOT / "tests").rglob("*.py"))
    silent = [shown(path) for path in everything if not ast.get_docstring(tree(path))]
    assert not silent


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in modules() if not is_below(path, "db/migrations")}
    assert not [shown(folder) for folder in folders if not (folder / "__init__.py").is_file()]


def test_public_functions_and_classes_of_the_core_have_docstrings() -> None:
    silent = [
        shown(path, node)
        for path in modules(*CORE)
        for node in _public(tree(path))
        if not ast.get_docstring(node) and not _is_overload(node)
    ]
    assert not silent


def _public(module: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """Top-level functions and classes, and the methods of those classes, whose names have no underscore."""
    found: list[ast.FunctionDef | ast.ClassDef] = []
    for node in module.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found += [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name[0] != "_"]
    return found


def _is_overload(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)


def test_no_module_has_a_vague_name() -> None:
    assert not [shown(path) for path in modules() if path.stem in VAGUE or path.parent.name in VAGUE]


def test_no_file_is_named_like_a_dos_device() -> None:
    parts = {(path, part) for path in committed_files() for part in path.relative_to(ROOT).parts}
    assert not [shown(path) for path, part in parts if part.split(".")[0].lower() in DOS_DEVICES]


def test_names_differ_in_more_than_case_and_hold_nothing_windows_refuses() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in committed_files()]
    assert len({name.lower() for name in names}) == len(names)
    assert not [name for name in names if set(name) & set('<>:"|?*\\') or name.endswith((" ", "."))]


def test_everything_is_caught_only_where_a_bug_is_reported() -> None:
    caught = [
        shown(path, node)
        for path in modules()
        if path.relative_to(PACKAGE).as_posix() not in MAY_CATCH_ALL
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and _catches_all(node) and not _lets_go_on(node)
    ]
    assert not caught


def _catches_all(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
    return handler.type is None or bool(names & {"Exception", "BaseException"})


def _lets_go_on(handler: ast.ExceptHandler) -> bool:
    """Whether it only tidies up (a rollback, a temporary file) and raises the same again."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_qt_is_imported_by_the_window_and_its_starter_only() -> None:
    strays = [
        shown(path, node)
        for path in modules()
        if not is_below(path, "ui", "bootstrap.py")
        for node, name in imports(path)
        if name.split(".")[0] in {"PySide6", "shiboken6"}
    ]
    assert not strays


def test_the_core_imports_the_standard_library_and_itself_and_the_kernel_its_structs() -> None:
    allowed = sys.stdlib_module_names | {"jxc_desktop", ""}
    strays = [
        f"{shown(path, node)} {name}"
        for path in modules(*PURE)
        for node, name in imports(path)
        if name.split(".")[0] not in allowed and not (name == "msgspec" and is_below(path, "kernel"))
    ]
    assert not strays


def test_no_float_stands_in_the_core() -> None:
    strays = [
        shown(path, node)
        for path in modules(*PURE)
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]
    assert not strays
