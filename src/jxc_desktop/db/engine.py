"""The connection to a book's file, and the text of the statements that run on it often.

SQLAlchemy writes the SQL (tables, statements, migrations); hot statements are compiled to text once and run with
tuples on the driver's cursor of the same connection, because binding every row through Core costs twice the writing.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import NullPool

from jxc_desktop.kernel.errors import DiskFull, ExternalError, FileDamaged, FileLocked, Interrupted
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.schema import Table

Row = tuple[Any, ...]

CHECKPOINT_ROWS = 4_000
"""A PASSIVE checkpoint is due when this many rows were written; a row seldom dirties more than a page."""

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA cache_size=-16384",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA synchronous=FULL",
    "PRAGMA temp_store=MEMORY",
)


def open_engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine on the file; every connection has the settings of a book. Nothing is opened yet."""
    uri = path.absolute().as_uri() + ("?mode=ro" if read_only else "?mode=rw")

    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512)
        for pragma in _PRAGMAS:
            raw.execute(pragma)
        if read_only:
            raw.execute("PRAGMA query_only=ON")
        return raw

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", _begin_deferred if read_only else _begin_immediate)
    return engine


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


@contextmanager
def environment_errors(path: Path) -> Iterator[None]:
    """Turn what the environment denies into an `ExternalError` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _external(error, path) from error


def _external(error: sqlite3.Error, path: Path) -> ExternalError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    params = {"file": str(path), "reason": str(error)}
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return FileLocked(Text("book.locked", params))
    if code == sqlite3.SQLITE_INTERRUPT:
        return Interrupted(Text("book.read_interrupted"))
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(Text("book.disk_full", params))
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return FileDamaged(Text("book.damaged", params))
    if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}:
        return ExternalError(Text("book.not_accessible", params))
    raise error


class Session:
    """One connection; the only thing the rest of `db`, `queries` and `services` runs SQL on."""

    __slots__ = ("_cursor", "_raw", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self._raw = raw
        self._cursor = raw.cursor()

    @contextmanager
    def transaction(self, *, immediate: bool = True) -> Iterator[None]:
        """Everything inside is committed together, or taken back when an exception leaves."""
        self._cursor.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")
        try:
            yield
        except BaseException:
            if self._raw.in_transaction:
                self._cursor.execute("ROLLBACK")
            raise
        self._cursor.execute("COMMIT")

    def rollback(self) -> None:
        """Take everything back since the transaction began."""
        if self._raw.in_transaction:
            self._cursor.execute("ROLLBACK")

    def interrupt(self) -> None:
        """Stop the statement that runs on this connection; any thread may ask."""
        self._raw.interrupt()

    def close(self) -> None:
        """Give the connection back."""
        self._cursor.close()
        self.connection.close()

    @property
    def total_changes(self) -> int:
        """How many rows this connection has written since it was opened."""
        return self._raw.total_changes

    def run(self, text: str, row: Sequence[Any] = ()) -> int:
        """Run one statement; the number of rows it changed."""
        return self._cursor.execute(text, row).rowcount

    def many(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for every row."""
        self._cursor.executemany(text, rows)

    def rows(self, text: str, row: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        return self._cursor.execute(text, row).fetchall()

    def each(self, text: str, row: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows of a query one by one, on a cursor of their own."""
        return iter(self._raw.cursor().execute(text, row))

    def first(self, text: str, row: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, if any."""
        found: Row | None = self._cursor.execute(text, row).fetchone()
        return found

    def value(self, text: str, row: Sequence[Any] = ()) -> Any:
        """The only value of the first row, or None."""
        found = self.first(text, row)
        return None if found is None else found[0]


@cache
def insert_text(table: Table, *, or_replace: bool = False) -> str:
    """The INSERT of a table with its columns in declared order."""
    text = str(insert(table).compile(dialect=sqlite.dialect(paramstyle="qmark")))
    return text.replace("INSERT INTO", "INSERT OR REPLACE INTO", 1) if or_replace else text


@cache
def column_names(table: Table) -> tuple[str, ...]:
    """The columns of a table in declared order."""
    return tuple(column.name for column in table.columns)


def select_text(table: Table, tail: str = "", columns: Sequence[str] = ()) -> str:
    """`SELECT columns FROM table` in declared order, followed by a tail."""
    return f"SELECT {', '.join(columns or column_names(table))} FROM {table.name} {tail}"  # noqa: S608 — own names


def placeholders(count: int) -> str:
    """`?, ?, …` for an IN list."""
    return ", ".join("?" * count)
