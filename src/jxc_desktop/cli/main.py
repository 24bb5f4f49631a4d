"""Runs one command line: finds the command, and turns whatever it raises into messages and an exit code.

0 done · 1 refused · 2 wrong usage · 3 environment · 70 bug · 130 interrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jxc_desktop.kernel.errors import Ambiguous, ExternalError, UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language

from .call import Call, TooLate
from .command import Group, group_options
from .output import drop_pipe
from .refusal import refusal_json, refusal_lines
from .usage import WrongUsage, usage_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .call import Surroundings

PROGRAM = "jxc-desktop"
DONE, REFUSED, USAGE, ENVIRONMENT, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130
OUTPUT_LOST = "cli.output_lost"

COMMANDS = {
    "new": "beginning:new",
    "demo": "demo:demo",
    "window": "window:window",
    "tour": "tour:tour",
    "import": "importing:import_file",
    "find": "finding:find_anything",
    "scan": "scanning:scan",
    "list": "listing:list_rows",
    "show": "documents:show",
    "post": "documents:post_drafts",
    "draft": "drafts:draft",
    "amend": "documents:amend_document",
    "void": "documents:void_document",
    "reverse": "documents:reverse_document",
    "close-short": "documents:close_document_short",
    "report": "reporting:report",
    "print": "printing:print_pdf",
    "why": "why:why_cost",
    "count": "counting:count",
    "master": "masters:master",
    "setting": "settings:setting",
    "close": "periods:close",
    "price-month": "periods:price",
    "reopen": "periods:reopen",
    "doctor": "upkeep:doctor",
    "rebuild": "upkeep:rebuild",
    "digest": "upkeep:digest",
    "backup": "backups:backup",
    "verify": "backups:verify",
    "restore": "backups:restore",
    "version": "version:version",
}
"""Command → the module and name that hold it."""

jxc_desktop = Group("jxc_desktop", COMMANDS, params=group_options(), invoke_without_command=True)


@jxc_desktop.result_callback()
@click.pass_context
def _without_command(ctx: click.Context, result: object, /, **_values: object) -> object:
    """No command: show what there is."""
    if ctx.invoked_subcommand is None:
        call = ctx.find_object(Call)
        assert call is not None
        call.output.lines([ctx.get_help()])
    return result


def main(argv: Sequence[str], surroundings: Surroundings) -> int:
    """Run one command line (without the program's name) and return its exit code."""
    call = Call(surroundings)
    _peek(call, argv)
    try:
        code = _run(call, argv)
    except BrokenPipeError:
        drop_pipe()
        return DONE
    return code


def _peek(call: Call, argv: Sequence[str]) -> None:
    """The language and the form of answers must be known before the first complaint about arguments."""
    for number, word in enumerate(argv):
        if word == "--":
            return
        name, equals, value = word.partition("=")
        if name == "--lang":
            value = value if equals else "".join(argv[number + 1 : number + 2])
            call.language = Language(value) if value in set(Language) else call.language
        call.is_json = call.is_json or word == "--json"
        call.command = call.command or (word if word in COMMANDS else "")


def _run(call: Call, argv: Sequence[str]) -> int:
    try:
        return _done(call, argv)
    except (KeyboardInterrupt, click.Abort) as stop:
        call.output.note("")
        call.note(Text("cli.interrupted_late" if isinstance(stop, TooLate) else "cli.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except (click.ClickException, WrongUsage, UserError, ExternalError, OSError) as error:
        return _refuse(call, *_understood(error))
    except Exception as error:
        return _confess(call, error)


def _done(call: Call, argv: Sequence[str]) -> int:
    """The answer is handed over here, so that one that cannot be written is refused like anything else."""
    try:
        with jxc_desktop.make_context(PROGRAM, list(argv), obj=call) as ctx:
            code = int(jxc_desktop.invoke(ctx) or DONE)
    except click.exceptions.Exit as end:
        code = end.exit_code
    call.output.flush()
    return code


def _understood(error: Exception) -> tuple[UserError | ExternalError | WrongUsage, int]:
    """An error in our words, with its exit code."""
    if isinstance(error, click.ClickException):
        return WrongUsage(usage_text(error)), USAGE
    if isinstance(error, (WrongUsage, Ambiguous)):
        return error, USAGE
    if isinstance(error, UserError):
        return error, REFUSED
    if isinstance(error, ExternalError):
        return error, ENVIRONMENT
    assert isinstance(error, OSError)
    return ExternalError(_system_text(error)), ENVIRONMENT


def _refuse(call: Call, error: UserError | ExternalError | WrongUsage, code: int) -> int:
    for line in refusal_lines(error, call.words):
        call.output.note(line)
    if error.text.id == OUTPUT_LOST:
        drop_pipe()
    elif call.is_json:
        call.output.document(refusal_json(error, call.words))
    return code


def _system_text(error: OSError) -> Text:
    """What the system denied, with the file it is about; without one it was the answer that could not be written."""
    reason = error.strerror or type(error).__name__
    if not error.filename:
        return Text(OUTPUT_LOST, {"reason": reason})
    return Text("cli.system", {"file": str(error.filename), "reason": reason})


def _confess(call: Call, error: Exception) -> int:
    """The program is at fault: everything was rolled back; say so, keep the report, print it for copying."""
    from jxc_desktop.services import bug_report  # noqa: PLC0415 — seldom needed, one hopes

    text = bug_report.report(error, call.command)
    file = bug_report.keep(text, call.surroundings.log_folder)
    call.note(Text("cli.bug", {"file": file or Text("cli.bug_not_kept")}))
    call.output.note(text)
    if call.is_json:
        call.output.document({"error": {"id": "cli.bug", "message": call.words(Text("cli.bug_short"))}, "problems": []})
    return BUG
