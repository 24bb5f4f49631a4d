"""Settling open items (核销): what a payment pays, what stays open, what becomes an advance.

Amounts are in fen with the sign of the open item: what a customer owes us, or what we owe a supplier, is positive; a
return or an advance is negative. Everything is symmetric: a negative payment (a refund) settles negative items.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money, total
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence


class SettlementStatus(StrEnum):
    """How far an open item is settled; `OVERPAID` means that more was paid than owed (an advance)."""

    UNPAID = "unpaid"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    OVERPAID = "overpaid"


@value
class OpenItemRef:
    """The line of a posted document that an open item stands for."""

    document_id: Id
    line: int


@value
class OpenAmount:
    """What is still open on an open item."""

    ref: OpenItemRef
    open: Money


@value
class SettledPart:
    """What of a payment goes to one open item, and what stays open there."""

    ref: OpenItemRef
    paid: Money
    left: Money


@value
class SettledItems:
    """A payment spread over open items: per item (those that got something), and the rest, which is an advance."""

    parts: tuple[SettledPart, ...]
    excess: Money


@value
class Spread:
    """A payment spread over amounts: paid and still open per amount, in their order, and the rest."""

    paid: tuple[Money, ...]
    open: tuple[Money, ...]
    excess: Money


@value
class PaidItem:
    """One open item after payments: what was open after each, what is open in the end, and its status."""

    open_after: tuple[Money, ...]
    open_end: Money
    status: SettlementStatus


def oldest_first(open_amounts: Sequence[Money], payment: Money) -> Spread:
    """Spread a payment over open amounts from the first (oldest) on, each in full before the next.

    An amount of the other sign is skipped: setting a return off against an invoice is a settlement of its own, which
    the user decides. paid + open = the amounts, Σ paid + excess = payment.
    """
    left, paid = payment, []
    for amount in open_amounts:
        part = _part(amount, left)
        paid.append(part)
        left -= part
    still_open = tuple(amount - part for amount, part in zip(open_amounts, paid, strict=True))
    return Spread(tuple(paid), still_open, left)


def settle_oldest_first(items: Sequence[OpenAmount], payment: Money) -> SettledItems:
    """Spread a payment over open items in the caller's order (due date, then entry); see `oldest_first`."""
    spread = oldest_first([item.open for item in items], payment)
    rows = zip(items, spread.paid, spread.open, strict=True)
    return SettledItems(tuple(SettledPart(item.ref, paid, left) for item, paid, left in rows if paid), spread.excess)


def still_open(amount: Money, payments: Sequence[Money], *, write_off: Money = ZERO) -> Money:
    """What stays open of an amount after payments and a write-off (抹零); of the other sign it is an advance."""
    return amount - total(payments) - write_off


def settlement_status(amount: Money, left: Money) -> SettlementStatus:
    """Name how far `amount` is settled when `left` of it is open."""
    if not left:
        return SettlementStatus.PAID
    if left == amount:
        return SettlementStatus.UNPAID
    if (left < ZERO) != (amount < ZERO):
        return SettlementStatus.OVERPAID
    return SettlementStatus.PARTLY_PAID


def after_payments(amount: Money, payments: Sequence[Money], *, write_off: Money = ZERO) -> PaidItem:
    """Follow one open item through its payments in their order, then the write-off."""
    open_after = tuple(still_open(amount, payments[: count + 1]) for count in range(len(payments)))
    end = still_open(amount, payments, write_off=write_off)
    return PaidItem(open_after, end, settlement_status(amount, end))


def _part(amount: Money, left: Money) -> Money:
    if not amount or not left or (amount < ZERO) != (left < ZERO):
        return ZERO
    return min(amount, left) if amount > ZERO else max(amount, left)
