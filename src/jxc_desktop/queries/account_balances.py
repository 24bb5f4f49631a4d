"""What accounts held before a day and what moved on them up to another, leaf by leaf.

Voucher lines carry their month only: whole months are summed in one pass over the lines, and where a span begins or
ends inside a month, that month's vouchers are looked at by day. Opening documents stand before the first day of their
month, a late fact on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.doctypes.registry import all_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session

OPENING_TYPES = tuple(each.code for each in all_types() if each.is_opening)
LAST_DAY = 99_991_231

BY_MONTH = (
    "SELECT account, effective_period, sum(debit), sum(credit) FROM voucher_line NOT INDEXED"
    " GROUP BY account, effective_period"
)
OF_OPENING = (
    "SELECT v.account, v.effective_period, sum(v.debit), sum(v.credit) FROM document d"  # noqa: S608 — own types
    " CROSS JOIN voucher_line v ON v.document = d.id"
    f" WHERE d.type IN ({placeholders(len(OPENING_TYPES))}) AND d.is_late = 0 GROUP BY v.account, v.effective_period"
)
OF_DAYS = (
    "SELECT v.account, sum(v.debit), sum(v.credit) FROM voucher h CROSS JOIN document d ON d.id = h.document"
    " CROSS JOIN voucher_line v ON v.document = h.document"
    " WHERE h.effective_period = ? AND d.effective_date + d.is_late BETWEEN ? AND ? GROUP BY v.account"
)


class AccountBalance(NamedTuple):
    """An account over a span of days, in fen: its balance before (debit less credit) and what moved."""

    opening: int
    debit: int
    credit: int


def account_balances(session: Session, first: int, last: int = LAST_DAY) -> dict[int, AccountBalance]:
    """Account (local number) → what it held before the day `first` and what moved from it to `last` (YYYYMMDD)."""
    sums = _Sums()
    first_month, last_month = first // 100, last // 100
    opening = session.rows(OF_OPENING, OPENING_TYPES)
    for account, month, debit, credit in session.rows(BY_MONTH):
        if month < first_month:
            sums.before(account, debit, credit)
        elif month <= last_month:
            sums.during(account, debit, credit)
    for account, month, debit, credit in opening:
        if first_month <= month <= last_month:
            sums.before(account, debit, credit)
            sums.during(account, -debit, -credit)
    if first % 100 > 1:
        days = (first_month, first_month * 100 + 1, first - 1)
        for account, debit, credit in session.rows(OF_DAYS, days):
            sums.before(account, debit, credit)
            sums.during(account, -debit, -credit)
    if last % 100 < 31:
        for account, debit, credit in session.rows(OF_DAYS, (last_month, last + 1, last_month * 100 + 99)):
            sums.during(account, -debit, -credit)
    return sums.balances()


class _Sums:
    """Opening, debit and credit by account."""

    def __init__(self) -> None:
        self._by_account: dict[int, list[int]] = {}

    def before(self, account: int, debit: int, credit: int) -> None:
        self._by_account.setdefault(account, [0, 0, 0])[0] += debit - credit

    def during(self, account: int, debit: int, credit: int) -> None:
        found = self._by_account.setdefault(account, [0, 0, 0])
        found[1] += debit
        found[2] += credit

    def balances(self) -> dict[int, AccountBalance]:
        return {account: AccountBalance(*sums) for account, sums in self._by_account.items()}


class AccountRow(NamedTuple):
    """An account of the chart; `parent` is a local number, 0 at the top."""

    key: int
    code: str
    name: str
    parent: int


ACCOUNTS = "SELECT id, code, name, parent FROM account ORDER BY code, id"


def chart(session: Session) -> list[AccountRow]:
    """Every account by code."""
    return [AccountRow(*row) for row in session.rows(ACCOUNTS)]


def below(accounts: Iterable[AccountRow], top: int) -> set[int]:
    """An account and everything under it."""
    children: dict[int, list[int]] = {}
    for each in accounts:
        children.setdefault(each.parent, []).append(each.key)
    found, waiting = {top}, [top]
    while waiting:
        fresh = [key for key in children.get(waiting.pop(), ()) if key not in found]
        found.update(fresh)
        waiting += fresh
    return found
