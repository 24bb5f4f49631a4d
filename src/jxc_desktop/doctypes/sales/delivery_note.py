"""销售出库单: goods leave at the pool's cost, the customer owes.

Dr receivable / Cr revenue / Cr output VAT; Dr cost of sales / Cr stock; what is paid at once: Dr money.
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
    """Stock out, receivable for what is not paid at once, revenue and cost of sales."""
    return Effects(
        movements=sale_movements(document, direction=-1),
        open_items=open_items(document, OpenItemKind.RECEIVABLE),
        entries=sale_entries(document, rules, "sales_delivery", sign=1),
    )


DELIVERY_NOTE = DocumentType(
    code="delivery_note",
    area="sales",
    prefix="XS",
    head_fields=(fields.CUSTOMER, *fields.TRADE_HEAD),
    line_fields=fields.TRADE_LINE,
    money_fields=fields.MONEY,
    money_kinds=("tender",),
    tracking_fields=fields.TRACKING,
    party_role="customer",
    is_party_required=True,
    rules=("sales_delivery", "cost_of_sales", "gift_line_cost", *SALE_RULES),
    roles=SALE_ROLES,
    line_roles=("stock", "revenue", "cost_of_sales"),
    price_of="sale",
    moves_stock=-1,
    effects=effects,
    checks=TRADE_CHECKS,
    form="delivery_note",
)
