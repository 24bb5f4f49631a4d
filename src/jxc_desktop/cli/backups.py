"""Backups: make one, prove one, put one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text
from jxc_desktop.services import backup as backups
from jxc_desktop.services.backup_keeping import keep_backup
from jxc_desktop.services.months import period_name

from .command import argument, command, option
from .parameter_types import FILE, FOLDER
from .progress import patience
from .table import padded, width

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.services.book_summary import Summary

    from .call import Call

FOLDER_NAME = "backups"
"""Where a backup goes when no folder is named: a folder of this name beside the book."""


@command("backup")
@argument("folder", type=FOLDER, required=False, help="backup_folder")
@option("--keep", "is_kept", is_flag=True, help="backup_keep")
def backup(call: Call, *, folder: Path | None, is_kept: bool) -> None:
    """Make a backup and prove it; with --keep in a folder of the book's own, where superseded ones go."""
    with call.book_to_read() as book, patience(call):
        beside = book.path.absolute().parent / FOLDER_NAME
        if is_kept:
            made = keep_backup(book, folder or beside / book.path.stem)
        else:
            made = backups.backup(book, folder or beside)
    call.say({"backup": str(made)}, Text("cli.backup.made", {"file": str(made)}))


@command("verify", book=False)
@argument("file", type=FILE, help="backup_file")
def verify(call: Call, *, file: Path) -> None:
    """Prove a backup and say what is in it."""
    with patience(call):
        found = backups.verify(file)
    content = {
        "ok": True,
        "digest": found.digest,
        "size": found.size,
        "summary": _summary_json(found.summary),
    }
    call.answer(content, lambda: _verified_lines(call, file, found))


@command("restore")
@argument("file", type=FILE, help="backup_file")
@option("--beside", "is_beside", is_flag=True, help="beside")
def restore(call: Call, *, file: Path, is_beside: bool) -> None:
    """Put a backup in the place of the book, or beside it."""
    with patience(call):
        done = backups.restore(file, call.file_to_write(), beside=is_beside)
    content = {
        "book": str(done.path),
        "summary": _summary_json(done.summary),
        "replaced": None if done.replaced is None else _summary_json(done.replaced),
        "kept": None if done.kept is None else str(done.kept),
    }
    call.answer(content, lambda: _restored_lines(call, done))


def _summary_json(summary: Summary) -> dict[str, Any]:
    return {
        **summary._asdict(),
        "start": period_name(summary.start),
        "last_date": summary.last_date.isoformat() if summary.last_date else None,
        "stock_value": str(summary.stock_value),
        "receivable": str(summary.receivable),
        "payable": str(summary.payable),
    }


def _verified_lines(call: Call, file: Path, found: backups.Verified) -> Iterator[str]:
    yield call.words(Text("cli.verify.sound", {"file": str(file)}))
    yield from _summary_lines(call, found.summary)


def _restored_lines(call: Call, done: backups.Restored) -> Iterator[str]:
    yield call.words(Text("cli.restore.done", {"file": str(done.path)}))
    yield from _summary_lines(call, done.summary)
    if done.kept is not None:
        yield call.words(Text("cli.restore.kept", {"file": str(done.kept)}))
    if done.replaced is not None:
        yield from _summary_lines(call, done.replaced)


def _summary_lines(call: Call, summary: Summary) -> Iterator[str]:
    shown = {
        "company": summary.company,
        "start": period_name(summary.start),
        "last": f"{summary.last_date or ''} {summary.last_number}".strip(),
        "documents": str(summary.documents),
        "items": str(summary.items),
        "parties": str(summary.parties),
        "stock_value": str(summary.stock_value),
        "receivable": str(summary.receivable),
        "payable": str(summary.payable),
    }
    titles = {name: call.words(Text(f"cli.summary.{name}")) for name in shown}
    places = max(width(title) for title in titles.values())
    for name, value in shown.items():
        yield f"  {padded(titles[name], places)}  {value}"
