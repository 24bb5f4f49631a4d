"""Importing opening stock: the goods of a sheet with their quantities and values, as documents of some hundred lines.

A line that the same source has brought before (by item, warehouse and batch) is a duplicate.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, ItemLine, Tracking
from jxc_desktop.exchange.faults import CellPlace, FaultKind, fault
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import Quantity, line_amount
from jxc_desktop.queries.importing import ItemRow, OpeningRow, imported_opening_stock

from .cards import CardMaker
from .items import new_item_fields, refuse_item, take_cards
from .known import reference_cost
from .plan import Plan
from .source import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.exchange.records import Record, Sheet
    from jxc_desktop.kernel.problems import Place

    from .source import Source

LINES_PER_DOCUMENT = 500

Opened = tuple["Record", ItemLine, Tracking | None]


def plan_opening_stock(source: Source) -> Plan:
    """Read the file and say which items to make and what stock to open."""
    plan = Plan()
    sheet, records = read_records(source, plan, source.known.items)
    _skip_amounts_of_faulty(plan, sheet)
    reader = _StockReader(source, plan, sheet)
    lines = [line for record in records if (line := reader.line(record)) is not None]
    take_cards(plan, reader.maker, sheet, "code")
    pages = [lines[start : start + LINES_PER_DOCUMENT] for start in range(0, len(lines), LINES_PER_DOCUMENT)]
    plan.amount = Money(sum(_worth(line).fen for _, line, _ in lines))
    plan.draft_count = len(pages)
    plan.drafts = partial(_drafts, source, pages)
    plan.locate_draft = partial(_locate, sheet, pages)
    plan.leave_out = partial(_leave_out, plan, pages)
    return plan


class _StockReader:
    """Makes lines of records; collects new items."""

    def __init__(self, source: Source, plan: Plan, sheet: Sheet) -> None:
        self._source, self._plan, self._sheet = source, plan, sheet
        self.maker = CardMaker(source.known)
        self._before = source.known.book.read(imported_opening_stock, source=source.name)
        self._default_warehouse = Id(source.known.setting("default_warehouse"))

    def line(self, record: Record) -> Opened | None:
        """The line of a row; None where it opens no stock or may not."""
        item = self._item(record)
        warehouse = self._warehouse(record)
        if item is None or warehouse is None:
            return None
        quantity = record.quantity("quantity")
        if not quantity:
            return None
        opened = OpeningRow(item.id, warehouse, record.text("batch"))
        if opened in self._before:
            self._plan.duplicates += 1
            self._plan.skip(1, _written_amount(record))
            return None
        return record, self._item_line(record, item, quantity, warehouse), self._tracking(record, item, quantity)

    def _item(self, record: Record) -> ItemRow | None:
        known = self._source.known
        found = known.item(record.text("code"), barcode=record.text("barcode"), name=record.text("name"))
        if found is not None:
            return found
        if not self._source.may_create:
            refuse_item(self._plan, self._sheet, record)
            return None
        self._plan.created_cards += 1
        return self.maker.new_item(new_item_fields(record, self.maker.item_fields(record)), row=record.row)

    def _warehouse(self, record: Record) -> Id | None:
        name = record.text("warehouse")
        if not name:
            return self._default_warehouse
        found = self._source.known.warehouses.get(name.casefold())
        if found is not None:
            return found.id
        self._plan.faults.append(fault(self._sheet.place(record.row, "warehouse"), FaultKind.UNKNOWN_WAREHOUSE, name))
        self._plan.skip(1, _written_amount(record))
        return None

    def _item_line(self, record: Record, item: ItemRow, quantity: Quantity, warehouse: Id) -> ItemLine:
        cost, amount = record.price("cost"), record.money("amount")
        if cost is None and amount is None:
            cost = reference_cost(item)
        is_typed = amount is not None and (cost is None or line_amount(quantity, cost) != amount)
        return ItemLine(
            0,
            item.id,
            unit=self._unit(record, item),
            quantity=quantity,
            unit_cost=cost,
            typed_amount=amount if is_typed else None,
            warehouse=warehouse,
        )

    def _unit(self, record: Record, item: ItemRow) -> str:
        """The unit of the row; a new item's is its base unit."""
        return record.text("unit") or item.base_unit

    def _tracking(self, record: Record, item: ItemRow, quantity: Quantity) -> Tracking | None:
        produced, expires = record.date("production_date"), record.date("expiry_date")
        if not (record.text("batch") or produced or expires):
            return None
        ratio = self._source.known.ratio(item, self._unit(record, item))
        return Tracking(
            0,
            0,
            record.text("batch"),
            production_date=produced.isoformat() if produced else "",
            expiry_date=expires.isoformat() if expires else "",
            base_quantity=ratio.to_base(quantity) if ratio else quantity,
        )


