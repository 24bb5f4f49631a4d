"""期初往来: what a party owed or was owed when the book began.

Receivable: Dr receivable / Cr opening balance; payable: Dr opening balance / Cr payable; advances the other way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.posting import NamedAmount, entries
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.domain.documents.check import Checks
from jxc_desktop.domain.documents.effects import Effects, OpenItem, OpenItemKind
from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.sums import Sums

RULE_OF = {
    OpenItemKind.RECEIVABLE: "opening_receivable",
    OpenItemKind.ADVANCE_FROM_CUSTOMER: "opening_advance",
    OpenItemKind.PAYABLE: "opening_payable",
    OpenItemKind.PAYABLE_ESTIMATED: "opening_payable_estimated",
    OpenItemKind.PREPAYMENT_TO_SUPPLIER: "opening_prepayment",
}


def _kind_known(head: Document, _sums: Sums) -> Iterable[Problem]:
    if head.reason in RULE_OF:
        return ()
    return (Problem(("reason",), Text("opening_item.kind_unknown", {"kind": head.reason})),)


def _amount_given(head: Document, _sums: Sums) -> Iterable[Problem]:
    if head.amount:
        return ()
    return (Problem(("amount",), Text("opening_item.no_amount", {"party": head.party_name})),)


CHECKS = Checks(head=(checks.has_party, _kind_known, _amount_given))


def effects(document: Document, rules: Rules) -> Effects:
    """One open item against the opening balance."""
    kind = OpenItemKind(document.reason)
    return Effects(
        open_items=(OpenItem(kind, document.party, document.amount, document.due_date),),
        entries=tuple(entries(document, rules, RULE_OF[kind], [NamedAmount("amt", document.amount)], order=10)),
        is_opening=True,
    )


OPENING_ITEM = DocumentType(
    code="opening_item",
    area="finance",
    prefix="QW",
    head_fields=(
        *fields.HEAD,
        fields.PARTY,
        fields.DUE_DATE,
        fields.AMOUNT,
        Field("reason", FieldType.CHOICE, is_required=True, choices=tuple(OpenItemKind)),
    ),
    is_party_required=True,
    rules=tuple(RULE_OF.values()),
    roles=("opening_balance", *OpenItemKind),
    reasons=tuple(OpenItemKind),
    is_opening=True,
    effects=effects,
    checks=CHECKS,
    form="opening_item",
)
