"""The schema of a book's file: making a new one, bringing an older one up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import FileExists
from jxc_desktop.kernel.text import Text

from .revision import APPLICATION_ID, HEAD, revision_of

if TYPE_CHECKING:
    from pathlib import Path


def create_file(path: Path) -> None:
    """Make an empty book file of the newest schema. Raises FileExists."""
    from .engine import open_engine  # noqa: PLC0415 — a new book is rare
    from .search import create_texts  # noqa: PLC0415
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
        for text in create_texts():
            connection.exec_driver_sql(text)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    engine.dispose()


def bring_up_to_date(path: Path) -> Path | None:
    """Migrate a book of an older revision; the path under which the old file is kept, None where nothing was to do.

    Raises NewerVersion where a newer program wrote it, FileLocked, FileDamaged, DiskFull.
    """
    revision = revision_of(path)
    if revision == HEAD:
        return None
    from .upgrade import upgrade_book  # noqa: PLC0415 — opening a book of today must not wait for Alembic

    return upgrade_book(path, revision)
