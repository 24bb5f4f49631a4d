"""What the checks look at: the whole book, or in the quick tier the documents of the last records.

A check names its tables through `table` and so reads all rows or the recent ones with the same statement.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from jxc_desktop.db.changelog import READER, STREAM_BEGIN, Log
from jxc_desktop.doctypes.registry import all_types

from .finding import MOST, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.db.changelog import Record
    from jxc_desktop.db.engine import Row, Session
    from jxc_desktop.services.book import Book
    from jxc_desktop.services.reader import Reader

RECENT = 1_000
"""How many records the quick tier looks at."""

_RECENT_MOVES = (
    "(SELECT DISTINCT m.* FROM item_line l JOIN document d ON d.id = l.document"
    " JOIN stock_move m ON m.item = l.item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " WHERE {condition})"
)


class Examined:
    """A book at one moment, seen by the checks."""

    def __init__(self, session: Session, book: Book | Reader, *, quick: bool) -> None:
        self.session = session
        self.book = book
        self.log = Log(session)
        self.quick = quick
        self.known: dict[str, object] = {}

    def some(self, text: str, row: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query, as many as a check can use."""
        return self.session.rows(f"{text} LIMIT {MOST + 1}", row)

    def records_of(self, kind: str) -> Iterator[Record]:
        """The records of a rare kind (nothing about documents or cards), in the order they came in."""
        return self.log.read(
            "WHERE kind = ? AND kind NOT LIKE 'document.%' AND kind <> 'master.set' ORDER BY id", (kind,)
        )

    @cached_property
    def first_record(self) -> int:
        """The first record that is looked at, 0 for all."""
        last = self.session.value("SELECT max(id) FROM change_record") or 0
        return max(int(last) - RECENT + 1, 0) if self.quick else 0

    @cached_property
    def _documents(self) -> str:
        rows = self.session.rows(
            "SELECT DISTINCT d.id FROM change_record r JOIN document d ON d.uuid = r.subject WHERE r.id >= ?",
            (self.first_record,),
        )
        return ", ".join(str(row[0]) for row in rows)

    def recent(self, column: str) -> str:
        """The condition that a column names a document that is looked at."""
        return f"{column} IN ({self._documents})" if self.quick else "1"

    def table(self, name: str) -> str:
        """A table with its rows of the documents that are looked at."""
        if not self.quick:
            return name
        if name == "stock_move":
            return _RECENT_MOVES.format(condition=self.recent("l.document"))
        column = "id" if name == "document" else "document"
        return f"(SELECT * FROM {name} WHERE {self.recent(column)})"  # noqa: S608 — own table names and numbers

    @cached_property
    def _own_streams(self) -> frozenset[int]:
        """The stream of this file and those it went on from after a copy or a restore."""
        own = {row[0] for row in self.session.rows("SELECT id FROM stream WHERE is_own = 1")}
        begins = list(self.records_of(STREAM_BEGIN))
        for record in reversed(begins):
            if record.stream in own:
                own.add(int(record.content()["from"], 16))
        return frozenset(own)

    @cached_property
    def foreign_streams(self) -> tuple[int, ...]:
        """The streams whose records arrived from elsewhere."""
        return tuple(row[0] for row in self.session.rows("SELECT id FROM stream") if row[0] not in self._own_streams)

    def foreign(self, document: str) -> str:
        """The condition that a document (an alias) arrived, came late or was corrected from elsewhere."""
        if not self.foreign_streams:
            return "0"
        streams = ", ".join(str(stream) for stream in self.foreign_streams)
        return (
            f"({document}.stream IN ({streams}) OR {document}.is_late = 1 OR EXISTS (SELECT 1 FROM change_record fr"  # noqa: S608
            f" WHERE fr.subject = {document}.uuid AND fr.kind <> 'document.post' AND fr.stream IN ({streams})))"
        )

    def merged(self, *, is_foreign: object) -> Level:
        """How bad it is where a rule that entry guards does not hold: a merge may break it, this file may not."""
        return Level.YELLOW if is_foreign else Level.RED

    @cached_property
    def unread(self) -> int:
        """How many records a newer program wrote that this one does not understand."""
        return int(self.session.value("SELECT count(*) FROM change_record WHERE min_reader > ?", (READER,)))

    @cached_property
    def is_alone(self) -> bool:
        """Whether every record was made here and understood: nothing can be missing or twice."""
        return not self.foreign_streams and not self.unread


def typed_types() -> str:
    """The codes of the types whose voucher lines are typed, for an IN list."""
    return _quoted(each.code for each in all_types() if each.entry_fields)


def stock_types() -> str:
    """The codes of the types whose goods lines move stock, for an IN list."""
    return _quoted(each.code for each in all_types() if "stock" in each.line_roles and not each.is_invoice)


def buying_types() -> str:
    """The codes of the types that bring bought goods in, for an IN list."""
    return _quoted(each.code for each in all_types() if each.price_of == "purchase" and each.moves_stock > 0)


def opening_types() -> str:
    """The codes of the types that say how things stood when the book began, for an IN list."""
    return _quoted(each.code for each in all_types() if each.is_opening)


def _quoted(codes: Any) -> str:
    return ", ".join(f"'{code}'" for code in codes)
