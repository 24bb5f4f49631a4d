"""Small books for tests: a shop in a file, cards by code, and one short function per document.

Everything is as fixed as it can be: clock, ids and stream never differ between two runs. Amounts, quantities and
prices are texts (`"12.50"`), days are the day of January 2026 or a date, references the ids that the shop's methods
return.

    shop = open_shop(tmp_path)
    pen = shop.item("P1", "笔")
    shop.post(receipt(5, shop.supplier("S1"), [line(pen, "10", "2.50")]))
"""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.document import NO_DATE, Document
from jxc_desktop.domain.documents.line import NO_ID, Allocation, EntryLine, ItemLine, MoneyLine, Tracking
from jxc_desktop.kernel.clock import FixedClock
from jxc_desktop.kernel.ids import Id, uuid7
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice
from jxc_desktop.kernel.value import changed
from jxc_desktop.services import documents
from jxc_desktop.services.book import Book
from jxc_desktop.services.catalog import Card, Catalog
from jxc_desktop.services.masters import CardChange, set_cards
from jxc_desktop.services.new_book import NewBook, create_book
from jxc_desktop.services.settings import Settings
from jxc_desktop.services.token_store import NoTokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.changes import Changes

NOW = 1_769_832_000_000
"""2026-01-31 12:00 in Shanghai."""

Day = int | date


class CountedIds:
    """Ids one after the other, the same in every run."""

    def __init__(self, first: int = 0) -> None:
        self.last = first

    def new_id(self) -> Id:
        """The next id."""
        self.last += 1
        return uuid7(NOW, self.last.to_bytes(10))


class FixedStream(NoTokens):
    """A file that always writes stream 1."""

    def new_stream(self) -> int:
        """The stream of every test book."""
        return 1


class Shop:
    """A book with what tests ask for all the time."""

    def __init__(self, book: Book, clock: FixedClock) -> None:
        self.book = book
        self.clock = clock

    def card(self, kind: str, code: str, name: str = "", /, **fields: Any) -> Id:
        """A new card, or a change of the one with that code; its id."""
        known = self.find(kind, code)
        made = {"code": code, "name": name or (known.name if known else code), "is_active": 1, **fields}
        changes = self.book.do(set_cards, changes=[CardChange(kind, made, known.id if known else NO_ID)])
        return known.id if known else changes.master_ids[0]

    def find(self, kind: str, code: str) -> Card | None:
        """The card with that code."""
        return self.book.read(lambda session: Catalog(session).by_code(kind, code))

    def item(self, code: str, name: str = "", **fields: Any) -> Id:
        """An item counted in 个; more fields as the card holds them."""
        return self.card("item", code, name, **{"kind": "goods", "base_unit": "个", **fields})

    def customer(self, code: str, name: str = "", **fields: Any) -> Id:
        """A customer."""
        return self.card("party", code, name, is_customer=1, **fields)

    def supplier(self, code: str, name: str = "", **fields: Any) -> Id:
        """A supplier."""
        return self.card("party", code, name, is_supplier=1, **fields)

    def warehouse(self, code: str, name: str = "", **fields: Any) -> Id:
        """A warehouse beside 总仓."""
        return self.card("warehouse", code, name, **fields)

    def account(self, code: str) -> Id:
        """An account of the chart by its code."""
        card = self.find("account", code)
        assert card is not None, code
        return card.id

    @property
    def cash(self) -> Id:
        """The cash box of every new book."""
        return Id(str(self.setting("default_money_account")))

    def setting(self, key: str) -> Any:
        """The value of a setting."""
        return self.book.read(lambda session: Settings(session).get(key))

    def post(self, *drafts: Document) -> list[Id]:
        """Post documents in this order; their ids."""
        return list(self.book.do(documents.post, drafts=list(drafts)).document_ids)

    def do_post(self, *drafts: Document) -> Changes:
        """Post documents; what changed, with the warnings."""
        return self.book.do(documents.post, drafts=list(drafts))

    def post_one(self, draft: Document) -> Id:
        """Post a document; its id."""
        return self.post(draft)[0]

    def amend(self, document: Id, content: Document) -> None:
        """Replace the content of a document."""
        self.book.do(documents.amend, document_id=document, content=content)

    def void(self, document: Id, reason: str = "错") -> None:
        """Void a document."""
        self.book.do(documents.void, document_id=document, reason=reason)

    def reverse(self, document: Id, on: Day | None = None) -> Id:
        """Reverse a document; the id of the reversal."""
        when = None if on is None else as_date(on)
        return self.book.do(documents.reverse, document_id=document, on=when).document_ids[0]

    def rows(self, text: str, *row: Any) -> list[tuple[Any, ...]]:
        """Rows of an SQL query."""
        return self.book.read(lambda session: _rows(session, text, row))


