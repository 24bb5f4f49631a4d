"""零售单: sold over the counter and paid at once; a line with a negative quantity takes back on the same ticket.

Dr money (several tenders) / Dr write-off / Cr revenue / Cr output VAT; Dr cost of sales / Cr stock. A named customer
may owe the rest; a walk-in customer may not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import SALE_ROLES, SALE_RULES, TRADE_CHECKS, open_items, sale_entries, sale_movements
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Effects, OpenItemKind

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

CHECKS = Checks(
    head=(*TRADE_CHECKS.head, checks.walk_in_pays_at_once),
    lines=LineChecks((checks.quantity_not_zero, checks.warehouse_named, checks.price_not_negative)),
    tracking=TRADE_CHECKS.tracking,
)


def effects(document: Document, rules: Rules) -> Effects:
    """Stock out (and back in for negative lines), money in, revenue and cost of sales."""
    return Effects(
        movements=sale_movements(document, direction=-1),
        open_items=open_items(document, OpenItemKind.RECEIVABLE),
        entries=sale_entries(document, rules, "retail_sale", sign=1),
    )


RETAIL_SALE = DocumentType(
    code="retail_sale",
    area="sales",
    prefix="LS",
    head_fields=(fields.CUSTOMER, *fields.TRADE_HEAD),
    line_fields=(*fields.TRADE_LINE, *fields.LINK),
    money_fields=fields.MONEY,
    money_kinds=("tender",),
    tracking_fields=fields.TRACKING,
    party_role="customer",
    made_from=("delivery_note", "retail_sale"),
    takes_back="retail_sale",
    rules=("cost_of_sales", "gift_line_cost", *SALE_RULES),
    roles=SALE_ROLES,
    line_roles=("stock", "revenue", "cost_of_sales"),
    price_of="sale",
    moves_stock=-1,
    effects=effects,
    checks=CHECKS,
    form="retail_sale",
)
