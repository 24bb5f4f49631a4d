"""调拨单: goods from one warehouse to another, at cost.

The stock stays on its account: no entry of its own. Only where the goods come into a warehouse that was short does the
voucher carry the difference (负库存补差).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.stock import transfer_legs
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Effects, Handover
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.domain.documents.sums import Sums


def _to_warehouse_named(head: Document, _sums: Sums) -> Iterable[Problem]:
    return () if head.to_warehouse else (Problem(("to_warehouse",), Text("stock_transfer.no_target")),)


def _elsewhere(context: LineContext, line: ItemLine) -> Iterable[Problem]:
    if (line.warehouse or context.warehouse) != context.to_warehouse or not context.to_warehouse:
        return ()
    return (Problem(("lines", line.key, "warehouse"), Text("stock_transfer.same_place", {"item": line.item_code})),)


CHECKS = Checks(
    head=(checks.has_item_lines, _to_warehouse_named),
    lines=LineChecks((checks.quantity_positive, checks.is_goods, checks.warehouse_named, _elsewhere)),
    tracking=(checks.tracking_adds_up,),
)


def effects(document: Document, _rules: Rules) -> Effects:
    """Out of each line's warehouse and into the head's; a reversal the other way."""
    return Effects(
        movements=tuple(leg for line in document.lines for leg in transfer_legs(document, line)),
        handovers=tuple(Handover(line.key, line.key) for line in document.lines),
    )


STOCK_TRANSFER = DocumentType(
    code="stock_transfer",
    area="inventory",
    prefix="DB",
    head_fields=(*fields.HEAD, fields.WAREHOUSE, fields.TO_WAREHOUSE),
    line_fields=fields.STOCK_LINE,
    tracking_fields=fields.TRACKING,
    rules=("stock_transfer",),
    line_roles=("stock", "negative_stock_variance"),
    effects=effects,
    checks=CHECKS,
    form="stock_transfer",
)
