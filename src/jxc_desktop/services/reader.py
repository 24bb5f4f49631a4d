"""A read-only connection of its own: the window has one for what is being typed and one for lists and reports."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar

from jxc_desktop.db.engine import Session, environment_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from sqlalchemy import Engine

T = TypeVar("T")


class Reader:
    """Used by one thread; only `interrupt` may come from another.

    A thread in `kept_off` (the window's) may not read: it would freeze what the user sees.
    """

    def __init__(self, path: Path, engine: Engine, kept_off: Collection[int] = ()) -> None:
        self.path = path
        self._engine = engine
        self._kept_off = kept_off
        self._session: Session | None = None

    def read(self, query: Callable[..., T], **params: Any) -> T:
        """Run a query, everything in it as of one moment. Raises Interrupted where it was stopped."""
        assert threading.get_ident() not in self._kept_off, "the window's thread asks ops, never a reader"
        with environment_errors(self.path):
            if self._session is None:
                self._session = Session(self._engine.connect())
            with self._session.transaction(immediate=False):
                return query(self._session, **params)

    def interrupt(self) -> None:
        """Stop the query that is running, if any."""
        session = self._session
        if session is not None:
            session.interrupt()

    def close(self) -> None:
        """Give the connection back."""
        if self._session is not None:
            self._session.close()
            self._session = None
