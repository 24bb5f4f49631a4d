"""What stands in the bars of the window: the company, the stage of the book, the first open month."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.projections.period import next_period

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

_SETTINGS = "SELECT key, value FROM setting WHERE key IN ('company_name', 'stage', 'start_period')"
_LAST_CLOSED = "SELECT max(id) FROM period WHERE state = 'closed'"


class BookStateRow(NamedTuple):
    """`period` is the first month that is not closed, as YYYY-MM."""

    company: str
    stage: int
    period: str


def book_state(session: Session) -> BookStateRow:
    """Company, stage and open month."""
    settings = {key: json.loads(text) for key, text in session.rows(_SETTINGS)}
    last = session.value(_LAST_CLOSED)
    period = settings.get("start_period", 0) if last is None else next_period(last)
    return BookStateRow(
        settings.get("company_name", ""), settings.get("stage", 1), f"{period // 100:04d}-{period % 100:02d}"
    )
