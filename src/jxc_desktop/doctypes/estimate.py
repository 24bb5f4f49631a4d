"""暂估 and 单到回冲: goods whose invoice is to come are owed by estimate, line by line, until the invoice clears it.

What a document clears stands in its allocations, one for each item line in the order of the lines; a reversal clears
minus that much. Source: posting rules purchase_estimate, purchase_estimate_reverse, purchase_return_before_invoice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import OpenItem, OpenItemKind
from jxc_desktop.domain.documents.line import ItemKind
from jxc_desktop.kernel.money import total
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

from .posting import NamedAmount, entries
from .trade import STOCK_ORDER, TRADE_CHECKS, worth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.check import LineContext
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.effects import Entry
    from jxc_desktop.domain.documents.line import Allocation, ItemLine
    from jxc_desktop.domain.documents.sums import Sums

    from .spec import Rules

ESTIMATED = OpenItemKind.PAYABLE_ESTIMATED


def estimated_items(document: Document) -> tuple[OpenItem, ...]:
    """What each line of a receipt is worth by estimate, each as an open item of its own."""
    return tuple(
        OpenItem(ESTIMATED, document.party, worth(document, line), document.due_date, line.key)
        for line in document.lines
    )


def cleared_items(document: Document) -> tuple[OpenItem, ...]:
    """The other side of what a document clears; nothing where its lines were given."""
    cleared = total(each.amount for each in document.allocations)
    return (OpenItem(ESTIMATED, document.party, -cleared, document.date),) if cleared else ()


def shares(document: Document) -> Iterable[tuple[ItemLine, Allocation]]:
    """Each item line with what it clears."""
    return zip(document.lines, document.allocations, strict=True)


def estimate_entries(document: Document, rules: Rules, name: str, *, order: int = STOCK_ORDER) -> list[Entry]:
    """What the movements do not post of an estimate that is made (no allocations) or cleared."""
    if document.allocations:
        given = [NamedAmount("est", cleared.amount, line.accounts) for line, cleared in shares(document)]
    else:
        given = [NamedAmount("est", worth(document, line), line.accounts) for line in document.lines]
    return entries(document, rules, name, given, order=order, skip="stock")


def only_goods(context: LineContext, line: ItemLine) -> Iterable[Problem]:
    """A service is no stock: it waits for its invoice and is entered then."""
    if not context.is_estimated or line.item_kind == ItemKind.GOODS:
        return ()
    return (Problem(("lines", line.key, "item"), Text("estimate.not_goods", {"item": line.item_code})),)


def nothing_settled(head: Document, sums: Sums) -> Iterable[Problem]:
    """Nothing is paid, written off or taken off the total of what is only estimated."""
    if not head.is_estimated or not (sums.tendered or head.write_off or head.header_discount):
        return ()
    return (Problem(("invoice_kind",), Text("estimate.paid_at_once")),)


ESTIMATE_CHECKS = Checks(
    head=(*TRADE_CHECKS.head, nothing_settled),
    lines=LineChecks((*TRADE_CHECKS.lines.each, only_goods)),
    tracking=TRADE_CHECKS.tracking,
)
"""What may be wrong with a purchase whose invoice may be to come."""