def _rows(session: Session, text: str, row: Sequence[Any]) -> list[tuple[Any, ...]]:
    return session.rows(text, row)


def open_shop(folder: Path, *, name: str = "shop", first_id: int = 0, **choice: Any) -> Shop:
    """A new book in a folder; `choice` are fields of `NewBook` (taxpayer, cost_pool, negative_stock …)."""
    made, last_id = _new_book(first_id, tuple(sorted(choice.items())))
    path = Path(shutil.copyfile(made, folder / f"{name}.jxc"))
    clock = FixedClock(NOW)
    return Shop(Book.open(path, clock=clock, ids=CountedIds(last_id), tokens=FixedStream()), clock)


@cache
def _new_book(first_id: int, choice: tuple[tuple[str, Any], ...]) -> tuple[Path, int]:
    """A new book of a kind, made once for all tests of a process, and the last id that was given in it."""
    path = Path(_new_books().name, f"{len(list(Path(_new_books().name).iterdir()))}.jxc")
    ids = CountedIds(first_id)
    chosen = NewBook(**{"name": "测试店", "start": 202601, **dict(choice)})
    create_book(path, chosen, clock=FixedClock(NOW), ids=ids, tokens=FixedStream()).close()
    return path, ids.last


@cache
def _new_books() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="jxc-new-books")


def as_date(day: Day) -> date:
    """A day of January 2026, or the date itself."""
    return day if isinstance(day, date) else date(2026, 1, day)


def line(item: Id, quantity: str, price: str = "0", **more: Any) -> ItemLine:
    """A line as it is entered: quantity and price of the entered unit; `unit_cost`, `amount` and `rate` are texts."""
    for name, field, read in (
        ("unit_cost", "unit_cost", UnitPrice.parse),
        ("amount", "typed_amount", Money.parse),
        ("rate", "tax_rate", Rate.parse),
        ("discount", "discount", Rate.parse),
    ):
        if isinstance(more.get(name), str):
            more[field] = read(more.pop(name))
    return ItemLine(0, item, quantity=Quantity.parse(quantity), price=UnitPrice.parse(price), **more)


def tender(money_account: Id, amount: str) -> MoneyLine:
    """What is paid at once."""
    return MoneyLine(0, "tender", money_account, amount=Money.parse(amount))


def paid(money_account: Id, amount: str, kind: str = "payment") -> MoneyLine:
    """A line of a payment."""
    return MoneyLine(0, kind, money_account, amount=Money.parse(amount))


def settles(document: Id, amount: str, kind: str) -> Allocation:
    """A part of an open item that a payment settles: `receivable` or `payable`."""
    return Allocation(0, document, 0, kind, amount=Money.parse(amount))


def batch(key: int, name: str, quantity: str, **more: Any) -> Tracking:
    """The batch behind the line with that key."""
    return Tracking(0, key, name, base_quantity=Quantity.parse(quantity), **more)


def serial(line_key: int, number: str, *, quantity: str = "0", key: int = 0) -> Tracking:
    """A serial number of the line with that key; one piece where no quantity is given."""
    return Tracking(key, line_key, serial=number, base_quantity=Quantity.parse(quantity))


def entry(account: Id, *, debit: str = "", credit: str = "", **more: Any) -> EntryLine:
    """A line of a voucher."""
    return EntryLine(
        0,
        account,
        debit=Money.parse(debit) if debit else ZERO,
        credit=Money.parse(credit) if credit else ZERO,
        **more,
    )


def document(kind: str, day: Day, **head: Any) -> Document:
    """A draft of any type; `write_off`, `amount` and `header_discount` may be texts, `money` and so on lists."""
    for name in ("write_off", "amount", "header_discount"):
        if isinstance(head.get(name), str):
            head[name] = Money.parse(head[name])
    for name in ("lines", "money", "allocations", "tracking", "entries"):
        if name in head:
            head[name] = tuple(head[name])
    if "due_date" in head:
        head["due_date"] = as_date(head["due_date"]) if head["due_date"] else NO_DATE
    return Document(NO_ID, kind, as_date(day), **head)


def receipt(day: Day, supplier: Id, lines: Sequence[ItemLine], **head: Any) -> Document:
    """采购入库单."""
    return document("goods_receipt", day, party=supplier, lines=lines, **head)


def purchase_return(day: Day, supplier: Id, lines: Sequence[ItemLine], **head: Any) -> Document:
    """采购退货单."""
    return document("purchase_return", day, party=supplier, lines=lines, **head)


