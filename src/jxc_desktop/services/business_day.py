"""Today as the book counts days: the clock in the book's time zone, less the hour at which its day ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .settings import Settings

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


def business_day(session: Session, *, now_ms: int) -> date:
    """The business date at an instant, for what only reads."""
    settings = Settings(session)
    now = datetime.fromtimestamp(now_ms / 1000, tz=UTC).astimezone(ZoneInfo(settings.get("time_zone")))
    return (now - timedelta(hours=int(settings.get("day_end_hour")))).date()
