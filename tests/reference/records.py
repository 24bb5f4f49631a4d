"""Documents and lines of the model: plain records, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.reference.arithmetic import MICRO

OPENING = ("opening_stock", "opening_item", "opening_balance")
MONEY_ACCOUNT = "1001"


@dataclass(frozen=True)
class Line:
    """A line with an item. `quantity` is in base units, signed on a retail sale, absolute on a count.

    `value` is what an incoming line is worth where it has no price (opening stock, adjustment in); without it
    `unit_cost` × quantity, without that the current cost. `source` is the (document, line) a return takes back;
    `share` is what a part takes of the cost of the product it was taken out of.
    """

    key: int
    item: str
    quantity: int
    warehouse: str = "main"
    price: int = 0
    discount: int = MICRO
    tax_rate: int = 0
    typed_amount: int | None = None
    is_gift: bool = False
    is_stocked: bool = True
    value: int | None = None
    unit_cost: int | None = None
    source: tuple[str, int] | None = None
    reference_cost: int = 0
    is_product: bool = False
    share: int | None = None
    stock_account: str = "140501"
    cost_account: str = "5401"
    revenue_account: str = "5001"


@dataclass(frozen=True)
class Expense:
    """A line of an expense: what it was for, with and without tax."""

    account: str
    gross: int
    tax: int = 0


@dataclass(frozen=True)
class Entry:
    """A line of a manual voucher or an opening balance."""

    account: str
    debit: int = 0
    credit: int = 0


@dataclass(frozen=True)
class Allocation:
    """A part of another document's open item that a payment settles; negative for a negative open item."""

    target: str
    amount: int


@dataclass(frozen=True)
class Document:
    """One document as entered. `order` is its place among all entries of the book, given at first posting.

    `tenders` are (account, amount): money that comes in with a sale and goes out with a purchase, the other way round
    with a return. `to_warehouse` is where a transfer goes; `direction`, `reason` and `counter_account` belong to stock
    adjustments, `open_kind` to opening open items, `reverses` is the document taken back.
    """

    id: str
    type: str
    date: date
    lines: tuple[Line, ...] = ()
    party: str = ""
    tenders: tuple[tuple[str, int], ...] = ()
    allocations: tuple[Allocation, ...] = ()
    expenses: tuple[Expense, ...] = ()
    entries: tuple[Entry, ...] = ()
    is_tax_included: bool = True
    is_deductible: bool = False
    header_discount: int = 0
    write_off: int = 0
    discount: int = 0
    fee: int = 0
    extra: int = 0
    amount: int = 0
    direction: str = "out"
    reason: str = ""
    counter_account: str = ""
    to_warehouse: str = ""
    open_kind: str = "receivable"
    order: int = 0
    status: str = "posted"
    reverses: str = ""

    @property
    def is_contrary(self) -> bool:
        """Whether everything stands with the other sign."""
        return bool(self.reverses)

    @property
    def position(self) -> tuple[int, int, int]:
        """The canonical place: month, day, entry order; opening documents stand before the first month."""
        if self.type in OPENING:
            return (0, 0, self.order)
        return (self.date.year * 100 + self.date.month, self.date.day, self.order)
