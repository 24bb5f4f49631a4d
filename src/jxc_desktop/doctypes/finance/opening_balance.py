"""期初余额: the balances of accounts when the book began, each against the opening balance.

Dr account / Cr opening balance, or the other way round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.entry import manual_entries
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.domain.accounting.posting_rule import Side
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Effects, Entry
from jxc_desktop.kernel.money import total

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

OPENING_BALANCE_ORDER = 10_000
CHECKS = Checks(head=(checks.has_entries,), entries=LineChecks((checks.entry_one_sided,)))


def effects(document: Document, _rules: Rules) -> Effects:
    """The balances as entered, and what they do not balance to on 期初平衡."""
    rest = total(line.debit for line in document.entries) - total(line.credit for line in document.entries)
    against = Entry(OPENING_BALANCE_ORDER, Side.CREDIT, document.accounts.get("opening_balance"), rest)
    return Effects(entries=(*manual_entries(document), *((against,) if rest else ())), is_opening=True)


OPENING_BALANCE = DocumentType(
    code="opening_balance",
    area="finance",
    prefix="QM",
    head_fields=fields.HEAD,
    entry_fields=fields.ENTRY,
    rules=("opening_account",),
    roles=("opening_balance",),
    is_opening=True,
    effects=effects,
    checks=CHECKS,
    form="opening_balance",
)
