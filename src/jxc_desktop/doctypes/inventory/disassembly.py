"""拆卸单: one product goes out, its parts come in; each takes its share of what the product cost.

The shares follow what the parts cost at that moment, or are given by hand; they stay what they were when it was posted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields, kit
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.domain.documents.check import Checks
from jxc_desktop.domain.documents.effects import Effects
from jxc_desktop.kernel.money import ZERO

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

CHECKS = Checks(
    head=(checks.has_item_lines, kit.has_product_and_parts),
    lines=kit.LINES,
    tracking=(checks.tracking_adds_up,),
)


def effects(document: Document, _rules: Rules) -> Effects:
    """The product out, its parts in."""
    parts = kit.takers(document, is_built=False)
    return Effects(movements=kit.kit_movements(document, parts, ZERO), handovers=kit.kit_handovers(document, parts))


DISASSEMBLY = DocumentType(
    code="disassembly",
    area="inventory",
    prefix="CX",
    head_fields=(*fields.HEAD, fields.WAREHOUSE),
    line_fields=(*kit.LINE, fields.SHARE),
    tracking_fields=fields.TRACKING,
    rules=("disassembly",),
    line_roles=kit.LINE_ROLES,
    effects=effects,
    checks=CHECKS,
    is_kit=True,
    form="disassembly",
)
