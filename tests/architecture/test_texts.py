"""Every text the code names is in every catalogue, every entry is used, and the compiled catalogues are up to date.

Ids that are put together, `Text(f"field.{field.name}")`, form a family: `FAMILIES` says which members it has, and each
of them needs words. A family that is not listed there needs one entry at least.
"""

from __future__ import annotations

import ast
import gettext
import re
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import click
import pytest
from babel.messages.pofile import read_po

from jxc_desktop.cli.help_page import PIECES
from jxc_desktop.cli.main import jxc_desktop
from jxc_desktop.doctypes.fields import PRICE_MODE, PURCHASE_INVOICE_KIND
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.domain.accounting.posting_rule import TAXPAYERS
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.domain.documents.line import Allocation, EntryLine, ItemLine, MoneyLine, Tracking
from jxc_desktop.exchange.faults import FaultKind, NoteKind
from jxc_desktop.exchange.importers.run import KINDS as IMPORT_KINDS
from jxc_desktop.kernel.problems import Severity
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import KINDS
from jxc_desktop.printing.contents import STAMPED
from jxc_desktop.printing.form import form_names, load_form
from jxc_desktop.queries.reports.registry import REPORTS
from jxc_desktop.services.doctor import CHECKS
from jxc_desktop.services.doctor.file import rebuild_equals_live
from tests.architecture.source import PACKAGE, ROOT, is_below, modules, shown, text_constants, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog

CATALOGUES = ROOT / "translations"
LANGUAGES = ("zh_CN", "zh_TW", "en")
PLACEHOLDER = re.compile(r"\{(\w+)")
WRITES_CHINESE = {"domain/documents/amount_in_words.py"}  # amounts in words are Chinese by law, in every language
READS_CHINESE = ("exchange", "services/book_place.py")
"""Words that are recognised: in files that are imported, in names of folders."""
BEGINS_AN_ID = re.compile(r"[a-z][a-z0-9_]*\\\.[a-z0-9_.\\]*\[")
WHOLE_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def _field_names() -> Iterator[str]:
    """What a document holds, and what document types and kinds of master data declare."""
    for shape in (Document, ItemLine, MoneyLine, Allocation, Tracking, EntryLine):
        yield from (field.name for field in fields(shape))
    for kind in KINDS:
        yield from (field.name for field in kind.fields)
    for each in all_types():
        yield from (field.name for field in (*each.head_fields, *each.line_fields, *each.money_fields))
        yield from (field.name for field in (*each.allocation_fields, *each.tracking_fields, *each.entry_fields))


def _meanings(command: click.Command, place: click.Context) -> Iterator[str]:
    """The text ids of a command, of what it takes, and of the commands below it."""
    for part in (command, *command.get_params(place)):
        meaning = getattr(part, "meaning", None)
        if isinstance(meaning, Text):
            yield meaning.id
    if isinstance(command, click.Group):
        for name in command.list_commands(place):
            below = command.get_command(place, name)
            assert below is not None, name
            yield from _meanings(below, click.Context(below))


@cache
def _of_the_command_line() -> frozenset[str]:
    return frozenset(_meanings(jxc_desktop, click.Context(jxc_desktop)))


def _after(prefix: str) -> Iterator[str]:
    return (text.removeprefix(prefix) for text in _of_the_command_line() if text.startswith(prefix))


def _titles() -> Iterator[str]:
    """What reports, their columns and their parameters are called."""
    for report in REPORTS.values():
        yield report.title.id
        yield from (column.title.id for column in report.columns)
        yield from (parameter.title.id for parameter in report.parameters)


def _of_forms() -> Iterator[str]:
    """The labels of the shipped forms, and what the engine itself writes on paper."""
    for form in map(load_form, form_names()):
        for row in (*form.head, *form.foot, *form.every):
            yield from (cell.label for cell in row if cell.label)
        if form.table is not None:
            yield from (column.label for column in form.table.columns)
    yield from (f"stamp_{status}" for status in STAMPED)
    yield from ("carried", "gift", "labelled", "labels", "list", "reversal", "subtotal", "total")


