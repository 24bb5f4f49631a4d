"""Months as people name them, and whether a number is a month of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from .work import Work


def period_name(period: int) -> str:
    """2026-01 for 202601."""
    return f"{period // 100:04d}-{period % 100:02d}"


def check_month(work: Work, period: int) -> None:
    """Raises UserError where it is not a month of the book."""
    if not (190_001 <= period <= 999_912 and 1 <= period % 100 <= 12):
        raise UserError(Text("period.not_a_month", {"period": str(period)}))
    if period < work.periods.start:
        names = {"period": period_name(period), "start": period_name(work.periods.start)}
        raise UserError(Text("period.before_start", names))
