"""The one object handed upward: open a book, read it, change it.

`read` runs a query, `do` a use case in one transaction, `preview` the same use case in one that is rolled back.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from jxc_desktop import resource_files
from jxc_desktop.db import migrate
from jxc_desktop.db.engine import CHECKPOINT_ROWS, Session, environment_errors, open_engine
from jxc_desktop.db.transaction import Memory, Transaction
from jxc_desktop.doctypes.spec import Rules
from jxc_desktop.domain.accounting.posting_rule import rules_from
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.clock import Clock, SystemClock
from jxc_desktop.kernel.errors import FileMissing, NotPermitted
from jxc_desktop.kernel.ids import Id, IdSource, RandomIds
from jxc_desktop.kernel.text import Text

from .book_place import refuse_place
from .catalog import Catalog
from .guards import refuse_short_stock
from .settings import Settings
from .stream import NoTokens, TokenStore, open_stream

if TYPE_CHECKING:
    from jxc_desktop.db.changelog import Log, Record
    from jxc_desktop.db.projections.period import Periods
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.changes import Changes

P = ParamSpec("P")
T = TypeVar("T")

OWNER = Id("00000000000070008000000000000001")
"""The user 店主 that every new book starts with."""


class UseCase(Protocol):
    """A function that changes a book; it declares the right it needs."""

    right: str

    def __call__(self, work: Work, /, **params: Any) -> Any:
        """Change the book."""
        ...


USE_CASES: dict[str, Callable[..., Any]] = {}
"""Every use case by its name, for the command line and the tests."""


def use_case(*, right: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare a function as a use case that needs a right."""

    def declare(function: Callable[P, T]) -> Callable[P, T]:
        function.right = right  # type: ignore[attr-defined]
        USE_CASES[f"{function.__module__.rpartition('.')[2]}.{function.__name__}"] = function
        return function

    return declare


def permit(_user: Id, _right: str) -> bool:
    """Whether a user may; everybody may until roles arrive."""
    return True


class Work:
    """What a use case has in hand: the transaction, the cards, the settings, the clock and who asks."""

    def __init__(self, transaction: Transaction, catalog: Catalog, settings: Settings, book: Book) -> None:
        self.transaction = transaction
        self.catalog = catalog
        self.settings = settings
        self.clock = book.clock
        self.ids = book.ids
        self.user = book.user
        self.book = book
        self.numbers: dict[str, int] = {}
        self.pending: dict[Id, Document] = {}
        self.commitments: dict[tuple[Id, int], int] = {}
        self.left_out = NO_ID

    @property
    def session(self) -> Session:
        """The connection of this transaction."""
        return self.transaction.session

    @property
    def log(self) -> Log:
        """The change log."""
        return self.transaction.log

    @property
    def periods(self) -> Periods:
        """Which periods are closed."""
        return self.transaction.projector.periods

    def record(
        self,
        kind: str,
        content: dict[str, Any],
        *,
        subject: Id = NO_ID,
        date: int = 0,
        seen: dict[str, int] | None = None,
    ) -> Record:
        """The next record of this file's stream."""
        return self.log.make(
            kind,
            content,
            user=self.user,
            clock=self.clock,
            ids=self.ids,
            subject=subject,
            date=date,
            seen=seen,
        )

    def append(self, records: list[tuple[Record, Document | None]]) -> None:
        """Store and apply records."""
        self.transaction.append(records)


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the cyclic garbage collector out of a transaction: a long import makes millions of values and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Known:
    """What is remembered between transactions, as long as nobody else wrote and nothing of it changed."""

    def __init__(self, session: Session, version: int) -> None:
        self.version = version
        self.memory = Memory(session)
        self.catalog = Catalog(session)
        self.settings = Settings(session)
        self.may_write = False


