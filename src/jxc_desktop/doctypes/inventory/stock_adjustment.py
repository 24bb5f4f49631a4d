"""其他出入库/报损报溢单: stock in or out for a reason.

In: Dr stock / Cr the reason's account, at the given cost, else at the current one. Out: Dr the reason's account / Cr
stock; an abnormal loss of a general taxpayer also transfers the input VAT out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.stock import movement
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Effects, ValuePosting
from jxc_desktop.domain.documents.sums import line_worth
from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.domain.documents.sums import Sums

IN_REASONS = {"other_in": "other_stock_in", "gift_in": "donation_received"}
OUT_REASONS = {"other_out": "other_stock_out", "own_use": "own_use", "scrap": "scrap", "gift_out": "gift"}
ROLE_OF = IN_REASONS | OUT_REASONS
"""Reason → the account role on the other side of stock."""


def _reason_known(head: Document, _sums: Sums) -> Iterable[Problem]:
    if head.reason in ROLE_OF:
        return ()
    return (Problem(("reason",), Text("stock_adjustment.reason_unknown", {"reason": head.reason})),)


CHECKS = Checks(
    head=(checks.has_item_lines, _reason_known),
    lines=LineChecks((checks.quantity_positive, checks.is_goods, checks.warehouse_named)),
    tracking=(checks.tracking_adds_up,),
)


def effects(document: Document, _rules: Rules) -> Effects:
    """Stock in or out, the other side by the reason."""
    counter = document.accounts.get(ROLE_OF[document.reason])
    direction = 1 if document.reason in IN_REASONS else -1
    return Effects(
        movements=tuple(
            movement(
                document,
                line,
                direction,
                _posting(document, line),
                counter=counter,
                value=line_worth(line) if direction > 0 and _has_cost(line) else None,
            )
            for line in document.lines
        ),
    )


def _has_cost(line: ItemLine) -> bool:
    return line.unit_cost is not None or line.typed_amount is not None


def _posting(document: Document, line: ItemLine) -> ValuePosting:
    if document.reason in IN_REASONS:
        return ValuePosting.GAIN
    if document.reason == "scrap" and line.is_abnormal and document.taxpayer == "general":
        return ValuePosting.ABNORMAL_LOSS
    return ValuePosting.ISSUE


STOCK_ADJUSTMENT = DocumentType(
    code="stock_adjustment",
    area="inventory",
    prefix="QT",
    head_fields=(
        *fields.HEAD,
        fields.WAREHOUSE,
        Field("reason", FieldType.CHOICE, is_required=True, choices=tuple(ROLE_OF)),
    ),
    line_fields=(*fields.STOCK_LINE, fields.UNIT_COST, fields.TYPED_AMOUNT, fields.IS_ABNORMAL),
    tracking_fields=fields.TRACKING,
    rules=("other_in", "gift_in", "other_out", "own_use", "scrap", "scrap_abnormal", "gift_line_cost"),
    roles=(*ROLE_OF.values(), "input_vat_transfer_out"),
    line_roles=("stock",),
    reasons=tuple(ROLE_OF),
    effects=effects,
    checks=CHECKS,
    form="stock_adjustment",
)
