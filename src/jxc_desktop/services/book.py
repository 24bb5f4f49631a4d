"""The one object handed upward: open a book, read it, change it.

`read` runs a query, `do` a use case in one transaction, `preview` the same use case in one that is rolled back.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

from jxc_desktop.db import migrate
from jxc_desktop.db.engine import Session, environment_errors, open_engine
from jxc_desktop.kernel.clock import Clock, SystemClock
from jxc_desktop.kernel.errors import FileMissing, UserError
from jxc_desktop.kernel.ids import Id, IdSource, RandomIds
from jxc_desktop.kernel.text import Text

from .book_place import refuse_place
from .token_store import NoTokens, TokenStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jxc_desktop.kernel.changes import Changes

    from .reader import Reader
    from .writing import Writer

T = TypeVar("T")

OWNER = Id("00000000000070008000000000000001")
"""The user 店主 that every new book starts with."""


@contextmanager
def _numbers_that_fit() -> Iterator[None]:
    """What numbers each small enough come to may be too large for the file."""
    try:
        yield
    except OverflowError as error:
        raise UserError(Text("book.number_too_large")) from error


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
        self._write_engine = open_engine(path)
        self._read_engine = open_engine(path, read_only=True)
        self._lock = threading.RLock()
        self._read_session: Session | None = None
        self._writer: Writer | None = None
        self._kept_off: set[int] = set()

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

    def read(self, query: Callable[..., T], **params: Any) -> T:
        """Run a query on a read-only connection, everything in it as of one moment."""
        self._refuse_window_thread()
        with self._lock, environment_errors(self.path), self._reading() as session:
            return query(session, **params)

    def reader(self) -> Reader:
        """A read-only connection of its own, for one thread of the window."""
        from .reader import Reader  # noqa: PLC0415 — only the window has several

        return Reader(self.path, self._read_engine, self._kept_off)

    def keep_off(self, thread: int) -> None:
        """From now on this thread (the window's) may not read or write: it would freeze what the user sees."""
        self._kept_off.add(thread)

    def _refuse_window_thread(self) -> None:
        assert threading.get_ident() not in self._kept_off, "the window's thread asks ops, never the book"

    def commits_of_others(self) -> tuple[str, int]:
        """A mark that changes when another process, or another connection, has committed something.

        Its first part says which connection looked; marks of different connections cannot be compared.
        """
        self._refuse_window_thread()
        with self._lock, environment_errors(self.path):
            if self._writer is not None:
                return "writer", self._writer.data_version()
            with self._reading() as session:
                return "reader", int(session.value("PRAGMA data_version"))

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        if self._read_session is None:
            self._read_session = Session(self._read_engine.connect())
        with self._read_session.transaction(immediate=False):
            yield self._read_session

    def do(self, use_case_function: Callable[..., Any], **params: Any) -> Changes:
        """Run a use case in one transaction: all of it or nothing. What changed.

        Raises what the use case refuses with (UserError) and what the environment denies (ExternalError).
        """
        self._refuse_window_thread()
        with self._lock, environment_errors(self.path), _numbers_that_fit():
            return self._writing().run(use_case_function, params)

    def preview(self, use_case_function: Callable[..., Any], look: Callable[[Session], T], **params: Any) -> T:
        """Run a use case, look at the book as it then is, and take everything back."""
        self._refuse_window_thread()
        with self._lock, environment_errors(self.path), _numbers_that_fit():
            return self._writing().preview(use_case_function, look, params)

    def _writing(self) -> Writer:
        if self._writer is None:
            from .writing import Writer  # noqa: PLC0415 — a book that is only read starts without it

            session = Session(self._write_engine.connect())
            self._writer = Writer(
                self.path, session, clock=self.clock, ids=self.ids, user=self.user, tokens=self._tokens
            )
        return self._writer

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file; for idle moments."""
        with self._lock:
            self._writing().checkpoint()

    def close(self) -> None:
        """Close the file; everything that was done is in it."""
        with self._lock:
            if self._read_session is not None:
                self._read_session.close()
                self._read_session = None
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._read_engine.dispose()
            self._write_engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
