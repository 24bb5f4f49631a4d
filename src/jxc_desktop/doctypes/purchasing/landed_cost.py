"""费用分摊单: freight and other fees of goods that came in, owed to whoever carried them.

To stock: Dr stock / Dr input VAT / Cr payable; the stock's side follows from where the fee joins (see
`domain.documents.effects.Addition`): the receipt, or where its month is closed what is left of it, the rest is cost of
sales. To expense, as trading firms do: Dr goods-in cost / Dr input VAT / Cr payable. Paid at once: Dr payable / Cr
money.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.posting import NamedAmount, entries, tender_amounts
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import MONEY_ORDER, STOCK_ORDER, is_input_deductible, open_items
from jxc_desktop.domain.documents.check import Checks, LineChecks, Once
from jxc_desktop.domain.documents.effects import Addition, Effects, Entry, OpenItemKind
from jxc_desktop.domain.documents.line import NO_ACCOUNTS, Accounts
from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.domain.inventory.landed_cost import COST, TO_EXPENSE, TO_STOCK, SpreadBy
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import Allocation, MoneyLine
    from jxc_desktop.domain.documents.sums import Sums

REASONS = (TO_STOCK, TO_EXPENSE)
RULE_OF = {TO_STOCK: "purchase_freight_to_stock", TO_EXPENSE: "purchase_freight_trading"}


def _has_fees(_head: Document, sums: Sums) -> Iterable[Problem]:
    return () if sums.of_kind("expense").count else (Problem(("money",), Text("landed_cost.no_fees")),)


def _reason_known(head: Document, _sums: Sums) -> Iterable[Problem]:
    if head.reason in REASONS:
        return ()
    return (Problem(("reason",), Text("landed_cost.reason_unknown", {"reason": head.reason})),)


def _has_receipts(head: Document, sums: Sums) -> Iterable[Problem]:
    if sums.allocations or head.reason != TO_STOCK:
        return ()
    return (Problem(("allocations",), Text("landed_cost.no_receipts")),)


def _all_of_it_by_hand(head: Document, sums: Sums) -> Iterable[Problem]:
    """Amounts given by hand are the fee; all others are worked out so that they are."""
    if head.spread_by != SpreadBy.HAND or head.reason != TO_STOCK or not sums.allocations:
        return ()
    cost = cost_of(head)
    if sums.settled == cost:
        return ()
    params = {"spread": sums.settled, "fees": cost}
    return (Problem(("allocations",), Text("landed_cost.hand_differs", params)),)


def _target(_context: LineContext, line: Allocation) -> Hashable:
    return line.target_document, line.target_line


def _named_twice(line: Allocation) -> Problem:
    return Problem(("allocations", line.key), Text("landed_cost.twice", {"number": line.target_number}))


CHECKS = Checks(
    head=(checks.has_party, _has_fees, _reason_known, _has_receipts, _all_of_it_by_hand, checks.tenders_within_due),
    money=LineChecks((checks.money_positive,)),
    allocations=LineChecks(once=(Once(_target, _named_twice),)),
)


def cost_of(document: Document) -> Money:
    """What the fees come to as a cost: without tax where the input tax is deductible, else with it."""
    return document.net if is_input_deductible(document) else document.gross


def effects(document: Document, rules: Rules) -> Effects:
    """The fee, its tax, money out or a payable; to stock, its parts join the lines of receipts."""
    is_to_stock = document.reason == TO_STOCK
    return Effects(
        open_items=open_items(document, OpenItemKind.PAYABLE),
        entries=tuple(_entries(document, rules, skip="stock" if is_to_stock else "")),
        additions=tuple(_addition(document, line) for line in document.allocations if line.amount)
        if is_to_stock
        else (),
    )


def _entries(document: Document, rules: Rules, *, skip: str) -> list[Entry]:
    deductible = is_input_deductible(document)
    fees = [each for line in document.money if line.kind == "expense" for each in _amounts(line, deductible=deductible)]
    made = entries(document, rules, RULE_OF[document.reason], fees, order=STOCK_ORDER, skip=skip)
    tenders = [line for line in document.money if line.kind == "tender"]
    return made + entries(document, rules, "payment_ap", tender_amounts(tenders, "amt"), order=MONEY_ORDER)


def _amounts(line: MoneyLine, *, deductible: bool) -> tuple[NamedAmount, NamedAmount, NamedAmount]:
    accounts = Accounts({"goods_in_cost": line.account}) if line.account else NO_ACCOUNTS
    return (
        NamedAmount("net", line.net if deductible else line.amount, accounts),
        NamedAmount("tax", line.tax if deductible else ZERO, accounts),
        NamedAmount("gross", line.amount, accounts),
    )


def _addition(document: Document, line: Allocation) -> Addition:
    return Addition(
        line.key,
        line.target_document,
        line.target_line,
        line.amount,
        document.party,
        line.accounts.get("cost_of_sales") or document.accounts.get("cost_of_sales"),
        document.accounts.get("payable_estimated"),
    )


LANDED_COST = DocumentType(
    code="landed_cost",
    area="purchasing",
    prefix="FT",
    head_fields=(
        *fields.HEAD,
        fields.SUPPLIER,
        fields.DUE_DATE,
        fields.INVOICE_KIND,
        Field("reason", FieldType.CHOICE, choices=REASONS),
        Field("spread_by", FieldType.CHOICE, choices=tuple(SpreadBy)),
    ),
    money_fields=fields.MONEY,
    money_kinds=("expense", "tender"),
    allocation_fields=fields.COST_SHARE,
    allocation_kinds=(COST,),
    party_role="supplier",
    is_party_required=True,
    made_from=("goods_receipt",),
    rules=("purchase_freight_to_stock", "purchase_freight_trading", "payment_ap"),
    roles=("payable", "payable_estimated", "input_vat", "goods_in_cost", "cost_of_sales"),
    reasons=REASONS,
    effects=effects,
    checks=CHECKS,
    form="landed_cost",
)