class Book:
    """One company, one file."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock | None = None,
        ids: IdSource | None = None,
        user: Id = OWNER,
        tokens: TokenStore | None = None,
    ) -> None:
        self.path = path
        self.clock = clock or SystemClock()
        self.ids = ids or RandomIds(self.clock)
        self.user = user
        self._tokens = tokens or NoTokens()
        self._writer = open_engine(path)
        self._reader = open_engine(path, read_only=True)
        self._lock = threading.RLock()
        self._read_session: Session | None = None
        self._write_session: Session | None = None
        self._known: _Known | None = None
        self._written_since_checkpoint = 0

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock | None = None,
        ids: IdSource | None = None,
        user: Id = OWNER,
        tokens: TokenStore | None = None,
    ) -> Book:
        """Open a book; one of an older version is brought up to date on a copy first.

        Raises FileMissing, UnsafePlace, FileDamaged, NewerVersion, FileLocked.
        """
        if not path.is_file():
            raise FileMissing(Text("book.missing", {"file": str(path)}))
        refuse_place(path)
        with environment_errors(path):
            migrate.bring_up_to_date(path)
            return cls(path, clock=clock, ids=ids, user=user, tokens=tokens)

    @cached_property
    def rules(self) -> Rules:
        """The shipped posting rules."""
        return Rules(rules_from(resource_files.read_json("standards", "posting_rules.json")))

    def read(self, query: Callable[..., T], **params: Any) -> T:
        """Run a query on a read-only connection, everything in it as of one moment."""
        with self._lock, environment_errors(self.path), self._reading() as session:
            return query(session, **params)

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        if self._read_session is None:
            self._read_session = Session(self._reader.connect())
        with self._read_session.transaction(immediate=False):
            yield self._read_session

    def do(self, use_case_function: Callable[..., Any], **params: Any) -> Changes:
        """Run a use case in one transaction: all of it or nothing. What changed.

        Raises what the use case refuses with (UserError) and what the environment denies (ExternalError).
        """
        with self._lock, environment_errors(self.path), no_collection():
            changes = self._run(use_case_function, params)
            self._checkpoint()
            return changes

    def _run(self, use_case_function: Callable[..., Any], params: dict[str, Any]) -> Changes:
        session = self._writing()
        try:
            with session.transaction():
                known, work = self._work(session)
                if not known.may_write:
                    open_stream(work, self._tokens, self.path)
                    known.may_write = True
                changes = self._finish(work, use_case_function, params)
                self._tokens.written(self.path, session)
        except BaseException:
            self._known = None
            raise
        if changes.topics & {"masters", "settings", "periods"}:
            self._known = None
        return changes

    def preview(self, use_case_function: Callable[..., Any], look: Callable[[Session], T], **params: Any) -> T:
        """Run a use case, look at the book as it then is, and take everything back."""
        with self._lock, environment_errors(self.path):
            session = self._writing()
            session.run("BEGIN IMMEDIATE")
            try:
                _known, work = self._work(session)
                open_stream(work, NoTokens(), self.path)
                session.run("SAVEPOINT preview")
                self._finish(work, use_case_function, params)
                found = look(session)
                session.run("ROLLBACK TO preview")
                return found
            finally:
                session.rollback()
                self._known = None

    def _writing(self) -> Session:
        if self._write_session is None:
            self._write_session = Session(self._writer.connect())
        return self._write_session

    def _work(self, session: Session) -> tuple[_Known, Work]:
        version = session.value("PRAGMA data_version")
        known = self._known
        if known is None or known.version != version:
            known = self._known = _Known(session, version)
        return known, Work(Transaction(session, self.rules, known.memory), known.catalog, known.settings, self)

    @staticmethod
    def _finish(work: Work, use_case_function: Callable[..., Any], params: dict[str, Any]) -> Changes:
        if not permit(work.user, use_case_function.right):  # type: ignore[attr-defined]
            raise NotPermitted(Text("right.missing", {"right": use_case_function.right}))  # type: ignore[attr-defined]
        use_case_function(work, **params)
        changes = work.transaction.finish()
        refuse_short_stock(work, work.transaction.projector.decreased)
        return changes

    def _checkpoint(self) -> None:
        """Move the write-ahead log into the file when much was written, outside any commit."""
        written = self._writing().total_changes
        if written - self._written_since_checkpoint >= CHECKPOINT_ROWS:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file; for idle moments."""
        with self._lock:
            session = self._writing()
            session.run("PRAGMA wal_checkpoint(PASSIVE)")
            self._written_since_checkpoint = session.total_changes

    def close(self) -> None:
        """Close the file; everything that was done is in it."""
        with self._lock:
            if self._read_session is not None:
                self._read_session.close()
                self._read_session = None
            if self._write_session is not None:
                self._write_session.run("PRAGMA wal_checkpoint(TRUNCATE)")
                self._write_session.close()
                self._write_session = None
                self._tokens.closed(self.path)
            self._reader.dispose()
            self._writer.dispose()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
