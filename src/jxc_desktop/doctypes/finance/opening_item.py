"""期初往来: what a party owed or was owed when the book began.

Receivable: Dr receivable / Cr opening balance; payable: Dr opening balance / Cr payable; advances the other way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.doctypes import checks, fields
from jxc_desktop.doctypes.posting import NamedAmount, entries
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.doctypes.trade import collected
from jxc_desktop.domain.documents.effects import Effects, OpenItem, OpenItemKind
from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.document import Document

RULE_OF = {
    OpenItemKind.RECEIVABLE: "opening_receivable",
    OpenItemKind.ADVANCE_FROM_CUSTOMER: "opening_advance",
    OpenItemKind.PAYABLE: "opening_payable",
    OpenItemKind.PREPAYMENT_TO_SUPPLIER: "opening_prepayment",
}


def _kind_known(document: Document) -> Iterable[Problem]:
    if document.reason not in set(OpenItemKind):
        yield Problem(("reason",), Text("opening_item.kind_unknown", {"kind": document.reason}))


def _amount_given(document: Document) -> Iterable[Problem]:
    if not document.amount:
        yield Problem(("amount",), Text("opening_item.no_amount", {"party": document.party_name}))


CHECKS = (checks.has_party, _kind_known, _amount_given)


def effects(document: Document, rules: Rules) -> Effects:
    """One open item against the opening balance."""
    kind = OpenItemKind(document.reason)
    return Effects(
        open_items=(OpenItem(kind, document.party, document.amount, document.due_date),),
        entries=tuple(
            entries(document, rules, RULE_OF[kind], [NamedAmount("amt", document.amount)], order=10)
        ),
        is_opening=True,
    )


def problems(document: Document) -> list[Problem]:
    """What keeps an opening item from being posted."""
    return collected(document, CHECKS)


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
    problems=problems,
    form="opening_item",
)
