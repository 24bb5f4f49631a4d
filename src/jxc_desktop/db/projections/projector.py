"""From records to rows: every record of a batch is taken to the rows that follow from it.

`apply` may be called many times in one transaction, `finish` once at its end: tails, balances, series and replays are
written there. Applying the same set of records in any causal order gives the same rows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jxc_desktop.db import changelog
from jxc_desktop.db.codec import decode_document
from jxc_desktop.db.search import SearchIndex
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.tracked_moves import tracked_moves
from jxc_desktop.kernel.changes import Changes
from jxc_desktop.kernel.ids import Id

from .additions import Additions
from .book_rows import Series, apply_setting, fold_periods, voucher_series
from .document_rows import POSTED, DocumentRows
from .identity import Identities
from .masters import Masters
from .month_prices import fold_prices
from .month_pricing import price_items
from .move_rows import to_move
from .open_items import OpenItems
from .passing import Passing
from .standing import Content, Standing, misplaced
from .stock import Stock
from .tracked import Tracked
from .vouchers import NEEDS_FACTS, StockFacts, Vouchers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jxc_desktop.db.changelog import Log, Record
    from jxc_desktop.db.engine import Session
    from jxc_desktop.doctypes.spec import Rules
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.inventory.movement import Position

    from .method import Costing
    from .period import Periods, Place

_MISSING = "missing"
MOST_IDS = 500
"""When more items than this moved, the change says so without naming them."""


class DocumentIdentities(Identities):
    """Local keys of documents; one that is only referred to gets a head that says it is missing.

    They live for one transaction, so an id that is in no table stays so until it gets its key here.
    """

    __slots__ = ("_absent",)

    def __init__(self, session: Session, table: str) -> None:
        super().__init__(session, table)
        self._absent: set[Id] = set()

    def find(self, uuid: Id) -> int:
        """The local key of an id, 0 where nobody knows it."""
        if uuid in self._absent:
            return 0
        found = super().find(uuid)
        if not found:
            self._absent.add(uuid)
        return found

    def note_new(self, uuid: Id) -> None:
        """The id has just been minted: no table has it."""
        self._absent.add(uuid)

    def reserve(self, uuid: Id) -> int:
        """The next local key for an id whose row the caller inserts."""
        self._absent.discard(uuid)
        return super().reserve(uuid)

    def introduce(self, uuid: Id) -> int:
        """A head for a document nobody has seen yet."""
        key = self.reserve(uuid)
        self._session.run(
            "INSERT INTO document VALUES (?, ?, '', ?, '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0, 0, 0, 0, '', '',"
            " '', '', '', '', 0, 0, 0, 0, 0, 0, 0, '', 0, 0, 0)",
            (key, bytes.fromhex(uuid), _MISSING),
        )
        return key


class Projector:
    """Writes what follows from records, inside one transaction."""

    def __init__(
        self,
        session: Session,
        log: Log,
        rules: Rules,
        ids: dict[str, Identities],
        *,
        periods: Periods,
        costing: Costing,
    ) -> None:
        self._session = session
        self._log = log
        self._rules = rules
        self.document_ids = DocumentIdentities(session, "document")
        self.ids = {**ids, "document": self.document_ids}
        self.periods = periods
        self.costing = costing
        self._passing = Passing(session, costing)
        self._documents = DocumentRows(session, self.ids)
        self._open_items = OpenItems(session, self.ids)
        self._vouchers = Vouchers(session, self.ids)
        self._additions = Additions(session, self.ids, self._vouchers, periods)
        self._search = SearchIndex(session)
        self._masters = Masters(session, log, self.ids, self._search)
        self._series = Series(session)
        self.tracked = Tracked(session, self._documents, self.ids)
        self._standing = Standing(session, log, periods)
        self._stock: Stock | None = None
        self.decreased: dict[tuple[int, int], Position] = {}
        self._facts: dict[int, StockFacts] = {}
        self._topics: set[str] = set()
        self._changed: dict[Id, None] = {}
        self._master_ids: dict[Id, None] = {}

    @property
    def stock(self) -> Stock:
        """The stock ledger with the book's costing methods."""
        if self._stock is None:
            regimes = self.costing.regimes
            self._stock = Stock(self._session, regimes, self._documents, self._vouchers, self._facts_of)
        return self._stock

    def apply(self, records: Iterable[tuple[Record, int, Document | None]]) -> None:
        """Take in stored records: each with its local key and, where it was made here, its document."""
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
                self._set(record)
            elif kind == changelog.MONTH_PRICE:
                self._flush()
                self._fold_prices()
            elif kind.startswith("period."):
                self._fold_periods()
        self._flush()

    def _set(self, record: Record) -> None:
        self._flush()
        stock = self.stock
        stock.finish()
        period = apply_setting(self._session, self._log, record)
        self.periods.forget()
        self.costing.forget()
        self._topics.add("settings")
        stock.turn(self.costing.regimes)
        if period:
            self._fold_prices()
            self._passing.note(period)
            self._passing.settle(stock)
            stock.finish()

    def _post(self, record: Record, row: int, document: Document) -> None:
        key = self.ids["document"].find(document.id)
        posted_by = self._posted_by(key)
        if posted_by:
            self._take_numbers(document)
            posts = self._standing.posts(document.id, posted_by)
            self._resolve(document.id, key, [*posts, replace(record, row=row)])
            return
        first = (record.hlc, record.stream)
        self._arrive(key, Content(document, row, (record.stream, record.seq), first, row))

    def _arrive(self, key: int, content: Content) -> None:
        """Write a document that has no rows yet; one that others refer to (a key) is settled by what they settled."""
        if key:
            self._flush()
        self._project(key or self.ids["document"].reserve(content.document.id), content)
        if key:
            self._flush()
            self._open_items.settle_again(key)

    def _correct(self, record: Record) -> None:
        if record.kind == changelog.DOCUMENT_AMEND:
            self._take_numbers(decode_document(record.body))
        key = self.ids["document"].find(record.subject)
        posted_by = self._posted_by(key)
        if posted_by:
            self._resolve(record.subject, key, self._standing.posts(record.subject, posted_by))

    def _posted_by(self, key: int) -> int:
        """The record a document was posted by, in an earlier batch or in this one; 0 where it is only referred to."""
        if not key:
            return 0
        self._documents.flush()
        return self._session.value("SELECT posted_by FROM document WHERE id = ?", (key,)) or 0

    def _resolve(self, subject: Id, key: int, posts: Sequence[Record]) -> None:
        """Work out how a document with several records stands, and write it anew."""
        self._flush()
        self._remove(key)
        self._project(key, self._standing.content(subject, posts))
        self._flush()
        self._open_items.settle_again(key)

    def _resolve_again(self, key: int, uuid: bytes) -> None:
        subject = Id(uuid.hex())
        self._resolve(subject, key, self._standing.posts(subject, self._posted_by(key)))

    def apply_standing(self, subject: Id, posts: Sequence[Record]) -> None:
        """Write a document with several records that has no rows yet, as it stands in the end."""
        for record in (*posts, *self._standing.corrections(subject)):
            if record.kind != changelog.DOCUMENT_VOID:
                self._take_numbers(decode_document(record.body))
        self._arrive(self.ids["document"].find(subject), self._standing.content(subject, posts))

    def _remove(self, key: int) -> None:
        place = self._session.first(
            "SELECT effective_period, effective_date, hlc, stream FROM document WHERE id = ?", (key,)
        )
        assert place is not None
        for fee, uuid in self._additions.on(key):
            self._resolve_again(fee, uuid)
        items = [row[0] for row in self._session.rows("SELECT item FROM item_line WHERE document = ?", (key,))]
        items += self._additions.items(key)
        self._additions.remove(key, self.stock)
        self.tracked.remove(key, (place[0], place[1], place[2], place[3]), dict.fromkeys(items))
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
        self._take_numbers(document)
        self._topics.update(("documents", "stock", "ledger"))
        self._changed[document.id] = None
        if content.status == POSTED:
            self._write_effects(key, content, place)
        else:
            self._vouchers.add_head(key, document, place)

    def _take_numbers(self, document: Document) -> None:
        """A number that once stood in a record is never given again."""
        self._series.add(document.number)
        if document.voucher_number:
            self._series.take(voucher_series(document), document.voucher_number)

    def _write_effects(self, key: int, content: Content, place: Place) -> None:
        document = content.document
        effects = document_type(document.type).effects(document, self._rules)
        self._vouchers.add(key, document, effects, place)
        self._open_items.add(key, document, effects)
        if effects.additions:
            self._additions.add(key, effects, place)
        if effects.movements:
            moves = [to_move(key, place, content.first, each, self.ids) for each in effects.movements]
            needs_facts = not NEEDS_FACTS.isdisjoint([move.posting for move in moves])
            self.stock.add(moves, effects.handovers, StockFacts(document, self.ids["account"]) if needs_facts else None)
            if document.tracking:
                self.tracked.add(key, place, content.first, tracked_moves(document, effects.movements))

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
        for key, uuid in misplaced(self._session, self.periods, changed) if changed else ():
            self._resolve(uuid, key, self._standing.posts(uuid, self._posted_by(key)))
        for key, fee in self._additions.misplaced(changed):
            self._resolve_again(key, fee)

    def price_month(self, period: int) -> dict[Id, tuple[int, int]]:
        """Value a month by its averages; item → (value, quantity) that its price is made of. See `month_pricing`."""
        self._flush()
        prices = price_items(self._session, self.stock, period)
        self._flush()
        return {self.ids["item"].uuid_of(item): (value, quantity) for item, (quantity, value) in prices.items()}

    def _fold_prices(self) -> None:
        changed = fold_prices(self._session, self._log, self.periods, self.costing.regimes, self.ids["item"])
        if changed is not None:
            items = self._session.rows("SELECT id FROM item ORDER BY id")
            self.stock.mark_since(changed, [row[0] for row in items])

    def _flush(self) -> None:
        self._documents.flush()
        self._open_items.flush()
        if self._stock is not None:
            self._stock.flush()
        self.tracked.flush()
        self._vouchers.flush()
        self._additions.flush()
        self._series.flush()

    def finish(self) -> Changes:
        """Replay what is dirty, write tails and balances; what changed."""
        self._flush()
        if self._additions.is_waiting():
            self._additions.settle(self.stock)
        if self.costing.regimes.is_monthly:
            self._fold_prices()
        item_ids: tuple[Id, ...] = ()
        if self._stock is not None:
            self._stock.finish()
            if self._passing.is_needed():
                self._passing.settle(self._stock)
                self._stock.finish()
            self.decreased = self._stock.decreased
            touched = self._stock.touched_items
            item_ids = tuple(map(self.ids["item"].uuid_of, sorted(touched))) if len(touched) <= MOST_IDS else ()
            self._stock = None
        self._vouchers.flush()
        self._open_items.finish()
        self._search.finish()
        self._facts.clear()
        changes = Changes(frozenset(self._topics), tuple(self._changed), item_ids, tuple(self._master_ids))
        self._topics.clear()
        self._changed.clear()
        self._master_ids.clear()
        return changes
