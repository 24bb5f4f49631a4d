"""A business that does things at random: documents that make sense in the book as it is, from any source of chance.

The same generator feeds the state machine (chance from hypothesis) and the shuffle test (a seeded `Random`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypedDict, TypeVar

from tests.reference.figures import due_of
from tests.reference.records import Allocation, Document, Entry, Expense, Line
from tests.reference.steps import KITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from tests.reference.book import BookModel

T = TypeVar("T")
MICRO = 1_000_000
ITEMS = {"tea": 5 * MICRO, "salt": 1_235_000, "oil": 0}
"""Item → reference cost."""
WAREHOUSES = ("main", "shop")
CUSTOMERS = ("wang", "li")
SUPPLIERS = ("farm", "mill")
QUANTITIES = (MICRO, 2 * MICRO, 3 * MICRO, 5 * MICRO, 7 * MICRO, 500_000, 333_333, 12_500_000)
RATES = (10_000, 130_000)
REASONS_OUT = {"own_use": "560206", "scrap": "571101", "other_out": "571112"}
REASONS_IN = {"other_in": "530112", "gift_in": "530103"}
CASH = "1001"
GIFT_COST = "560113"


class Business:
    """Makes documents for a book; `chance` decides everything that is open."""

    def __init__(self, model: BookModel, chance: Random, last: int = 0) -> None:
        self.model = model
        self.chance = chance
        self.last = last

    def new_id(self) -> str:
        """The next document's id."""
        self.last += 1
        return f"d{self.last}"

    def day(self) -> date:
        """Some day of the month, early ones as likely as late ones: half of all entries are backdated."""
        return date(2026, 1 + self.chance.randrange(2), self.chance.randint(1, 28))

    def document(self, kind: str) -> Document | None:
        """A new document of a kind; None where the book offers nothing to do it with."""
        return MAKERS[kind](self)

    def buy(self) -> Document:
        """A receipt of one to three lines."""
        return self._trade("goods_receipt", SUPPLIERS)

    def sell(self) -> Document:
        """A delivery, now and then with a gift line, a write-off or money at once."""
        document = self._trade("delivery_note", CUSTOMERS)
        if self.chance.random() < 0.2:
            gift = replace(document.lines[0], is_gift=True, cost_account=GIFT_COST)
            document = replace(document, lines=(gift, *document.lines[1:]), **_PLAIN)
        return document

    def ticket(self) -> Document:
        """A ticket whose lines may take back, linked to an earlier sale or not."""
        document = self._trade("retail_sale", CUSTOMERS)
        return replace(document, lines=tuple(self._turned(line) for line in document.lines), **_PLAIN)

    def _turned(self, line: Line) -> Line:
        if self.chance.random() < 0.6:
            return line
        return replace(line, quantity=-line.quantity, is_gift=False)

    def take_back(self) -> Document | None:
        """A sales return, mostly linked."""
        return self._return("sales_return", ("delivery_note", "retail_sale"), CUSTOMERS)

    def send_back(self) -> Document | None:
        """A purchase return, mostly linked."""
        return self._return("purchase_return", ("goods_receipt",), SUPPLIERS)

    def count(self) -> Document:
        """A count of one or two items, some with a cost."""
        warehouse = self._one_of(WAREHOUSES)
        items = self.chance.sample(sorted(ITEMS), self.chance.randint(1, 2))
        lines = tuple(
            Line(
                key,
                item,
                self._one_of((0, *QUANTITIES)),
                warehouse,
                unit_cost=self._price() if self.chance.random() < 0.3 else None,
                reference_cost=ITEMS[item],
            )
            for key, item in enumerate(items, start=1)
        )
        return Document(self.new_id(), "stock_count", self.day(), lines)

    def adjust(self) -> Document:
        """Goods in or out for a reason; what comes in has a cost, a value or neither."""
        is_in = self.chance.random() < 0.5
        reasons = REASONS_IN if is_in else REASONS_OUT
        reason = self._one_of(sorted(reasons))
        line = self._line(1)
        if is_in:
            cost = self.chance.randrange(3)
            line = replace(
                line,
                unit_cost=self._price() if cost == 0 else None,
                value=self.chance.randint(0, 9999) if cost == 1 else None,
            )
        return Document(
            self.new_id(),
            "stock_adjustment",
            self.day(),
            (replace(line, price=0, tax_rate=0),),
            direction="in" if is_in else "out",
            reason=reason,
            counter_account=reasons[reason],
        )

    def assemble(self) -> Document:
        """Oil out of tea and salt, or salt out of oil and tea: kits that share parts and lead back to each other."""
        product, *parts = self._one_of((("oil", "tea", "salt"), ("salt", "oil", "tea")))
        return self._kit("assembly", product, parts)

    def take_apart(self) -> Document:
        """Oil into tea and salt again, or tea into salt."""
        product, *parts = self._one_of((("oil", "tea", "salt"), ("tea", "salt")))
        return self._kit("disassembly", product, parts)

    def _kit(self, kind: str, product: str, parts: Sequence[str]) -> Document:
        shares = (400_000, 600_000) if len(parts) > 1 else (MICRO,)
        lines = [replace(self._line(1), item=product, is_product=True)]
        lines += [
            replace(self._line(key), item=part, share=share if kind == "disassembly" else None)
            for key, (part, share) in enumerate(zip(parts, shares, strict=False), start=2)
        ]
        plain = tuple(replace(line, price=0, tax_rate=0, reference_cost=ITEMS[line.item]) for line in lines)
        return Document(self.new_id(), kind, self.day(), plain)

    def transfer(self) -> Document:
        """One or two items from one warehouse to the other."""
        here, there = self.chance.sample(WAREHOUSES, 2)
        lines = tuple(
            replace(self._line(key), warehouse=here, price=0, tax_rate=0)
            for key in range(1, self.chance.randint(1, 2) + 1)
        )
        return Document(self.new_id(), "stock_transfer", self.day(), lines, to_warehouse=there)

    def revalue(self) -> Document:
        """A change of cost: by an amount, or to a unit cost; often refused."""
        line = replace(self._line(1), price=0, tax_rate=0, quantity=0)
        if self.chance.random() < 0.5:
            line = replace(line, value=self._one_of((-500, -1, 1, 77, 2000)))
        else:
            line = replace(line, unit_cost=self._price())
        return Document(self.new_id(), "cost_adjustment", self.day(), (line,), counter_account="5401")

    def opening(self) -> Document:
        """Opening stock with a value or a unit cost."""
        line = replace(self._line(1), price=0, tax_rate=0)
        if self.chance.random() < 0.5:
            line = replace(line, value=self.chance.randint(0, 9999))
        else:
            line = replace(line, unit_cost=self._price())
        return Document(self.new_id(), "opening_stock", self.day().replace(month=1), (line,))

    def opening_item(self) -> Document:
        """What a party owed at the start."""
        kind, parties = self._one_of(
            (
                ("receivable", CUSTOMERS),
                ("advance_from_customer", CUSTOMERS),
                ("payable", SUPPLIERS),
                ("prepayment_to_supplier", SUPPLIERS),
            )
        )
        return Document(
            self.new_id(),
            "opening_item",
            self.day().replace(month=1),
            party=self._one_of(parties),
            amount=self.chance.randint(1, 9999),
            open_kind=kind,
        )

    def collect(self) -> Document | None:
        """A payment from a customer."""
        return self._payment("customer_payment", "receivable", CUSTOMERS)

    def pay(self) -> Document | None:
        """A payment to a supplier."""
        return self._payment("supplier_payment", "payable", SUPPLIERS)

    def spend(self) -> Document:
        """An expense, all or part of it paid."""
        gross = self.chance.randint(1, 9999)
        paid = self._one_of((gross, gross // 2))
        return Document(
            self.new_id(),
            "expense",
            self.day(),
            party=self._one_of(SUPPLIERS),
            expenses=(Expense("560206", gross),),
            tenders=((CASH, paid),) if paid else (),
        )

    def carry(self) -> Document | None:
        """A fee for all lines of a receipt, all or part of it paid, in its month or another."""
        reversed_ones = {one.reverses for one in self.model.posted()}
        receipts = [
            one.id
            for one in self.model.posted()
            if one.type == "goods_receipt" and not one.reverses and one.id not in reversed_ones
        ]
        if not receipts:
            return None
        fee = replace(self.spend(), type="landed_cost", reason="to_stock")
        return replace(fee, allocations=(Allocation(self._one_of(receipts), fee.expenses[0].gross),))

    def book_voucher(self) -> Document:
        """A manual voucher of two lines."""
        amount = self.chance.randint(1, 9999)
        entries = (Entry("560208", debit=amount), Entry("560206", credit=amount))
        return Document(self.new_id(), "voucher", self.day(), entries=entries)

    def changed(self, document: Document) -> Document:
        """The same document with another date or other quantities."""
        if self.chance.random() < 0.4 or not document.lines or document.type == "cost_adjustment":
            day = self.day().replace(month=1) if document.type.startswith("opening") else self.day()
            return replace(document, date=day)
        lines = tuple(self._changed_line(line) for line in document.lines)
        if len(lines) > 1 and document.type not in KITS and self.chance.random() < 0.3:
            lines = lines[1:]
        return replace(document, lines=lines, **_PLAIN)

    def _changed_line(self, line: Line) -> Line:
        if line.source is not None:
            return replace(line, quantity=line.quantity // 2 or line.quantity)
        sign = -1 if line.quantity < 0 else 1
        return replace(line, quantity=sign * self._one_of(QUANTITIES))

    def _trade(self, kind: str, parties: tuple[str, ...]) -> Document:
        lines = tuple(self._line(key) for key in range(1, self.chance.randint(1, 3) + 1))
        document = Document(
            self.new_id(),
            kind,
            self.day(),
            lines,
            self._one_of(parties),
            is_deductible=self.chance.random() < 0.5,
            is_tax_included=self.chance.random() < 0.7,
        )
        return self._settled_at_once(document)

    def _settled_at_once(self, document: Document) -> Document:
        due = due_of(document)
        if due > 10 and self.chance.random() < 0.2:
            document = replace(document, header_discount=due // 10)
        if due > 10 and self.chance.random() < 0.2:
            document = replace(document, write_off=3)
        due = due_of(document)
        if due > 0 and self.chance.random() < 0.3:
            document = replace(document, tenders=((CASH, self._one_of((due, due // 2 or due))),))
        return document

    def _line(self, key: int) -> Line:
        item = self._one_of(sorted(ITEMS))
        return Line(
            key,
            item,
            self._one_of(QUANTITIES),
            self._one_of(WAREHOUSES),
            price=self._price(),
            tax_rate=self._one_of(RATES),
            reference_cost=ITEMS[item],
        )

    def _return(self, kind: str, sources: tuple[str, ...], parties: tuple[str, ...]) -> Document | None:
        if self.chance.random() < 0.3:
            return replace(self._trade(kind, parties), **_PLAIN)
        offers = [
            (document, line)
            for document in self.model.posted()
            if document.type in sources and not document.reverses
            for line in document.lines
            if line.quantity > 0 and self.model.returnable(document.id, line) > 0
        ]
        if not offers:
            return None
        document, line = self._one_of(offers)
        left = self.model.returnable(document.id, line)
        back = replace(
            line,
            key=1,
            quantity=self._one_of((left, left // 2 or left, left // 3 or left)),
            source=(document.id, line.key),
            is_gift=False,
            cost_account="5401",
        )
        if self.chance.random() < 0.2:
            back = replace(back, warehouse=self._one_of(WAREHOUSES))
        day = max(self.day(), document.date)
        return Document(
            self.new_id(),
            kind,
            day,
            (back,),
            document.party,
            is_deductible=document.is_deductible,
            is_tax_included=document.is_tax_included,
        )

    def _payment(self, kind: str, settles: str, parties: tuple[str, ...]) -> Document | None:
        party = self._one_of(parties)
        day = self.day()
        open_items = self.model.ledger().open_items().items()
        owed = [
            (document_id, amount - settled)
            for (document_id, open_kind), (amount, settled) in open_items
            if open_kind == settles
            and amount > settled
            and self.model.documents[document_id].party == party
            and self.model.documents[document_id].type != kind
            and not self.model.documents[document_id].reverses
        ]
        chosen = self.chance.sample(owed, min(len(owed), self.chance.randint(0, 2)))
        allocations = tuple(Allocation(target, self._one_of((left, left // 2 or left))) for target, left in chosen)
        paid = sum(allocation.amount for allocation in allocations) + self._one_of((0, 500))
        if allocations:
            day = max(day, *(self.model.documents[allocation.target].date for allocation in allocations))
        if not paid:
            return None
        return Document(self.new_id(), kind, day, party=party, tenders=((CASH, paid),), allocations=allocations)

    def _price(self) -> int:
        return self._one_of((0, 10_000, 335_000, MICRO, 9_990_000, 13 * MICRO))

    def _one_of(self, choices: Sequence[T]) -> T:
        return choices[self.chance.randrange(len(choices))]


class _Plain(TypedDict):
    tenders: tuple[tuple[str, int], ...]
    write_off: int
    header_discount: int


_PLAIN: _Plain = {"tenders": (), "write_off": 0, "header_discount": 0}
MAKERS: dict[str, Callable[[Business], Document | None]] = {
    "goods_receipt": Business.buy,
    "delivery_note": Business.sell,
    "retail_sale": Business.ticket,
    "sales_return": Business.take_back,
    "purchase_return": Business.send_back,
    "stock_count": Business.count,
    "stock_adjustment": Business.adjust,
    "stock_transfer": Business.transfer,
    "assembly": Business.assemble,
    "disassembly": Business.take_apart,
    "cost_adjustment": Business.revalue,
    "opening_stock": Business.opening,
    "opening_item": Business.opening_item,
    "customer_payment": Business.collect,
    "supplier_payment": Business.pay,
    "expense": Business.spend,
    "landed_cost": Business.carry,
    "voucher": Business.book_voucher,
}
KINDS = tuple(MAKERS)
"""Every document type the business knows."""
