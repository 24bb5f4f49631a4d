"""组装单: parts go out, one product comes in at what they cost and the fee that is paid for it.

Dr stock of the product / Cr stock of the parts, Cr money for the fee.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields, kit
from jxc_desktop.doctypes.posting import entries, tender_amounts
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.domain.accounting.posting_rule import Side
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import KIT_DIFFERENCE_ORDER, Effects, Entry

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

FEE_ORDER = 10

CHECKS = Checks(
    head=(checks.has_item_lines, kit.has_product_and_parts),
    lines=kit.LINES,
    tracking=(checks.tracking_adds_up,),
    money=LineChecks((checks.money_positive,)),
)


def effects(document: Document, rules: Rules) -> Effects:
    """Parts out, the product in, the fee paid."""
    product = kit.takers(document, is_built=True)
    fee = document.tendered
    paid = entries(document, rules, "assembly", tender_amounts(document.money, "fee"), order=FEE_ORDER)
    if fee:
        account = product[0].accounts.get(kit.DIFFERENCE)
        paid.append(Entry(KIT_DIFFERENCE_ORDER, Side.DEBIT, account, fee))
    return Effects(
        movements=kit.kit_movements(document, product, fee),
        handovers=kit.kit_handovers(document, product),
        entries=tuple(paid),
    )


ASSEMBLY = DocumentType(
    code="assembly",
    area="inventory",
    prefix="ZZ",
    head_fields=(*fields.HEAD, fields.WAREHOUSE),
    line_fields=kit.LINE,
    tracking_fields=fields.TRACKING,
    money_fields=fields.MONEY,
    money_kinds=("tender",),
    rules=("assembly",),
    line_roles=kit.LINE_ROLES,
    effects=effects,
    checks=CHECKS,
    is_kit=True,
    form="assembly",
)
