"""Checks of the general ledger: vouchers, trial balance, stock and money against their accounts, opening balances.

Lines that somebody typed on a controlled account make no movement: accounts are compared without them, and they are
listed yellow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db import tables
from jxc_desktop.db.projections import vouchers
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.text import Text

from .examined import typed_types
from .finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.doctypes.spec import DocumentType

    from .examined import Examined

_STOCK_ENTRIES = ", ".join(
    str(entry)
    for entry in (
        vouchers.STOCK_IN,
        vouchers.COST_CREDIT,
        vouchers.GAIN_STOCK,
        vouchers.LOSS_STOCK,
        vouchers.COVER_CREDIT,
    )
)
"""The places in a voucher where movements post the stock side."""

CHOSEN_EXPENSE = (
    "EXISTS (SELECT 1 FROM money_line k WHERE k.document = l.document AND k.kind = 'expense' AND k.account = l.account)"
)
"""The condition that a voucher line `l` stands on an account somebody chose for an expense."""


def vouchers_balance(examined: Examined) -> Iterator[Finding]:
    """Debit is credit in every voucher."""
    for number, difference in examined.some(
        "SELECT coalesce(d.number, ''), s.difference FROM (SELECT document, sum(debit - credit) AS difference"  # noqa: S608
        f" FROM {examined.table('voucher_line')} GROUP BY document HAVING sum(debit - credit) <> 0) s"
        " LEFT JOIN document d ON d.id = s.document"
    ):
        yield Finding(Text("doctor.voucher_unbalanced", {"number": number, "difference": Money(difference)}))


def vouchers_in_their_period(examined: Examined) -> Iterator[Finding]:
    """A voucher and its lines stand in the period in which its document takes effect."""
    for table in (tables.voucher.name, tables.voucher_line.name):
        for (number,) in examined.some(
            f"SELECT DISTINCT coalesce(d.number, '') FROM {examined.table(table)} t"  # noqa: S608 — own names
            " LEFT JOIN document d ON d.id = t.document LEFT JOIN voucher v ON v.document = t.document"
            " WHERE d.id IS NULL OR v.document IS NULL OR t.effective_period <> d.effective_period"
        ):
            yield Finding(Text("doctor.voucher_misplaced", {"number": number}))


def trial_balance_zero(examined: Examined) -> Iterator[Finding]:
    """Over the accounts of the chart debit is credit in every period."""
    for period, difference in examined.some(
        "SELECT l.effective_period, sum(l.debit - l.credit) FROM voucher_line l JOIN account a ON a.id = l.account"
        " GROUP BY l.effective_period HAVING sum(l.debit - l.credit) <> 0"
    ):
        yield Finding(Text("doctor.trial_balance_differs", {"period": str(period), "difference": Money(difference)}))


def opening_balances_zero(examined: Examined) -> Iterator[Finding]:
    """期初平衡 is 0 as soon as all opening balances are in."""
    for code, balance in examined.some(
        "SELECT a.code, sum(l.debit - l.credit) FROM account a JOIN voucher_line l ON l.account = a.id"
        " WHERE a.category = 'system' GROUP BY a.id HAVING sum(l.debit - l.credit) <> 0"
    ):
        yield Finding(Text("doctor.opening_rest", {"account": code, "balance": Money(balance)}), Level.YELLOW)


def stock_value_per_account(examined: Examined) -> Iterator[Finding]:
    """What the stock is worth per stock account is what that account says."""
    accounts, explained = _stock_accounts(examined)
    for code, worth, balance in examined.some(
        "SELECT a.code, s.worth, s.balance FROM (SELECT account, sum(worth) AS worth, sum(balance) AS balance FROM"  # noqa: S608
        " (SELECT stock_account AS account, value AS worth, 0 AS balance FROM stock_move"
        " UNION ALL SELECT l.account, 0, l.debit - l.credit FROM voucher_line l JOIN document d ON d.id = l.document"
        f" WHERE l.account IN ({accounts}) AND NOT ({explained}))"
        " GROUP BY account HAVING sum(worth) <> sum(balance)) s LEFT JOIN account a ON a.id = s.account"
    ):
        params = {"account": code or "", "value": Money(worth), "balance": Money(balance)}
        yield Finding(Text("doctor.stock_account_differs", params))
    yield from listed(examined, f"l.account IN ({accounts}) AND ({explained})")


def _stock_accounts(examined: Examined) -> tuple[str, str]:
    """The stock accounts, and the condition that a line on one of them comes from no movement and may.

    It may where somebody typed it, chose the account for an expense, gave a service a stock account, or gave a reason
    one.
    """
    stock = {row[0] for row in examined.session.rows("SELECT DISTINCT stock_account FROM stock_move")}
    stock |= {row[0] for row in examined.session.rows("SELECT id FROM account WHERE control = 'stock'")}
    counters = {row[0] for row in examined.session.rows("SELECT DISTINCT counter_account FROM stock_move")} & stock
    explained = (
        f"d.type IN ({typed_types()}) OR (l.entry NOT IN ({_STOCK_ENTRIES}) AND ({CHOSEN_EXPENSE}"  # noqa: S608
        " OR EXISTS (SELECT 1 FROM item_line i WHERE i.document = l.document AND i.item_kind <> 'goods')"
        f" OR l.account IN ({_numbers(counters)})))"
    )
    return _numbers(stock), explained


def _numbers(keys: set[int]) -> str:
    return ", ".join(str(key) for key in sorted(keys)) or "0"


def listed(examined: Examined, condition: str) -> Iterator[Finding]:
    """The documents whose voucher lines `l` stand on an account that a ledger of its own controls, yellow."""
    for number, code in examined.some(
        "SELECT DISTINCT d.number, a.code FROM voucher_line l JOIN document d ON d.id = l.document"  # noqa: S608
        f" JOIN account a ON a.id = l.account WHERE (l.debit <> 0 OR l.credit <> 0) AND {condition}"
        " ORDER BY d.id"
    ):
        yield Finding(Text("doctor.typed_on_controlled", {"number": number, "account": code}), Level.YELLOW)


def money_accounts_match(examined: Examined) -> Iterator[Finding]:
    """What documents brought into and took out of each money account is what its account in the ledger says."""
    for name, code, difference in examined.some(
        "SELECT m.name, a.code, s.difference FROM (SELECT money_account, account, sum(amount) AS difference FROM"  # noqa: S608
        f" (SELECT k.money_account, k.account, k.amount * {_direction()} AS amount FROM money_line k"
        " JOIN document d ON d.id = k.document AND d.status = 'posted' WHERE k.money_account <> 0"
        " UNION ALL SELECT l.money_account, l.account, l.credit - l.debit FROM voucher_line l"
        f" JOIN document d ON d.id = l.document WHERE l.money_account <> 0 AND d.type NOT IN ({typed_types()}))"
        " GROUP BY money_account, account HAVING sum(amount) <> 0) s"
        " LEFT JOIN money_account m ON m.id = s.money_account LEFT JOIN account a ON a.id = s.account"
    ):
        params = {"name": name or "", "account": code or "", "difference": Money(difference)}
        yield Finding(Text("doctor.money_differs", params))
    yield from _without_money_account(examined)


def _direction() -> str:
    """SQL for what a money line `k` of a document `d` does to its money account: 1 in, -1 out, 0 nothing.

    A bank charge of a payment to a supplier leaves with the money, one of a customer's payment never arrived.
    """
    cases = " ".join(
        f"WHEN '{each.code}' THEN CASE k.kind WHEN 'tender' THEN {sign} WHEN 'payment' THEN {sign}"
        f" WHEN 'fee' THEN {min(sign, 0)} ELSE 0 END"
        for each in all_types()
        if (sign := _sign(each))
    )
    return f"CASE d.type {cases} ELSE 0 END"


def _sign(declared: DocumentType) -> int:
    """Selling and being paid brings money in; taking back, buying and paying takes it out."""
    if not declared.money_kinds:
        return 0
    if declared.moves_stock:
        return -declared.moves_stock
    return 1 if declared.party_role == "customer" else -1


def _without_money_account(examined: Examined) -> Iterator[Finding]:
    """Lines on an account of money that do not say which money account, or another account's."""
    for number, code in examined.some(
        "SELECT DISTINCT d.number, a.code FROM voucher_line l JOIN account a ON a.id = l.account"
        " JOIN document d ON d.id = l.document LEFT JOIN money_account m ON m.id = l.money_account"
        " WHERE (l.debit <> 0 OR l.credit <> 0) AND (a.control = 'money' OR l.account IN (SELECT account FROM"
        " money_account)) AND l.money_account = 0 ORDER BY d.id"
    ):
        yield Finding(Text("doctor.money_account_missing", {"number": number, "account": code}), Level.YELLOW)
