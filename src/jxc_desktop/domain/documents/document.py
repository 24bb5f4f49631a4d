"""The content of a document: everything its effects depend on, resolved when it was posted."""

from __future__ import annotations

from datetime import date

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.value import value

from .line import NO_ACCOUNTS, NO_ID, Accounts, Allocation, EntryLine, ItemLine, MoneyLine, Tracking

Day = date
"""The type of days; inside the class `date` is the name of a field."""

NO_DATE = date(1, 1, 1)


TO_COME = "to_come"
"""The kind of invoice of what is owed by estimate: none has come yet (票未到)."""


@value
class Document:
    """One document of any type. Fields a type does not declare keep their default.

    `accounts` are the account roles of the head, `summary` is the voucher's text in the book's language, `reverses`
    the document this one takes back (quantities and amounts are then negated). `last_key` is the largest key that was
    ever given to a line, where no line shows it any more, else 0; see `highest_key`.
    """

    id: Id
    type: str
    date: Day
    number: str = ""
    external_number: str = ""
    source: str = ""
    due_date: Day = NO_DATE
    party: Id = NO_ID
    party_code: str = ""
    party_name: str = ""
    party_tax_id: str = ""
    is_walk_in: bool = False
    warehouse: Id = NO_ID
    to_warehouse: Id = NO_ID
    transit_warehouse: Id = NO_ID
    taxpayer: str = "small"
    invoice_kind: str = ""
    price_mode: str = "included"
    reason: str = ""
    spread_by: str = ""
    note: str = ""
    header_discount: Money = ZERO
    write_off: Money = ZERO
    amount: Money = ZERO
    gross: Money = ZERO
    net: Money = ZERO
    tax: Money = ZERO
    reverses: Id = NO_ID
    accounts: Accounts = NO_ACCOUNTS
    rules_version: int = 1
    voucher_word: str = ""
    voucher_number: int = 0
    summary: str = ""
    lines: tuple[ItemLine, ...] = ()
    money: tuple[MoneyLine, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    tracking: tuple[Tracking, ...] = ()
    entries: tuple[EntryLine, ...] = ()
    last_key: int = 0

    @property
    def highest_key(self) -> int:
        """The largest key that was ever given to a line; a new line gets a larger one."""
        shapes = (self.lines, self.money, self.allocations, self.tracking, self.entries)
        return max(self.last_key, max((line.key for shape in shapes for line in shape), default=0))

    @property
    def period(self) -> int:
        """The month of the paper date as YYYYMM."""
        return self.date.year * 100 + self.date.month

    @property
    def tendered(self) -> Money:
        """What was paid at once."""
        return Money(sum(line.amount.fen for line in self.money if line.kind == "tender"))

    @property
    def is_estimated(self) -> bool:
        """Whether the invoice of what was bought is still to come, or had not come when it went back."""
        return self.invoice_kind == TO_COME

    @property
    def due(self) -> Money:
        """应收/应付: the total including tax less the write-off."""
        return self.gross - self.write_off
