"""盘点单: an anchor, the warehouse holds the counted quantity afterwards.

Gain: Dr stock / Cr pending, Dr pending / Cr gain. Loss: Dr pending / Cr stock, Dr loss / Cr pending; an abnormal loss of
a general taxpayer also transfers the input VAT out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.stock import count_movement
from jxc_desktop.doctypes.trade import collected
from jxc_desktop.domain.documents.effects import Effects
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.document import Document


def _counted_not_negative(document: Document) -> Iterable[Problem]:
    for line in document.lines:
        if line.base_quantity.micro < 0 and not document.reverses:
            yield Problem(
                ("lines", line.key, "quantity"), Text("stock_count.negative", {"item": line.item_code})
            )
        if line.unit_cost is not None and line.unit_cost.micro < 0:
            yield Problem(("lines", line.key, "unit_cost"), Text("line.cost_negative", {"item": line.item_code}))


def _counted_once(document: Document) -> Iterable[Problem]:
    seen = set()
    for line in document.lines:
        place = (line.item, line.warehouse)
        if place in seen:
            yield Problem(("lines", line.key, "item"), Text("stock_count.twice", {"item": line.item_code}))
        seen.add(place)


CHECKS = (
    checks.has_item_lines,
    checks.only_goods,
    checks.stock_lines_complete,
    _counted_not_negative,
    _counted_once,
    checks.tracking_adds_up,
)


def effects(document: Document, _rules: Rules) -> Effects:
    """Whatever brings the warehouse to the counted quantity, at the current cost or at the one the line sets."""
    return Effects(movements=tuple(count_movement(document, line) for line in document.lines))


def problems(document: Document) -> list[Problem]:
    """What keeps a count from being posted."""
    return collected(document, CHECKS)


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
    problems=problems,
    form="stock_count",
)
