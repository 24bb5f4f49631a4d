"""The demo company: made, checked and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text
from jxc_desktop.services.demo import make_demo
from jxc_desktop.services.doctor import run_checks

from .beginning import refuse_missing_folder
from .command import argument, command, option
from .parameter_types import FILE, Choice
from .reporting import report_content, report_lines
from .upkeep import checks_json, is_sound, summary_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jxc_desktop.services.doctor import Check

    from .call import Call

SHOWN_AFTER_DEMO = ("stock-on-hand", "trial-balance")


@command("demo", book=False)
@argument("file", type=FILE, help="book_file")
@option("--with", "extra", type=Choice(("golden",)), help="with")
def demo(call: Call, *, file: Path, extra: str | None) -> int:
    """Make the demo company, check it, and show stock and trial balance."""
    refuse_missing_folder(file)
    call.note(Text("cli.demo.working"))
    with make_demo(file, golden=extra == "golden") as book:
        call.surroundings.remember_book(file)
        checks = run_checks(book)
        reports = {name: report_content(call, book, name, {}) for name in SHOWN_AFTER_DEMO}
    answer = {"book": str(file), **checks_json(call, checks), "reports": reports}
    call.answer(answer, lambda: _demo_lines(call, file, checks, reports))
    return 0 if is_sound(checks) else 1


def _demo_lines(call: Call, file: Path, checks: Sequence[Check], reports: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield call.words(Text("cli.demo.made", {"file": str(file)}))
    yield ""
    yield from summary_lines(call, checks)
    for content in reports.values():
        yield ""
        yield from report_lines(call, content)
