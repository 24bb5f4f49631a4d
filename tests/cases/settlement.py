"""Kinds payments, oldest_first, sum_open: what payments settle and what stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents import allocation
from jxc_desktop.domain.documents.allocation import SettlementStatus
from tests.cases import read
from tests.cases.case import OneOf, one_of

if TYPE_CHECKING:
    from tests.cases.case import Case, Figures

STATUS: dict[SettlementStatus, OneOf] = {
    SettlementStatus.UNPAID: one_of("unpaid", "open"),
    SettlementStatus.PARTLY_PAID: one_of("partly_paid", "partly paid", "partially_paid", "partial", "partly", "open"),
    SettlementStatus.PAID: one_of("paid"),
    SettlementStatus.OVERPAID: one_of("overpaid", "advance", "credit"),
}
"""How other systems' cases spell the status."""


def payments(case: Case) -> Figures:
    """One open item, its payments and a write-off."""
    given = case.given
    paid = allocation.after_payments(
        read.money(given["invoice"]),
        [read.money(payment) for payment in given["payments"]],
        write_off=read.money(given.get("write_off", "0")),
    )
    return {"open_after": paid.open_after, "open_end": paid.open_end, "status": STATUS[paid.status]}


def oldest_first(case: Case) -> Figures:
    """One payment over several open items."""
    parts = [read.money(part) for part in case.given["parts"]]
    spread = allocation.oldest_first(parts, read.money(case.given["payment"]))
    return {"paid": spread.paid, "open": spread.open, "excess": spread.excess, "advance": spread.excess}


def sum_open(case: Case) -> Figures:
    """What stays open of an item; negative is an advance."""
    given = case.given
    left = allocation.still_open(
        read.money(given["invoice"]),
        [read.money(payment) for payment in given["payments"]],
        write_off=read.money(given.get("write_off", "0")),
    )
    return {"open": left}


KINDS = {"payments": payments, "oldest_first": oldest_first, "sum_open": sum_open}
