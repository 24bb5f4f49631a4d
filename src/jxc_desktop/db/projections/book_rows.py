"""Settings, periods and number series as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.codec import canonical
from jxc_desktop.db.merge import latest
from jxc_desktop.doctypes.registry import document_type

from .period import next_period

if TYPE_CHECKING:
    from jxc_desktop.db.changelog import Log, Record
    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document

_SETTING = "INSERT OR REPLACE INTO setting (key, value, hlc, stream, seq) VALUES (?, ?, ?, ?, ?)"
_OTHER_SETTING = "SELECT 1 FROM setting WHERE key = ? AND stream <> ?"
_CHOICE = "INSERT OR REPLACE INTO costing_choice (key, period, value, hlc, stream, seq) VALUES (?, ?, ?, ?, ?, ?)"
_OTHER_CHOICE = "SELECT 1 FROM costing_choice WHERE key = ? AND period = ? AND stream <> ?"
_PERIOD = "INSERT INTO period (id, state, cut, digest, record) VALUES (?, ?, ?, ?, ?)"
_SERIES = "INSERT INTO series (key, last) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET last = max(last, excluded.last)"


def apply_setting(session: Session, log: Log, record: Record) -> int:
    """Take over a `setting.set` record; where another stream wrote the same key, fold all its records again.

    The month YYYYMM from which on the value holds; 0 for one that holds from the beginning, as most do.
    """
    content = record.content()
    key, period = content["key"], content.get("period", 0)
    if period:
        other = session.first(_OTHER_CHOICE, (key, period, record.stream))
    else:
        other = session.first(_OTHER_SETTING, (key, record.stream))
    winner, value = record, content["value"]
    if other:
        written = []
        for each in log.read("WHERE kind = 'setting.set' AND kind NOT LIKE 'document.%' AND kind <> 'master.set'"):
            found = each.content()
            if (found["key"], found.get("period", 0)) == (key, period):
                written.append((each, found["value"]))
        winner, value, _rivals = latest(session, written)
    row = (canonical(value).decode(), winner.hlc, winner.stream, winner.seq)
    if period:
        session.run(_CHOICE, (key, period, *row))
    else:
        session.run(_SETTING, (key, *row))
    return int(period)


def fold_periods(session: Session, log: Log) -> set[int]:
    """Make the table of periods from all its records; the periods whose state or cut changed.

    Only the month after the last closed one can be closed and only the last closed one reopened; anything else was
    made without knowing the others and has no effect.
    """
    before = {period: (state, cut) for period, state, cut in session.rows("SELECT id, state, cut FROM period")}
    records = sorted(
        (
            *log.read("WHERE kind = 'period.close' AND kind NOT LIKE 'document.%' AND kind <> 'master.set'"),
            *log.read("WHERE kind = 'period.reopen' AND kind NOT LIKE 'document.%' AND kind <> 'master.set'"),
        ),
        key=lambda record: record.key,
    )
    rows: dict[int, tuple[str, str, bytes | None, bytes]] = {}
    closed: list[int] = []
    for record in records:
        content = record.content()
        period = content["period"]
        uuid = bytes.fromhex(record.id)
        if record.kind == "period.close":
            if not closed or period == next_period(closed[-1]):
                closed.append(period)
                rows[period] = ("closed", canonical(content["cut"]).decode(), bytes.fromhex(content["digest"]), uuid)
        elif closed and closed[-1] == period:
            closed.pop()
            rows[period] = ("open", "{}", None, uuid)
    session.run("DELETE FROM period")
    session.many(_PERIOD, [(period, *rest) for period, rest in sorted(rows.items())])
    after = {period: rest[:2] for period, rest in rows.items()}
    return {period for period in before.keys() | after.keys() if before.get(period) != after.get(period)}


class Series:
    """The last number of every series, from the numbers that documents carry."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[str, int] = {}

    def add(self, number: str) -> None:
        """A number was used."""
        digits = len(number) - len(number.rstrip("0123456789"))
        if digits:
            self.take(number[:-digits], int(number[-digits:]))

    def take(self, key: str, last: int) -> None:
        """The series `key` has come to `last`."""
        if last > self._last.get(key, 0):
            self._last[key] = last

    def flush(self) -> None:
        """Write how far the series have come."""
        if self._last:
            self._session.many(_SERIES, list(self._last.items()))
            self._last.clear()


def voucher_series(document: Document) -> str:
    """The series of a document's voucher number: by month and word; openings of whatever paper date are one series."""
    period = 0 if document_type(document.type).is_opening else document.period
    return f"voucher-{period}-{document.voucher_word}-"
