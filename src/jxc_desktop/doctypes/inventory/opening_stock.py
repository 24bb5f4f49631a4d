"""期初库存: what lay there when the book began, on day 0 of its first period.

Dr stock / Cr opening balance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.stock import line_worth, movement
from jxc_desktop.doctypes.trade import collected
from jxc_desktop.domain.documents.effects import Effects, ValuePosting

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.problems import Problem

CHECKS = (
    checks.has_item_lines,
    checks.quantities_positive,
    checks.only_goods,
    checks.stock_lines_complete,
    checks.unit_costs_given,
    checks.tracking_adds_up,
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


def problems(document: Document) -> list[Problem]:
    """What keeps opening stock from being posted."""
    return collected(document, CHECKS)


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
    problems=problems,
    form="opening_stock",
)
