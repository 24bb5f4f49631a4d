"""Bringing a book of an older revision up to date: on a copy, proved, then put in place; the old file stays.

Alembic moves facts and local tables only. The new file is made from them like any rebuilt one, so projection tables
are always those of this program, whatever the old book had. Source: architecture.md §5.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

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
            before = _unchanged_digests(copy)
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


def _prove(path: Path, copy: Path, new: Path, before: dict[str, str]) -> None:
    """The new file is sound, holds every fact, and says what the old one said wherever their tables are alike."""
    quick_check(new)
    prove_log(new)
    after = digests_of(new, tuple(before))
    differing = [name for name in before if before[name] != after[name]]
    differing += [name for name in kept_tables() if _count(copy, name) != _count(new, name)]
    with closing(sqlite3.connect(new)) as raw:
        differing += [str(row[0]) for row in raw.execute("PRAGMA foreign_key_check")]
    if differing:
        tables = ", ".join(sorted(set(differing)))
        raise FileDamaged(Text("migrate.differs", {"file": str(path), "tables": tables}))


def _unchanged_digests(copy: Path) -> dict[str, str]:
    """The digests of the projection tables that look in this file as they do in this program."""
    with closing(sqlite3.connect(copy)) as raw:
        there = {name: tuple(row[1] for row in raw.execute(f"PRAGMA table_info({name})")) for name in metadata.tables}
    same = [name for name in PROJECTIONS if there[name] == column_names(metadata.tables[name])]
    needed = {"document", "item", "party", "warehouse", "account", "money_account", "category"}
    return digests_of(copy, tuple(same)) if needed <= set(same) else {}


def _count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as raw:
        found: int = raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 — own table names
        return found
