"""Checks that several types share: of the head, of an item line, of tracking, of a money line, of a voucher line.

A check returns what is wrong, nothing where all is well. What it may read, and how a type lists it, says
`domain.documents.check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.line import ItemKind
from jxc_desktop.domain.pricing.discount import discount_problem
from jxc_desktop.kernel.money import ZERO
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import EntryLine, ItemLine, MoneyLine
    from jxc_desktop.domain.documents.sums import Sums
    from jxc_desktop.kernel.money import Money
    from jxc_desktop.kernel.quantity import Quantity


def has_item_lines(_head: Document, sums: Sums) -> Iterable[Problem]:
    """A document about items has at least one line."""
    return () if sums.item_lines else (Problem(("lines",), Text("document.no_lines")),)


def has_party(head: Document, _sums: Sums) -> Iterable[Problem]:
    """The type asks for a party."""
    return () if head.party else (Problem(("party",), Text("document.no_party")),)


def header_discount_fits(head: Document, sums: Sums) -> Iterable[Problem]:
    """A header discount has the sign of what the lines come to before it, and is not more."""
    problem = discount_problem(head.header_discount, sums.entered)
    return () if problem is None else (problem,)


def tenders_within_due(head: Document, sums: Sums) -> Iterable[Problem]:
    """What is paid at once has the sign of the total and is never more than it."""
    paid, due = sums.tendered, head.due
    if _is_within(paid, due):
        return ()
    return (Problem(("money",), Text("document.overpaid", {"paid": paid, "due": due})),)


def walk_in_pays_at_once(head: Document, sums: Sums) -> Iterable[Problem]:
    """A walk-in customer leaves no debt."""
    paid, due = sums.tendered, head.due
    if not head.is_walk_in or paid == due:
        return ()
    return (Problem(("money",), Text("document.walk_in_must_pay", {"paid": paid, "due": due})),)


def write_off_within_total(head: Document, _sums: Sums) -> Iterable[Problem]:
    """抹零 takes off at most the total."""
    if _is_within(head.write_off, head.gross):
        return ()
    return (Problem(("write_off",), Text("document.write_off_too_large", {"write_off": head.write_off})),)


def _is_within(part: Money, whole: Money) -> bool:
    """Whether a part is nothing, or has the sign of the whole and is not more."""
    return not part or (abs(part) <= abs(whole) and (part < ZERO) == (whole < ZERO))


def entries_balanced(_head: Document, sums: Sums) -> Iterable[Problem]:
    """Debit equals credit."""
    if sums.debit == sums.credit:
        return ()
    return (Problem(("entries",), Text("voucher.unbalanced", {"debit": sums.debit, "credit": sums.credit})),)


def has_entries(_head: Document, sums: Sums) -> Iterable[Problem]:
    """There is at least one voucher line."""
    return () if sums.entries else (Problem(("entries",), Text("voucher.no_lines")),)


def quantity_positive(context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """A quantity is greater than 0, on a reversing document less than 0."""
    if context.sign * line.base_quantity.micro > 0:
        return ()
    text = Text("line.quantity_not_positive", {"item": line.item_code, "quantity": line.quantity})
    return (Problem(("lines", line.key, "quantity"), text),)


def quantity_not_zero(_context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """A ticket sells (> 0) or takes back (< 0)."""
    if line.base_quantity:
        return ()
    return (Problem(("lines", line.key, "quantity"), Text("line.quantity_zero", {"item": line.item_code})),)


def warehouse_named(context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """A line that moves stock has a warehouse, its own or that of the head."""
    if line.warehouse or context.warehouse or line.item_kind != ItemKind.GOODS:
        return ()
    return (Problem(("lines", line.key, "warehouse"), Text("line.no_warehouse", {"item": line.item_code})),)


def is_goods(_context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """Only goods are counted, opened or adjusted."""
    if line.item_kind == ItemKind.GOODS:
        return ()
    return (Problem(("lines", line.key, "item"), Text("line.not_goods", {"item": line.item_code})),)


def price_not_negative(_context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """A price is 0 or more; a credit is a return, not a negative price."""
    if line.price.micro >= 0:
        return ()
    return (Problem(("lines", line.key, "price"), Text("line.price_negative", {"item": line.item_code})),)


def cost_given(_context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """Opening stock says what it cost."""
    if line.unit_cost is not None or line.typed_amount is not None:
        return ()
    return (Problem(("lines", line.key, "unit_cost"), Text("line.no_cost", {"item": line.item_code})),)


def cost_not_negative(_context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """A unit cost is 0 or more."""
    if line.unit_cost is None or line.unit_cost.micro >= 0:
        return ()
    return (Problem(("lines", line.key, "unit_cost"), Text("line.cost_negative", {"item": line.item_code})),)


def tracking_adds_up(key: int, line: ItemLine | None, tracked: Quantity) -> Iterable[Problem]:
    """Where batches or serials are given, they add up to their line."""
    if line is None:
        return (Problem(("tracking", key), Text("tracking.no_line", {"line": key})),)
    if tracked == line.base_quantity:
        return ()
    params = {"item": line.item_code, "tracked": tracked, "quantity": line.base_quantity}
    return (Problem(("tracking", key), Text("tracking.not_the_line", params)),)


def money_positive(context: LineContext, line: MoneyLine) -> Iterable[Problem]:
    """An amount of money has the sign of the document and is not 0."""
    if context.sign * line.amount.fen > 0:
        return ()
    return (Problem(("money", line.key, "amount"), Text("money.not_positive", {"amount": line.amount})),)


def entry_one_sided(_context: LineContext, line: EntryLine) -> Iterable[Problem]:
    """A voucher line debits or credits, never both, never nothing."""
    if bool(line.debit) != bool(line.credit):
        return ()
    return (Problem(("entries", line.key), Text("voucher.one_side", {"account": line.account_code})),)
