"""期初库存: what lay there when the book began, on day 0 of its first period.

Dr stock / Cr opening balance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.stock import movement
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Effects, ValuePosting
from jxc_desktop.domain.documents.sums import line_worth

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

CHECKS = Checks(
    head=(checks.has_item_lines,),
    lines=LineChecks(
        (
            checks.quantity_positive,
            checks.is_goods,
            checks.warehouse_named,
            checks.cost_given,
            checks.cost_not_negative,
        )
    ),
    tracking=(checks.tracking_adds_up,),
)


def effects(document: Document, _rules: Rules) -> Effects:
    """Stock in at the typed amount, else at quantity × unit cost."""
    counter = document.accounts.get("opening_balance")
    return Effects(
        movements=tuple(
            movement(document, line, 1, ValuePosting.GAIN, counter=counter, value=line_worth(line))
            for line in document.lines
        ),
        is_opening=True,
    )


OPENING_STOCK = DocumentType(
    code="opening_stock",
    area="inventory",
    prefix="QC",
    head_fields=(*fields.HEAD, fields.WAREHOUSE),
    line_fields=(*fields.STOCK_LINE, fields.UNIT_COST, fields.TYPED_AMOUNT),
    tracking_fields=fields.TRACKING,
    rules=("opening_stock",),
    roles=("opening_balance",),
    line_roles=("stock",),
    moves_stock=1,
    is_opening=True,
    effects=effects,
    checks=CHECKS,
    form="opening_stock",
)
