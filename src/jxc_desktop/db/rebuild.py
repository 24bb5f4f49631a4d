"""A new file with the projections made again from the log: what `rebuild`, its check and every migration are built on.

Log and local tables are copied as they are. Settings, cards and periods are applied first, then each document once, as
it stands in the end, along the dates: so nearly every movement goes to the end of its item's history. The result is
that of any other causal order, because projections are a function of the set of records. Source: hotpath.md §3.6.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable

from jxc_desktop.kernel.errors import FileDamaged
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.text import Text

from . import changelog
from .book_file import remove, sync_file, write_ahead
from .digest import digest, table_digests
from .engine import Session, environment_errors, open_engine
from .projections import PROJECTIONS
from .revision import APPLICATION_ID, HEAD
from .rules import shipped_rules
from .search import create_texts
from .tables import metadata
from .transaction import Transaction, no_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from jxc_desktop.doctypes.spec import Rules

T = TypeVar("T")

GROUP = 2_000
"""Documents that are written together."""

_FAST = (
    "PRAGMA page_size=4096",
    f"PRAGMA application_id={APPLICATION_ID}",
    "PRAGMA journal_mode=OFF",
    "PRAGMA synchronous=OFF",
    "PRAGMA main.locking_mode=EXCLUSIVE",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
    "PRAGMA trusted_schema=OFF",
)
_CARDS_AND_SETTINGS = f"WHERE kind IN ('{changelog.SETTING_SET}', '{changelog.MASTER_SET}') ORDER BY kind DESC, id"
_PERIOD_RECORD = "SELECT id FROM change_record WHERE kind IN (?, ?) ORDER BY id DESC LIMIT 1"
_POSTS = (
    "SELECT r.id, r.subject FROM change_record r WHERE r.kind = 'document.post' ORDER BY coalesce("
    "(SELECT a.date FROM change_record a WHERE a.subject = r.subject AND a.kind <> 'document.post'"
    " AND a.subject IS NOT NULL AND a.kind = 'document.amend' ORDER BY a.id DESC LIMIT 1), r.date), r.hlc, r.stream"
)
_CORRECTED = (
    "SELECT DISTINCT subject FROM change_record WHERE kind <> 'document.post' AND subject IS NOT NULL"
    " AND kind LIKE 'document.%'"
)
_SECOND_POSTS = "SELECT subject FROM change_record WHERE kind = 'document.post' GROUP BY subject HAVING count(*) > 1"

_INDEXED_AT_ONCE = ("cost_layer", "layer_take", "tracked_move")
"""Projections that are read by their indexes while they are made."""


def build_beside(source: Path, target: Path, rules: Rules | None = None) -> None:
    """Make `target` from the log and the local tables of `source`, which nobody may write meanwhile.

    Raises FileDamaged where a record cannot be read, DiskFull. A half-made target is removed.
    """
    remove(target)
    try:
        with environment_errors(target), _writing(target) as session:
            _make_tables(session)
            _copy(session, source)
            with session.transaction(), no_collection():
                _project(session, rules or shipped_rules())
            _make_indexes(session, [name for name in PROJECTIONS if name not in _INDEXED_AT_ONCE])
        sync_file(target)
        with closing(sqlite3.connect(target, isolation_level=None)) as raw:
            write_ahead(raw)
    except BaseException:
        remove(target)
        raise


@contextmanager
def _writing(target: Path) -> Iterator[Session]:
    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(target.absolute().as_uri(), uri=True, isolation_level=None, cached_statements=512)
        for pragma in _FAST:
            raw.execute(pragma)
        return raw

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    session = Session(engine.connect())
    try:
        yield session
    finally:
        session.close()
        engine.dispose()


def _make_tables(session: Session) -> None:
    for table in metadata.sorted_tables:
        session.run(str(CreateTable(table).compile(dialect=session.connection.dialect)))
    for text in create_texts():
        session.run(text)
    session.run("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    session.run("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def _make_indexes(session: Session, tables: Sequence[str]) -> None:
    for name in tables:
        for index in sorted(metadata.tables[name].indexes, key=lambda each: str(each.name)):
            session.run(str(CreateIndex(index).compile(dialect=session.connection.dialect)))


def kept_tables() -> list[str]:
    """The tables that are not projections: facts and what is local to the file."""
    return [name for name in metadata.tables if name not in PROJECTIONS]


def _copy(session: Session, source: Path) -> None:
    """Log and local tables, and the indexes that are needed from the beginning."""
    session.run("ATTACH DATABASE ? AS old", (source.absolute().as_uri() + "?mode=ro",))
    session.run("BEGIN")
    for name in kept_tables():
        there = {row[1] for row in session.rows(f"PRAGMA old.table_info({name})")}
        columns = ", ".join(column.name for column in metadata.tables[name].columns if column.name in there)
        if columns:
            session.run(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM old.{name} ORDER BY id")  # noqa: S608
    session.run("COMMIT")
    session.run("DETACH DATABASE old")
    _make_indexes(session, [*kept_tables(), *_INDEXED_AT_ONCE])


def _project(session: Session, rules: Rules) -> None:
    transaction = Transaction(session, rules)
    projector, log = transaction.projector, transaction.log
    projector.apply((record, record.row, None) for record in log.read(_CARDS_AND_SETTINGS))
    last = session.value(_PERIOD_RECORD, (changelog.PERIOD_CLOSE, changelog.PERIOD_REOPEN))
    if last is not None:
        # One is enough: each folds all of them.
        projector.apply([(log.record(last), last, None)])
    _documents(session, transaction)
    transaction.finish()


def _documents(session: Session, transaction: Transaction) -> None:
    log, projector = transaction.log, transaction.projector
    several = {row[0] for row in session.rows(_CORRECTED)}
    rivals: dict[bytes, list[int]] = {row[0]: [] for row in session.rows(_SECOND_POSTS)}
    simple: list[int] = []
    for row, subject in session.each(_POSTS):
        if subject in rivals:
            rivals[subject].append(row)
        elif subject in several:
            projector.apply((log.record(each), each, None) for each in simple)
            simple.clear()
            projector.apply_standing(Id(subject.hex()), [log.record(row)])
        else:
            simple.append(row)
            if len(simple) == GROUP:
                projector.apply((log.record(each), each, None) for each in simple)
                simple.clear()
    projector.apply((log.record(each), each, None) for each in simple)
    for subject, rows in rivals.items():
        projector.apply_standing(Id(subject.hex()), [log.record(row) for row in rows])


def digests_of(path: Path, tables: Sequence[str] = PROJECTIONS) -> dict[str, str]:
    """The digest of each projection table of a file."""
    return look(path, lambda session: table_digests(session, tables))


def digest_of(path: Path) -> str:
    """The digest of a file."""
    return look(path, digest)


def look(path: Path, query: Callable[[Session], T]) -> T:
    """Run a query on a file that is not open as a book."""
    engine = open_engine(path, read_only=True)
    try:
        with environment_errors(path):
            session = Session(engine.connect())
            try:
                with session.transaction(immediate=False):
                    return query(session)
            finally:
                session.close()
    finally:
        engine.dispose()


def prove_log(path: Path) -> None:
    """Raises FileDamaged naming the first record whose hash does not follow from the one before."""

    def broken(session: Session) -> changelog.Record | None:
        return next(iter(changelog.broken_links(changelog.Log(session))), None)

    record = look(path, broken)
    if record is not None:
        where = {"file": str(path), "stream": changelog.stream_name(record.stream), "number": record.seq}
        raise FileDamaged(Text("log.chain_broken", where))
