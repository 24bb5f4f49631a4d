"""采购入库单: goods come in at what they cost, the supplier is owed.

Dr stock / Dr input VAT / Cr payable; what is paid at once: Dr payable / Cr money; 抹零: Dr payable / Cr write-off.
Where the invoice is to come the supplier is owed by estimate: Dr stock / Cr estimated payable, line by line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import fields
from jxc_desktop.doctypes.estimate import ESTIMATE_CHECKS, estimate_entries, estimated_items
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import (
    PURCHASE_ROLES,
    PURCHASE_RULES,
    open_items,
    purchase_entries,
    purchase_movements,
    taken_back_base,
)
from jxc_desktop.domain.documents.effects import Effects, OpenItemKind

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document


def effects(document: Document, rules: Rules) -> Effects:
    """Stock in at the price without tax where the tax is deductible, else with it; payable for what is not paid."""
    movements = purchase_movements(document, direction=1)
    if document.is_estimated:
        entries = estimate_entries(document, rules, "purchase_estimate") + taken_back_base(document)
        return Effects(movements, estimated_items(document), entries=tuple(entries))
    return Effects(
        movements=movements,
        open_items=open_items(document, OpenItemKind.PAYABLE),
        entries=purchase_entries(document, rules, "purchase_receipt", sign=1),
    )


GOODS_RECEIPT = DocumentType(
    code="goods_receipt",
    area="purchasing",
    prefix="CR",
    head_fields=(fields.SUPPLIER, *fields.PURCHASE_HEAD),
    line_fields=(*fields.TRADE_LINE, fields.REJECTED_QUANTITY),
    money_fields=fields.MONEY,
    money_kinds=("tender",),
    tracking_fields=fields.TRACKING,
    party_role="supplier",
    is_party_required=True,
    rules=("purchase_receipt_invoiced", "purchase_receipt_undeductible", "purchase_estimate", *PURCHASE_RULES),
    roles=(*PURCHASE_ROLES, "payable_estimated"),
    line_roles=("stock", "return_variance"),
    price_of="purchase",
    moves_stock=1,
    effects=effects,
    checks=ESTIMATE_CHECKS,
    form="goods_receipt",
)
