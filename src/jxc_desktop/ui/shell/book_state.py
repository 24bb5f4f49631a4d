"""What the bars show of the book: company, stage, open period, and whether its rules hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.book_state import book_state

if TYPE_CHECKING:
    from jxc_desktop.services.reader import Reader


class Alarm(NamedTuple):
    """A rule of the book that does not hold."""

    title: Text
    detail: Text


class BookState(NamedTuple):
    """`alarms` are the rules that do not hold, None before anybody looked."""

    company: str
    stage: int
    period: str
    alarms: tuple[Alarm, ...] | None = None


def state_of(book: Reader) -> BookState:
    """Company, stage, and the first month that is not closed."""
    return BookState(*book.read(book_state))


def examined(book: Reader) -> BookState:
    """The same with the rules that do not hold, by the quick checks."""
    from jxc_desktop.services.doctor import run_checks  # noqa: PLC0415 — the window starts without it

    alarms = tuple(Alarm(each.title, each.detail) for each in run_checks(book, quick=True) if each.is_alarm)
    return state_of(book)._replace(alarms=alarms)
