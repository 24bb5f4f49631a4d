"""记账凭证: entries typed by hand, as entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.entry import manual_entries
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Effects

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

CHECKS = Checks(
    head=(checks.has_entries, checks.entries_balanced),
    entries=LineChecks((checks.entry_one_sided,)),
)


def effects(document: Document, _rules: Rules) -> Effects:
    """The lines as entered."""
    return Effects(entries=manual_entries(document))


VOUCHER = DocumentType(
    code="voucher",
    area="finance",
    prefix="PZ",
    head_fields=fields.HEAD,
    entry_fields=fields.ENTRY,
    effects=effects,
    checks=CHECKS,
    form="voucher",
)
