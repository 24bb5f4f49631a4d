"""The few column shapes that all tables are made of; STRICT tables, integers for money, quantities and days."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Text
from sqlalchemy.schema import Table

metadata = MetaData()


def whole(name: str, *, key: bool = False, null: bool = False, default: int | None = None) -> Column[Any]:
    """An integer: a local key, fen, 10⁻⁶, a day YYYYMMDD, a period YYYYMM or a yes/no."""
    server_default = None if default is None else str(default)
    return Column(name, Integer, primary_key=key, nullable=null, server_default=server_default, autoincrement=False)


def words(name: str, *, key: bool = False, null: bool = False, default: str | None = None) -> Column[Any]:
    """A text."""
    return Column(name, Text, primary_key=key, nullable=null, server_default=default)


def binary(name: str, *, key: bool = False, null: bool = False, unique: bool = False) -> Column[Any]:
    """Bytes: a UUID, a hash, a compressed body."""
    return Column(name, LargeBinary, primary_key=key, nullable=null, unique=unique)


def rowid_table(name: str, *columns: Any) -> Table:
    """A table with an integer primary key."""
    return Table(name, metadata, *columns, sqlite_strict=True)


def clustered_table(name: str, *columns: Any) -> Table:
    """A table stored in the order of its primary key, without a rowid."""
    return Table(name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=False)
