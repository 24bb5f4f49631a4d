"""科目余额表: opening, movement and closing of every account that has any, parents with what stands under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.queries.account_balances import LAST_DAY, AccountBalance, account_balances, chart
from jxc_desktop.queries.book_start import first_day

from .spec import FROM, TO, Column, ColumnType, DrillDown, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.queries.account_balances import AccountRow

    from .spec import Values

NOTHING = AccountBalance(0, 0, 0)


class TrialBalanceRow(NamedTuple):
    """An account in fen; a balance stands on the side it is on."""

    account_code: str
    account_name: str
    opening_debit: int
    opening_credit: int
    debit: int
    credit: int
    closing_debit: int
    closing_credit: int
    is_leaf: int


def _query(session: Session, values: Values) -> list[TrialBalanceRow]:
    first = values["from"] or first_day(session)
    accounts = chart(session)
    balances = account_balances(session, first, values["to"] or LAST_DAY)
    parents = {each.parent for each in accounts}
    summed = _summed(accounts, balances)
    return [
        _row(each, balance, is_leaf=each.key not in parents)
        for each in accounts
        if any(balance := summed.get(each.key, NOTHING))
    ]


def _summed(accounts: list[AccountRow], balances: dict[int, AccountBalance]) -> dict[int, AccountBalance]:
    """Every account with what stands under it."""
    parent_of = {each.key: each.parent for each in accounts}
    summed: dict[int, AccountBalance] = {}
    for account, balance in balances.items():
        key, seen = account, set[int]()
        while key and key not in seen:
            seen.add(key)
            before = summed.get(key, NOTHING)
            summed[key] = AccountBalance(*(sum(pair) for pair in zip(before, balance, strict=True)))
            key = parent_of.get(key, 0)
    return summed


def _row(account: AccountRow, balance: AccountBalance, *, is_leaf: bool) -> TrialBalanceRow:
    opening = balance.opening
    closing = opening + balance.debit - balance.credit
    return TrialBalanceRow(
        account.code,
        account.name,
        max(opening, 0),
        max(-opening, 0),
        balance.debit,
        balance.credit,
        max(closing, 0),
        max(-closing, 0),
        int(is_leaf),
    )


def _leaves(rows: Sequence[TrialBalanceRow]) -> list[TrialBalanceRow]:
    return [row for row in rows if row.is_leaf]


TRIAL_BALANCE = Report(
    name="trial-balance",
    parameters=(FROM, TO),
    columns=(
        Column("account_code"),
        Column("account_name"),
        Column("opening_debit", ColumnType.MONEY, is_total=True, title_id="report.column.opening_debit"),
        Column("opening_credit", ColumnType.MONEY, is_total=True, title_id="report.column.opening_credit"),
        Column("debit", ColumnType.MONEY, is_total=True, title_id="report.column.debit"),
        Column("credit", ColumnType.MONEY, is_total=True, title_id="report.column.credit"),
        Column("closing_debit", ColumnType.MONEY, is_total=True, title_id="report.column.closing_debit"),
        Column("closing_credit", ColumnType.MONEY, is_total=True, title_id="report.column.closing_credit"),
        Column("is_leaf", ColumnType.YES_NO, title_id="report.column.is_leaf"),
    ),
    query=_query,
    drill_down=(DrillDown("account_code", "general-ledger", (("account", "account_code"),)),),
    added=_leaves,
)
