"""The revisions make exactly the schema that the program declares, and ship with it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from hatchling.builders.wheel import WheelBuilder
from sqlalchemy import create_engine

from jxc_desktop.db import migrate
from jxc_desktop.db.rebuild import build_beside
from jxc_desktop.db.revision import HEAD
from jxc_desktop.db.upgrade import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _schema(path: Path) -> dict[tuple[str, str], str]:
    """(kind, name) → the statement that made it, blanks and the order of constraints aside."""
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {(kind, name): _normal(sql) for kind, name, sql in found if name != "alembic_version"}


def _normal(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).replace(" ,", ",").replace("( ", "(").replace(" )", ")").strip()


def test_the_revisions_make_the_declared_schema(tmp_path: Path, config: Config) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.jxc'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    migrate.create_file(tmp_path / "made.jxc")
    made, migrated = _schema(tmp_path / "made.jxc"), _schema(tmp_path / "migrated.jxc")
    assert made.keys() - migrated.keys() == set()
    for key, sql in made.items():
        assert migrated[key] == sql, key
    assert migrated.keys() - made.keys() <= {("index", "sqlite_autoindex_alembic_version_1")}


def test_a_rebuilt_file_has_the_declared_schema(tmp_path: Path) -> None:
    migrate.create_file(tmp_path / "made.jxc")
    build_beside(tmp_path / "made.jxc", tmp_path / "rebuilt.jxc")
    assert _schema(tmp_path / "rebuilt.jxc") == _schema(tmp_path / "made.jxc")


def test_there_is_one_head_and_it_is_what_the_program_writes(config: Config) -> None:
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_wheel_carries_the_revisions() -> None:
    carried = {Path(file.relative_path).as_posix() for file in _carried()}
    revisions = {each.relative_to(ROOT).as_posix() for each in MIGRATIONS.rglob("*.py")}
    assert len(revisions) >= 2
    assert revisions <= carried


def _carried() -> Iterator[Any]:
    return iter(WheelBuilder(str(ROOT)).recurse_included_files())
