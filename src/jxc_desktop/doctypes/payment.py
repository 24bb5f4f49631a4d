"""What a payment from a customer and one to a supplier share: parts, open items, settlements, problems."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.check import Checks, LineChecks, Once, line_context
from jxc_desktop.domain.documents.effects import OpenItem, OpenItemKind, Settlement
from jxc_desktop.domain.documents.line import NO_ACCOUNTS, NO_ID
from jxc_desktop.domain.documents.sums import Sums, sums_of
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

from . import checks
from .posting import NamedAmount, tender_amounts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import Allocation

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
    """Add up the parts; what is neither settled nor extra is an advance.

    A fee reduces what a customer's payment brings in (1) and adds to what a payment to a supplier costs without
    settling anything (0).
    """
    return _parts(document, sums_of(document), fee_sign)


def to_settle(document: Document, *, fee_sign: int) -> Money:
    """What a payment may settle; what it does not is an advance."""
    parts = parts_of(document, fee_sign=fee_sign)
    return parts.settled + parts.advance


def _parts(head: Document, sums: Sums, fee_sign: int) -> PaymentParts:
    paid, discount, fee, extra = (sums.of_kind(kind).amount for kind in KINDS)
    whole = paid + discount + head.write_off - extra
    if fee_sign:
        whole += fee
    return PaymentParts(paid, discount, head.write_off, fee, extra, sums.settled, whole - sums.settled)


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


def payment_checks(*, fee_sign: int) -> Checks:
    """What may be wrong with a payment; `fee_sign` as for `parts_of`."""
    return Checks(
        head=(checks.has_party, _something_paid, partial(_settled_within_paid, fee_sign=fee_sign)),
        money=LineChecks((checks.money_positive,)),
        allocations=LineChecks((_amount_settled,), once=(Once(_target, _settled_again),)),
    )


def _something_paid(head: Document, sums: Sums) -> Iterable[Problem]:
    return () if sums.money or head.write_off else (Problem(("money",), Text("payment.nothing_paid")),)


def _settled_within_paid(head: Document, sums: Sums, *, fee_sign: int) -> Iterable[Problem]:
    parts = _parts(head, sums, fee_sign)
    if parts.advance.fen * line_context(head).sign >= 0:
        return ()
    params = {"settled": parts.settled, "paid": parts.settled + parts.advance}
    return (Problem(("allocations",), Text("payment.settles_more", params)),)


def _amount_settled(_context: LineContext, line: Allocation) -> Iterable[Problem]:
    if line.amount:
        return ()
    text = Text("allocation.zero", {"number": line.target_number})
    return (Problem(("allocations", line.key, "amount"), text),)


def _target(_context: LineContext, line: Allocation) -> Hashable:
    return line.target_document, line.target_line, line.target_kind


def _settled_again(line: Allocation) -> Problem:
    return Problem(("allocations", line.key), Text("allocation.twice", {"number": line.target_number}))
