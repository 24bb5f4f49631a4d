"""采购发票: the invoice of goods that came in by estimate: 单到回冲.

Red Dr stock / Cr estimated payable for what the estimate was, Dr stock / Dr input VAT / Cr payable for what the invoice
says. The stock's side of both is their difference; it joins the receipt as a fee does (see
`domain.documents.effects.Addition`): replay takes it to the goods that were sold meanwhile, or where the month of the
receipt is closed what still lies there takes its share and the rest is cost of sales.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.estimate import ESTIMATED, cleared_items, estimate_entries, shares
from jxc_desktop.doctypes.payment import settlements
from jxc_desktop.doctypes.posting import entries, tender_amounts
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import (
    MONEY_ORDER,
    PURCHASE_ROLES,
    STOCK_ORDER,
    TRADE_CHECKS,
    is_input_deductible,
    line_amounts,
    open_items,
    worth,
    write_off_entries,
)
from jxc_desktop.domain.documents.check import Checks, LineChecks, Once
from jxc_desktop.domain.documents.effects import Addition, Effects, Entry, OpenItemKind
from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import Allocation, ItemLine

HEAD_FIELDS = (
    fields.DATE,
    fields.EXTERNAL_NUMBER,
    fields.DUE_DATE,
    Field("invoice_kind", FieldType.CHOICE, choices=("", "special", "ordinary")),
    fields.PRICE_MODE,
    fields.HEADER_DISCOUNT,
    fields.WRITE_OFF,
    fields.NOTE,
)
LINE_FIELDS: tuple[Field, ...] = (
    fields.ITEM,
    fields.UNIT,
    fields.QUANTITY,
    fields.PRICE,
    fields.DISCOUNT,
    fields.TYPED_AMOUNT,
    fields.TAX_RATE,
    fields.TYPED_TAX,
    fields.IS_GIFT,
    fields.DESCRIPTION,
    fields.NOTE,
    *fields.LINK,
)
CLEARED_ORDER = 20
"""Where the estimate that goes stands in the voucher: behind the payable that comes for it."""


def _of_a_receipt(context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """Goods are invoiced that have come in; a reversal names its invoice instead."""
    if line.source_document or context.sign < 0:
        return ()
    return (Problem(("lines", line.key, "source_document"), Text("invoice.no_receipt", {"item": line.item_code})),)


def _source(_context: LineContext, line: ItemLine) -> Hashable:
    return (line.source_document, line.source_line) if line.source_document else line.key


def _invoiced_twice(line: ItemLine) -> Problem:
    return Problem(("lines", line.key, "source_document"), Text("invoice.twice", {"item": line.item_code}))


CHECKS = Checks(
    head=TRADE_CHECKS.head,
    lines=LineChecks(
        (checks.quantity_positive, checks.is_goods, checks.price_not_negative, _of_a_receipt),
        once=(Once(_source, _invoiced_twice),),
    ),
)


def effects(document: Document, rules: Rules) -> Effects:
    """The estimate goes, the payable comes; what they differ by joins the receipts."""
    return Effects(
        open_items=(*open_items(document, OpenItemKind.PAYABLE), *cleared_items(document)),
        settlements=settlements(document),
        entries=tuple(_entries(document, rules)),
        additions=tuple(
            _addition(document, line, cleared)
            for line, cleared in shares(document)
            if worth(document, line) != cleared.amount
        ),
    )


def _entries(document: Document, rules: Rules) -> list[Entry]:
    deductible = is_input_deductible(document) or document.taxpayer != "general"
    rule = "purchase_invoice_after_estimate" if deductible else "purchase_invoice_undeductible"
    made = entries(document, rules, rule, line_amounts(document.lines), order=STOCK_ORDER, skip="stock")
    made += estimate_entries(document, rules, "purchase_estimate_reverse", order=CLEARED_ORDER)
    made += entries(document, rules, "payment_ap", tender_amounts(document.money, "amt"), order=MONEY_ORDER)
    return made + write_off_entries(document, rules, 1)


def _addition(document: Document, line: ItemLine, cleared: Allocation) -> Addition:
    return Addition(
        line.key,
        cleared.target_document,
        cleared.target_line,
        worth(document, line) - cleared.amount,
        document.party,
        line.accounts.get("cost_of_sales"),
        document.accounts.get("payable_estimated"),
    )


PURCHASE_INVOICE = DocumentType(
    code="purchase_invoice",
    area="purchasing",
    prefix="FP",
    head_fields=(fields.SUPPLIER, *HEAD_FIELDS),
    line_fields=LINE_FIELDS,
    money_fields=fields.MONEY,
    money_kinds=("tender",),
    allocation_kinds=(ESTIMATED,),
    party_role="supplier",
    is_party_required=True,
    made_from=("goods_receipt",),
    is_invoice=True,
    rules=(
        "purchase_estimate_reverse",
        "purchase_invoice_after_estimate",
        "purchase_invoice_undeductible",
        "payment_ap",
        "purchase_write_off",
    ),
    roles=(*PURCHASE_ROLES, "payable_estimated"),
    line_roles=("stock", "cost_of_sales"),
    price_of="purchase",
    effects=effects,
    checks=CHECKS,
    form="purchase_invoice",
)
