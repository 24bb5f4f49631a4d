"""What the header of a file says: that it is a book, and which revision of the schema it has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import FileDamaged
from jxc_desktop.kernel.text import Text

from .engine import environment_errors

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "0005"
"""The revision this program writes."""

APPLICATION_ID = 0x4A584344
"""`JXCD` in the header of the file tells a book from any other SQLite file."""

_SQLITE = b"SQLite format 3\0"
_NO_BOOK = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def revision_of(path: Path) -> str:
    """The schema revision of a book file. Raises FileDamaged where it is no book, FileLocked."""
    uri = path.absolute().as_uri() + "?mode=ro"
    try:
        with environment_errors(path), closing(sqlite3.connect(uri, uri=True)) as raw:
            row = _revision(raw)
    except FileDamaged as error:
        raise _no_book(path) from error
    if row is None:
        raise _no_book(path)
    return row


def _no_book(path: Path) -> FileDamaged:
    """Why the file cannot be read: it is no book, or it was one, as its header still says."""
    with path.open("rb") as file:
        header = file.read(72)
    if header.startswith(_SQLITE) and header[68:] == APPLICATION_ID.to_bytes(4, "big"):
        return FileDamaged(Text("book.damaged", {"file": str(path), "reason": "database disk image is malformed"}))
    return FileDamaged(Text("book.not_a_book", {"file": str(path)}))


def _revision(raw: sqlite3.Connection) -> str | None:
    try:
        if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return None
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _NO_BOOK:
            return None
        raise
    return None if row is None else str(row[0])
