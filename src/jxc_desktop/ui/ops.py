"""The bridge between the window and the book: one writer thread, two readers, answers on the window's thread.

`query` reads: on the lane for what is being typed, where a newer question of the same kind stops the older, or on the
lane for lists and reports. `command` writes; what it changed goes to all open pages by `changed`. A commit by another
process is noticed by asking SQLite once a second and shown as a change of everything.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from jxc_desktop.kernel.changes import Changes
from jxc_desktop.kernel.errors import ExternalError, Interrupted, UserError

if TYPE_CHECKING:
    from jxc_desktop.services.book import Book
    from jxc_desktop.services.reader import Reader

POLL_MS = 1_000
EVERYTHING = Changes(frozenset({"documents", "stock", "ledger", "masters", "settings", "periods"}))
"""What a commit by another process may have changed."""

Show = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Lane(StrEnum):
    """Which reader answers."""

    TYPING = "typing"
    LISTING = "listing"


@dataclass(slots=True, eq=False)
class Ticket:
    """A question on its way; `sequence` is the number of changes it has seen, `is_dropped` when nobody wants it."""

    work: Callable[[Any], Any]
    show: Show
    failed: Failed | None = None
    kind: str = ""
    initiator: object = None
    is_command: bool = False
    is_dropped: bool = False
    sequence: int = 0
    answer: Any = None
    error: Exception | None = None

    def drop(self) -> None:
        """The answer is no longer wanted."""
        self.is_dropped = True


class Ops(QObject):
    """Everything the window asks of one book."""

    changed = Signal(object, object)
    """What a command or another process changed, and who asked for it (None for others)."""
    failed = Signal(object)
    """A question or a command that failed and whose asker does not handle it."""
    busy = Signal(bool)
    """Whether the writer has something to do."""
    _answered = Signal(object)

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.sequence = 0
        book.keep_off(threading.get_ident())
        self._answered.connect(self._show)
        self._readers = {lane: _Thread(f"jxc-{lane}", self._answer, book.reader()) for lane in Lane}
        self._writer = _Thread("jxc-writer", self._answer, book)
        self._writing = self._asked = 0
        self._is_closed = False
        self._newest: dict[str, Ticket] = {}
        self._mark: tuple[str, int] | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look_for_others)
        self._poll.start()

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked has been answered."""
        return not self._asked

    def query(
        self,
        work: Callable[[Reader], Any],
        show: Show,
        *,
        kind: str = "",
        lane: Lane = Lane.LISTING,
        failed: Failed | None = None,
    ) -> Ticket:
        """Run `work(reader)` on a reader's thread and `show(answer)` on the window's.

        A newer question of the same `kind` makes the older one unwanted; while being typed it stops it as well.
        """
        ticket = Ticket(work, show, failed, kind, sequence=self.sequence)
        self._asked += 1
        thread = self._readers[lane]
        if kind:
            older = self._newest.get(kind)
            self._newest[kind] = ticket
            if older is not None:
                older.drop()
                if lane is Lane.TYPING and thread.current is older:
                    thread.subject.interrupt()
        thread.put(ticket)
        return ticket

    def query_written(self, work: Callable[[Reader], Any], show: Show) -> None:
        """Read for a page what it has put into the queue of the writer itself, a draft for one: after that is done."""

        def ask(_nothing: object) -> None:
            self.query(work, show)

        if self._writing:
            self.command(lambda _book: None, ask)
        else:
            ask(None)

    def command(
        self,
        work: Callable[[Book], Any],
        then: Show,
        *,
        initiator: object = None,
        failed: Failed | None = None,
    ) -> Ticket:
        """Run `work(book)` on the writer's thread, then `then(answer)`; an answer of `Changes` is told to all pages."""
        ticket = Ticket(work, then, failed, initiator=initiator, is_command=True, sequence=self.sequence)
        self._asked += 1
        self._writing += 1
        if self._writing == 1:
            self.busy.emit(True)
        self._writer.put(ticket)
        return ticket

    def close(self) -> None:
        """Finish what is queued for writing, stop the readers, close the book."""
        self._is_closed = True
        self._poll.stop()
        for thread in self._readers.values():
            if thread.current is not None:
                thread.current.drop()
            thread.subject.interrupt()
            thread.stop(lambda reader: reader.close())
        self._writer.stop(lambda book: book.close())

    def _answer(self, ticket: Ticket) -> None:
        """On a worker's thread: hand over to the window's."""
        self._answered.emit(ticket)

    def _show(self, ticket: Ticket) -> None:
        self._asked -= 1
        if ticket.is_command:
            self._writing -= 1
            if not self._writing:
                self.busy.emit(False)
        if self._newest.get(ticket.kind) is ticket:
            del self._newest[ticket.kind]
        if ticket.is_dropped or self._is_closed:
            return
        if ticket.error is not None:
            self._fail(ticket, ticket.error)
            return
        if isinstance(ticket.answer, Changes):
            self.tell(ticket.answer, ticket.initiator)
        if not _is_gone(ticket.show):
            ticket.show(ticket.answer)

    def _fail(self, ticket: Ticket, error: Exception) -> None:
        if _is_gone(ticket.show) or (isinstance(error, Interrupted) and ticket.failed is None):
            return
        is_bug = not isinstance(error, (UserError, ExternalError))
        if ticket.failed is not None and not is_bug:
            ticket.failed(error)
        else:
            self.failed.emit(error)

    def tell(self, changes: Changes, initiator: object = None) -> None:
        """Something changed: open pages read again what concerns them."""
        self.sequence += 1
        self.changed.emit(changes, initiator)

    def _look_for_others(self) -> None:
        if not self._writing:
            self._asked += 1
            self._writer.put(Ticket(lambda book: book.commits_of_others(), self._seen, lambda _error: None))

    def _seen(self, mark: tuple[str, int]) -> None:
        before, self._mark = self._mark, mark
        if before is not None and before != mark:
            self.tell(EVERYTHING)


def _is_gone(show: Show) -> bool:
    """Whether the page that asked was closed since."""
    asker = getattr(show.func if isinstance(show, partial) else show, "__self__", None)
    return isinstance(asker, QObject) and not isValid(asker)


class _Thread(threading.Thread):
    """Takes tickets one by one; `subject` is the book or the reader they work on."""

    def __init__(self, name: str, answer: Callable[[Ticket], None], subject: Any) -> None:
        super().__init__(name=name, daemon=True)
        self.subject = subject
        self.current: Ticket | None = None
        self._answer = answer
        self._queue: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._last: Callable[[Any], None] | None = None
        self.start()

    def put(self, ticket: Ticket) -> None:
        """Queue a ticket."""
        self._queue.put(ticket)

    def stop(self, last: Callable[[Any], None]) -> None:
        """Do what is queued, then `last`, and end."""
        self._last = last
        self._queue.put(None)
        self.join()

    def _work_on(self, ticket: Ticket) -> None:
        """Ask; again where the question was stopped though it is wanted: the one before it was meant."""
        try:
            ticket.answer = ticket.work(self.subject)
        except Interrupted as error:
            if not ticket.is_dropped:
                self._work_on(ticket)
                return
            ticket.error = error
        except Exception as error:
            ticket.error = error

    def run(self) -> None:
        """Work until told to stop."""
        while (ticket := self._queue.get()) is not None:
            if ticket.is_dropped and not ticket.is_command:
                self._answer(ticket)
                continue
            self.current = ticket
            self._work_on(ticket)
            self.current = None
            self._answer(ticket)
        if self._last is not None:
            self._last(self.subject)
