"""Older programs for tests: every revision there was, and one before the first, in which much looks different.

The book of that one has no column for who may read a record and none for the base of a draft, keeps imports under
another name, and its movements know neither variance nor short quantity.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from jxc_desktop.db.revision import HEAD
from jxc_desktop.db.tables import metadata
from jxc_desktop.db.upgrade import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

OLDER = "0000"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


EARLIER = sorted({each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()} - {HEAD})
"""The revisions that a book in use may have."""

_REVISION = '''"""Test revision: {what}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade():
    {upgrade}
'''
_FROM_OLDER = """with op.batch_alter_table("change_record") as table:
        table.add_column(sa.Column("min_reader", sa.Integer, nullable=False, server_default="1"))
    with op.batch_alter_table("draft") as table:
        table.add_column(sa.Column("base_hash", sa.LargeBinary))
    op.rename_table("import_log", "import_history")"""


def as_of(book: Path, path: Path, revision: str) -> Path:
    """A book of an earlier revision with the rows of a closed book of today, where a table looked as it does now."""
    engine = create_engine(f"sqlite:///{path.as_posix()}")
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("ATTACH ? AS today", (str(book),))
        raw.execute(f"PRAGMA application_id={raw.execute('PRAGMA today.application_id').fetchone()[0]}")
        for table in metadata.tables:
            columns = _columns(raw, "main", table)
            if columns and columns == _columns(raw, "today", table):
                raw.execute(f"INSERT INTO main.{table} SELECT * FROM today.{table}")
    return path


def _columns(raw: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [str(row[1]) for row in raw.execute(f"PRAGMA {schema}.table_info({table})")]


def make_older(path: Path) -> None:
    """Turn a closed book of today into one of the older revision."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("ALTER TABLE draft DROP COLUMN base_hash")
        raw.execute("ALTER TABLE change_record DROP COLUMN min_reader")
        raw.execute("ALTER TABLE import_history RENAME TO import_log")
        for column in ("variance", "short_quantity"):
            raw.execute(f"ALTER TABLE stock_move DROP COLUMN {column}")
        raw.execute("DROP INDEX voucher_line_account")
        raw.execute("UPDATE alembic_version SET version_num = ?", (OLDER,))


def chain(folder: Path, upgrade: str = _FROM_OLDER) -> Path:
    """A folder of migrations in which the first revision follows the older one."""
    migrations = folder / "migrations 100%"
    versions = migrations / "versions"
    versions.mkdir(parents=True)
    shutil.copyfile(MIGRATIONS / "env.py", migrations / "env.py")
    older = _REVISION.format(what="the older schema", revision=OLDER, down=None, upgrade="raise AssertionError")
    first = _REVISION.format(what="what the first revision added", revision="0001", down=OLDER, upgrade=upgrade)
    (versions / "0000_older.py").write_text(older, encoding="utf-8")
    (versions / "0001_first.py").write_text(first, encoding="utf-8")
    return migrations
