"""付款单: a supplier is paid, open items are settled, the rest is a prepayment.

Dr payable (settled) / Dr prepayment / Dr bank charge / Cr discount / Cr write-off / Cr money.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jxc_desktop.doctypes import fields
from jxc_desktop.doctypes.payment import named, open_items, parts_of, payment_checks, settlements, to_settle
from jxc_desktop.doctypes.posting import NamedAmount, entries
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.domain.documents.effects import Effects, OpenItemKind
from jxc_desktop.domain.documents.line import Accounts

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

KINDS = ("payment", "discount", "fee")


def effects(document: Document, rules: Rules) -> Effects:
    """Money out, open items settled; a fee leaves with the first payment's account."""
    parts = parts_of(document, fee_sign=0)
    amounts = [*named(document, parts, "prepaid"), *_fee_paid(document)]
    return Effects(
        open_items=open_items(document, parts, OpenItemKind.PAYABLE, OpenItemKind.PREPAYMENT_TO_SUPPLIER),
        settlements=settlements(document),
        entries=tuple(entries(document, rules, "supplier_payment", amounts, order=10)),
    )


def _fee_paid(document: Document) -> list[NamedAmount]:
    return [
        NamedAmount("paid", line.amount, Accounts({"tender": line.account}), line.money_account)
        for line in document.money
        if line.kind == "fee"
    ]


SUPPLIER_PAYMENT = DocumentType(
    code="supplier_payment",
    area="finance",
    prefix="FK",
    head_fields=(*fields.HEAD, fields.SUPPLIER, fields.WRITE_OFF),
    money_fields=fields.MONEY,
    money_kinds=KINDS,
    allocation_fields=fields.ALLOCATION,
    allocation_kinds=("payable",),
    party_role="supplier",
    is_party_required=True,
    rules=("supplier_payment",),
    roles=("payable", "prepayment_to_supplier", "discount_received", "write_off", "bank_fee"),
    effects=effects,
    checks=payment_checks(fee_sign=0),
    form="supplier_payment",
    to_settle=partial(to_settle, fee_sign=0),
)
