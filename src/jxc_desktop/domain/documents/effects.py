"""What a posted document does: movements of stock, open items, settlements and entries of its voucher."""

from __future__ import annotations

from datetime import date
from enum import IntEnum, StrEnum

from jxc_desktop.domain.accounting.posting_rule import Side
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import FREE, NO_RATE, WHOLE, Quantity, Rate, UnitPrice
from jxc_desktop.kernel.value import value

from .line import NO_ID


class Leg(IntEnum):
    """Inside a document everything that goes out stands before everything that comes in."""

    OUT = 0
    IN = 1


class ValuePosting(IntEnum):
    """How the value of a movement enters the voucher; `value` is positive when it joins the stock."""

    RECEIVE = 1
    """Dr stock value (the other side stands among the entries of the document)."""
    ISSUE = 2
    """Dr counter account / Cr stock, −value."""
    RETURN_OUT = 3
    """Dr stock value, Dr counter account −value (the variance of a purchase return)."""
    COUNT = 4
    """Gain: Dr stock / Cr pending, Dr pending / Cr gain; loss: Dr pending / Cr stock, Dr loss / Cr pending."""
    GAIN = 5
    """Dr stock value / Cr counter account value."""
    ABNORMAL_LOSS = 6
    """Dr counter account −value and the input VAT on it / Cr stock −value, Cr input VAT transferred out."""
    NONE = 7
    """Nothing: what goes out and comes in again stays on its stock account."""
    HAND_OUT = 8
    """Cr stock −value / Dr counter account −value: what joins others of its document."""
    HAND_IN = 9
    """Dr stock value / Dr counter account −value: what others of its document have joined."""


KIT_DIFFERENCE_ORDER = 84
"""Where the counter account of what joins each other stands in a voucher; a fee that joins them stands beside."""


class OpenItemKind(StrEnum):
    """Which control account an open item belongs to."""

    RECEIVABLE = "receivable"
    ADVANCE_FROM_CUSTOMER = "advance_from_customer"
    PAYABLE = "payable"
    PAYABLE_ESTIMATED = "payable_estimated"
    PREPAYMENT_TO_SUPPLIER = "prepayment_to_supplier"


@value
class Movement:
    """One movement of one item: `quantity` is signed in base units (for a count: the counted quantity).

    `unit_cost` is what a count sets; `source_*` is the line a return or reversal takes back.
    """

    line: int
    leg: Leg
    item: Id
    warehouse: Id
    pool: str
    quantity: Quantity
    basis: Basis
    posting: ValuePosting
    stock_account: Id
    counter_account: Id = NO_ID
    value: Money = ZERO
    unit_cost: UnitPrice | None = None
    reference_cost: UnitPrice = FREE
    source_document: Id = NO_ID
    source_line: int = 0


@value
class Handover:
    """The share `begin` to `end` of the cost that leaves with a line and comes in with the line `target`.

    Shares of one line that follow each other up to 1 hand over all of its cost, to the fen.
    """

    line: int
    target: int
    begin: Rate = NO_RATE
    end: Rate = WHOLE


@value
class Addition:
    """A part of a fee that joins what a line of a receipt cost.

    Where that line is not known (any more), or its month is closed and the goods are gone, it is on `cost_account`.
    `between_account` carries it from the month of the receipt to that of the fee.
    """

    key: int
    target_document: Id
    target_line: int
    amount: Money
    party: Id
    cost_account: Id
    between_account: Id


@value
class OpenItem:
    """What a party owes (amount > 0) or has to its credit (< 0) under one control account."""

    kind: OpenItemKind
    party: Id
    amount: Money
    due_date: date
    line: int = 0


@value
class Settlement:
    """`amount` of the target's open item and of the document's own one is settled; signed like the target."""

    key: int
    target_document: Id
    target_line: int
    target_kind: OpenItemKind
    amount: Money


@value
class Entry:
    """One amount of the voucher: `order` places it, equal (order, account, auxiliaries) are summed."""

    order: int
    side: Side
    account: Id
    amount: Money
    party: Id = NO_ID
    money_account: Id = NO_ID
    summary: str = ""


@value
class Effects:
    """Everything a document does, as values; `db.projections` writes it."""

    movements: tuple[Movement, ...] = ()
    open_items: tuple[OpenItem, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    entries: tuple[Entry, ...] = ()
    handovers: tuple[Handover, ...] = ()
    additions: tuple[Addition, ...] = ()
    has_voucher: bool = True
    is_opening: bool = False