def _worth(line: ItemLine) -> Money:
    if line.typed_amount is not None:
        return line.typed_amount
    return ZERO if line.unit_cost is None else line_amount(line.quantity, line.unit_cost)


def _written_amount(record: Record) -> Money:
    amount = record.money("amount")
    if amount is not None:
        return amount
    quantity, cost = record.quantity("quantity"), record.price("cost")
    return ZERO if quantity is None or cost is None else line_amount(quantity, cost)


def _skip_amounts_of_faulty(plan: Plan, sheet: Sheet) -> None:
    bad = {found.place.row for found in plan.faults}
    plan.skip(0, Money(sum(_written_amount(record).fen for record in sheet.records if record.row in bad)))


def _drafts(source: Source, pages: Sequence[Sequence[Opened]]) -> Iterator[Document]:
    """Lines of one page, keyed from 1; the batch of a line has the key after all lines."""
    code = next(each.code for each in all_types() if each.is_opening and each.moves_stock)
    for page in pages:
        lines: list[ItemLine] = []
        tracking: list[Tracking] = []
        for key, (_, line, batch) in enumerate(page, 1):
            lines.append(_keyed(line, key))
            if batch is not None:
                tracking.append(_tracked(batch, len(page) + len(tracking) + 1, key))
        yield Document(
            NO_ID, code, source.known.start, source=source.name, lines=tuple(lines), tracking=tuple(tracking)
        )


def _keyed(line: ItemLine, key: int) -> ItemLine:
    return ItemLine(
        key,
        line.item,
        unit=line.unit,
        quantity=line.quantity,
        unit_cost=line.unit_cost,
        typed_amount=line.typed_amount,
        warehouse=line.warehouse,
    )


def _tracked(batch: Tracking, key: int, line: int) -> Tracking:
    return Tracking(key, line, batch.batch, batch.serial, batch.production_date, batch.expiry_date, batch.base_quantity)


def _record_at(pages: Sequence[Sequence[Opened]], problem: Place) -> Record | None:
    """("documents", n, "lines", key, field) → the row of that line; of a problem of the whole document its first."""
    match problem:
        case ("documents", int(number), "lines", int(key), *_) if 0 < key <= len(pages[number]):
            return pages[number][key - 1][0]
        case ("documents", int(number), *_):
            return pages[number][0][0]
        case _:
            return None


def _locate(sheet: Sheet, pages: Sequence[Sequence[Opened]], problem: Place) -> CellPlace:
    record = _record_at(pages, problem)
    field = str(problem[-1])
    return sheet.place(record.row if record else 0, field if field in sheet.layout.columns else "code")


def _leave_out(plan: Plan, pages: list[list[Opened]], places: Sequence[Place]) -> None:
    """Drop the rows at fault; their pages close up."""
    rows = {record.row for place in places if (record := _record_at(pages, place))}
    for page in pages:
        dropped = [each for each in page if each[0].row in rows]
        amount = Money(sum(_worth(line).fen for _, line, _ in dropped))
        plan.skip(len(dropped), amount)
        plan.amount -= amount
        page[:] = [each for each in page if each[0].row not in rows]
    pages[:] = [page for page in pages if page]
    plan.draft_count = len(pages)
