"""What the bars show of the book: company, stage, open period, and whether its rules hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.queries.book_state import book_state
from jxc_desktop.services.doctor import Check

if TYPE_CHECKING:
    from jxc_desktop.services.reader import Reader


class BookState(NamedTuple):
    """`alarms` are the rules that do not hold, None before anybody looked."""

    company: str
    stage: int
    period: str
    alarms: tuple[Check, ...] | None = None


def state_of(book: Reader) -> BookState:
    """Company, stage, and the first month that is not closed."""
    return BookState(*book.read(book_state))


def examined(book: Reader) -> BookState:
    """The same with the rules that do not hold, by the quick checks."""
    from jxc_desktop.services.doctor import run_checks  # noqa: PLC0415 — the window starts without it

    alarms = tuple(check for check in run_checks(book, quick=True) if check.is_alarm)
    return state_of(book)._replace(alarms=alarms)
