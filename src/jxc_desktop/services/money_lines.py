"""Lines of money become complete: accounts and names from the cards, the tax of an expense, what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.line import NO_ID, MoneyLine
from jxc_desktop.domain.documents.totals import Totals
from jxc_desktop.domain.tax.vat import split_included
from jxc_desktop.kernel.money import total
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed

if TYPE_CHECKING:
    from jxc_desktop.doctypes.spec import DocumentType

    from .work import Work


def fees_paid(declared: DocumentType, money: tuple[MoneyLine, ...], problems: list[Problem]) -> tuple[MoneyLine, ...]:
    """The bank charge of a payment to a supplier leaves with the first payment's account where it names none."""
    if declared.party_role != "supplier" or all(line.kind != "fee" or line.money_account for line in money):
        return money
    first = next((line.money_account for line in money if line.kind == "payment"), NO_ID)
    if not first:
        keys = (line.key for line in money if line.kind == "fee" and not line.money_account)
        problems += [Problem(("money", key, "money_account"), Text("money.no_account")) for key in keys]
    return tuple(
        changed(line, money_account=first) if line.kind == "fee" and not line.money_account else line for line in money
    )


def money_line(work: Work, line: MoneyLine, problems: list[Problem]) -> MoneyLine:
    """The line with the names and accounts of what it names, and its tax."""
    made = line
    if line.money_account:
        card = work.catalog.card("money_account", line.money_account)
        if card is None:
            problems.append(Problem(("money", line.key, "money_account"), Text("money.unknown_account")))
            return made
        made = changed(made, money_account_name=card.name, account=card.account)
    elif line.kind in {"tender", "payment"}:
        problems.append(Problem(("money", line.key, "money_account"), Text("money.no_account")))
    account = work.catalog.card("account", made.account) if made.account else None
    if account is not None:
        if not account.is_leaf:
            text = Text("voucher.account_not_leaf", {"account": account.code})
            problems.append(Problem(("money", line.key, "account"), text))
        made = changed(made, account_code=account.code, account_name=account.name)
    if line.kind == "expense":
        parts = split_included(line.amount, line.tax_rate)
        made = changed(made, net=parts.net, tax=parts.tax)
    return made


def money_totals(declared: DocumentType, money: tuple[MoneyLine, ...]) -> Totals:
    """An expense's total is the sum of its expense lines."""
    if "expense" not in declared.money_kinds:
        return Totals()
    lines = [line for line in money if line.kind == "expense"]
    return Totals(
        total(line.amount for line in lines), total(line.net for line in lines), total(line.tax for line in lines)
    )
