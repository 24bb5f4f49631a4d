"""Bringing a book of an older revision up to date: on a copy, proved, then put in place; the old file stays.

Alembic moves facts and local tables only. The new file is made from them like any rebuilt one, so projection tables
are always those of this program, whatever the old book had. Source: architecture.md §5.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from jxc_desktop.kernel.errors import FileDamaged, NewerVersion
from jxc_desktop.kernel.text import Text

from .book_file import alone, copy_open, free_name, put_in_place, quick_check, remove
from .engine import column_names, environment_errors
from .projections import PROJECTIONS
from .rebuild import build_beside, digests_of, kept_tables, prove_log
from .tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
"""Where the revisions lie: in the source tree, in an installed wheel and in a frozen bundle beside this module."""


def upgrade_book(path: Path, revision: str, *, migrations: Path = MIGRATIONS) -> Path:
    """Replace a book of an older revision by a migrated copy; the path under which the old file is kept.

    Raises NewerVersion where nobody here knows the revision, FileLocked, FileDamaged, DiskFull; the book is then as it
    was.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    if revision not in {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}:
        raise NewerVersion(Text("book.newer", {"file": str(path), "revision": revision}))
    copy = path.with_name(path.name + ".migrating")
    new = path.with_name(path.name + ".migrated")
    kept = free_name(path.with_name(f"{path.stem}.{revision}{path.suffix}"))
    try:
        with alone(path) as raw:
            copy_open(raw, copy)
            before = _state(copy)
            _run_migrations(copy, config)
            build_beside(copy, new)
            _prove(path, copy, new, before)
        put_in_place(new, path, kept)
    finally:
        remove(copy)
        remove(new)
    return kept


def _run_migrations(copy: Path, config: Config) -> None:
    """Foreign keys stay off: a table that is made anew would take its children with it."""

    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(copy, isolation_level=None)
        raw.execute("PRAGMA foreign_keys=OFF")
        return raw

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", begin)
    with environment_errors(copy), engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


class _Before(NamedTuple):
    """What the old file says and the new one must say too."""

    digests: dict[str, str]
    counts: dict[str, int]
    heads: list[tuple[Any, ...]]


def _state(path: Path) -> _Before:
    there = _columns(path)
    counts = {name: _count(path, name) for name in kept_tables() if there[name]}
    return _Before(_unchanged_digests(path, there), counts, _heads(path))


def _prove(path: Path, copy: Path, new: Path, before: _Before) -> None:
    """The new file is sound, holds every fact and local row, and shows what the old one showed.

    The hash at the end of a stream stands for every record in it. Projection tables whose columns changed are not
    compared: they follow from the log.
    """
    quick_check(new)
    prove_log(new)
    after = digests_of(new, tuple(before.digests))
    differing = [name for name, digest in before.digests.items() if digest != after[name]]
    differing += [name for name, count in before.counts.items() if count != _count(new, name)]
    differing += [name for name in kept_tables() if _count(copy, name) != _count(new, name)]
    differing += ["stream"] if before.heads != _heads(new) else []
    with closing(sqlite3.connect(new)) as raw:
        differing += [str(row[0]) for row in raw.execute("PRAGMA foreign_key_check")]
    if differing:
        tables = ", ".join(sorted(set(differing)))
        raise FileDamaged(Text("migrate.differs", {"file": str(path), "tables": tables}))


def _columns(path: Path) -> dict[str, tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return {name: tuple(row[1] for row in raw.execute(f"PRAGMA table_info({name})")) for name in metadata.tables}


def _heads(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT id, last_seq, last_hash FROM stream ORDER BY id").fetchall()


def _unchanged_digests(path: Path, there: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The digests of the projection tables that look in this file as they do in this program."""
    same = [name for name in PROJECTIONS if there[name] == column_names(metadata.tables[name])]
    needed = {"document", "item", "party", "warehouse", "account", "money_account", "category"}
    return digests_of(path, tuple(same)) if needed <= set(same) else {}


def _count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as raw:
        found: int = raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 — own table names
        return found