def delivery(day: Day, customer: Id, lines: Sequence[ItemLine], **head: Any) -> Document:
    """销售出库单."""
    return document("delivery_note", day, party=customer, lines=lines, **head)


def sales_return(day: Day, customer: Id, lines: Sequence[ItemLine], **head: Any) -> Document:
    """销售退货单."""
    return document("sales_return", day, party=customer, lines=lines, **head)


def retail(day: Day, lines: Sequence[ItemLine], money: Sequence[MoneyLine], **head: Any) -> Document:
    """零售单."""
    return document("retail_sale", day, lines=lines, money=money, **head)


def count(day: Day, lines: Sequence[ItemLine], **head: Any) -> Document:
    """盘点单: the quantities of the lines are the counted ones."""
    return document("stock_count", day, lines=lines, **head)


def adjustment(day: Day, reason: str, lines: Sequence[ItemLine], **head: Any) -> Document:
    """其他出入库: other_in gift_in other_out own_use scrap gift_out."""
    return document("stock_adjustment", day, reason=reason, lines=lines, **head)


def cost_change(day: Day, lines: Sequence[ItemLine], **head: Any) -> Document:
    """成本调整单: lines with an `amount` or a new `unit_cost`, quantity 0."""
    return document("cost_adjustment", day, lines=lines, **head)


def assembly(day: Day, product: ItemLine, parts: Sequence[ItemLine], **head: Any) -> Document:
    """组装单: parts become a product."""
    return document("assembly", day, lines=[*parts, changed(product, is_product=True)], **head)


def disassembly(day: Day, product: ItemLine, parts: Sequence[ItemLine], **head: Any) -> Document:
    """拆卸单: a product becomes parts."""
    return document("disassembly", day, lines=[changed(product, is_product=True), *parts], **head)


def transfer(day: Day, lines: Sequence[ItemLine], to_warehouse: Id, **head: Any) -> Document:
    """调拨单: out of the lines' warehouses into another."""
    return document("stock_transfer", day, lines=lines, to_warehouse=to_warehouse, **head)


def opening_stock(lines: Sequence[ItemLine], **head: Any) -> Document:
    """期初库存."""
    return document("opening_stock", 1, lines=lines, **head)


def opening_item(kind: str, party: Id, amount: str, day: Day = date(2025, 12, 31), **head: Any) -> Document:
    """期初往来: receivable payable advance_from_customer prepayment_to_supplier."""
    return document("opening_item", day, reason=kind, party=party, amount=amount, **head)


def opening_balance(entries: Sequence[EntryLine], **head: Any) -> Document:
    """期初余额."""
    return document("opening_balance", 1, entries=entries, **head)


def customer_payment(day: Day, customer: Id, money: Sequence[MoneyLine], **head: Any) -> Document:
    """收款单."""
    return document("customer_payment", day, party=customer, money=money, **head)


def supplier_payment(day: Day, supplier: Id, money: Sequence[MoneyLine], **head: Any) -> Document:
    """付款单."""
    return document("supplier_payment", day, party=supplier, money=money, **head)


def expense(day: Day, money: Sequence[MoneyLine], **head: Any) -> Document:
    """费用单."""
    return document("expense", day, money=money, **head)


def expense_line(account: Id, amount: str, rate: str = "0") -> MoneyLine:
    """What was spent, on which account."""
    return MoneyLine(0, "expense", account=account, amount=Money.parse(amount), tax_rate=Rate.parse(rate))


def fees(day: Day, carrier: Id, amount: str, receipts: Sequence[Allocation], **head: Any) -> Document:
    """费用分摊单: one fee into the cost of goods; `rate` is its tax rate."""
    money = [MoneyLine(0, "expense", amount=Money.parse(amount), tax_rate=Rate.parse(head.pop("rate", "0")))]
    money += head.pop("tenders", [])
    head = {"reason": "to_stock", **head}
    return document("landed_cost", day, party=carrier, money=money, allocations=receipts, **head)


def carries(receipt_id: Id, line: int = 0, amount: str = "0") -> Allocation:
    """A line of a receipt (0: all of them) that a fee is for, with its part where that is given by hand."""
    return Allocation(0, receipt_id, line, "cost", amount=Money.parse(amount))


def voucher(day: Day, entries: Sequence[EntryLine], **head: Any) -> Document:
    """记账凭证."""
    return document("voucher", day, entries=entries, **head)


def invoice(day: Day, supplier: Id, lines: Sequence[ItemLine], **head: Any) -> Document:
    """采购发票."""
    return document("purchase_invoice", day, party=supplier, lines=tuple(lines), **head)
