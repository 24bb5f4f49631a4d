"""成本调整单: what lies in stock is worth more or less from now on; its quantity stays.

Dr stock / Cr the difference of cost adjustments, by an amount or up or down to a new unit cost. The voucher shows what
the stock took: an adjustment never leaves less than nothing behind and finds no goods to lie on where nothing is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.stock import revaluation
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Effects
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine


def _one_change(_context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """Either an amount, not 0, or a new unit cost."""
    if line.unit_cost is None and not line.typed_amount:
        text = Text("cost_adjustment.no_change", {"item": line.item_code})
    elif line.unit_cost is not None and line.typed_amount is not None:
        text = Text("cost_adjustment.two_changes", {"item": line.item_code})
    else:
        return ()
    return (Problem(("lines", line.key, "typed_amount"), text),)


CHECKS = Checks(
    head=(checks.has_item_lines,),
    lines=LineChecks((checks.is_goods, checks.warehouse_named, checks.cost_not_negative, _one_change)),
)


def effects(document: Document, _rules: Rules) -> Effects:
    """Value in or out, no quantity."""
    counter = document.accounts.get("cost_adjustment_variance")
    return Effects(movements=tuple(revaluation(document, line, counter) for line in document.lines))


COST_ADJUSTMENT = DocumentType(
    code="cost_adjustment",
    area="inventory",
    prefix="TJ",
    head_fields=(*fields.HEAD, fields.WAREHOUSE),
    line_fields=(fields.ITEM, fields.TYPED_AMOUNT, fields.UNIT_COST, fields.LINE_WAREHOUSE, fields.NOTE),
    rules=("cost_adjustment",),
    roles=("cost_adjustment_variance",),
    line_roles=("stock",),
    revalues_stock=True,
    effects=effects,
    checks=CHECKS,
    form="cost_adjustment",
)
