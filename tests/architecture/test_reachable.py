"""What the product can do, the command line can do: use cases and reports are reachable, commands documented."""

from __future__ import annotations

import ast
import json
from importlib import import_module
from typing import TYPE_CHECKING

import click
import pytest

from jxc_desktop.__main__ import main
from tests.architecture.source import PACKAGE, modules, shown, tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND_LINE = ("cli", "exchange", "printing")
NO_REPORT = {"registry", "spec", "report"}  # modules beside the reports that hold none

pytestmark = pytest.mark.skipif(not (PACKAGE / "cli").is_dir(), reason="the command line does not exist yet")


def _use_cases() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Public functions of services that declare a right, as a decorator's `right=…`."""
    for path in modules("services"):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and any(_declares_right(mark) for mark in node.decorator_list):
                yield path, node


def _declares_right(mark: ast.expr) -> bool:
    return isinstance(mark, ast.Call) and any(word.arg == "right" for word in mark.keywords)


def _mentioned(*packages: str) -> set[str]:
    """Every name that the modules of the packages read, import or take from a module."""
    found: set[str] = set()
    for path in modules(*packages):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.alias):
                found.add(node.name.split(".")[-1])
    return found


def _called(names: set[str]) -> set[str]:
    """The names, and those that the services of that name call: `create_book` begins the book it has made."""
    found = set(names)
    for path in modules("services"):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.name in names:
                found |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return found


def test_every_use_case_is_reachable_from_the_command_line() -> None:
    mentioned = _called(_mentioned(*COMMAND_LINE))
    cases = list(_use_cases())
    assert cases, "a use case declares its right: @use_case(right=…)"
    assert not [shown(path, node) for path, node in cases if node.name not in mentioned]


def test_every_report_is_listed_by_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    files = {path.stem.replace("_", "-") for path in (PACKAGE / "queries" / "reports").glob("[a-z]*.py")}
    if not files:
        pytest.skip("no reports yet")
    assert main(["report", "--list", "--json"]) == 0
    assert files - NO_REPORT <= set(_named(json.loads(capsys.readouterr().out)))


def _named(listing: object) -> Iterator[str]:
    """Every `name` anywhere in a JSON answer."""
    if isinstance(listing, dict):
        yield from (str(value) for key, value in listing.items() if key == "name")
    parts = listing.values() if isinstance(listing, dict) else listing if isinstance(listing, list) else ()
    for part in parts:
        yield from _named(part)


def test_every_command_is_documented() -> None:
    groups = [value for value in vars(import_module("jxc_desktop.cli.main")).values() if isinstance(value, click.Group)]
    assert groups, "jxc_desktop.cli.main holds the group of all commands"
    commands = [(name, command) for group in groups for name, command in _commands(group)]
    assert commands
    assert not [name for name, command in commands if not (command.help or command.short_help)]


def _commands(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield name, command
        if isinstance(command, click.Group):
            yield from _commands(command)
