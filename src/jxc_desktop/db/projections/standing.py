"""How a document stands according to all its records: which post and which amendment count, and what is left to tell.

A function of the set of records. Of several posts the one inside the earliest closed period wins, else the first by
canonical key; of amendments made without knowing each other the later one. What arrives about a document after a
closed period was frozen with it changes nothing there: it is noted, and the document can be reversed.
Source: sync.md §4.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db import changelog
from jxc_desktop.db.changelog import Record
from jxc_desktop.db.codec import canonical, decode_document, decode_envelope
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.value import value

from .document_rows import POSTED, VOIDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.changelog import Log
    from jxc_desktop.db.engine import Session

    from .period import Periods

SECOND_POST = "second_post"
SECOND_VOID = "second_void"
CONCURRENT_AMENDMENT = "concurrent_amendment"
LATE_CORRECTION = "late_correction"
_KINDS = f"('{SECOND_POST}', '{SECOND_VOID}', '{CONCURRENT_AMENDMENT}', '{LATE_CORRECTION}')"

_CORRECTIONS = "WHERE subject = ? AND kind <> 'document.post' AND subject IS NOT NULL ORDER BY id"
_CORRECTING = (changelog.DOCUMENT_AMEND, changelog.DOCUMENT_VOID)


@value
class Content:
    """A document as its records say it stands: content, the row of its record, status and number of amendments."""

    document: Document
    row: int
    origin: tuple[int, int]
    first: tuple[int, int]
    posted_by: int
    status: str = POSTED
    revision: int = 0


class _Chosen(NamedTuple):
    """The record whose content is shown, what was used and what is to be told: (kind, record)."""

    shown: Record
    amendments: list[Record]
    voids: list[Record]
    notes: list[tuple[str, Record]]


class Standing:
    """Finds out how documents stand."""

    def __init__(self, session: Session, log: Log, periods: Periods) -> None:
        self._session = session
        self._log = log
        self._periods = periods

    def corrections(self, subject: Id) -> list[Record]:
        """The amendments and voids of a document that this program can read."""
        return [
            each
            for each in self._log.read(_CORRECTIONS, (bytes.fromhex(subject),))
            if each.kind in _CORRECTING and each.min_reader <= changelog.READER
        ]

    def posts(self, subject: Id, posted_by: int) -> list[Record]:
        """The post that counts so far and those noted beside it."""
        beside = self._session.rows(
            "SELECT json_extract(detail, '$.record') FROM exception WHERE kind = ? AND subject = ?",
            (SECOND_POST, bytes.fromhex(subject)),
        )
        found = [self._log.record(posted_by)]
        for (uuid,) in beside:
            found += self._log.read("WHERE uuid = ?", (bytes.fromhex(uuid),))
        return found

    def content(self, subject: Id, posts: Sequence[Record]) -> Content:
        """How the document stands; what a person has to know is noted."""
        post = min(posts, key=self._rank)
        chosen = self._choose(post, self.corrections(subject))
        notes = [(SECOND_POST, each) for each in posts if each.id != post.id] + chosen.notes
        self._note(subject, notes)
        return Content(
            decode_document(chosen.shown.body),
            chosen.shown.row,
            (chosen.shown.stream, chosen.shown.seq),
            (post.hlc, post.stream),
            post.row,
            VOIDED if chosen.voids else POSTED,
            len(chosen.amendments),
        )

    def _rank(self, record: Record) -> tuple[int, int, int, int]:
        """Of several posts the one inside the earliest closed period wins, else the first."""
        inside = [period for period in self._periods.closed if self._holds(period, record)]
        return (min(inside, default=999_999), *record.key)

    def _holds(self, period: int, record: Record) -> bool:
        return self._periods.holds(period, record.stream, record.seq)

    def _choose(self, post: Record, corrections: list[Record]) -> _Chosen:
        for period in sorted(self._periods.closed) if corrections else ():
            if not self._holds(period, post):
                continue
            inside = [each for each in corrections if self._holds(period, each)]
            chosen = _chosen(post, inside)
            if len(inside) < len(corrections) and self._period_of(chosen.shown) == period:
                late = [(LATE_CORRECTION, each) for each in corrections if each not in inside]
                return chosen._replace(notes=chosen.notes + late)
        return _chosen(post, corrections)

    def _period_of(self, shown: Record) -> int:
        document = decode_document(shown.body)
        is_opening = document_type(document.type).is_opening
        on = document.date.year * 10_000 + document.date.month * 100 + document.date.day
        return self._periods.place(on, shown.stream, shown.seq, is_opening=is_opening).period

    def _note(self, subject: Id, notes: Sequence[tuple[str, Record]]) -> None:
        uuid = bytes.fromhex(subject)
        self._session.run(f"DELETE FROM exception WHERE subject = ? AND kind IN {_KINDS}", (uuid,))  # noqa: S608
        self._session.many(
            "INSERT INTO exception (kind, subject, detail) VALUES (?, ?, ?)",
            [(kind, uuid, canonical({"record": record.id}).decode()) for kind, record in notes],
        )


def _chosen(post: Record, corrections: list[Record]) -> _Chosen:
    amendments = [each for each in corrections if each.kind == changelog.DOCUMENT_AMEND]
    voids = sorted((each for each in corrections if each.kind == changelog.DOCUMENT_VOID), key=lambda each: each.key)
    notes = [(SECOND_VOID, each) for each in voids[1:]]
    if not amendments:
        return _Chosen(post, amendments, voids, notes)
    bases = {decode_envelope(each.body)[1] for each in amendments}
    heads = [each for each in amendments if each.hash.hex() not in bases]
    shown = max(heads, key=lambda each: each.key)
    notes += [(CONCURRENT_AMENDMENT, each) for each in heads if each is not shown]
    return _Chosen(shown, amendments, voids, notes)


def misplaced(session: Session, periods: Periods, changed: set[int]) -> list[tuple[int, Id]]:
    """Documents that may stand otherwise now that these periods were closed, reopened or frozen anew.

    Those a period was closed without, late ones that may go back, and those with records beside the counting ones.
    """
    found = session.rows("SELECT id, uuid FROM document WHERE is_late = 1")
    found += session.rows(
        f"SELECT id, uuid FROM document WHERE uuid IN (SELECT subject FROM exception WHERE kind IN {_KINDS})"  # noqa: S608
    )
    for period in sorted(changed & periods.closed.keys()):
        outside = _outside(periods, period)
        found += session.rows(
            "SELECT d.id, d.uuid FROM document d JOIN change_record r ON r.id = d.record"  # noqa: S608 — numbers only
            f" WHERE d.effective_period = ? AND {outside}",
            (period,),
        )
        found += session.rows(
            "SELECT d.id, d.uuid FROM change_record r JOIN document d ON d.uuid = r.subject"  # noqa: S608 — numbers only
            f" WHERE r.kind <> 'document.post' AND r.subject IS NOT NULL AND r.kind LIKE 'document.%' AND {outside}"
        )
    which: dict[int, bytes] = dict(found)
    return [(key, Id(uuid.hex())) for key, uuid in which.items()]


def _outside(periods: Periods, period: int) -> str:
    """The condition that a record `r` is not in the cut of a closed period."""
    cut = periods.closed[period]
    streams = ", ".join(str(stream) for stream in cut) or "0"
    later = [f"(r.stream = {stream} AND r.seq > {seq})" for stream, seq in cut.items()]
    return f"({' OR '.join([f'r.stream NOT IN ({streams})', *later])})"
