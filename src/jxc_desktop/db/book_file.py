"""The file of a book as a whole: consistent and compressed copies of a live one, another file put in its place.

A live file is never copied byte by byte: its newest transactions stand in the write-ahead log beside it. A file is
only replaced while no other program has it open, in one step, with the old one kept beside it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import zstandard

from jxc_desktop.kernel.errors import ExternalError, FileDamaged, FileLocked
from jxc_desktop.kernel.text import Text

from .engine import environment_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEVEL = 3
_HEAD = 64
_BESIDE = ("-wal", "-shm", "-journal")


def remove(path: Path) -> None:
    """Delete a book file and what SQLite keeps beside it."""
    for suffix in ("", *_BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def copy_live(source: Path, target: Path) -> None:
    """Copy a book, whether it is in use or not, as of one moment; the copy is one complete file.

    Raises FileLocked, DiskFull, FileDamaged.
    """
    with (
        environment_errors(source),
        closing(sqlite3.connect(source.absolute().as_uri() + "?mode=ro", uri=True)) as live,
    ):
        live.execute("PRAGMA busy_timeout=5000")
        copy_open(live, target)


def copy_open(source: sqlite3.Connection, target: Path) -> None:
    """Copy the book behind a connection as of one moment."""
    remove(target)
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    sync_file(target)


def quick_check(path: Path) -> None:
    """Raises FileDamaged where SQLite finds the file damaged."""
    with (
        environment_errors(path),
        closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as raw,
    ):
        found = [str(row[0]) for row in raw.execute("PRAGMA quick_check(5)")]
    if found != ["ok"]:
        raise FileDamaged(Text("book.damaged", {"file": str(path), "reason": "; ".join(found)}))


def pack(source: Path, target: Path) -> None:
    """Compress a file that nobody writes, to disk for certain."""
    compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
    with disk_errors(target):
        with source.open("rb") as read, target.open("wb") as write:
            compressor.copy_stream(read, write, size=source.stat().st_size)
        sync_file(target)


def unpack(source: Path, target: Path) -> None:
    """Take a packed file apart. Raises FileDamaged where it is not what `pack` wrote."""
    try:
        with disk_errors(target), source.open("rb") as read, target.open("wb") as write:
            head = read.read(_HEAD)
            if not head.startswith(zstandard.FRAME_HEADER):
                raise FileDamaged(Text("backup.not_a_backup", {"file": str(source)}))
            promised = zstandard.get_frame_parameters(head).content_size
            read.seek(0)
            zstandard.ZstdDecompressor().copy_stream(read, write)
    except zstandard.ZstdError as error:
        raise FileDamaged(Text("backup.damaged", {"file": str(source), "reason": str(error)})) from error
    # A frame that was cut off ends without an error: what came out is shorter than the frame says.
    if promised != target.stat().st_size:
        reason = f"{target.stat().st_size} / {promised}"
        raise FileDamaged(Text("backup.damaged", {"file": str(source), "reason": reason}))


def forget_token(path: Path) -> None:
    """Take the token out of a restored file, so that its first write begins a new stream; ready for use as a book."""
    with environment_errors(path), closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DELETE FROM book_token")
        write_ahead(raw)


def write_ahead(raw: sqlite3.Connection) -> None:
    """Have the file use a write-ahead log, as every book does."""
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def content_hash(path: Path) -> bytes:
    """SHA-256 of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def sync_file(path: Path) -> None:
    """Have the system write a file, and its name, to disk for certain."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the file system denies into an `ExternalError` that says what to do."""
    try:
        yield
    except OSError as error:
        params = {"file": str(path), "reason": error.strerror or str(error)}
        raise ExternalError(Text("file.not_writable", params)) from error


@contextmanager
def alone(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold a book so that no other program can read or write it; its write-ahead log is empty afterwards.

    Raises FileLocked where another program has it open.
    """
    with environment_errors(path):
        raw = sqlite3.connect(path.absolute().as_uri() + "?mode=rw", uri=True, isolation_level=None)
        try:
            raw.execute("PRAGMA busy_timeout=2000")
            raw.execute("PRAGMA locking_mode=EXCLUSIVE")
            try:
                raw.execute("BEGIN EXCLUSIVE")
                raw.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                    raise
                raise FileLocked(Text("book.in_use", {"file": str(path)})) from error
            yield raw
        finally:
            raw.close()


def put_in_place(new: Path, path: Path, keep: Path, *, is_damaged: bool = False) -> None:
    """Make `new` the file at `path` in one step; what was there is kept as `keep`.

    Nobody may have either open. Raises FileLocked where the old file still has unsaved parts beside it; those of a
    damaged one are kept with it.
    """
    sync_file(new)
    wal = path.with_name(path.name + "-wal")
    has_unsaved = path.exists() and wal.exists() and wal.stat().st_size > 0
    if has_unsaved and not is_damaged:
        raise FileLocked(Text("book.in_use", {"file": str(path)}))
    with disk_errors(path):
        if path.exists():
            _keep(path, keep)
        if has_unsaved:
            wal.replace(keep.with_name(keep.name + "-wal"))
        for suffix in _BESIDE:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        new.replace(path)
        sync_file(path)


def _keep(path: Path, keep: Path) -> None:
    try:
        os.link(path, keep)
    except OSError:  # a file system without second names, such as FAT
        part = keep.with_name(keep.name + ".part")
        shutil.copy2(path, part)
        sync_file(part)
        part.replace(keep)


def free_name(path: Path) -> Path:
    """The path itself, or with the first number behind it that no file has yet."""
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate
