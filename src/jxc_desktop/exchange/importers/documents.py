"""Importing documents: drafts made one by one while they are posted, so that half a million lines need little room."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.doctypes.registry import all_types, document_type
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import RATE_NOT_GIVEN, ItemLine, MoneyLine, Tracking
from jxc_desktop.domain.pricing.line_price import PriceMode
from jxc_desktop.exchange.cells import folded
from jxc_desktop.exchange.faults import CellPlace
from jxc_desktop.exchange.grouping import DocumentBatch
from jxc_desktop.exchange.line_reader import LineReader
from jxc_desktop.exchange.line_store import EPOCH, seconds
from jxc_desktop.exchange.matching import EarlierLine
from jxc_desktop.exchange.numbers import read_rate
from jxc_desktop.exchange.records import place
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import FREE, Rate
from jxc_desktop.queries.importing import ItemRow, has_documents_of, imported_documents, returnable_lines

from .document_cards import DocumentCards
from .known import NO_ID
from .plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jxc_desktop.exchange.raw_documents import RawDocument, RawLine
    from jxc_desktop.exchange.rules import ReturnOf
    from jxc_desktop.kernel.problems import Place

    from .source import Source


def plan_documents(source: Source, step: Callable[[int], None]) -> Plan:
    """Read the file and say which documents to post; `step` hears the rows read so far."""
    reader = LineReader(source.table, source.layout, source.mapped)
    reader.read_all(step)
    return _DocumentPlan(source, reader).plan


class _DocumentPlan:
    """A plan over one file; after some documents were refused it can be made again without them."""

    def __init__(self, source: Source, reader: LineReader) -> None:
        self._source, self._reader = source, reader
        known = source.known.book.read(imported_documents, source=source.name)
        self._before = {(code, number) for code, number, _ in known}
        self._refused: set[tuple[str, str]] = set()
        self.plan = Plan()
        self._make()

    def _make(self) -> None:
        source, plan = self._source, self.plan
        batch = DocumentBatch(
            self._reader,
            is_known=lambda code, number: (code, number) in self._before,
            find_earlier=_Earlier(source, self._reader.item_field).find,
            left_out=self._refused,
            first_day=source.known.start,
        )
        plan.source = source.name
        plan.read, plan.skipped, plan.duplicates = batch.read, batch.skipped.total(), batch.duplicates
        plan.linked, plan.unlinked = batch.linked, batch.unlinked
        plan.amount, plan.amount_skipped = batch.amount, batch.amount_skipped
        plan.faults, plan.more_faults = list(batch.faults), batch.more_faults
        plan.note_counts.clear()
        plan.note_counts.update(batch.notes)
        plan.draft_count = len(batch)
        resolved = DocumentCards(source, self._reader, batch, plan)
        plan.drafts = lambda: _Drafts(source, batch, resolved).each()
        plan.locate_card = lambda _place: CellPlace(source.layout.sheet, 0)
        plan.locate_draft = lambda problem: _locate(source, batch, problem)
        plan.leave_out = lambda places: self._leave_out(batch, places)

    def _leave_out(self, batch: DocumentBatch, places: Sequence[Place]) -> None:
        numbers = {found[1] for found in places}
        refused = [document for n, document in enumerate(batch.documents()) if n in numbers]
        self._refused |= {(document.type, document.number) for document in refused}
        self._make()


INCLUDED = str(PriceMode.INCLUDED)


class _More(NamedTuple):
    """What a line says besides item, quantity and price, as the draft needs it."""

    unit: str
    tax_rate: Rate
    warehouse: Id
    note: str


class _Drafts:
    """Drafts of the documents of one file, in their order."""

    def __init__(self, source: Source, batch: DocumentBatch, resolved: DocumentCards) -> None:
        self._source, self._batch, self._resolved = source, batch, resolved
        self._ids: dict[tuple[str, str], Id] = {}
        self._warehouses: dict[str, Id] = {"": NO_ID}
        self._rates: dict[str, Rate] = {"": RATE_NOT_GIVEN}
        self._extras: Mapping[str, str] = {}
        self._more = self._read_extras(self._extras)

    def each(self) -> Iterator[Document]:
        """One by one; nothing is kept but the ids of the documents."""
        for raw in self._batch.documents():
            yield self._draft(raw)

    def _draft(self, raw: RawDocument) -> Document:
        declared = document_type(raw.type)
        draft_id = self._ids[raw.type, raw.number] = self._source.known.new_id()
        priced = bool(declared.price_of)
        lines = tuple([self._line(line, key, priced) for key, line in enumerate(raw.lines, 1)])
        party = NO_ID
        if declared.party_role:
            known = self._resolved.parties.get((raw.party_code, raw.party_name), NO_ID)
            party = self._resolved.without_party(raw) if raw.is_walk_in else known
        return Document(
            draft_id,
            raw.type,
            raw.moment.date(),
            external_number=raw.number,
            source=self._source.name,
            party=party,
            warehouse=self._warehouse(raw.constants.get("warehouse", "")),
            lines=lines,
            money=self._tender(raw) if "tender" in declared.money_kinds and not declared.is_party_required else (),
            reason=raw.constants.get("reason", ""),
            note=raw.constants.get("note", ""),
            price_mode=raw.constants.get("price_mode", INCLUDED),
            invoice_kind=raw.constants.get("invoice_kind", ""),
            tracking=_tracking(raw, lines),
        )

    def _line(self, raw: RawLine, key: int, priced: bool) -> ItemLine:  # noqa: FBT001 — once a line
        item = self._resolved.items[raw.item_code]
        more = self._more if raw.extras is self._extras else self._read_extras(raw.extras)
        source = raw.source
        return ItemLine(
            key,
            item.id,
            unit=more.unit,
            quantity=raw.quantity,
            price=(raw.price or FREE) if priced else FREE,
            tax_rate=more.tax_rate,
            typed_amount=raw.typed_amount if priced else None,
            warehouse=more.warehouse,
            is_gift=raw.is_gift and priced,
            description="" if raw.item_name in (item.name, item.code) else raw.item_name,
            note=more.note,
            source_document=NO_ID if source is None else source.document or self._ids[source.type, source.number],
            source_line=0 if source is None else source.line,
        )

    def _read_extras(self, extras: Mapping[str, str]) -> _More:
        self._extras = extras
        unit = extras.get("unit", "")
        self._more = _More(
            (self._source.known.find_unit(unit) or unit) if unit else "",
            self._rate(extras.get("tax_rate", "")),
            self._warehouse(extras.get("warehouse", "")),
            extras.get("note", ""),
        )
        return self._more

    def _tender(self, raw: RawDocument) -> tuple[MoneyLine, ...]:
        """A type that needs no party is paid at once, into the default money account."""
        if not raw.is_walk_in or not raw.amount:
            return ()
        account = Id(self._source.known.setting("default_money_account"))
        return (MoneyLine(len(raw.lines) + 1, money_account=account, amount=raw.amount),)

    def _warehouse(self, name: str) -> Id:
        if name not in self._warehouses:
            found = self._source.known.warehouses.get(folded(name))
            self._warehouses[name] = found.id if found else NO_ID
        return self._warehouses[name]

    def _rate(self, written: str) -> Rate:
        if written not in self._rates:
            rate = read_rate(written).value
            self._rates[written] = RATE_NOT_GIVEN if rate is None else rate
        return self._rates[written]


class _Earlier:
    """Lines that are in the book already and that returns of this file may give back."""

    def __init__(self, source: Source, item_field: str) -> None:
        self._source, self._item_field = source, item_field
        self._returnable = tuple(sorted({code for each in all_types() for code in each.made_from}))
        self._has_any: dict[tuple[str, ...], bool] = {}

    def find(self, rule: ReturnOf, wanted: Mapping[str, str]) -> Iterable[EarlierLine]:
        """The lines that fit, earliest first."""
        book = self._source.known.book
        types = rule.sources or self._returnable
        if types not in self._has_any:
            self._has_any[types] = book.read(has_documents_of, types=types)
        if not self._has_any[types]:
            return ()
        item = self._item(wanted["item"])
        if item is None:
            return ()
        if "number" in wanted:
            rows = book.read(
                returnable_lines, types=types, item=item.id, number=wanted["number"], source=self._source.name
            )
        elif "party" in wanted and (party := self._party(wanted["party"])):
            rows = book.read(returnable_lines, types=types, item=item.id, party=party)
        else:
            return ()
        return [EarlierLine(row.document, row.line, _seconds(row.date), row.left) for row in rows]

    def _item(self, code: str) -> ItemRow | None:
        known = self._source.known
        if self._item_field == "item_code":
            return known.item(code)
        return known.item("", barcode=code) if self._item_field == "item_barcode" else known.item("", name=code)

    def _party(self, code: str) -> Id:
        known = self._source.known
        has_code = "party_code" in self._source.layout.columns
        found = known.party(code, "") if has_code else known.party("", code)
        return found.id if found else NO_ID


def _tracking(raw: RawDocument, lines: tuple[ItemLine, ...]) -> tuple[Tracking, ...]:
    found = [
        (line, each.extras["batch"]) for line, each in zip(lines, raw.lines, strict=True) if each.extras.get("batch")
    ]
    first = len(lines) + 2
    return tuple(
        Tracking(first + n, line.key, batch, base_quantity=line.quantity) for n, (line, batch) in enumerate(found)
    )


def _seconds(on: int) -> int:
    midnight = EPOCH.replace(year=on // 10_000, month=on // 100 % 100, day=on % 100)
    return seconds(midnight)


def _locate(source: Source, batch: DocumentBatch, problem: Place) -> CellPlace:
    """("documents", n, "lines", key, field) → the cell of that line in the file, else the document's first row."""
    if len(problem) < 2 or not isinstance(problem[1], int):
        return CellPlace(source.layout.sheet, 0)
    raw = next(islice(batch.documents(), problem[1], None))
    key = problem[3] if len(problem) > 3 and problem[2] == "lines" and isinstance(problem[3], int) else 1
    line = raw.lines[min(max(key, 1), len(raw.lines)) - 1]
    named = {"item": "item_code", "date": "date_time", "party": "party_code"}
    last = str(problem[-1])
    field = named.get(last, last)
    return place(source.layout, line.row, field if field in source.layout.columns else "number")
