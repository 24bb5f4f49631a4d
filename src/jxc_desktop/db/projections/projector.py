"""From records to rows: every record of a batch is taken to the rows that follow from it.

`apply` may be called many times in one transaction, `finish` once at its end: tails, balances, series and replays are
written there. Applying the same set of records in any causal order gives the same rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db import changelog
from jxc_desktop.db.codec import canonical, decode_document, decode_envelope
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.effects import ValuePosting
from jxc_desktop.domain.inventory.costing import moving_average
from jxc_desktop.kernel.changes import Changes
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.value import value

from .book_rows import Series, apply_setting, fold_periods, voucher_series
from .document_rows import POSTED, VOIDED, DocumentRows
from .identity import Identities
from .masters import Masters
from .move_rows import to_move
from .open_items import OpenItems
from .stock import Stock
from .vouchers import StockFacts, Vouchers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.changelog import Log, Record
    from jxc_desktop.db.engine import Session
    from jxc_desktop.doctypes.spec import Rules
    from jxc_desktop.domain.documents.document import Document

    from jxc_desktop.domain.inventory.movement import Position

    from .period import Periods, Place

METHODS = {"moving_average": moving_average}
_NEEDS_FACTS = {ValuePosting.COUNT, ValuePosting.ABNORMAL_LOSS}
_MISSING = "missing"
MOST_IDS = 500
"""When more items than this moved, the change says so without naming them."""


class DocumentIdentities(Identities):
    """Local keys of documents; one that is only referred to gets a head that says it is missing."""

    __slots__ = ()

    def introduce(self, uuid: Id) -> int:
        """A head for a document nobody has seen yet."""
        key = self.reserve(uuid)
        self._session.run(
            "INSERT INTO document VALUES (?, ?, '', ?, '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0, 0, '', '', '',"
            " '', '', 0, 0, 0, 0, 0, 0, 0, '', 0, 0, 0)",
            (key, bytes.fromhex(uuid), _MISSING),
        )
        return key


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


class Projector:
    """Writes what follows from records, inside one transaction."""

    def __init__(
        self, session: Session, log: Log, rules: Rules, ids: dict[str, Identities], periods: Periods
    ) -> None:
        self._session = session
        self._log = log
        self._rules = rules
        self.ids = {**ids, "document": DocumentIdentities(session, "document")}
        self.periods = periods
        self._documents = DocumentRows(session, self.ids)
        self._open_items = OpenItems(session, self.ids)
        self._vouchers = Vouchers(session, self.ids)
        self._masters = Masters(session, log, self.ids)
        self._series = Series(session)
        self._stock: Stock | None = None
        self.decreased: dict[tuple[int, int], Position] = {}
        self._facts: dict[int, StockFacts] = {}
        self._topics: set[str] = set()
        self._changed: dict[Id, None] = {}
        self._master_ids: dict[Id, None] = {}

    @property
    def stock(self) -> Stock:
        """The stock ledger with the book's costing method."""
        if self._stock is None:
            self._stock = Stock(self._session, METHODS["moving_average"], self._vouchers, self._facts_of)
        return self._stock

    def apply(self, records: Iterable[tuple[Record, int, Document | None]]) -> None:
        """Take in records that are stored already: each with its local key and, where it was made here, its document."""
        for record, row, document in records:
            if record.min_reader > changelog.READER:
                continue
            kind = record.kind
            if kind == changelog.DOCUMENT_POST:
                self._post(record, row, document or decode_document(record.body))
            elif kind.startswith("document."):
                self._correct(record)
            elif kind == changelog.MASTER_SET:
                self._masters.apply(record)
                self._master_ids[record.subject] = None
                self._topics.add("masters")
            elif kind == changelog.SETTING_SET:
                apply_setting(self._session, self._log, record)
                self.periods.forget()
                self._topics.add("settings")
            elif kind.startswith("period."):
                self._fold_periods()
        self._flush()

    def _post(self, record: Record, row: int, document: Document) -> None:
        key = self.ids["document"].find(document.id)
        if self._is_posted(key):
            self._note("second_post", document.id, {"record": record.id})
            self._resolve(document.id, key)
            return
        first = (record.hlc, record.stream)
        content = Content(document, row, (record.stream, record.seq), first, row)
        self._project(key or self.ids["document"].reserve(document.id), content)

    def _correct(self, record: Record) -> None:
        key = self.ids["document"].find(record.subject)
        if self._is_posted(key):
            self._resolve(record.subject, key)
        else:
            self._note("correction_without_document", record.subject, {"record": record.id})

    def _is_posted(self, key: int) -> bool:
        """Whether the document was posted, in an earlier batch or in this one; one only referred to was not."""
        if not key:
            return False
        self._documents.flush()
        return bool(self._session.value("SELECT posted_by FROM document WHERE id = ?", (key,)))

    def _resolve(self, subject: Id, key: int) -> None:
        """Work out how a document with several records stands, and write it anew."""
        self._flush()
        self._remove(key)
        self._project(key, self._content(subject, key))
        self._flush()
        self._open_items.settle_again(key)

    def _content(self, subject: Id, key: int) -> Content:
        uuid = bytes.fromhex(subject)
        posted_by = self._session.value("SELECT posted_by FROM document WHERE id = ?", (key,))
        corrections = list(self._log.read("WHERE subject = ? AND kind <> 'document.post'", (uuid,)))
        posts = [self._log.record(posted_by)]
        if self._session.value("SELECT 1 FROM exception WHERE kind = 'second_post' AND subject = ?", (uuid,)):
            posts = list(self._log.read("WHERE subject = ? AND kind = 'document.post'", (uuid,)))
        post = min(posts, key=self._post_rank)
        amendments = [each for each in corrections if each.kind == changelog.DOCUMENT_AMEND]
        shown = self._shown(subject, post, amendments)
        is_void = any(each.kind == changelog.DOCUMENT_VOID for each in corrections)
        return Content(
            decode_document(shown.body),
            shown.row,
            (shown.stream, shown.seq),
            (post.hlc, post.stream),
            post.row,
            VOIDED if is_void else POSTED,
            len(amendments),
        )

    def _post_rank(self, record: Record) -> tuple[int, int, int, int]:
        """Of several posts the one inside the earliest closed period wins, else the first."""
        inside = [period for period in self.periods.closed if self.periods.holds(period, record.stream, record.seq)]
        return (min(inside, default=999_999), *record.key)

    def _shown(self, subject: Id, post: Record, amendments: list[Record]) -> Record:
        """The post or the last amendment; of amendments made without knowing each other the later one."""
        self._session.run(
            "DELETE FROM exception WHERE kind = 'concurrent_amendment' AND subject = ?", (bytes.fromhex(subject),)
        )
        if not amendments:
            return post
        bases = {decode_envelope(each.body)[1] for each in amendments}
        heads = [each for each in amendments if each.hash.hex() not in bases]
        shown = max(heads, key=lambda each: each.key)
        for other in heads:
            if other is not shown:
                self._note("concurrent_amendment", subject, {"record": other.id})
        return shown

    def _remove(self, key: int) -> None:
        place = self._session.first(
            "SELECT effective_period, effective_date, hlc, stream FROM document WHERE id = ?", (key,)
        )
        assert place is not None
        items = [row[0] for row in self._session.rows("SELECT item FROM item_line WHERE document = ?", (key,))]
        self.stock.remove(key, (place[0], place[1], place[2], place[3]), items)
        self._open_items.remove(key)
        self._vouchers.remove(key)
        self._documents.remove_lines(key)
        self._facts.pop(key, None)

    def _project(self, key: int, content: Content) -> None:
        document = content.document
        declared = document_type(document.type)
        place = self.periods.place(
            document.date.year * 10_000 + document.date.month * 100 + document.date.day,
            *content.origin,
            is_opening=declared.is_opening,
        )
        self._documents.add(
            key,
            document,
            place,
            status=content.status,
            first=content.first,
            rows=(content.posted_by, content.row),
            revision=content.revision,
        )
        self._series.add(document.number)
        if document.voucher_number:
            self._series.take(voucher_series(document.period, document.voucher_word), document.voucher_number)
        self._topics.update(("documents", "stock", "ledger"))
        self._changed[document.id] = None
        if content.status == POSTED:
            self._write_effects(key, content, place)
        else:
            self._vouchers.add_head(key, document, place)

    def _write_effects(self, key: int, content: Content, place: Place) -> None:
        document = content.document
        effects = document_type(document.type).effects(document, self._rules)
        self._vouchers.add(key, document, effects, place)
        self._open_items.add(key, document, effects)
        if effects.movements:
            moves = [to_move(key, place, content.first, each, self.ids) for each in effects.movements]
            facts = None
            if effects.movements[0].posting in _NEEDS_FACTS or any(
                each.posting in _NEEDS_FACTS for each in effects.movements
            ):
                facts = StockFacts(document, self.ids["account"])
            self.stock.prefetch({move.item for move in moves})
            self.stock.add(moves, facts)

    def _facts_of(self, key: int) -> StockFacts:
        facts = self._facts.get(key)
        if facts is None:
            row = self._session.value("SELECT record FROM document WHERE id = ?", (key,))
            document = decode_document(self._log.body(row))
            facts = self._facts[key] = StockFacts(document, self.ids["account"])
        return facts

    def _fold_periods(self) -> None:
        self._flush()
        changed = fold_periods(self._session, self._log)
        self.periods.forget()
        self._topics.add("periods")
        for key, uuid in self._misplaced(changed):
            self._resolve(uuid, key)

    def _misplaced(self, changed: dict[int, str]) -> list[tuple[int, Id]]:
        """Documents that a period was closed without, and late ones that may go back to a reopened one."""
        found: list[tuple[Any, ...]] = []
        for period, state in sorted(changed.items()):
            if state == "closed":
                for stream, seq in self.periods.closed[period].items():
                    found += self._session.rows(
                        "SELECT d.id, d.uuid FROM document d JOIN change_record r ON r.id = d.record"
                        " WHERE d.effective_period = ? AND r.stream = ? AND r.seq > ?",
                        (period, stream, seq),
                    )
                known = ", ".join(str(stream) for stream in self.periods.closed[period]) or "0"
                found += self._session.rows(
                    "SELECT d.id, d.uuid FROM document d JOIN change_record r ON r.id = d.record"  # noqa: S608 — numbers
                    f" WHERE d.effective_period = ? AND r.stream NOT IN ({known})",
                    (period,),
                )
            else:
                found += self._session.rows("SELECT id, uuid FROM document WHERE is_late = 1")
        misplaced: dict[int, bytes] = dict(found)
        return [(key, Id(uuid.hex())) for key, uuid in misplaced.items()]

    def _note(self, kind: str, subject: Id, detail: dict[str, Any]) -> None:
        uuid = bytes.fromhex(subject)
        text = canonical(detail).decode()
        known = "SELECT 1 FROM exception WHERE kind = ? AND subject = ? AND detail = ?"
        if not self._session.first(known, (kind, uuid, text)):
            self._session.run("INSERT INTO exception (kind, subject, detail) VALUES (?, ?, ?)", (kind, uuid, text))

    def _flush(self) -> None:
        self._documents.flush()
        self._open_items.flush()
        if self._stock is not None:
            self._stock.flush()
        self._vouchers.flush()
        self._series.flush()

    def finish(self) -> Changes:
        """Replay what is dirty, write tails and balances; what changed."""
        self._flush()
        item_ids: tuple[Id, ...] = ()
        if self._stock is not None:
            self._stock.finish()
            self.decreased = self._stock.decreased
            touched = self._stock.touched_items
            item_ids = tuple(map(self.ids["item"].uuid_of, sorted(touched))) if len(touched) <= MOST_IDS else ()
            self._stock = None
        self._vouchers.flush()
        self._open_items.finish()
        self._facts.clear()
        changes = Changes(frozenset(self._topics), tuple(self._changed), item_ids, tuple(self._master_ids))
        self._topics.clear()
        self._changed.clear()
        self._master_ids.clear()
        return changes
