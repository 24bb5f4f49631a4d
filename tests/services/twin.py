"""A book of the product and the model side by side: everything is done to both and then compared.

Documents are those of the model (`tests.reference`); here they become drafts of the product. Ids are made from the
model's names, so both speak of the same documents.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from jxc_desktop.db.changelog import Log
from jxc_desktop.db.projections import PROJECTIONS
from jxc_desktop.domain.documents.document import Document as Draft
from jxc_desktop.domain.documents.line import NO_ID, Allocation, EntryLine, ItemLine, MoneyLine
from jxc_desktop.kernel.clock import FixedClock
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.ids import Id, uuid7
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice
from jxc_desktop.services.book import Book
from jxc_desktop.services.documents import amend, post, reverse, void
from jxc_desktop.services.masters import CardChange, set_cards
from jxc_desktop.services.new_book import NewBook, create_book
from tests.reference.book import BookModel, Refused
from tests.reference.business import CUSTOMERS, ITEMS, SUPPLIERS, WAREHOUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from jxc_desktop.db.changelog import Record
    from jxc_desktop.db.engine import Session
    from jxc_desktop.services.work import Work
    from tests.reference.records import Allocation as Settled
    from tests.reference.records import Document, Line

NOON = 1_769_832_000_000
"""2026-01-31 12:00 in Shanghai."""


def card_id(name: str) -> Id:
    """The id of a card or document, made from its name."""
    return uuid7(NOON, name.encode().rjust(10, b"-")[-10:])


class SteadyIds:
    """Ids that rise by one: the same book every time."""

    def __init__(self, last: int = 0) -> None:
        self.last = last

    def new_id(self) -> Id:
        """The next id."""
        self.last += 1
        return uuid7(NOON, self.last.to_bytes(10, "big"))


class Corner(NamedTuple):
    """One kind of book: who pays tax how, how far a pool reaches, whether stock may go short."""

    taxpayer: str = "small"
    is_pool_per_warehouse: bool = False
    negative_stock: str = "allow"
    method: str = "moving_average"


def make_template(path: Path, corner: Corner) -> None:
    """A new book with the cards of the business."""
    choice = NewBook(
        "reference",
        202601,
        taxpayer=corner.taxpayer,
        cost_pool="warehouse" if corner.is_pool_per_warehouse else "book",
        negative_stock=corner.negative_stock,
        costing=corner.method,
    )
    with create_book(path, choice, clock=FixedClock(NOON), ids=SteadyIds()) as book:
        accounts = _ids(book, "account")
        changes = [
            *(CardChange("item", _item(name, cost), card_id(name)) for name, cost in ITEMS.items()),
            *(CardChange("warehouse", _named(name), card_id(name)) for name in WAREHOUSES),
            *(CardChange("party", {**_named(name), "is_customer": 1}, card_id(name)) for name in CUSTOMERS),
            *(CardChange("party", {**_named(name), "is_supplier": 1}, card_id(name)) for name in SUPPLIERS),
            CardChange("money_account", {**_named("cash"), "account": accounts["1001"]}, card_id("cash")),
        ]
        book.do(set_cards, changes=changes)


def _named(name: str) -> dict[str, Any]:
    return {"code": name, "name": name, "is_active": 1}


def _item(name: str, reference_cost: int) -> dict[str, Any]:
    return {**_named(name), "kind": "goods", "base_unit": "piece", "reference_cost": reference_cost}


def _ids(book: Book, table: str) -> dict[str, Id]:
    rows = book.read(lambda session: session.rows(f"SELECT code, uuid FROM {table}"))
    return {code: Id(uuid.hex()) for code, uuid in rows}


class Twin:
    """The product's book and the model's, kept alike."""

    def __init__(self, template: Path, path: Path, corner: Corner) -> None:
        shutil.copyfile(template, path)
        self.template = template
        self._ids = SteadyIds(1_000_000)
        self.book = Book.open(path, clock=FixedClock(NOON), ids=self._ids)
        self.model = BookModel(
            corner.taxpayer, is_pool_per_warehouse=corner.is_pool_per_warehouse, method=corner.method
        )
        self._is_short_forbidden = corner.negative_stock == "forbid"
        self.names: dict[Id, str] = {}
        self._documents: dict[str, Id] = {}
        self._accounts = _ids(self.book, "account")

    def close(self) -> None:
        """Close the product's book."""
        self.book.close()

    def post(self, document: Document) -> bool:
        """Enter a document in both; whether they took it."""
        self._name(document.id, card_id(document.id))
        return self._both(lambda model: model.post(document), post, drafts=[self.draft(document)])

    def amend(self, document: Document) -> bool:
        """Change a document in both."""
        target = self._documents[document.id]
        return self._both(lambda model: model.amend(document), amend, document_id=target, content=self.draft(document))

    def void(self, document_id: str) -> bool:
        """Void a document in both."""
        target = self._documents[document_id]
        return self._both(lambda model: model.void(document_id), void, document_id=target, reason="wrong")

    def reverse(self, document_id: str, new_id: str, on: date) -> bool:
        """Reverse a document in both."""
        target = self._documents[document_id]
        if not self._both(lambda model: model.reverse(document_id, new_id, on), reverse, document_id=target, on=on):
            return False
        text = (
            "SELECT r.uuid FROM document r JOIN document d ON d.id = r.reverses"
            " WHERE d.uuid = ? AND r.status = 'posted'"
        )
        found = self.book.read(lambda session: session.value(text, (bytes.fromhex(target),)))
        self._name(new_id, Id(found.hex()))
        return True

    def _both(self, ours: Callable[[BookModel], None], verb: Callable[..., Any], **params: Any) -> bool:
        """Do it in the model and in the product; what one refuses the other must refuse too, without a trace."""
        tried = self.model.copy()
        if self._is_allowed(tried, ours):
            self._do(verb, **params)
            self.model.take_over(tried)
            return True
        before = self.book.read(every_row)
        with pytest.raises(UserError):
            self.book.do(verb, **params)
        assert self.book.read(every_row) == before
        return False

    def _is_allowed(self, tried: BookModel, ours: Callable[[BookModel], None]) -> bool:
        before = dict(tried.documents)
        try:
            ours(tried)
        except Refused:
            return False
        stock = tried.stock()
        entered = {name for name, document in tried.documents.items() if before.get(name) != document}
        return stock.unheld.isdisjoint(entered) and not (self._is_short_forbidden and stock.went_short)

    def _do(self, verb: Callable[..., Any], **params: Any) -> None:
        """Preview, look that nothing is left of it, do it, look that it is what the preview said."""
        before = self.book.read(every_row)
        mark = self._ids.last
        promised = self.book.preview(verb, every_row, **params)
        assert self.book.read(every_row) == before
        self._ids.last = mark
        self.book.do(verb, **params)
        assert self.book.read(every_row) == promised

    def _name(self, name: str, document_id: Id) -> None:
        self._documents[name] = document_id
        self.names[document_id] = name

    def draft(self, document: Document) -> Draft:
        """The document as the product's users enter it."""
        return Draft(
            id=self._documents[document.id],
            type=document.type,
            date=document.date,
            party=card_id(document.party) if document.party else NO_ID,
            invoice_kind="special" if document.is_deductible else "ordinary",
            to_warehouse=card_id(document.to_warehouse) if document.to_warehouse else NO_ID,
            price_mode="included" if document.is_tax_included else "excluded",
            reason=document.open_kind if document.type == "opening_item" else document.reason,
            header_discount=Money(document.header_discount),
            write_off=Money(document.write_off),
            amount=Money(document.amount),
            lines=tuple(self._line(line) for line in document.lines),
            money=tuple(self._money(document)),
            spread_by="quantity" if document.type == "landed_cost" else "",
            allocations=tuple(self._allocation(document, each) for each in document.allocations),
            entries=tuple(
                EntryLine(0, self._accounts[each.account], debit=Money(each.debit), credit=Money(each.credit))
                for each in document.entries
            ),
        )

    def _line(self, line: Line) -> ItemLine:
        return ItemLine(
            line.key,
            card_id(line.item),
            quantity=Quantity(line.quantity),
            price=UnitPrice(line.price),
            discount=Rate(line.discount),
            tax_rate=Rate(line.tax_rate),
            typed_amount=None if line.value is None else Money(line.value),
            warehouse=card_id(line.warehouse),
            is_gift=line.is_gift,
            unit_cost=None if line.unit_cost is None else UnitPrice(line.unit_cost),
            source_document=self._documents[line.source[0]] if line.source else NO_ID,
            source_line=line.source[1] if line.source else 0,
            is_product=line.is_product,
            share=None if line.share is None else Rate(line.share),
        )

    def _money(self, document: Document) -> Iterator[MoneyLine]:
        for expense in document.expenses:
            yield MoneyLine(0, "expense", account=self._accounts[expense.account], amount=Money(expense.gross))
        kind = "payment" if document.type.endswith("payment") else "tender"
        for _account, amount in document.tenders:
            yield MoneyLine(0, kind, money_account=card_id("cash"), amount=Money(amount))

    def _allocation(self, document: Document, allocation: Settled) -> Allocation:
        if document.type == "landed_cost":
            return Allocation(0, self._documents[allocation.target], target_kind="cost")
        kind = self.model.kind_of(allocation.target)
        return Allocation(0, self._documents[allocation.target], target_kind=kind, amount=Money(allocation.amount))


_SHOWN = {"voucher_line": " WHERE debit <> 0 OR credit <> 0"}
"""Table → which of its rows count: a voucher line of nothing is never shown."""


def every_row(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every projection table with all its rows, as they lie in the file."""
    return {
        table: sorted(session.rows(f"SELECT * FROM {table}{_SHOWN.get(table, '')}"), key=repr) for table in PROJECTIONS
    }


def rebuilt(source: Book, template: Path, path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every projection row of a copy of the template that takes in all later records of a book at once."""
    shutil.copyfile(template, path)
    with Book(path, clock=FixedClock(NOON)) as book:
        known = book.read(lambda session: session.value("SELECT max(id) FROM change_record"))
        book.do(receive, records=source.read(records_after, row=known))
        return book.read(every_row)


def records_after(session: Session, *, row: int = 0) -> list[Record]:
    """The records of a book behind a row of its log, in the order they came in."""
    return list(Log(session).read("WHERE id > ? ORDER BY id", (row,)))


def receive(work: Work, *, records: Sequence[Record]) -> None:
    """Take in records made elsewhere."""
    work.transaction.receive(records)


receive.right = "sync.receive"  # type: ignore[attr-defined]
