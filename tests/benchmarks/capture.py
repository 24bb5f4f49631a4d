"""What a piece of work writes, and writing the same rows again with nothing but the sqlite3 module."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jxc_desktop.db.engine import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Written = list[tuple[str, list[tuple[Any, ...]]]]

PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16384",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA synchronous=FULL",
    "PRAGMA temp_store=MEMORY",
)
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@contextmanager
def captured() -> Iterator[Written]:
    """Every writing statement that the product runs inside, with its rows."""
    written: Written = []
    run, many = Session.run, Session.many

    def run_and_note(self: Session, text: str, row: Sequence[Any] = ()) -> int:
        if text.startswith(_WRITES):
            written.append((text, [tuple(row)]))
        return run(self, text, row)

    def many_and_note(self: Session, text: str, rows: Iterable[Sequence[Any]]) -> None:
        kept = [tuple(row) for row in rows]
        if kept:
            written.append((text, kept))
        many(self, text, kept)

    Session.run, Session.many = run_and_note, many_and_note  # type: ignore[method-assign]
    try:
        yield written
    finally:
        Session.run, Session.many = run, many  # type: ignore[method-assign]


def connect(path: Path) -> sqlite3.Connection:
    """A plain connection with the settings of a book."""
    raw = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    for pragma in PRAGMAS:
        raw.execute(pragma)
    return raw


def write(raw: sqlite3.Connection, written: Written) -> None:
    """The floor: the same rows in one transaction."""
    raw.execute("BEGIN IMMEDIATE")
    for text, rows in written:
        raw.executemany(text, rows)
    raw.execute("COMMIT")


def copy_book(path: Path, target: Path) -> Path:
    """A copy of a closed book."""
    shutil.copyfile(path, target)
    return target


def all_rows(path: Path) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The INSERT of every table of a book with all its rows, in the order in which they arrived."""
    raw = sqlite3.connect(path)
    kinds = {name: kind for _schema, name, kind, *_rest in raw.execute("PRAGMA table_list")}
    names = [
        row[0]
        for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'")
    ]
    found = []
    for name in names:
        if kinds[name] == "shadow":
            continue
        is_virtual = kinds[name] == "virtual"
        arrival = "ORDER BY document, leg, line" if name == "stock_move" else ""
        columns = "rowid, tokens" if is_virtual else "*"
        rows = raw.execute(f"SELECT {columns} FROM {name} {arrival}").fetchall()
        if rows:
            into = f"{name} ({columns})" if is_virtual else name
            found.append((f"INSERT INTO {into} VALUES ({', '.join('?' * len(rows[0]))})", rows))
    raw.close()
    return found
