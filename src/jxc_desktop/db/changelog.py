"""The change log: an append-only, hash-chained list of facts per stream.

A record's hash is SHA-256 over the previous hash of its stream, the canonical header and the plain body; bodies are
stored compressed with a dictionary that the book carries. Source: sync.md §4.1, architecture.md §5.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import zstandard

from jxc_desktop.kernel.clock import Hlc, tick
from jxc_desktop.kernel.errors import FileDamaged
from jxc_desktop.kernel.ids import Id, IdSource
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

from .codec import canonical, plain
from .engine import insert_text
from .tables import change_record, record_dictionary, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jxc_desktop.kernel.clock import Clock

    from .engine import Row, Session

VERSION = 1
"""Payload version of the records this program writes."""

READER = 1
"""The highest `min_reader` this program understands."""

LEVEL = 3
"""The compression level of bodies; higher ones cost more than they save."""

NO_HASH = bytes(32)
NO_SUBJECT = Id("")

DOCUMENT_POST = "document.post"
DOCUMENT_AMEND = "document.amend"
DOCUMENT_VOID = "document.void"
DOCUMENT_CLOSE_SHORT = "document.close_short"
MASTER_SET = "master.set"
SETTING_SET = "setting.set"
PERIOD_CLOSE = "period.close"
PERIOD_REOPEN = "period.reopen"
MONTH_PRICE = "price.month"
STREAM_BEGIN = "stream.begin"

_COLUMNS = "id, uuid, stream, seq, hlc, kind, version, min_reader, user, subject, date, seen, dictionary, body, hash"


@value
class Record:
    """One change record. `row` is its local key (0 until stored), `stream` a 63-bit number, `body` plain JSON."""

    id: Id
    stream: int
    seq: int
    hlc: Hlc
    kind: str
    user: Id
    body: bytes
    hash: bytes
    subject: Id = NO_SUBJECT
    date: int = 0
    seen: str = ""
    version: int = VERSION
    min_reader: int = 1
    row: int = 0

    @property
    def key(self) -> tuple[int, int, int]:
        """The canonical key: a deterministic order among concurrent records."""
        return self.hlc, self.stream, self.seq

    def content(self) -> Any:
        """The body as plain dicts and lists."""
        return plain(self.body)


def stream_name(number: int) -> str:
    """The 16 hexadecimal digits of a stream."""
    return f"{number:016x}"


def header(record: Record) -> bytes:
    """The canonical header that the hash covers; what the body says again (subject, date) is not in it."""
    return (
        f'{{"hlc":{record.hlc},"id":"{record.id}","kind":"{record.kind}","min_reader":{record.min_reader},'
        f'"seen":{record.seen or "{}"},"seq":{record.seq},"stream":"{stream_name(record.stream)}",'
        f'"user":"{record.user}","version":{record.version}}}'
    ).encode()


def chained(previous: bytes, head: bytes, body: bytes) -> bytes:
    """The hash of a record after `previous`."""
    return hashlib.sha256(previous + head + body).digest()


def _head(number: int, row: Row) -> Head:
    return Head(number, seq=row[0], hlc=row[1], last_hash=row[2], ordinal=row[3])


def _signed(  # noqa: PLR0913, PLR0917 — the fields of a record
    head: Head, record_id: Id, hlc: Hlc, kind: str, user: Id, body: bytes, seen: str, subject: Id, date: int
) -> Record:
    bare = Record(record_id, head.stream, head.seq + 1, hlc, kind, user, body, NO_HASH, subject, date, seen)
    mark = chained(head.hash, header(bare), body)
    return Record(record_id, head.stream, head.seq + 1, hlc, kind, user, body, mark, subject, date, seen)


class Compressor:
    """Bodies to stored bytes and back, with the dictionaries the book carries."""

    def __init__(self, session: Session) -> None:
        rows = session.rows(f"SELECT id, content FROM {record_dictionary.name} ORDER BY id")  # noqa: S608 — own name
        self._dictionaries = {number: zstandard.ZstdCompressionDict(content) for number, content in rows}
        self.current = max(self._dictionaries, default=0)
        newest = self._dictionaries.get(self.current)
        if newest is not None:
            newest.precompute_compress(level=LEVEL)
        self._writer = zstandard.ZstdCompressor(level=LEVEL, dict_data=newest)
        self._readers: dict[int, zstandard.ZstdDecompressor] = {}

    def pack(self, body: bytes) -> bytes:
        """Compress with the current dictionary."""
        return self._writer.compress(body)

    def unpack(self, stored: bytes, dictionary: int) -> bytes:
        """Decompress. Raises FileDamaged where the bytes are not what was written."""
        reader = self._readers.get(dictionary)
        if reader is None:
            reader = self._readers[dictionary] = zstandard.ZstdDecompressor(
                dict_data=self._dictionaries.get(dictionary)
            )
        try:
            return reader.decompress(stored)
        except zstandard.ZstdError as error:
            raise FileDamaged(Text("log.body_damaged", {"reason": str(error)})) from error


class Head:
    """The end of a stream."""

    __slots__ = ("hash", "hlc", "ordinal", "seq", "stream")

    def __init__(
        self, number: int, *, seq: int = 0, hlc: int = 0, last_hash: bytes = NO_HASH, ordinal: int = 0
    ) -> None:
        self.stream = number
        self.seq = seq
        self.hlc = Hlc(hlc)
        self.hash = last_hash
        self.ordinal = ordinal

    def advance(self, record: Record) -> None:
        """The record is the last of its stream now."""
        self.seq, self.hlc, self.hash = record.seq, record.hlc, record.hash


class Log:
    """Reads and appends records inside one transaction."""

    def __init__(self, session: Session, compressor: Compressor | None = None) -> None:
        self._session = session
        self._compressor = compressor
        self._heads: dict[int, Head] = {}
        self._own: int | None = None
        self._next_row = 0

    @property
    def compressor(self) -> Compressor:
        """The compressor, made at first use."""
        if self._compressor is None:
            self._compressor = Compressor(self._session)
        return self._compressor

    def add_dictionary(self, content: bytes) -> None:
        """Compress bodies with this dictionary from now on; the book carries it for ever."""
        self._session.run(
            "INSERT INTO record_dictionary (id, content) VALUES (?, ?)", (self.compressor.current + 1, content)
        )
        self._compressor = Compressor(self._session)

    def own_stream(self) -> int:
        """The stream this file writes, 0 before its first write."""
        if self._own is None:
            row = self._session.first("SELECT last_seq, last_hlc, last_hash, ordinal, id FROM stream WHERE is_own = 1")
            self._own = 0
            if row is not None:
                self._own = row[4]
                self._heads.setdefault(row[4], _head(row[4], row))
        return self._own

    def begin_stream(self, number: int) -> None:
        """Make `number` the stream this file writes from now on; an earlier own stream is kept read-only."""
        self._session.run("UPDATE stream SET is_own = 0")
        ordinal = self._session.value("SELECT count(*) FROM stream")
        self._session.run(insert_text(stream), (number, 0, 0, NO_HASH, 1, ordinal))
        self._heads.pop(number, None)
        self._own = number

    def head(self, number: int) -> Head:
        """The end of a stream; a stream nobody has heard of is empty."""
        head = self._heads.get(number)
        if head is None:
            row = self._session.first(
                "SELECT last_seq, last_hlc, last_hash, ordinal FROM stream WHERE id = ?", (number,)
            )
            head = self._heads[number] = Head(number) if row is None else _head(number, row)
        return head

    def make(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        user: Id,
        clock: Clock,
        ids: IdSource,
        subject: Id = NO_SUBJECT,
        date: int = 0,
        seen: Mapping[str, int] | None = None,
    ) -> Record:
        """The next record of the own stream; `seen` is what it knows of other streams where that changed."""
        head = self.head(self.own_stream())
        now = tick(head.hlc, clock.now_ms())
        made = _signed(
            head,
            ids.new_id(),
            now,
            kind,
            user,
            canonical(content),
            canonical(seen).decode() if seen else "",
            subject,
            date,
        )
        head.advance(made)
        return made

    def store(self, records: Iterable[Record]) -> list[int]:
        """Insert records, foreign or made here, and their stream heads; the local keys they got, in order."""
        if not self._next_row:
            self._next_row = (self._session.value("SELECT max(id) FROM change_record") or 0) + 1
        rows, keys = [], []
        pack, dictionary = self.compressor.pack, self.compressor.current
        touched: dict[int, Head] = {}
        for record in records:
            head = self.head(record.stream)
            if record.seq > head.seq:
                head.advance(record)
            touched[record.stream] = head
            rows.append(
                (
                    self._next_row,
                    bytes.fromhex(record.id),
                    record.stream,
                    record.seq,
                    record.hlc,
                    record.kind,
                    record.version,
                    record.min_reader,
                    bytes.fromhex(record.user),
                    bytes.fromhex(record.subject) if record.subject else None,
                    record.date,
                    record.seen or None,
                    dictionary,
                    pack(record.body),
                    record.hash,
                )
            )
            keys.append(self._next_row)
            self._next_row += 1
        self._session.many(insert_text(change_record), rows)
        self._session.many(
            "INSERT INTO stream (id, last_seq, last_hlc, last_hash, is_own, ordinal)"
            " VALUES (?, ?, ?, ?, 0, (SELECT count(*) FROM stream))"
            " ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq, last_hlc = excluded.last_hlc,"
            " last_hash = excluded.last_hash",
            [(head.stream, head.seq, head.hlc, head.hash) for head in touched.values()],
        )
        return keys

    def read(self, where: str = "", row: Row = ()) -> Iterator[Record]:
        """Records one by one; `where` is what follows FROM change_record."""
        for found in self._session.each(f"SELECT {_COLUMNS} FROM change_record {where}", row):  # noqa: S608 — own text
            yield self._record(found)

    def record(self, row: int) -> Record:
        """The record with that local key. Raises FileDamaged where it is missing."""
        found = self._session.first(f"SELECT {_COLUMNS} FROM change_record WHERE id = ?", (row,))  # noqa: S608
        if found is None:
            raise FileDamaged(Text("log.record_missing", {"row": row}))
        return self._record(found)

    def body(self, row: int) -> bytes:
        """The plain body of the record with that local key. Raises FileDamaged where it is missing."""
        found = self._session.first("SELECT body, dictionary FROM change_record WHERE id = ?", (row,))
        if found is None:
            raise FileDamaged(Text("log.record_missing", {"row": row}))
        return self.compressor.unpack(found[0], found[1])

    def _record(self, found: Row) -> Record:
        return Record(
            Id(found[1].hex()),
            found[2],
            found[3],
            Hlc(found[4]),
            found[5],
            Id(found[8].hex()),
            self.compressor.unpack(found[13], found[12]),
            found[14],
            Id("" if found[9] is None else found[9].hex()),
            found[10],
            found[11] or "",
            found[6],
            found[7],
            found[0],
        )


def broken_links(log: Log, where: str = "ORDER BY stream, seq", previous: bytes = NO_HASH) -> Iterator[Record]:
    """The records whose hash does not follow from the one before, from the start of each stream."""
    stream_of, last, seq = -1, previous, 0
    for record in log.read(where):
        if record.stream != stream_of:
            stream_of, last, seq = record.stream, previous, 0
        if record.seq != seq + 1 or chained(last, header(record), record.body) != record.hash:
            yield record
        last, seq = record.hash, record.seq
