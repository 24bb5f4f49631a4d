"""What is in each money account."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


class MoneyAccountRow(NamedTuple):
    """A money account with its balance; `account_code` is its account in the general ledger."""

    id: Id
    code: str
    name: str
    kind: str
    account_code: str
    balance: Money


BALANCES = (
    "SELECT m.uuid, m.code, m.name, m.kind, a.code, coalesce(("
    "SELECT sum(v.debit - v.credit) FROM voucher_line v WHERE v.account = m.account AND v.money_account = m.id), 0)"
    " FROM money_account m LEFT JOIN account a ON a.id = m.account WHERE m.code <> '' ORDER BY m.code, m.id"
)


def money_account_balances(session: Session) -> list[MoneyAccountRow]:
    """Every money account with what was posted to it so far."""
    return [
        MoneyAccountRow(Id(row[0].hex()), row[1], row[2], row[3], row[4] or "", Money(row[5]))
        for row in session.rows(BALANCES)
    ]
