"""Vouchers, open items and balances of a book, from its documents and their valued movements.

A voucher is {account: (debit, credit)}; red amounts stand negative on the original side. Accounts are those of the
small-enterprise chart.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.reference.entries import Entries, Voucher
from tests.reference.figures import due_of, figures_of, takes_input_tax
from tests.reference.steps import KITS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.reference.pool import Key
    from tests.reference.records import Document, Line
    from tests.reference.stock import Move, Stock

RECEIVABLE, ADVANCE, PAYABLE, PREPAYMENT = (
    "receivable",
    "advance_from_customer",
    "payable",
    "prepayment_to_supplier",
)
CONTROL = {RECEIVABLE: "1122", ADVANCE: "2203", PAYABLE: "220201", PREPAYMENT: "1123"}
BETWEEN = "220202"
INPUT_VAT = "22210101"
OUTPUT_VAT = {"small": "222101", "general": "22210107"}
SMALL_CHANGE = CASH_DISCOUNT = "560304"
BANK_FEE = "560302"
CENTS_TOO_MUCH = "530112"
RETURN_VARIANCE = "5401"
PENDING = "190101"
STOCK_GAIN = "530104"
STOCK_LOSS = "571101"
OPENING_BALANCE = "9999"
PURCHASES = ("goods_receipt", "purchase_return")
SALES = ("delivery_note", "sales_return", "retail_sale")
RETURNS = ("purchase_return", "sales_return")


class Ledger:
    """The general ledger of the posted documents."""

    def __init__(self, documents: Mapping[str, Document], stock: Stock, taxpayer: str) -> None:
        self._documents = documents
        self._stock = stock
        self._taxpayer = taxpayer

    def voucher(self, document_id: str) -> Voucher:
        """The voucher of a document as it is now."""
        document = self._documents[document_id]
        is_red = (document.type in RETURNS) != document.is_contrary
        entries = Entries(-1 if is_red else 1)
        self._writer(document)(document, entries)
        for line in document.lines:
            move = self._stock.moves.get((document.id, line.key))
            if move is not None and document.type != "stock_transfer":
                self._stock_entries(document, line, move, entries)
        if document.type in PURCHASES:
            entries.as_it_is(RETURN_VARIANCE, debit=-entries.difference())
        for line in document.lines:
            for key in (line.key, -line.key):
                self._cover_entries(self._stock.moves.get((document.id, key)), entries)
        return entries.voucher()

    def trial_balance(self) -> Voucher:
        """Account → what all vouchers together debit and credit."""
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for document_id in self._documents:
            for account, (debit, credit) in self.voucher(document_id).items():
                sums[account][0] += debit
                sums[account][1] += credit
        return {account: (debit, credit) for account, (debit, credit) in sums.items()}

    def stock_by_account(self) -> dict[str, int]:
        """Stock account → value of the movements whose lines name it, less the differences of covered shortages."""
        values: dict[str, int] = defaultdict(int)
        for key, move in self._stock.moves.items():
            values[self._line(key).stock_account] += move.value - move.cover_variance
        return dict(values)

    def open_items(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(document, kind) → amount and what of it is settled; positive in the natural direction of the kind."""
        items: dict[tuple[str, str], list[int]] = {}
        for document in self._documents.values():
            for kind, amount in self._own_items(document):
                items[document.id, kind] = [amount, 0]
        for document in self._documents.values():
            sign = -1 if document.is_contrary else 1
            for allocation in document.allocations if document.type != "landed_cost" else ():
                kind = self.kind_of(allocation.target)
                items[allocation.target, kind][1] += sign * allocation.amount
                items[document.id, kind][1] -= sign * allocation.amount
        return {key: (amount, settled) for key, (amount, settled) in items.items()}

    def party_balances(self) -> dict[tuple[str, str], int]:
        """(party, kind) → sum of the open items."""
        balances: dict[tuple[str, str], int] = defaultdict(int)
        for (document_id, kind), (amount, _) in self.open_items().items():
            balances[self._documents[document_id].party, kind] += amount
        return dict(balances)

    def counter_account(self, key: Key) -> str:
        """Where the cost of a line that left the stock stands, and so the difference of its covered shortage."""
        document, line = self._documents[key[0]], self._line(key)
        if document.type in SALES:
            return line.cost_account
        if document.type == "stock_adjustment":
            return document.counter_account
        if document.type == "stock_count":
            return STOCK_GAIN if document.is_contrary else STOCK_LOSS
        return RETURN_VARIANCE

    def _line(self, key: Key) -> Line:
        return next(line for line in self._documents[key[0]].lines if line.key == abs(key[1]))

    def _writer(self, document: Document) -> Callable[[Document, Entries], None]:
        if document.type in SALES:
            return self._sale
        if document.type in PURCHASES:
            return self._purchase
        writers = {
            "customer_payment": self._customer_payment,
            "supplier_payment": self._supplier_payment,
            "expense": self._expense,
            "landed_cost": self._fee,
            "opening_item": self._opening_item,
        }
        return writers.get(document.type, self._as_entered)

    def _sale(self, document: Document, entries: Entries) -> None:
        for line in document.lines:
            figures = figures_of(document)[line.key]
            entries.credit(line.revenue_account, figures.net)
            entries.credit(OUTPUT_VAT[self._taxpayer], figures.tax)
        for account, amount in document.tenders:
            entries.debit(account, amount)
        entries.debit(SMALL_CHANGE, document.write_off)
        entries.debit(CONTROL[RECEIVABLE], due_of(document))

    def _purchase(self, document: Document, entries: Entries) -> None:
        if takes_input_tax(document, self._taxpayer):
            entries.debit(INPUT_VAT, sum(figures.tax for figures in figures_of(document).values()))
        for account, amount in document.tenders:
            entries.credit(account, amount)
        entries.credit(SMALL_CHANGE, document.write_off)
        entries.credit(CONTROL[PAYABLE], due_of(document))

    def _customer_payment(self, document: Document, entries: Entries) -> None:
        for account, amount in document.tenders:
            entries.debit(account, amount)
        entries.debit(CASH_DISCOUNT, document.discount)
        entries.debit(SMALL_CHANGE, document.write_off)
        entries.debit(BANK_FEE, document.fee)
        entries.credit(CENTS_TOO_MUCH, document.extra)
        for allocation in document.allocations:
            entries.credit(CONTROL[self.kind_of(allocation.target)], allocation.amount)
        entries.credit(CONTROL[ADVANCE], unallocated(document))

    def _supplier_payment(self, document: Document, entries: Entries) -> None:
        for allocation in document.allocations:
            entries.debit(CONTROL[self.kind_of(allocation.target)], allocation.amount)
        entries.debit(CONTROL[PREPAYMENT], unallocated(document))
        entries.debit(BANK_FEE, document.fee)
        entries.credit(CASH_DISCOUNT, document.discount)
        entries.credit(SMALL_CHANGE, document.write_off)
        for account, amount in document.tenders:
            entries.credit(account, amount)

    def _expense(self, document: Document, entries: Entries) -> None:
        is_net = takes_input_tax(document, self._taxpayer)
        for expense in document.expenses:
            entries.debit(expense.account, expense.gross - expense.tax if is_net else expense.gross)
            entries.debit(INPUT_VAT, expense.tax if is_net else 0)
        for account, amount in document.tenders:
            entries.credit(account, amount)
        entries.credit(CONTROL[PAYABLE], unpaid(document))

    def _fee(self, document: Document, entries: Entries) -> None:
        for (target, key), fees in self._stock.fees.items():
            for fee, amount in fees:
                if fee.id == document.id:
                    account = BETWEEN if self._is_elsewhere(fee, target) else self._line((target, key)).stock_account
                    entries.as_it_is(account, debit=amount)
        for account, amount in document.tenders:
            entries.credit(account, amount)
        entries.credit(CONTROL[PAYABLE], unpaid(document))

    def _is_elsewhere(self, fee: Document, receipt: str) -> bool:
        """Whether a fee takes effect in another month than its receipt."""
        return fee.position[0] != self._documents[receipt].position[0]

    def _fees_on(self, key: Key, line: Line, entries: Entries) -> None:
        """The fee's voucher has the stock's side in the same month; else it stands here, against another account."""
        for fee, amount in self._stock.fees.get(key, ()):
            if self._is_elsewhere(fee, key[0]):
                entries.as_it_is(BETWEEN, credit=amount)
            else:
                entries.as_it_is(line.stock_account, debit=-amount)

    def _opening_item(self, document: Document, entries: Entries) -> None:
        account = CONTROL[document.open_kind]
        if document.open_kind in {RECEIVABLE, PREPAYMENT}:
            entries.debit(account, document.amount)
            entries.credit(OPENING_BALANCE, document.amount)
        else:
            entries.debit(OPENING_BALANCE, document.amount)
            entries.credit(account, document.amount)

    def _as_entered(self, document: Document, entries: Entries) -> None:
        for entry in document.entries:
            entries.debit(entry.account, entry.debit)
            entries.credit(entry.account, entry.credit)
        if document.type == "opening_balance":
            entries.credit(OPENING_BALANCE, entries.difference() * (-1 if document.is_contrary else 1))

    def _stock_entries(self, document: Document, line: Line, move: Move, entries: Entries) -> None:
        if document.type in PURCHASES:
            entries.as_it_is(line.stock_account, debit=move.value)
            self._fees_on(move.key, line, entries)
        elif document.type == "opening_stock":
            entries.moved(line.stock_account, OPENING_BALANCE, move.value)
        elif document.type == "stock_count":
            self._count_entries(line, move, entries, is_gain=(move.value > 0) != document.is_contrary)
        elif document.type in KITS:
            if line.is_product == (document.type == "assembly"):
                entries.as_it_is(line.stock_account, debit=move.value)
            else:
                entries.as_it_is(line.stock_account, credit=-move.value)
            entries.as_it_is(RETURN_VARIANCE, debit=-move.value)
        elif document.type == "cost_adjustment" or (document.type == "stock_adjustment" and document.direction == "in"):
            entries.moved(line.stock_account, document.counter_account, move.value)
        else:
            entries.moved(self.counter_account(move.key), line.stock_account, -move.value)

    def _count_entries(self, line: Line, move: Move, entries: Entries, *, is_gain: bool) -> None:
        if is_gain:
            entries.moved(line.stock_account, PENDING, move.value)
            entries.moved(PENDING, STOCK_GAIN, move.value)
        else:
            entries.moved(PENDING, line.stock_account, -move.value)
            entries.moved(STOCK_LOSS, PENDING, -move.value)

    def _cover_entries(self, move: Move | None, entries: Entries) -> None:
        for cover in move.covers if move is not None else ():
            entries.moved(self.counter_account(cover.issue), self._line(cover.issue).stock_account, cover.variance)

    def kind_of(self, target: str) -> str:
        """Under which control account the open item of a document stands."""
        document = self._documents[target]
        if document.type == "opening_item":
            return document.open_kind
        return PAYABLE if document.type in {*PURCHASES, "expense", "landed_cost"} else RECEIVABLE

    def _own_items(self, document: Document) -> list[tuple[str, int]]:
        sign = -1 if (document.type in RETURNS) != document.is_contrary else 1
        return [(kind, sign * amount) for kind, amount in self._items(document) if amount]

    def _items(self, document: Document) -> list[tuple[str, int]]:
        if document.type in SALES:
            return [(RECEIVABLE, due_of(document))]
        if document.type in PURCHASES:
            return [(PAYABLE, due_of(document))]
        if document.type in {"expense", "landed_cost"}:
            return [(PAYABLE, unpaid(document))]
        if document.type == "opening_item":
            return [(document.open_kind, document.amount)]
        if document.type not in {"customer_payment", "supplier_payment"}:
            return []
        settled: dict[str, int] = defaultdict(int)
        for allocation in document.allocations:
            settled[self.kind_of(allocation.target)] -= allocation.amount
        settled[ADVANCE if document.type == "customer_payment" else PREPAYMENT] += unallocated(document)
        return list(settled.items())


def unallocated(document: Document) -> int:
    """What a payment leaves as an advance: all it settles with less what it settles."""
    sign = 1 if document.type == "customer_payment" else -1
    given = sum(amount for _, amount in document.tenders) + document.discount + document.write_off
    settled = sum(allocation.amount for allocation in document.allocations)
    return given + sign * document.fee - document.extra - settled


def unpaid(document: Document) -> int:
    """What of an expense is owed to its supplier."""
    return sum(expense.gross for expense in document.expenses) - sum(amount for _, amount in document.tenders)
