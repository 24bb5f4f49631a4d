"""记账凭证: entries typed by hand, as entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.entry import has_entries, manual_entries
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import collected
from jxc_desktop.domain.documents.effects import Effects

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.problems import Problem

CHECKS = (has_entries, checks.entries_one_sided, checks.entries_balanced)


def effects(document: Document, _rules: Rules) -> Effects:
    """The lines as entered."""
    return Effects(entries=manual_entries(document))


def problems(document: Document) -> list[Problem]:
    """What keeps a voucher from being posted."""
    return collected(document, CHECKS)


VOUCHER = DocumentType(
    code="voucher",
    area="finance",
    prefix="PZ",
    head_fields=fields.HEAD,
    entry_fields=fields.ENTRY,
    effects=effects,
    problems=problems,
    form="voucher",
)
