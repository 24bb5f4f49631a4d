"""Reports: each is a command of its own whose options are the report's declared parameters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.reports.registry import REPORTS
from jxc_desktop.queries.reports.report import list_reports, run_report
from jxc_desktop.queries.reports.spec import ParameterType
from jxc_desktop.services.business_day import business_day
from jxc_desktop.services.setting_values import shown_settings

from .call import Call
from .command import Command, Option, group_options
from .parameter_types import FILE
from .table import Column, table
from .usage import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from jxc_desktop.queries.reports.spec import Parameter, Report
    from jxc_desktop.services.book import Book

NUMBERS = frozenset({"money", "quantity", "price", "rate", "whole"})
METAVARS = {ParameterType.DATE: "YYYY-MM-DD", ParameterType.END_DATE: "YYYY-MM-DD", ParameterType.YES_NO: "yes|no"}

ALSO = {"to": ("--as-of",)}
"""A report over a span says what stands at its end, which may be asked for by either name."""


class ReportCommand(Command):
    """One report."""

    def __init__(self, declared: Report) -> None:
        options = [_option(parameter) for parameter in declared.parameters]
        super().__init__(
            declared.name,
            callback=partial(_print_report, declared),
            params=[*options, Option(["--out"], type=FILE, help="out"), *group_options()],
            help=declared.name,
        )
        self._title = declared.title

    @property
    def meaning(self) -> Text:
        """The title of the report."""
        return self._title


class ReportGroup(Command, click.Group):
    """All reports."""

    def summaries(self) -> dict[str, Text]:
        """The reports with their titles."""
        return {name: declared.title for name, declared in REPORTS.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the reports."""
        del ctx
        return list(REPORTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one report."""
        del ctx
        declared = REPORTS.get(cmd_name)
        return None if declared is None else ReportCommand(declared)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a report by its name."""
        if args and args[0] not in REPORTS and not args[0].startswith("-"):
            raise WrongUsage(Text("report.unknown", {"report": args[0], "reports": list(REPORTS)}))
        return super().resolve_command(ctx, args)


def _list(call: Call, *, is_listed: bool) -> None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        return
    if not is_listed:
        raise WrongUsage(Text("cli.report.which", {"reports": list(REPORTS)}))
    found = list_reports(call.words)
    call.answer({"reports": found}, lambda: _listed(call, found))


def _called(**values: Any) -> None:
    call = click.get_current_context().find_object(Call)
    assert call is not None
    _list(call, is_listed=values["is_listed"])


report = ReportGroup(
    "report",
    callback=_called,
    params=[Option(["--list", "is_listed"], is_flag=True, help="report_list"), *group_options()],
    invoke_without_command=True,
    help="report",
)


def _listed(call: Call, found: list[dict[str, Any]]) -> Iterator[str]:
    columns = [Column(call.words(Text(f"cli.column.{name}"))) for name in ("report", "title", "parameters")]
    rows = [
        (each["name"], each["title"], " ".join(_flag(parameter["name"]) for parameter in each["parameters"]))
        for each in found
    ]
    return table(columns, rows)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _option(parameter: Parameter) -> Option:
    """A parameter as an option; its value stays a text, which the report reads as declared."""
    metavar = "|".join(parameter.choices) or METAVARS.get(parameter.type, parameter.to.upper() or "TEXT")
    flags = [_flag(parameter.name), *ALSO.get(parameter.name, ())]
    return Option([*flags, f"given_{parameter.name}"], metavar=metavar, meaning=parameter.title)


def _print_report(declared: Report, *, out: Path | None, **values: str | None) -> None:
    call = click.get_current_context().find_object(Call)
    assert call is not None
    given = {name.removeprefix("given_"): text for name, text in values.items() if text}
    with call.book_to_read() as book:
        content = report_content(call, book, declared.name, given)
        company = str(book.read(shown_settings, key="company_name")["company_name"]) if out is not None else ""
    if out is not None:
        _write(call, {**content, "rows": _in_words(call, content)}, out, company)
    else:
        call.answer(content, lambda: report_lines(call, content))


def _write(call: Call, content: Mapping[str, Any], out: Path, company: str) -> None:
    from jxc_desktop.exchange.exporters.report_file import write_report  # noqa: PLC0415 — seldom asked for

    title = call.words(REPORTS[content["report"]].title)
    if out.suffix.lower() == ".pdf":
        from jxc_desktop.printing.printed import print_report, write_pdf  # noqa: PLC0415 — seldom asked for

        write_pdf(print_report(content, title=title, company=company, words=call.words), out)
    else:
        write_report(content, out, title=title, total_word=call.words(Text("cli.total")))
    call.say({"file": str(out)}, Text("cli.report.written", {"file": str(out)}))


def report_content(call: Call, book: Book, name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The answer of a report, in the shape that --json prints."""
    today = book.read(business_day, now_ms=book.clock.now_ms())
    return book.read(run_report, name=name, given=given, today=today, words=call.words)


def report_lines(call: Call, content: Mapping[str, Any]) -> Iterator[str]:
    """A report as a table under its title, with its totals."""
    columns = [Column(column["title"], is_number=column["type"] in NUMBERS) for column in content["columns"]]
    names = [column["name"] for column in content["columns"]]
    rows = [[_cell(call, row[name]) for name in names] for row in _in_words(call, content)]
    totals = content["totals"]
    last = [_cell(call, totals.get(name)) for name in names] if totals and rows else []
    if last and not last[0]:
        last[0] = call.words(Text("cli.total"))
    yield call.words(REPORTS[content["report"]].title)
    yield from table(columns, rows, last)


def _in_words(call: Call, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows for people: the type of a document and the state of a serial number by their names."""
    rows: list[dict[str, Any]] = content["rows"]
    worded = [column["name"] for column in content["columns"] if column["name"] in {"kind", "state"}]
    if not worded:
        return rows
    return [{**row, **{name: _in_word(call, name, row[name]) for name in worded}} for row in rows]


def _in_word(call: Call, column: str, code: str) -> str:
    text = Text(f"document.type.{code}") if column == "kind" else Text(f"report.choice.{code}")
    words = call.words(text)
    return code if words == text.id else words


def _cell(call: Call, value: object) -> str:
    if isinstance(value, bool):
        return call.words(Text("cli.yes" if value else "cli.no"))
    return "" if value is None else str(value)
