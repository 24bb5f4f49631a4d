"""Importing a file into a book: read, check, take in what is good or nothing, report, give the errors back."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jxc_desktop.exchange.faults import Fault, refused
from jxc_desktop.exchange.report import ImportReport, in_file_order
from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.kernel.problems import errors_in
from jxc_desktop.kernel.value import value
from jxc_desktop.queries.importing import cards_written, last_record
from jxc_desktop.services.importing import ImportEntry, take_in

from .documents import plan_documents
from .items import plan_items
from .known import Known
from .opening_balances import plan_opening_balances
from .opening_stock import plan_opening_stock
from .parties import plan_parties
from .source import Source, open_source

if TYPE_CHECKING:
    from jxc_desktop.kernel.problems import Problem
    from jxc_desktop.kernel.text import Text
    from jxc_desktop.services.book import Book

    from .plan import Plan

Step = Callable[[int], None]
"""Hears how many rows have been read; may raise Interrupted to stop."""

KINDS = ("items", "parties", "opening-stock", "opening-balances", "documents")
"""What can be imported."""

MOST_ROUNDS = 20
"""How often refused documents are left out before the import gives up; a return falls with the sale it gives back."""


@value
class ImportRequest:
    """What to import and how. `errors_path` gets the file back with its faults in red where it has any."""

    kind: str
    path: Path
    map_path: Path | None = None
    sheet: str = ""
    is_dry_run: bool = False
    good_rows_only: bool = False
    may_create: bool = True
    errors_path: Path | None = None


def run_import(
    book: Book, request: ImportRequest, *, words: Callable[[Text], str], step: Step = lambda _rows: None
) -> ImportReport:
    """Import a file, all of it or nothing; with `good_rows_only` without what is faulty.

    The report says what was done; where it has faults and good rows were not asked for, nothing was. `words` turns a
    text into the user's language. Raises UserError and ExternalError for a file, a mapping or a book that refuses.
    """
    started = time.monotonic_ns()
    with _no_collector():
        source = open_source(
            Known(book),
            request.kind,
            request.path,
            map_path=request.map_path,
            sheet=request.sheet,
            may_create=request.may_create,
        )
        plan = _plan(source, step)
        changed = _carry_out(book, request, plan)
    report = _report(plan, changed, sheets=tuple(source.table.sheets), started=started)
    if report.faults and request.errors_path is not None:
        from jxc_desktop.exchange.error_workbook import write_error_workbook  # noqa: PLC0415 — slow to load

        write_error_workbook(source.table, report.faults, request.errors_path, words=words)
    return report


def _plan(source: Source, step: Step) -> Plan:
    match source.kind:
        case "items":
            return plan_items(source)
        case "parties":
            return plan_parties(source)
        case "opening-stock":
            return plan_opening_stock(source)
        case "opening-balances":
            return plan_opening_balances(source)
        case _:
            return plan_documents(source, step)


def _carry_out(book: Book, request: ImportRequest, plan: Plan) -> int | None:
    """How many cards were changed; None where nothing was taken in. What the book refuses becomes faults."""
    for _ in range(MOST_ROUNDS):
        if plan.faults and not request.good_rows_only:
            return None
        if plan.is_empty:
            return 0
        try:
            return _take_in(book, request, plan)
        except HasProblems as refusal:
            problems = errors_in(refusal.problems)
            if not request.good_rows_only or not all(map(_is_draft, problems)):
                plan.faults += _as_faults(plan, problems)
                return None
            _leave_out(plan, problems)
    return None


def _leave_out(plan: Plan, problems: Sequence[Problem]) -> None:
    """Drop what is at fault; a return whose sale falls is given another chance to find one."""
    of_their_own = [problem for problem in problems if problem.place[-1] != "source_document"]
    dropped = of_their_own or problems
    before = [*plan.faults, *_as_faults(plan, dropped)]
    plan.leave_out([problem.place for problem in dropped])
    plan.faults = list(dict.fromkeys([*before, *plan.faults]))


def _take_in(book: Book, request: ImportRequest, plan: Plan) -> int:
    """Cards changed, besides the new ones."""
    summary = {"read": plan.read, "created": plan.created, "skipped": plan.skipped, "duplicates": plan.duplicates}
    entry = ImportEntry(request.kind, plan.source, request.path.name, json.dumps(summary))
    before = book.read(last_record)
    given = {"cards": plan.cards, "drafts": plan.drafts(), "entry": entry}
    if request.is_dry_run:
        written = book.preview(take_in, partial(cards_written, since=before), **given)
    else:
        book.do(take_in, **given)
        written = book.read(cards_written, since=before)
    return written - plan.new_cards


def _is_draft(problem: Problem) -> bool:
    return len(problem.place) > 1 and problem.place[0] == "documents"


def _as_faults(plan: Plan, problems: Sequence[Problem]) -> list[Fault]:
    """The book's problems as faults of the file."""
    return [
        refused((plan.locate_draft if _is_draft(problem) else plan.locate_card)(problem.place), problem.text)
        for problem in problems
    ]


def _report(plan: Plan, changed: int | None, *, sheets: tuple[str, ...], started: int) -> ImportReport:
    is_done = changed is not None
    rows, amount = (plan.skipped, plan.amount_skipped) if is_done else (plan.read, plan.amount + plan.amount_skipped)
    return ImportReport(
        read=plan.read,
        created=plan.created if is_done else 0,
        updated=(changed or 0) if plan.counts_cards else 0,
        skipped=rows,
        duplicates=plan.duplicates,
        linked=plan.linked if is_done else 0,
        unlinked=plan.unlinked if is_done else 0,
        amount_created=plan.amount if is_done else plan.amount - plan.amount,
        amount_skipped=amount,
        note_count=plan.note_count,
        faults=in_file_order(tuple(plan.faults), sheets),
        more_faults=tuple(plan.more_faults.items()),
        notes=tuple(plan.notes),
        is_done=is_done,
        milliseconds=(time.monotonic_ns() - started) // 1_000_000,
    )


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the cyclic collector, which would walk every kept document again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
