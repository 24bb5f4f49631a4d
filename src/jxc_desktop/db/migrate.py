"""The schema of a book's file: making a new one, recognising an older or newer one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import FileDamaged, FileExists
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "0001"
"""The revision this program writes."""

APPLICATION_ID = 0x4A584344
"""`JXCD` in the header of the file tells a book from any other SQLite file."""


def create_file(path: Path) -> None:
    """Make an empty book file of the newest schema. Raises FileExists."""
    from .engine import open_engine  # noqa: PLC0415 — a new book is rare
    from .tables import metadata  # noqa: PLC0415

    if path.exists():
        raise FileExists(Text("book.exists", {"file": str(path)}))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA page_size=4096")
        raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        raw.execute("PRAGMA journal_mode=WAL")
    engine = open_engine(path)
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    engine.dispose()


def revision_of(path: Path) -> str:
    """The schema revision of a book file. Raises FileDamaged where it is no book."""
    try:
        with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as raw:
            if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise FileDamaged(Text("book.not_a_book", {"file": str(path)}))
            row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise FileDamaged(Text("book.not_a_book", {"file": str(path)})) from error
    if row is None:
        raise FileDamaged(Text("book.not_a_book", {"file": str(path)}))
    return str(row[0])


def bring_up_to_date(path: Path) -> Path | None:
    """Migrate a book of an older revision; the path under which the old file is kept, None where nothing was to do.

    Raises NewerVersion where a newer program wrote it, FileLocked, FileDamaged, DiskFull.
    """
    revision = revision_of(path)
    if revision == HEAD:
        return None
    from .upgrade import upgrade_book  # noqa: PLC0415 — opening a book of today must not wait for Alembic

    return upgrade_book(path, revision)
