"""盘点单: an anchor, the warehouse holds the counted quantity afterwards.

Gain: Dr stock / Cr pending, Dr pending / Cr gain. Loss: Dr pending / Cr stock, Dr loss / Cr pending; an abnormal loss
of a general taxpayer also transfers the input VAT out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.stock import count_movement
from jxc_desktop.domain.documents.check import Checks, LineChecks, Once
from jxc_desktop.domain.documents.effects import Effects
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine


def _counted_not_negative(context: LineContext, line: ItemLine) -> Iterable[Problem]:
    if context.sign < 0 or line.base_quantity.micro >= 0:
        return ()
    return (Problem(("lines", line.key, "quantity"), Text("stock_count.negative", {"item": line.item_code})),)


def _place(context: LineContext, line: ItemLine) -> Hashable:
    return line.item, line.warehouse or context.warehouse


def _counted_again(line: ItemLine) -> Problem:
    return Problem(("lines", line.key, "item"), Text("stock_count.twice", {"item": line.item_code}))


CHECKS = Checks(
    head=(checks.has_item_lines,),
    lines=LineChecks(
        (checks.is_goods, checks.warehouse_named, _counted_not_negative, checks.cost_not_negative),
        once=(Once(_place, _counted_again),),
    ),
    tracking=(checks.tracking_adds_up,),
)


def effects(document: Document, _rules: Rules) -> Effects:
    """Whatever brings the warehouse to the counted quantity, at the current cost or at the one the line sets."""
    return Effects(movements=tuple(count_movement(document, line) for line in document.lines))


STOCK_COUNT = DocumentType(
    code="stock_count",
    area="inventory",
    prefix="PD",
    head_fields=(*fields.HEAD, fields.WAREHOUSE),
    line_fields=(*fields.STOCK_LINE, fields.UNIT_COST, fields.IS_ABNORMAL),
    tracking_fields=fields.TRACKING,
    rules=("stock_gain", "stock_gain_approved", "stock_loss", "stock_loss_approved"),
    roles=(
        "stock_gain_pending",
        "stock_gain",
        "stock_loss_pending",
        "stock_loss",
        "input_vat_transfer_out",
    ),
    line_roles=("stock",),
    effects=effects,
    checks=CHECKS,
    form="stock_count",
)
