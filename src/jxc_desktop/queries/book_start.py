"""The first day of business of a book; what takes effect before it is opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

START = "SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'start_period'"


def first_day(session: Session) -> int:
    """The first day of the book as YYYYMMDD."""
    return int(session.value(START) or 0) * 100 + 1
