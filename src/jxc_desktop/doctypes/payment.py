"""What a payment from a customer and one to a supplier share: parts, open items, settlements, problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.effects import OpenItem, OpenItemKind, Settlement
from jxc_desktop.domain.documents.line import NO_ACCOUNTS, NO_ID
from jxc_desktop.kernel.money import Money, total
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

from . import checks
from .posting import NamedAmount, tender_amounts
from .trade import collected

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.document import Document

KINDS = ("payment", "discount", "fee", "extra")
"""Money received or paid, cash discount, bank charge kept by the bank, cents too much."""


@value
class PaymentParts:
    """The parts of a payment: paid + discount + write-off + fee − extra = settled + advance."""

    paid: Money
    discount: Money
    write_off: Money
    fee: Money
    extra: Money
    settled: Money
    advance: Money


def parts_of(document: Document, *, fee_sign: int) -> PaymentParts:
    """Add up the parts; what is neither settled nor extra is an advance. A fee reduces what a customer's payment
    brings in (1) and adds to what a payment to a supplier costs without settling anything (0).
    """
    paid, discount, fee, extra = (
        total(line.amount for line in document.money if line.kind == kind) for kind in KINDS
    )
    settled = total(line.amount for line in document.allocations)
    whole = paid + discount + document.write_off - extra
    if fee_sign:
        whole += fee
    return PaymentParts(paid, discount, document.write_off, fee, extra, settled, whole - settled)


def named(document: Document, parts: PaymentParts, advance: str) -> list[NamedAmount]:
    """The parts under the names the rules use."""
    amounts = {
        "disc": parts.discount,
        "off": parts.write_off,
        "fee": parts.fee,
        "extra": parts.extra,
        "settled": parts.settled,
        advance: parts.advance,
    }
    lines = [line for line in document.money if line.kind == "payment"]
    return [
        *tender_amounts(lines, "paid"),
        *(NamedAmount(name, amount, NO_ACCOUNTS, NO_ID) for name, amount in amounts.items()),
    ]


def open_items(
    document: Document, parts: PaymentParts, kind: OpenItemKind, advance: OpenItemKind
) -> tuple[OpenItem, ...]:
    """What the payment puts to the party's credit: the settled part and the advance, each under its own account."""
    made = []
    if parts.settled:
        made.append(OpenItem(kind, document.party, -parts.settled, document.date))
    if parts.advance:
        made.append(OpenItem(advance, document.party, parts.advance, document.date))
    return tuple(made)


def settlements(document: Document) -> tuple[Settlement, ...]:
    """One per allocation."""
    return tuple(
        Settlement(
            line.key,
            line.target_document,
            line.target_line,
            OpenItemKind(line.target_kind),
            line.amount,
        )
        for line in document.allocations
    )


def payment_problems(document: Document, *, fee_sign: int) -> list[Problem]:
    """What keeps a payment from being posted."""
    return [
        *collected(document, (checks.has_party, checks.money_positive)),
        *_allocation_problems(document),
        *_amount_problems(document, parts_of(document, fee_sign=fee_sign)),
    ]


def _allocation_problems(document: Document) -> Iterable[Problem]:
    seen = set()
    for line in document.allocations:
        target = (line.target_document, line.target_line, line.target_kind)
        if not line.amount:
            yield Problem(("allocations", line.key, "amount"), Text("allocation.zero", {"number": line.target_number}))
        if target in seen:
            yield Problem(("allocations", line.key), Text("allocation.twice", {"number": line.target_number}))
        seen.add(target)


def _amount_problems(document: Document, parts: PaymentParts) -> Iterable[Problem]:
    sign = -1 if document.reverses else 1
    if not document.money and not document.write_off:
        yield Problem(("money",), Text("payment.nothing_paid"))
    if parts.advance.fen * sign < 0:
        yield Problem(
            ("allocations",),
            Text("payment.settles_more", {"settled": parts.settled, "paid": parts.settled + parts.advance}),
        )
