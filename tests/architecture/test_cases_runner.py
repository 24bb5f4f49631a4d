"""The runner of numeric cases translates and compares; it works nothing out itself."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import ROOT, imports, shown, tree

RUNNER = sorted((ROOT / "tests/cases").glob("*.py"))
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult, ast.LShift, ast.RShift)
COMPUTING_NAMES = {"sum", "divmod", "round", "pow", "abs", "reduce", "accumulate", "fsum", "prod"}
COMPUTING_METHODS = {"__add__", "__sub__", "__mul__", "__truediv__", "__floordiv__", "__mod__", "__neg__", "__radd__"}
COMPUTING_MODULES = {"math", "operator", "statistics", "itertools", "numpy"}
MODEL = "tests.reference"
"""Works figures out by itself; the runner asks the product."""


def _computes(node: ast.AST) -> bool:
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        return isinstance(node.op, ARITHMETIC)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.USub, ast.UAdd, ast.Invert))
    if isinstance(node, ast.Attribute):
        return node.attr in COMPUTING_METHODS
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in COMPUTING_NAMES


def test_the_case_runner_computes_nothing() -> None:
    assert RUNNER
    assert not [shown(path, node) for path in RUNNER for node in ast.walk(tree(path)) if _computes(node)]


def test_the_case_runner_imports_nothing_that_computes() -> None:
    assert not [
        shown(path, node)
        for path in RUNNER
        for node, name in imports(path)
        if name.split(".")[0] in COMPUTING_MODULES or name.startswith(MODEL)
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("a + b", "a - b", "a * b", "a / b", "a // b", "a % b", "a ** b", "a += b", "-a"),
        *("sum(a)", "round(a, 2)", "a.__add__(b)"),
    ],
)
def test_arithmetic_would_be_noticed(text: str) -> None:
    assert any(_computes(node) for node in ast.walk(ast.parse(text)))


@pytest.mark.parametrize("text", ["def f(a: int | None): ...", "not a", "a == b", "len(a)", "f'{a}.{b}'"])
def test_types_and_comparisons_are_no_arithmetic(text: str) -> None:
    assert not any(_computes(node) for node in ast.walk(ast.parse(text)))
