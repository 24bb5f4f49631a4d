"""Looking after a book: all checks, the figures worked out anew, one hash of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text
from jxc_desktop.services.book_digest import book_digest
from jxc_desktop.services.doctor import run_checks
from jxc_desktop.services.rebuild import rebuild as rebuild_book
from jxc_desktop.services.rebuild import rebuild_check

from .command import command, option
from .progress import patience

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jxc_desktop.services.doctor import Check
    from jxc_desktop.services.rebuild import Rebuilt

    from .call import Call


@command("doctor")
@option("--quick", "is_quick", is_flag=True, help="quick")
@option("--repair", "is_repaired", is_flag=True, help="repair")
def doctor(call: Call, *, is_quick: bool, is_repaired: bool) -> int:
    """Run every check; 1 where a red one fails."""
    if is_repaired:
        with patience(call):
            repaired = rebuild_book(call.file_to_write())
        for line in _rebuilt_lines(call, repaired):
            call.output.note(line)
    with call.book_to_read() as book, patience(call):
        checks = run_checks(book, quick=is_quick)
    call.answer(checks_json(call, checks), lambda: check_lines(call, checks))
    return 0 if is_sound(checks) else 1


@command("rebuild")
@option("--check", "is_check", is_flag=True, help="rebuild_check")
def rebuild(call: Call, *, is_check: bool) -> int:
    """Work the projections out anew from the log; with --check compare only, 1 where they differ."""
    with patience(call):
        done = rebuild_check(call.file_to_read()) if is_check else rebuild_book(call.file_to_write())
    call.answer(_rebuilt_json(done), lambda: _rebuilt_lines(call, done))
    return 1 if is_check and not done.is_equal else 0


@command("digest")
def digest(call: Call) -> None:
    """Print one hash of all projections."""
    with call.book_to_read() as book, patience(call):
        found = book.read(book_digest)
    call.answer({"digest": found}, lambda: [found])


def _rebuilt_json(done: Rebuilt) -> dict[str, Any]:
    return {
        "equal": done.is_equal,
        "live": done.live,
        "rebuilt": done.rebuilt,
        "differing": list(done.differing),
        "kept": None if done.kept is None else str(done.kept),
    }


def _rebuilt_lines(call: Call, done: Rebuilt) -> Iterator[str]:
    if done.is_equal:
        yield call.words(Text("cli.rebuild.equal", {"digest": done.live}))
    else:
        yield call.words(Text("cli.rebuild.differs", {"tables": list(done.differing)}))
    if done.kept is not None:
        yield call.words(Text("cli.rebuild.kept", {"file": str(done.kept)}))


def is_sound(checks: Iterable[Check]) -> bool:
    """Whether no red check fails."""
    return not any(check.is_alarm for check in checks)


def checks_json(call: Call, checks: Sequence[Check]) -> dict[str, Any]:
    """What --json prints of checks."""
    return {
        "ok": is_sound(checks),
        "checks": [
            {"name": each.name, "ok": each.ok, "level": each.level.value, "detail": call.words(each.detail)}
            for each in checks
        ],
    }


def check_lines(call: Call, checks: Sequence[Check]) -> Iterator[str]:
    """Every check with what it found."""
    for each in checks:
        mark = call.words(Text("cli.doctor.good" if each.ok else f"cli.doctor.{each.level.value}"))
        yield f"{mark}  {call.words(each.title)}"
        if not each.ok:
            yield f"      {call.words(each.detail)}"
    yield _summary(call, checks)


def summary_lines(call: Call, checks: Sequence[Check]) -> Iterator[str]:
    """One line for each check that is not well, one for all."""
    for each in checks:
        if not each.ok:
            yield f"{call.words(Text(f'cli.doctor.{each.level.value}'))}  {call.words(each.title)}"
    yield _summary(call, checks)


def _summary(call: Call, checks: Sequence[Check]) -> str:
    text = "cli.doctor.sound" if is_sound(checks) else "cli.doctor.broken"
    return call.words(Text(text, {"count": len(checks), "bad": sum(not each.ok for each in checks)}))
