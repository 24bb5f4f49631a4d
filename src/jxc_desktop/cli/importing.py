"""Importing files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.exchange.faults import NoteKind
from jxc_desktop.exchange.importers.run import KINDS, ImportRequest, run_import
from jxc_desktop.kernel.text import Text

from .command import argument, command, option
from .parameter_types import FILE, Choice
from .progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.exchange.report import ImportReport

    from .call import Call

CARDS = frozenset({"items", "parties"})
LOSSES = frozenset({NoteKind.PACK_NOT_READ, NoteKind.CONTROLLED_ACCOUNT})
SHOWN_FAULTS = 100
"""How many faults are listed on the screen; --json lists the first thousand, an error workbook all."""


@command("import")
@argument("kind", type=Choice(KINDS), help="import_kind")
@argument("file", type=FILE, help="import_file")
@option("--map", "map_path", type=FILE, help="map")
@option("--sheet", default="", help="sheet")
@option("--dry-run", "is_dry_run", is_flag=True, help="dry_run")
@option("--good-rows", "good_rows_only", is_flag=True, help="good_rows")
@option("--no-create", "is_strict", is_flag=True, help="no_create")
@option("--errors", "errors_path", type=FILE, help="errors")
def import_file(  # noqa: PLR0913 — the options of an import
    call: Call,
    *,
    kind: str,
    file: Path,
    map_path: Path | None,
    sheet: str,
    is_dry_run: bool,
    good_rows_only: bool,
    is_strict: bool,
    errors_path: Path | None,
) -> int:
    """Import a file; 1 where it has faults and nothing was taken in."""
    request = ImportRequest(
        kind,
        file,
        map_path,
        sheet,
        is_dry_run=is_dry_run,
        good_rows_only=good_rows_only,
        may_create=not is_strict,
        errors_path=errors_path,
    )
    with call.book_to_write() as book, Progress(call, "cli.import.progress") as progress:
        done = run_import(book, request, words=call.words, step=progress.step)
    for line in (*_fault_lines(call, done), *_loss_lines(call, done)):
        call.output.note(line)
    call.answer(done.as_json(call.words), lambda: _summary(call, done, request))
    return 0 if done.is_done else 1


def _fault_lines(call: Call, done: ImportReport) -> Iterator[str]:
    for found in done.faults[:SHOWN_FAULTS]:
        place = found.place
        at = {"sheet": place.sheet, "row": place.row, "column": place.heading or place.cell}
        yield call.words(Text("cli.import.fault", {**at, "message": found.text}))
    if len(done.faults) > SHOWN_FAULTS:
        yield call.words(Text("cli.import.more_faults", {"count": len(done.faults) - SHOWN_FAULTS}))


def _loss_lines(call: Call, done: ImportReport) -> Iterator[str]:
    """What was read past: not faults, but the user must know that it is not in the book."""
    for found in [each for each in done.notes if each.kind in LOSSES][:SHOWN_FAULTS]:
        at = {"sheet": found.place.sheet, "row": found.place.row, "column": found.place.heading or found.place.cell}
        yield call.words(Text("cli.import.fault", {**at, "message": found.text}))


def _summary(call: Call, done: ImportReport, request: ImportRequest) -> Iterator[str]:
    head = "cli.import.done"
    if not done.is_done:
        head = "cli.import.refused"
    elif request.is_dry_run:
        head = "cli.import.dry"
    yield call.words(Text(head, {"file": request.path.name, "seconds": f"{done.milliseconds / 1000:.1f}"}))
    counts = {name: getattr(done, name) for name in ("read", "created", "updated", "skipped", "duplicates")}
    yield call.words(Text("cli.import.cards" if request.kind in CARDS else "cli.import.documents", counts))
    if done.linked or done.unlinked:
        yield call.words(Text("cli.import.returns", {"linked": done.linked, "unlinked": done.unlinked}))
    amounts = {"created": done.amount_created, "skipped": done.amount_skipped}
    yield call.words(Text("cli.import.amounts", {**amounts, "notes": done.note_count}))
    for kind, count in done.fault_counts.items():
        yield f"  {call.words(Text(f'import.kind_of_fault.{kind}'))}: {count}"
    if done.faults and request.errors_path is not None:
        yield call.words(Text("cli.import.errors_file", {"file": str(request.errors_path)}))
    elif done.faults and not done.is_done:
        yield call.words(Text("cli.import.what_to_do"))
