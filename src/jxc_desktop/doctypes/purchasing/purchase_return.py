"""采购退货单: goods go back at what they came in with, the supplier is owed less.

Red: Dr stock / Dr input VAT / Cr payable; what leaves stock above or below the returned price is 退货差价: Dr cost of
sales. A line without a source leaves at the current cost. Before the invoice has come (票未到) the return takes the
estimate back instead: red Dr stock / Cr estimated payable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import fields
from jxc_desktop.doctypes.estimate import (
    ESTIMATE_CHECKS,
    ESTIMATED,
    cleared_items,
    estimate_entries,
    shares,
)
from jxc_desktop.doctypes.payment import settlements
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import (
    PURCHASE_ROLES,
    PURCHASE_RULES,
    open_items,
    purchase_entries,
    purchase_movements,
    variance_base,
)
from jxc_desktop.domain.documents.effects import Effects, OpenItemKind

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document


def effects(document: Document, rules: Rules) -> Effects:
    """Stock out at the returned line's cost, payable or its estimate less."""
    movements = purchase_movements(document, direction=-1)
    if document.is_estimated:
        entries = estimate_entries(document, rules, "purchase_return_before_invoice")
        entries += [variance_base(line, cleared.amount, -1) for line, cleared in shares(document)]
        return Effects(movements, cleared_items(document), settlements(document), tuple(entries))
    return Effects(
        movements=movements,
        open_items=open_items(document, OpenItemKind.PAYABLE, sign=-1),
        entries=purchase_entries(document, rules, "purchase_return", sign=-1),
    )


PURCHASE_RETURN = DocumentType(
    code="purchase_return",
    area="purchasing",
    prefix="CT",
    head_fields=(fields.SUPPLIER, *fields.PURCHASE_HEAD),
    line_fields=(*fields.TRADE_LINE, *fields.LINK),
    money_fields=fields.MONEY,
    money_kinds=("tender",),
    allocation_kinds=(ESTIMATED,),
    tracking_fields=fields.TRACKING,
    party_role="supplier",
    is_party_required=True,
    made_from=("goods_receipt",),
    takes_back="goods_receipt",
    rules=("purchase_return", "purchase_return_undeductible", "purchase_return_before_invoice", *PURCHASE_RULES),
    roles=(*PURCHASE_ROLES, "payable_estimated"),
    line_roles=("stock", "return_variance"),
    price_of="purchase",
    moves_stock=-1,
    effects=effects,
    checks=ESTIMATE_CHECKS,
    form="purchase_return",
)
