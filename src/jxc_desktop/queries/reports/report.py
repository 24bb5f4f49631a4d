"""Running a report: parameters read as declared, rows asked for, the answer as plain values.

One function for all reports; the shape of the answer is a contract of the command line.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import HasProblems, NotFound, UserError
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.cards import find_card
from jxc_desktop.queries.plain import day_of, day_text, micro_text, money_text

from .registry import REPORTS
from .spec import ColumnType, ParameterType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jxc_desktop.db.engine import Session

    from .spec import Column, Parameter, Report

    Translator = Callable[[Text], str]

MOST_SPANS = 12
"""So many numbers of days a list of spans may have."""


def find_report(name: str) -> Report:
    """The report of that name. Raises NotFound, naming all there are."""
    found = REPORTS.get(name)
    if found is None:
        raise NotFound(Text("report.unknown", {"report": name, "reports": list(REPORTS)}))
    return found


def list_reports(words: Translator) -> list[dict[str, Any]]:
    """Every report with its parameters and columns, titled by `words`."""
    return [
        {
            "name": report.name,
            "title": words(report.title),
            "parameters": [_parameter(each, words) for each in report.parameters],
            "columns": [_column(each, words) for each in report.columns],
        }
        for report in REPORTS.values()
    ]


def _parameter(parameter: Parameter, words: Translator) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": parameter.name,
        "title": words(parameter.title),
        "type": str(parameter.type),
        "required": parameter.is_required,
    }
    if parameter.choices:
        shown["choices"] = list(parameter.choices)
    return shown


def _column(column: Column, words: Translator) -> dict[str, str]:
    return {"name": column.name, "title": words(column.title), "type": str(column.type)}


def run_report(
    session: Session, *, name: str, given: Mapping[str, str], today: date, words: Translator
) -> dict[str, Any]:
    """Ask a report: {"report", "parameters", "columns", "rows", "totals"}, amounts and quantities as decimal strings.

    `given` holds the parameters as texts: dates ISO, a month for its first or last day, cards by code, name or id.
    `today` is the business date, `words` translates the titles. Raises NotFound for an unknown report, HasProblems
    with each parameter that cannot be read.
    """
    report = find_report(name)
    values = _read(session, report, {key: text for key, text in given.items() if text})
    values["today"] = day_of(today)
    columns = report.shape(values).columns
    rows = report.query(session, values)
    return {
        "report": report.name,
        "parameters": {key: text for key, text in given.items() if text},
        "columns": [_column(each, words) for each in columns],
        "rows": plain_rows(columns, rows),
        "totals": _totals(columns, report.added(rows)),
    }


def plain_rows(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Rows as dicts of plain values by the types of their columns; written column by column, which is faster."""
    names = [column.name for column in columns]
    written = [_written(column, values) for column, values in zip(columns, zip(*rows, strict=True), strict=False)]
    return [dict(zip(names, row, strict=True)) for row in zip(*written, strict=True)]


def _written(column: Column, values: Sequence[Any]) -> Iterable[Any]:
    writer = _WRITERS.get(column.type)
    if writer is None:
        return values
    if None in values:
        return [None if value is None else writer(value) for value in values]
    return map(writer, values)


_WRITERS: dict[ColumnType, Callable[[Any], Any]] = {
    ColumnType.DATE: day_text,
    ColumnType.MONEY: money_text,
    ColumnType.QUANTITY: micro_text,
    ColumnType.PRICE: micro_text,
    ColumnType.RATE: micro_text,
    ColumnType.YES_NO: bool,
}


def _totals(columns: Sequence[Column], added: Sequence[Sequence[Any]]) -> dict[str, Any]:
    totals = {}
    for place, column in enumerate(columns):
        if column.is_total:
            writer = _WRITERS[column.type]
            totals[column.name] = writer(sum(row[place] for row in added))
    return totals


def _read(session: Session, report: Report, given: Mapping[str, str]) -> dict[str, Any]:
    declared = {parameter.name: parameter for parameter in report.parameters}
    problems: list[Problem] = []
    for name in given:
        if name not in declared:
            params = {"report": report.name, "parameter": name, "parameters": list(declared)}
            problems.append(Problem((name,), Text("report.unknown_parameter", params)))
    values: dict[str, Any] = {}
    for name, parameter in declared.items():
        try:
            values[name] = _value(session, parameter, given.get(name, ""))
        except UserError as refused:
            problems.append(Problem((name,), refused.text))
    if problems:
        raise HasProblems(Text("report.has_problems", {"report": report.name, "count": len(problems)}), problems)
    return values


def _value(session: Session, parameter: Parameter, text: str) -> Any:
    if not text:
        if parameter.is_required:
            raise UserError(Text("report.parameter_missing", {"parameter": parameter.title}))
        if parameter.type is ParameterType.CHOICE:
            return parameter.choices[0]
        return False if parameter.type is ParameterType.YES_NO else None
    if parameter.type is ParameterType.CARD:
        return find_card(session, parameter.to, text)
    if parameter.type is ParameterType.CHOICE:
        return _one_of(parameter, text, parameter.choices)
    if parameter.type is ParameterType.YES_NO:
        return _one_of(parameter, text.lower(), ("yes", "true", "1", "no", "false", "0")) in {"yes", "true", "1"}
    return _READERS[parameter.type](text)


def _days(text: str) -> tuple[int, ...]:
    """`30,60,90` as rising numbers above 0; the Chinese commas and blanks separate as well."""
    parts = text.translate(str.maketrans("，、;； ", ",,,,,")).split(",")
    numbers = tuple(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 6)
    is_rising = all(one < other for one, other in pairwise((0, *numbers)))
    if len(numbers) != len(parts) or not is_rising or len(numbers) > MOST_SPANS:
        raise UserError(Text("report.bad_days", {"value": text, "most": MOST_SPANS}))
    return numbers


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise UserError(Text("report.bad_count", {"value": text}))
    return int(text)


def _one_of(parameter: Parameter, text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        params = {"parameter": parameter.title, "value": text, "choices": list(choices)}
        raise UserError(Text("report.not_a_choice", params))
    return text


def _day(text: str, *, is_end: bool) -> int:
    """`2026-01-05`, or `2026-01` for its first or last day, as YYYYMMDD."""
    try:
        if len(text) == 7:
            first = date.fromisoformat(f"{text}-01")
            return day_of(first.replace(day=monthrange(first.year, first.month)[1])) if is_end else day_of(first)
        return day_of(date.fromisoformat(text))
    except ValueError as error:
        raise UserError(Text("report.bad_date", {"value": text})) from error


_READERS: dict[ParameterType, Callable[[str], Any]] = {
    ParameterType.DATE: partial(_day, is_end=False),
    ParameterType.END_DATE: partial(_day, is_end=True),
    ParameterType.DAYS: _days,
    ParameterType.COUNT: _count,
    ParameterType.TEXT: str,
}
