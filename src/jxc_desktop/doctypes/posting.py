"""Shared steps of posting: named amounts through a rule into entries of the voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.effects import Entry
from jxc_desktop.domain.documents.line import NO_ACCOUNTS, NO_ID, Accounts
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import MoneyLine

    from .spec import Rules

PARTY_AUX = ("customer", "supplier")
RETURN_VARIANCE_ORDER = 82
"""Where the variance of a purchase return stands in a voucher, beside what the movement itself posts there."""


@value
class NamedAmount:
    """An amount a rule asks for by name, with the accounts of its line; a tender brings its money account."""

    name: str
    amount: Money
    accounts: Accounts = NO_ACCOUNTS
    money_account: Id = NO_ID


def entries(
    document: Document,
    rules: Rules,
    name: str,
    amounts: Iterable[NamedAmount],
    *,
    order: int,
    skip: str = "",
) -> list[Entry]:
    """Post `amounts` by the rule `name`: one entry per rule line and account, red rules with the sign turned.

    `skip` is a role whose lines the movements of the document post themselves. Raises LookupError where the taxpayer
    has no such rule.
    """
    rule = rules.rule(name, document.taxpayer)
    given = [each for each in amounts if each.amount.fen]
    made: list[Entry] = []
    for place, line in enumerate(rule.lines):
        if line.role == skip:
            continue
        sums: dict[tuple[Id, Id], int] = {}
        for each in given:
            if each.name == line.amount:
                account = each.accounts.get(line.role) or document.accounts.get(line.role)
                key = (account, each.money_account if line.role == "tender" else NO_ID)
                sums[key] = sums.get(key, 0) + each.amount.fen
        party = document.party if line.aux.partition("|")[0] in PARTY_AUX else NO_ID
        for (account, money_account), fen in sums.items():
            amount = Money(-fen if rule.red_letter else fen)
            made.append(Entry(order + place, line.side, account, amount, party, money_account))
    return made


def tender_amounts(lines: Iterable[MoneyLine], name: str, *, sign: int = 1) -> list[NamedAmount]:
    """The tenders as amounts of that name, each on the account of its money account."""
    return [
        NamedAmount(
            name,
            line.amount if sign > 0 else -line.amount,
            Accounts({"tender": line.account}),
            line.money_account,
        )
        for line in lines
    ]
