"""销售退货单: goods come back at the cost they left with, the customer owes less.

Red: Dr receivable / Cr revenue / Cr output VAT; red: Dr cost of sales / Cr stock; a refund at once: Dr money, red.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import SALE_ROLES, SALE_RULES, TRADE_CHECKS, open_items, sale_entries, sale_movements
from jxc_desktop.domain.documents.effects import Effects, OpenItemKind

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document


def effects(document: Document, rules: Rules) -> Effects:
    """Stock in at the delivered cost, receivable less, revenue and cost of sales less."""
    return Effects(
        movements=sale_movements(document, direction=1),
        open_items=open_items(document, OpenItemKind.RECEIVABLE, sign=-1),
        entries=sale_entries(document, rules, "sales_return", sign=-1),
    )


SALES_RETURN = DocumentType(
    code="sales_return",
    area="sales",
    prefix="XT",
    head_fields=(fields.CUSTOMER, *fields.TRADE_HEAD),
    line_fields=(*fields.TRADE_LINE, *fields.LINK),
    money_fields=fields.MONEY,
    money_kinds=("tender",),
    tracking_fields=fields.TRACKING,
    party_role="customer",
    is_party_required=True,
    made_from=("delivery_note", "retail_sale"),
    takes_back="delivery_note",
    rules=("sales_return", "sales_return_cost", *SALE_RULES),
    roles=SALE_ROLES,
    line_roles=("stock", "revenue", "cost_of_sales"),
    price_of="sale",
    moves_stock=1,
    effects=effects,
    checks=TRADE_CHECKS,
    form="sales_return",
)