FAMILIES: dict[str, Callable[[], Iterable[str]]] = {
    "choice.invoice_kind.": lambda: filter(None, PURCHASE_INVOICE_KIND.choices),
    "report.choice.": lambda: {
        choice for each in REPORTS.values() for parameter in each.parameters for choice in parameter.choices
    },
    "choice.price_mode.": lambda: PRICE_MODE.choices,
    "choice.reason.": lambda: (reason for each in all_types() for reason in each.reasons),
    "cli.usage.": PIECES.values,
    "cli.help.": lambda: _after("cli.help."),
    "cli.option.": lambda: _after("cli.option."),
    "doctor.check.": lambda: (check.__name__ for check in (*CHECKS, rebuild_equals_live)),
    "document.type.": lambda: (each.code for each in all_types()),
    "field.": _field_names,
    "import.fault.": lambda: set(FaultKind) - {FaultKind.REFUSED},
    "import.file.too_large_": lambda: ("bytes", "expanded", "entries", "columns", "cells"),
    "import.kind.": lambda: IMPORT_KINDS,
    "import.kind_of_fault.": lambda: FaultKind,
    "import.note.": lambda: NoteKind,
    "master.kind.": lambda: (kind.code for kind in KINDS),
    "money.kind.": lambda: (kind for each in all_types() for kind in each.money_kinds),
    "open_item.": lambda: OpenItemKind,
    "print.": _of_forms,
    "print.stamp_": lambda: STAMPED,
    "report.": lambda: (title.removeprefix("report.") for title in _titles() if title.startswith("report.")),
    "severity.": lambda: Severity,
    "taxpayer.": lambda: TAXPAYERS,
}
"""The beginning of an id → everything that may follow it."""

OPEN = ("field.",)
"""Families that have members beside those: lists and pages title columns that are no declared field."""

pytestmark = pytest.mark.skipif(not any(CATALOGUES.rglob("jxc.po")), reason="the catalogues are not there yet")


def _path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "jxc.po"


@cache
def _catalogue(language: str) -> Catalog:
    with _path(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _wordings(language: str) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in _catalogue(language) if message.id}


def _text_ids(node: ast.AST) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Every `Text(…)` call with the expression of its id."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "Text" and part.args:
            yield part, part.args[0]


def _pattern(text: ast.JoinedStr) -> str:
    """An f-string as a pattern of the ids it can make."""
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z0-9_.]+" for part in text.values]
    return "".join(parts)


def _written_out(expression: ast.expr) -> Iterator[ast.Constant]:
    """The ids an expression may be, beside those that it puts together."""
    if isinstance(expression, ast.IfExp):
        yield from _written_out(expression.body)
        yield from _written_out(expression.orelse)
    elif not isinstance(expression, ast.JoinedStr):
        yield from text_constants(expression)


def _assigned(module: ast.Module, name: str) -> Iterator[ast.Constant]:
    """The text ids that a module gives to a name, for `Text(name)` and `Text(name[key])`."""
    for part in ast.walk(module):
        if not isinstance(part, (ast.Assign, ast.AnnAssign)) or part.value is None:
            continue
        targets = part.targets if isinstance(part, ast.Assign) else [part.target]
        if any(isinstance(to, ast.Name) and to.id == name for to in targets):
            yield from (found for found in text_constants(part.value) if WHOLE_ID.fullmatch(str(found.value)))


@cache
def _named() -> tuple[dict[str, str], dict[str, str]]:
    """Ids that code names in `Text(…)`, and the patterns of those it composes, each with its place."""
    ids: dict[str, str] = {}
    patterns: dict[str, str] = {}
    for path in modules():
        for call, expression in _text_ids(tree(path)):
            place = shown(path, call)
            patterns |= {_pattern(part): place for part in ast.walk(expression) if isinstance(part, ast.JoinedStr)}
            name = expression.value if isinstance(expression, ast.Subscript) else expression
            if isinstance(name, ast.Name):
                ids |= {str(part.value): place for part in _assigned(tree(path), name.id)}
            else:
                ids |= {str(part.value): place for part in _written_out(expression)}
    return ids, patterns


