"""Backups: one compressed file that is proved right after it was made; reading one; putting one back.

A backup is the book as of one moment, compressed with zstd. It is unpacked again at once, compared byte by byte with
what was packed, and checked by SQLite. A restored book writes a new stream: the old one may have gone on elsewhere.
Source: sync.md §5 and D10.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from jxc_desktop.db import migrate
from jxc_desktop.db.book_file import (
    alone,
    content_hash,
    copy_live,
    disk_errors,
    forget_token,
    free_name,
    pack,
    put_in_place,
    quick_check,
    remove,
    unpack,
)
from jxc_desktop.db.digest import digest
from jxc_desktop.db.rebuild import look, prove_log
from jxc_desktop.db.revision import HEAD, revision_of
from jxc_desktop.kernel.errors import FileDamaged, FileMissing, NewerVersion
from jxc_desktop.kernel.text import Text

from .book_place import refuse_place
from .book_summary import Summary, heads, summary_of_book
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.db.engine import Session

    from .book import Book

SUFFIX = ".jxc.zst"
_REFUSED_IN_NAMES = set('<>:"/\\|?*')


class Verified(NamedTuple):
    """What is in a backup: its summary, the digest of its projections and the size of the unpacked book in bytes."""

    summary: Summary
    digest: str
    size: int


class Restored(NamedTuple):
    """Where the book lies and what is in it; what the replaced one held and where it is kept (or None)."""

    path: Path
    summary: Summary
    replaced: Summary | None = None
    kept: Path | None = None


def backup(book: Book, directory: Path) -> Path:
    """Make a backup of a book, in use or not, in a folder; the path of the proved file.

    Raises ExternalError where the folder cannot be written, DiskFull, FileDamaged where the copy is not sound.
    """
    before = book.read(heads)
    name = book.read(lambda session: _file_name(session, book.clock.now_ms()))
    with _beside(directory) as folder:
        copy, packed, again = folder / "book", folder / "packed", folder / "again"
        copy_live(book.path, copy)
        pack(copy, packed)
        unpack(packed, again)
        if content_hash(again) != content_hash(copy):
            raise FileDamaged(Text("backup.differs", {"file": str(directory / name)}))
        quick_check(again)
        after = look(again, heads)
        if any(after.get(stream, (0, b""))[0] < head[0] for stream, head in before.items()):
            raise FileDamaged(Text("backup.differs", {"file": str(directory / name)}))
        with disk_errors(directory):
            path = free_name(directory / name)
            packed.replace(path)
    return path


def verify(path: Path) -> Verified:
    """Unpack a backup aside and prove it: checksum, SQLite's check, the hash chain; what is in it.

    Raises FileMissing, FileDamaged, NewerVersion.
    """
    if not path.is_file():
        raise FileMissing(Text("backup.missing", {"file": str(path)}))
    with _aside() as folder:
        copy = folder / "book"
        _unpacked(path, copy)
        return Verified(look(copy, summary_of_book), look(copy, digest), copy.stat().st_size)


def restore(path: Path, book_path: Path, *, beside: bool = False) -> Restored:
    """Put a proved backup in the place of a book, which is kept under another name; or beside it.

    Nobody may have the book open. The restored book mints a new stream at its first write. Raises FileMissing,
    FileDamaged, NewerVersion, FileLocked, UnsafePlace, DiskFull; the book is then as it was.
    """
    if not path.is_file():
        raise FileMissing(Text("backup.missing", {"file": str(path)}))
    refuse_place(book_path)
    target = free_name(book_path.with_name(f"{book_path.stem}.restored{book_path.suffix}")) if beside else book_path
    new = target.with_name(target.name + ".restoring")
    try:
        _unpacked(path, new)
        summary = look(new, summary_of_book)
        forget_token(new)
        if not target.exists():
            put_in_place(new, target, target)
            return Restored(target, summary)
        return _replace(new, target, summary)
    finally:
        remove(new)


def _replace(new: Path, target: Path, summary: Summary) -> Restored:
    """Put the restored book in place of one that nobody has open; a damaged one may be why it is being replaced."""
    kept = free_name(target.with_name(f"{target.stem}.replaced{target.suffix}"))
    replaced, is_damaged = None, False
    try:
        with alone(target):
            pass
        replaced = look(target, summary_of_book) if revision_of(target) == HEAD else None
    except FileDamaged:
        is_damaged = True
    put_in_place(new, target, kept, is_damaged=is_damaged)
    return Restored(target, summary, replaced, kept)


def _unpacked(path: Path, target: Path) -> None:
    """Unpack and prove. Raises FileDamaged, NewerVersion."""
    unpack(path, target)
    revision = revision_of(target)
    quick_check(target)
    try:
        older = migrate.bring_up_to_date(target)
    except NewerVersion as error:
        raise NewerVersion(Text("book.newer", {"file": str(path), "revision": revision})) from error
    if older is not None:
        remove(older)
    prove_log(target)


@contextmanager
def _beside(directory: Path) -> Iterator[Path]:
    """A folder of its own inside `directory`, so that the finished file only has to be renamed."""
    with disk_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
        made = tempfile.TemporaryDirectory(prefix=".jxc-backup-", dir=directory)
    with made as name:
        yield Path(name)


@contextmanager
def _aside() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="jxc-backup-") as name:
        yield Path(name)


def _file_name(session: Session, now_ms: int) -> str:
    """Company and time of the book's zone: 小店-20260131-120000.jxc.zst."""
    settings = Settings(session)
    zone = ZoneInfo(settings.get("time_zone"))
    now = datetime.fromtimestamp(now_ms / 1000, tz=UTC).astimezone(zone)
    shown = (" " if each in _REFUSED_IN_NAMES or ord(each) < 32 else each for each in settings.get("company_name"))
    return f"{''.join(shown).strip(' .')[:60] or 'jxc'}-{now:%Y%m%d-%H%M%S}{SUFFIX}"
