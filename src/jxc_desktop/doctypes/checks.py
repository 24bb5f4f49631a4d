"""Problems that several types look for; each check is one function over the document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.line import ItemKind
from jxc_desktop.domain.documents.totals import LineInput, entered_amount
from jxc_desktop.domain.pricing.discount import discount_problem
from jxc_desktop.kernel.money import ZERO, total
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine


def has_item_lines(document: Document) -> Iterable[Problem]:
    """A document about items has at least one line."""
    if not document.lines:
        yield Problem(("lines",), Text("document.no_lines"))


def has_party(document: Document) -> Iterable[Problem]:
    """The type asks for a party."""
    if not document.party:
        yield Problem(("party",), Text("document.no_party"))


def quantities_positive(document: Document) -> Iterable[Problem]:
    """Quantities are greater than 0, on a reversing document less than 0."""
    sign = -1 if document.reverses else 1
    for line in document.lines:
        if sign * line.base_quantity.micro <= 0:
            yield Problem(
                ("lines", line.key, "quantity"),
                Text("line.quantity_not_positive", {"item": line.item_code, "quantity": line.quantity}),
            )


def quantities_not_zero(document: Document) -> Iterable[Problem]:
    """A ticket sells (> 0) or takes back (< 0)."""
    for line in document.lines:
        if not line.base_quantity:
            yield Problem(("lines", line.key, "quantity"), Text("line.quantity_zero", {"item": line.item_code}))


def stock_lines_complete(document: Document) -> Iterable[Problem]:
    """A line that moves stock names its warehouse."""
    for line in document.lines:
        if line.item_kind == ItemKind.GOODS and not line.warehouse:
            yield Problem(("lines", line.key, "warehouse"), Text("line.no_warehouse", {"item": line.item_code}))


def only_goods(document: Document) -> Iterable[Problem]:
    """Only goods are counted, opened or adjusted."""
    for line in document.lines:
        if line.item_kind != ItemKind.GOODS:
            yield Problem(("lines", line.key, "item"), Text("line.not_goods", {"item": line.item_code}))


def prices_not_negative(document: Document) -> Iterable[Problem]:
    """A price is 0 or more; a credit is a return, not a negative price."""
    for line in document.lines:
        if line.price.micro < 0:
            yield Problem(("lines", line.key, "price"), Text("line.price_negative", {"item": line.item_code}))


def tenders_within_due(document: Document) -> Iterable[Problem]:
    """What is paid at once has the sign of the total and is never more than it."""
    paid, due = document.tendered, document.due
    if paid and (abs(paid) > abs(due) or (paid.fen < 0) != (due.fen < 0)):
        yield Problem(("money",), Text("document.overpaid", {"paid": paid, "due": due}))


def walk_in_pays_at_once(document: Document) -> Iterable[Problem]:
    """A walk-in customer leaves no debt."""
    if document.is_walk_in and document.tendered != document.due:
        yield Problem(
            ("money",), Text("document.walk_in_must_pay", {"paid": document.tendered, "due": document.due})
        )


def write_off_within_total(document: Document) -> Iterable[Problem]:
    """抹零 takes off at most the total."""
    if document.write_off and (
        abs(document.write_off) > abs(document.gross) or (document.write_off.fen < 0) != (document.gross.fen < 0)
    ):
        yield Problem(("write_off",), Text("document.write_off_too_large", {"write_off": document.write_off}))


def header_discount_fits(document: Document) -> Iterable[Problem]:
    """A header discount has the sign of what the lines come to before it, and is not more."""
    if document.header_discount:
        entered = total(
            entered_amount(
                LineInput(
                    line.quantity,
                    line.price,
                    line.discount,
                    typed_amount=line.typed_amount,
                    is_gift=line.is_gift,
                )
            )
            for line in document.lines
        )
        problem = discount_problem(document.header_discount, entered)
        if problem is not None:
            yield problem


def money_positive(document: Document) -> Iterable[Problem]:
    """Amounts of money lines have the sign of the document and are not 0."""
    sign = -1 if document.reverses else 1
    for line in document.money:
        if sign * line.amount.fen <= 0:
            yield Problem(("money", line.key, "amount"), Text("money.not_positive", {"amount": line.amount}))


def tracking_adds_up(document: Document) -> Iterable[Problem]:
    """Where batches or serials are given, they add up to the line."""
    by_line: dict[int, int] = {}
    for each in document.tracking:
        by_line[each.line] = by_line.get(each.line, 0) + each.base_quantity.micro
    for line in document.lines:
        tracked = by_line.pop(line.key, None)
        if tracked is not None and tracked != line.base_quantity.micro:
            yield Problem(("tracking", line.key), Text("tracking.not_the_line", {"item": line.item_code}))
    for key in by_line:
        yield Problem(("tracking", key), Text("tracking.no_line", {"line": key}))


def entries_balanced(document: Document) -> Iterable[Problem]:
    """Debit equals credit, every line has one side."""
    debit = total(line.debit for line in document.entries)
    credit = total(line.credit for line in document.entries)
    if debit != credit:
        yield Problem(("entries",), Text("voucher.unbalanced", {"debit": debit, "credit": credit}))


def entries_one_sided(document: Document) -> Iterable[Problem]:
    """A line debits or credits, never both, never nothing."""
    for line in document.entries:
        if (line.debit == ZERO) == (line.credit == ZERO):
            yield Problem(("entries", line.key), Text("voucher.one_side", {"account": line.account_code}))


def unit_costs_given(document: Document) -> Iterable[Problem]:
    """Opening stock and stock brought in say what they cost."""
    for line in document.lines:
        if _cost(line) is None:
            yield Problem(("lines", line.key, "unit_cost"), Text("line.no_cost", {"item": line.item_code}))
        elif line.unit_cost is not None and line.unit_cost.micro < 0:
            yield Problem(("lines", line.key, "unit_cost"), Text("line.cost_negative", {"item": line.item_code}))


def _cost(line: ItemLine) -> object:
    return line.typed_amount if line.unit_cost is None else line.unit_cost
