"""收款单: a customer pays, open items are settled, the rest is an advance.

Dr money / Dr discount / Dr write-off / Dr bank charge / Cr receivable (settled) / Cr advance / Cr cents too much.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jxc_desktop.doctypes import fields
from jxc_desktop.doctypes.payment import KINDS, named, open_items, parts_of, payment_checks, settlements, to_settle
from jxc_desktop.doctypes.posting import entries
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.domain.documents.effects import Effects, OpenItemKind

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document


def effects(document: Document, rules: Rules) -> Effects:
    """Money in, open items settled."""
    parts = parts_of(document, fee_sign=1)
    return Effects(
        open_items=open_items(document, parts, OpenItemKind.RECEIVABLE, OpenItemKind.ADVANCE_FROM_CUSTOMER),
        settlements=settlements(document),
        entries=tuple(entries(document, rules, "customer_payment", named(document, parts, "advance"), order=10)),
    )


CUSTOMER_PAYMENT = DocumentType(
    code="customer_payment",
    area="finance",
    prefix="SK",
    head_fields=(*fields.HEAD, fields.CUSTOMER, fields.WRITE_OFF),
    money_fields=fields.MONEY,
    money_kinds=KINDS,
    allocation_fields=fields.ALLOCATION,
    allocation_kinds=("receivable",),
    party_role="customer",
    is_party_required=True,
    rules=("customer_payment",),
    roles=("receivable", "advance_from_customer", "discount_allowed", "write_off", "bank_fee", "other_income_cents"),
    effects=effects,
    checks=payment_checks(fee_sign=1),
    form="customer_payment",
    to_settle=partial(to_settle, fee_sign=1),
)
