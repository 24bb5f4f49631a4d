"""Checks of the change log: chain, order, and the documents that rest on it.

The log is walked once; the three checks share what the walk found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.changelog import (
    DOCUMENT_AMEND,
    DOCUMENT_POST,
    MASTER_SET,
    NO_HASH,
    READER,
    Record,
    chained,
    header,
    stream_name,
)
from jxc_desktop.kernel.clock import Hlc
from jxc_desktop.kernel.errors import FileDamaged
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.text import Text

from .finding import MOST, Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.db.engine import Row

    from .examined import Examined

_RECORDS = (
    "SELECT r.id, r.uuid, r.stream, r.seq, r.hlc, r.kind, r.version, r.min_reader, r.user, r.subject, r.date, r.seen,"
    " r.dictionary, r.body, r.hash, d.record, d.number, d.type, d.date, d.amount, d.gross, d.net, d.tax, d.write_off"
    " FROM change_record r LEFT JOIN document d ON d.uuid = r.subject WHERE r.id >= ? ORDER BY r.stream, r.seq"
)
_AMOUNTS = ("amount", "gross", "net", "tax", "write_off")


class LogFindings(NamedTuple):
    """What one walk through the log found, per check."""

    chain: list[Finding]
    order: list[Finding]
    content: list[Finding]


def hash_chain(examined: Examined) -> Iterator[Finding]:
    """In each stream every record follows from the one before, and the head is the last of them."""
    yield from _walked(examined).chain


def record_order(examined: Examined) -> Iterator[Finding]:
    """In each stream the clock of the records only goes forward."""
    yield from _walked(examined).order


def every_document_has_its_record(examined: Examined) -> Iterator[Finding]:
    """Every document rests on its records and shows what they say; every posted record has its document."""
    yield from _walked(examined).content
    for (number,) in examined.some(
        f"SELECT d.number FROM {examined.table('document')} d LEFT JOIN change_record p ON p.id = d.posted_by"  # noqa: S608
        " LEFT JOIN change_record r ON r.id = d.record WHERE d.status <> 'missing' AND (p.id IS NULL OR r.id IS NULL"
        " OR p.kind <> ? OR p.subject <> d.uuid OR r.kind NOT IN (?, ?) OR r.subject <> d.uuid)",
        (DOCUMENT_POST, DOCUMENT_POST, DOCUMENT_AMEND),
    ):
        yield Finding(Text("doctor.document_without_record", {"number": number}))
    for (uuid,) in examined.some(
        "SELECT lower(hex(r.subject)) FROM change_record r LEFT JOIN document d ON d.uuid = r.subject"
        " WHERE r.id >= ? AND r.kind = ? AND r.min_reader <= ? AND coalesce(d.posted_by, 0) = 0",
        (examined.first_record, DOCUMENT_POST, READER),
    ):
        yield Finding(Text("doctor.record_without_document", {"id": uuid}))


def merges_readable(examined: Examined) -> Iterator[Finding]:
    """Every record was written by a program this one understands."""
    if examined.unread:
        yield Finding(Text("doctor.newer_records", {"count": str(examined.unread)}), Level.YELLOW)


def _walked(examined: Examined) -> LogFindings:
    found = examined.known.get("log")
    if not isinstance(found, LogFindings):
        found = examined.known["log"] = _Walk(examined).run()
    return found


class _Walk:
    """One pass over the records, stream by stream."""

    def __init__(self, examined: Examined) -> None:
        self._examined = examined
        self._found = LogFindings([], [], [])
        self._stream = -1
        self._seq, self._hlc, self._hash = 0, 0, NO_HASH

    def run(self) -> LogFindings:
        """Walk and compare the heads."""
        for row in self._examined.session.each(_RECORDS, (self._examined.first_record,)):
            if row[2] != self._stream:
                self._finish_stream()
                self._begin_stream(row)
            self._look(row)
            self._seq, self._hlc, self._hash = row[3], row[4], row[14]
            if any(len(findings) > MOST for findings in self._found):
                break
        self._finish_stream()
        return self._found

    def _begin_stream(self, row: Row) -> None:
        self._stream = row[2]
        before = self._examined.session.first(
            "SELECT seq, hlc, hash FROM change_record WHERE stream = ? AND seq < ? AND ? > 0 ORDER BY seq DESC LIMIT 1",
            (row[2], row[3], self._examined.first_record),
        )
        self._seq, self._hlc, self._hash = before or (0, 0, NO_HASH)

    def _finish_stream(self) -> None:
        if self._stream < 0:
            return
        head = self._examined.session.first(
            "SELECT last_seq, last_hlc, last_hash FROM stream WHERE id = ?", (self._stream,)
        )
        if head != (self._seq, self._hlc, self._hash):
            self._found.chain.append(Finding(Text("doctor.head_differs", {"stream": stream_name(self._stream)})))

    def _look(self, row: Row) -> None:
        place = {"stream": stream_name(row[2]), "seq": str(row[3])}
        if row[4] <= self._hlc:
            self._found.order.append(Finding(Text("doctor.clock_back", place)))
        try:
            record = self._record(row)
        except FileDamaged as damaged:
            self._found.chain.append(Finding(damaged.text))
            return
        if row[3] != self._seq + 1 or chained(self._hash, header(record), record.body) != record.hash:
            self._found.chain.append(Finding(Text("doctor.chain_broken", place)))
            return
        if record.kind.startswith("document.") or record.kind == MASTER_SET:
            self._compare(row, record, record.content(), place)

    def _record(self, row: Row) -> Record:
        body = self._examined.log.compressor.unpack(row[13], row[12])
        subject = Id("" if row[9] is None else row[9].hex())
        uuid, user, seen = Id(row[1].hex()), Id(row[8].hex()), row[11] or ""
        place = (row[2], row[3], Hlc(row[4]), row[5], user, body, row[14])
        return Record(uuid, *place, subject, row[10], seen, row[6], row[7])

    def _compare(self, row: Row, record: Record, content: Any, place: dict[str, str]) -> None:
        """The columns beside the body say what the body says, and so does the head of the document it makes."""
        document = content.get("document", "")
        is_content = isinstance(document, dict)
        subject = document["id"] if is_content else document or content.get("id")
        day = int(document["date"].replace("-", "")) if is_content else record.date
        if record.subject != subject or record.date != day:
            self._found.chain.append(Finding(Text("doctor.record_column", place)))
        elif is_content and row[15] == row[0]:
            amounts = (document.get(name, 0) for name in _AMOUNTS)
            said = (document.get("number", ""), document["type"], day, *amounts)
            if said != row[16:24]:
                self._found.content.append(Finding(Text("doctor.document_differs", {"number": row[16]})))
