"""The writing side of a book: one connection, one transaction per use case, what may be remembered between them.

It is imported at the first write: a report starts without document types, posting rules and the projector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from jxc_desktop.db.engine import CHECKPOINT_ROWS, Session
from jxc_desktop.db.rules import shipped_rules
from jxc_desktop.db.transaction import Memory, Transaction, no_collection
from jxc_desktop.kernel.errors import NotPermitted
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed

from .catalog import Catalog
from .guards import refuse_short_stock
from .revaluation import refuse_unheld_value
from .serial_lives import refuse_broken_lives
from .settings import Settings
from .stream import open_stream
from .token_store import NoTokens, TokenStore
from .tracked_guards import refuse_short_batches
from .work import Work, permit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.kernel.clock import Clock
    from jxc_desktop.kernel.ids import Id, IdSource

T = TypeVar("T")


class _Known:
    """What is remembered between transactions, as long as nobody else wrote and nothing of it changed."""

    def __init__(self, session: Session, version: int) -> None:
        self.version = version
        self.memory = Memory(session)
        self.catalog = Catalog(session)
        self.settings = Settings(session)
        self.may_write = False


class Writer:
    """Runs use cases on one connection."""

    def __init__(
        self, path: Path, session: Session, *, clock: Clock, ids: IdSource, user: Id, tokens: TokenStore
    ) -> None:
        self._path = path
        self._session = session
        self._clock = clock
        self._ids = ids
        self._user = user
        self._tokens = tokens
        self._known: _Known | None = None
        self._written_since_checkpoint = 0

    def run(self, use_case_function: Callable[..., Any], params: dict[str, Any]) -> Changes:
        """Run a use case in one transaction, all of it or nothing."""
        with no_collection():
            changes = self._committed(use_case_function, params)
        written = self._session.total_changes
        if written - self._written_since_checkpoint >= CHECKPOINT_ROWS:
            self.checkpoint()
        return changes

    def _committed(self, use_case_function: Callable[..., Any], params: dict[str, Any]) -> Changes:
        try:
            with self._session.transaction():
                known, work = self._work()
                if not known.may_write:
                    open_stream(work, self._tokens, self._path)
                    known.may_write = True
                changes = _finished(work, use_case_function, params)
        except BaseException:
            self._known = None
            raise
        self._tokens.written(self._path, self._session)
        if changes.topics & {"masters", "settings", "periods"}:
            self._known = None
        return changes

    def preview(self, use_case_function: Callable[..., Any], look: Callable[[Session], T], params: dict[str, Any]) -> T:
        """Run a use case, look at the book as it then is, and take everything back."""
        session = self._session
        session.run("BEGIN IMMEDIATE")
        try:
            _known, work = self._work()
            open_stream(work, NoTokens(), self._path)
            session.run("SAVEPOINT preview")
            _finished(work, use_case_function, params)
            found = look(session)
            session.run("ROLLBACK TO preview")
            return found
        finally:
            session.rollback()
            self._known = None

    def _work(self) -> tuple[_Known, Work]:
        version = self._session.value("PRAGMA data_version")
        known = self._known
        if known is None or known.version != version:
            known = self._known = _Known(self._session, version)
        transaction = Transaction(self._session, shipped_rules(), known.memory)
        work = Work(transaction, known.catalog, known.settings, clock=self._clock, ids=self._ids, user=self._user)
        return known, work

    def data_version(self) -> int:
        """SQLite's number of what others have committed; this connection's own commits leave it as it is."""
        return int(self._session.value("PRAGMA data_version"))

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file."""
        self._session.run("PRAGMA wal_checkpoint(PASSIVE)")
        self._written_since_checkpoint = self._session.total_changes

    def close(self) -> None:
        """Move the write-ahead log into the file and give the connection back."""
        self._session.run("PRAGMA wal_checkpoint(TRUNCATE)")
        self._session.close()
        self._tokens.closed(self._path)


def _finished(work: Work, use_case_function: Callable[..., Any], params: dict[str, Any]) -> Changes:
    right: str = use_case_function.right  # type: ignore[attr-defined]
    if not permit(work.user, right):
        raise NotPermitted(Text("right.missing", {"right": right}))
    use_case_function(work, **params)
    changes = work.transaction.finish()
    refuse_short_stock(work, work.transaction.projector.decreased)
    refuse_short_batches(work)
    refuse_broken_lives(work)
    refuse_unheld_value(work.session, work.revalued)
    return changed(changes, warnings=tuple(work.warnings)) if work.warnings else changes