def _composed() -> set[str]:
    """The patterns of all ids that any f-string may make, for ids that are put together before `Text` sees them."""
    parts = (part for path in modules() for part in ast.walk(tree(path)) if isinstance(part, ast.JoinedStr))
    return {_pattern(part) for part in parts if BEGINS_AN_ID.match(_pattern(part))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_the_code_names_is_in_the_catalogue(language: str) -> None:
    ids, patterns = _named()
    known = _wordings(language)
    assert not {text: place for text, place in ids.items() if text not in known}
    assert not {
        pattern: place for pattern, place in patterns.items() if not any(re.fullmatch(pattern, text) for text in known)
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_words(family: str) -> None:
    known = _wordings("zh_CN")
    assert not sorted({family + str(member) for member in FAMILIES[family]()} - known.keys())


def test_every_family_is_composed_somewhere() -> None:
    _, patterns = _named()
    assert not [family for family in FAMILIES if not any(re.fullmatch(pattern, f"{family}x") for pattern in patterns)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_has_words_and_none_is_doubtful(language: str) -> None:
    assert not [text for text, words in _wordings(language).items() if not words.strip()]
    assert not [message.id for message in _catalogue(language) if message.id and message.fuzzy]
    assert not list(_catalogue(language).obsolete)


def test_every_id_of_a_family_that_is_written_out_has_words() -> None:
    """Ids that reach `Text` by way of a name: `Column("profit", title_id="report.column.profit")`."""
    known = _wordings("zh_CN")
    families = tuple(family for family in FAMILIES if family not in OPEN)
    assert not [
        shown(path, part)
        for path in modules()
        for part in text_constants(tree(path))
        if str(part.value).startswith(families) and WHOLE_ID.fullmatch(str(part.value)) and part.value not in known
    ]


def test_every_title_of_a_report_has_words() -> None:
    assert not sorted(set(_titles()) - _wordings("zh_CN").keys())


def test_every_entry_of_the_catalogue_is_used() -> None:
    patterns = _composed()
    literals = {str(part.value) for path in modules() for part in text_constants(tree(path))}
    members = {family + str(member) for family in FAMILIES for member in FAMILIES[family]()}
    closed = tuple(family for family in FAMILIES if family not in OPEN)
    stale = [
        text
        for text in _wordings("zh_CN").keys() - literals - members
        if text.startswith(closed) or not any(re.fullmatch(pattern, text) for pattern in patterns)
    ]
    assert not sorted(stale)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_hold_the_same_entries_with_the_same_placeholders(language: str) -> None:
    first, second = _wordings("zh_CN"), _wordings(language)
    assert set(first) == set(second)
    assert not {
        text: (first[text], second[text])
        for text in first
        if set(PLACEHOLDER.findall(first[text])) != set(PLACEHOLDER.findall(second[text]))
    }


def test_a_text_is_given_every_value_its_words_ask_for() -> None:
    words = _wordings("zh_CN")
    lacking = {}
    for path in modules():
        for call, expression in _text_ids(tree(path)):
            given = _given(call)
            if isinstance(expression, ast.Constant) and given is not None:
                asked = set(PLACEHOLDER.findall(words.get(str(expression.value), "")))
                if asked - given:
                    lacking[shown(path, call)] = asked - given
    assert not lacking


def _given(call: ast.Call) -> set[str] | None:
    """The names of the values passed, None where they cannot be read off the call."""
    if len(call.args) == 1 and not call.keywords:
        return set()
    values = call.args[1] if len(call.args) > 1 else call.keywords[0].value
    if isinstance(values, ast.Dict) and all(isinstance(key, ast.Constant) for key in values.keys):
        return {str(key.value) for key in values.keys if isinstance(key, ast.Constant)}
    return None


def test_no_text_is_put_together_in_the_core() -> None:
    written = [
        shown(path, call)
        for path in modules("kernel", "domain", "doctypes", "services")
        for call, expression in _text_ids(tree(path))
        for part in text_constants(expression)
        if not WHOLE_ID.fullmatch(str(part.value))
    ]
    assert not written


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_up_to_date(language: str) -> None:
    with _path(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [text for text, words in _wordings(language).items() if compiled.gettext(text) != words]
    assert not stale, "run `python -m uv run poe translate`"


def test_no_words_of_the_program_stand_in_its_code() -> None:
    """What is shown stands in catalogues and resources; only what recognises words names them."""
    chinese = re.compile(r"[\u4e00-\u9fff]{2}")
    written = [
        f"{shown(path, part)} {part.value!r}"
        for path in modules()
        if path.relative_to(PACKAGE).as_posix() not in WRITES_CHINESE and not is_below(path, *READS_CHINESE)
        for part in text_constants(tree(path))
        if chinese.search(str(part.value))
    ]
    assert not written
