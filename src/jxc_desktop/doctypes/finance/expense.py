"""费用单: an expense, paid at once or owed to a supplier.

Dr expense (without tax where the input tax is deductible) / Dr input VAT / Cr money; what is not paid: Cr payable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.posting import NamedAmount, entries, tender_amounts
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import is_input_deductible
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Effects, OpenItem, OpenItemKind
from jxc_desktop.domain.documents.line import Accounts
from jxc_desktop.kernel.money import ZERO
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import MoneyLine
    from jxc_desktop.domain.documents.sums import Sums


def _has_expense_lines(_head: Document, sums: Sums) -> Iterable[Problem]:
    return () if sums.of_kind("expense").count else (Problem(("money",), Text("expense.no_lines")),)


def _rest_owed_to_somebody(head: Document, sums: Sums) -> Iterable[Problem]:
    rest = head.due - sums.tendered
    if head.party or not rest:
        return ()
    return (Problem(("party",), Text("expense.rest_needs_supplier", {"rest": rest})),)


def _account_named(_context: LineContext, line: MoneyLine) -> Iterable[Problem]:
    if line.account or line.kind != "expense":
        return ()
    return (Problem(("money", line.key, "account"), Text("expense.no_account")),)


CHECKS = Checks(
    head=(_has_expense_lines, checks.tenders_within_due, _rest_owed_to_somebody),
    money=LineChecks((_account_named, checks.money_positive)),
)


def effects(document: Document, rules: Rules) -> Effects:
    """The expense, its tax, and money out or a payable."""
    left = document.due - document.tendered
    open_items = (OpenItem(OpenItemKind.PAYABLE, document.party, left, document.due_date),) if left else ()
    deductible = is_input_deductible(document)
    tenders = [line for line in document.money if line.kind == "tender"]
    cost = []
    for line in document.money:
        if line.kind == "expense":
            accounts = Accounts({"expense": line.account})
            cost.append(NamedAmount("net", line.net if deductible else line.amount, accounts))
            cost.append(NamedAmount("tax", line.tax if deductible else ZERO, accounts))
            cost.append(NamedAmount("gross", line.amount, accounts))
    spent = entries(document, rules, "expense_claim", cost, order=10, skip="tender")
    paid = entries(document, rules, "expense_claim", tender_amounts(tenders, "gross"), order=10, skip="expense")
    owed = entries(document, rules, "expense_on_credit", [NamedAmount("gross", left)], order=20, skip="expense")
    return Effects(open_items=open_items, entries=tuple(spent + paid + owed))


EXPENSE = DocumentType(
    code="expense",
    area="finance",
    prefix="FY",
    head_fields=(*fields.HEAD, fields.SUPPLIER, fields.DUE_DATE, fields.INVOICE_KIND),
    money_fields=fields.MONEY,
    money_kinds=("expense", "tender"),
    party_role="supplier",
    rules=("expense_claim", "expense_on_credit"),
    roles=("payable", "input_vat"),
    effects=effects,
    checks=CHECKS,
    form="expense",
)
