"""A document while it is being entered: immutable, its totals and problems always up to date.

Every edit gives a new draft that shares what did not change, so undo is a list of earlier drafts. An edit of a line
computes that line, its problems, the sums it moves and the checks of the head, whatever the number of lines. Two edits
reach every line because they change every line: any edit while the head has a discount (each line's share moves), and
one of what lines depend on in the head (price mode, warehouse, whether it reverses).

Lines stand in the order of their keys, which is the order they were entered in. A key is given once: a new line gets
the next one, never that of a line that was removed. What only cards know (names, units, tax rates) is put into a line
before it comes here.
"""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.check import Checks, LineChecks, LineContext, line_context
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import Allocation, EntryLine, ItemLine, MoneyLine, Tracking
from jxc_desktop.domain.documents.sheet import Sheet, sheet_of
from jxc_desktop.domain.documents.sums import Sums, line_input, listed_amount, sums_of
from jxc_desktop.domain.documents.totals import (
    DocumentTotals,
    LineFigures,
    LineInput,
    Totals,
    line_problems,
    totals_of,
)
from jxc_desktop.domain.documents.tracked import TrackingSheet, tracking_of
from jxc_desktop.domain.pricing.line_price import PriceMode
from jxc_desktop.domain.tax.vat import LineAmounts, split_included
from jxc_desktop.kernel.errors import InexactQuantity
from jxc_desktop.kernel.money import ZERO
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import FREE, NOTHING, Quantity
from jxc_desktop.kernel.value import changed, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jxc_desktop.domain.documents.check import Keyed, L
    from jxc_desktop.domain.documents.line_map import LineMap
    from jxc_desktop.kernel.text import Text

SHAPES = ("lines", "money", "allocations", "tracking", "entries")
NOT_HEAD = frozenset({*SHAPES, "gross", "net", "tax", "last_key"})
"""What edits of the head may not name: lines have edits of their own, the rest follows from them."""


class TotalsFrom(StrEnum):
    """Which lines make the total of a type: item lines with prices, expense lines, or none has amounts."""

    LINES = "lines"
    EXPENSES = "expenses"
    NOTHING = "nothing"


@value
class Draft:
    """The document being entered. Make one with `draft_of`; every edit gives another one.

    `head` has no lines, its total is up to date; `figures` are the amounts of the item lines, `sums` those of all
    shapes; `last_key` is the largest key that was ever given to a line.
    """

    checks: Checks
    totals_from: TotalsFrom
    head: Document
    item_sheet: Sheet[ItemLine]
    money_sheet: Sheet[MoneyLine]
    allocation_sheet: Sheet[Allocation]
    entry_sheet: Sheet[EntryLine]
    tracking_sheet: TrackingSheet
    figures: DocumentTotals
    sums: Sums
    last_key: int
    head_problems: tuple[Problem, ...] = ()

    @property
    def lines(self) -> LineMap[ItemLine]:
        """The item lines by key, complete with base quantity and amounts."""
        return self.item_sheet.lines

    @property
    def money(self) -> LineMap[MoneyLine]:
        """The money lines by key."""
        return self.money_sheet.lines

    @property
    def allocations(self) -> LineMap[Allocation]:
        """The allocations by key."""
        return self.allocation_sheet.lines

    @property
    def entries(self) -> LineMap[EntryLine]:
        """The voucher lines by key."""
        return self.entry_sheet.lines

    @property
    def tracking(self) -> LineMap[Tracking]:
        """The batches and serials by key."""
        return self.tracking_sheet.rows

    @property
    def totals(self) -> Totals:
        """The header figures; `quantity` adds the entered units of the item lines as they are."""
        totals = self.figures.totals
        if self.totals_from is TotalsFrom.EXPENSES:
            spent = self.sums.of_kind("expense")
            return Totals(spent.amount, spent.net, spent.tax, totals.quantity)
        return totals

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, in the order of the document: the head, then shape by shape, line by line."""
        return [
            *self.head_problems,
            *self.item_sheet.found(),
            *self.tracking_sheet.found(),
            *self.money_sheet.found(),
            *self.allocation_sheet.found(),
            *self.entry_sheet.found(),
        ]

    def line_problems(self, key: int) -> tuple[Problem, ...]:
        """What is wrong with the line of this key, of whatever shape, and with what is tracked of it."""
        found = [*(self.tracking_sheet.problems.get(key) or ())]
        for sheet in (self.item_sheet, self.money_sheet, self.allocation_sheet, self.entry_sheet):
            found += sheet.problems.get(key) or ()
        return tuple(found)

    def document(self) -> Document:
        """The whole document, amounts and sums filled in; its size is what this costs."""
        made = changed(
            self.head,
            lines=tuple(self.lines.values()),
            money=tuple(self.money.values()),
            allocations=tuple(self.allocations.values()),
            tracking=tuple(self.tracking.values()),
            entries=tuple(self.entries.values()),
        )
        given = self.last_key if self.last_key > made.highest_key else 0
        return changed(made, amount=listed_amount(made, self.sums), last_key=given)

    def with_head(self, **changes: Any) -> Draft:
        """Set fields of the head. Raises TypeError for one that is not the head's own, ValueError for a wrong mode."""
        if NOT_HEAD & changes.keys():
            raise TypeError(*sorted(NOT_HEAD & changes.keys()))
        head = changed(self.head, **changes)
        context = line_context(head)
        items = self.item_sheet.in_context(context)
        made = changed(
            self,
            head=head,
            item_sheet=items,
            money_sheet=self.money_sheet.in_context(context),
            allocation_sheet=self.allocation_sheet.in_context(context),
            entry_sheet=self.entry_sheet.in_context(context),
        )
        return _settled(_with_figures(made, _figures_under(head, self.figures, self.totals_from)))

    def with_line(self, line: ItemLine) -> Draft:
        """Put an item line in the place of the one with its key; one without a key (0) is new and gets the next.

        Base quantity and amounts are worked out, whatever the line brings. Raises KeyError for a key that no item line
        has.
        """
        line = _in_base_units(_keyed(self, line, self.lines))
        figures = self.figures.with_line(line.key, _input(line, self.totals_from))
        line = _with_amounts(line, figures.lines[line.key].amounts)
        made = _with_figures(changed(self, item_sheet=self.item_sheet.with_line(line)), figures)
        return _edited(made, line.key, tracking_sheet=self.tracking_sheet.checked(line.key, made.lines))

    def without_line(self, key: int) -> Draft:
        """Take an item line and its batches and serials out. Raises KeyError where there is none of that key."""
        made = changed(self, item_sheet=self.item_sheet.without_line(key))
        made = _with_figures(made, self.figures.without_line(key))
        return _edited(made, key, tracking_sheet=self.tracking_sheet.without_rows_of(key, made.lines))

    def with_money(self, line: MoneyLine) -> Draft:
        """Put a money line in, as `with_line`; net and tax of an expense are worked out."""
        line = _taxed(_keyed(self, line, self.money))
        sums = self.sums.moved_money(self.money.get(line.key), line)
        return _edited(self, line.key, money_sheet=self.money_sheet.with_line(line), sums=sums)

    def without_money(self, key: int) -> Draft:
        """Take a money line out. Raises KeyError where there is none of that key."""
        sums = self.sums.moved_money(self.money[key], None)
        return _edited(self, key, money_sheet=self.money_sheet.without_line(key), sums=sums)

    def with_allocation(self, line: Allocation) -> Draft:
        """Put an allocation in, as `with_line`."""
        line = _keyed(self, line, self.allocations)
        sums = self.sums.moved_allocation(self.allocations.get(line.key), line)
        return _edited(self, line.key, allocation_sheet=self.allocation_sheet.with_line(line), sums=sums)

    def without_allocation(self, key: int) -> Draft:
        """Take an allocation out. Raises KeyError where there is none of that key."""
        sums = self.sums.moved_allocation(self.allocations[key], None)
        return _edited(self, key, allocation_sheet=self.allocation_sheet.without_line(key), sums=sums)

    def with_entry(self, line: EntryLine) -> Draft:
        """Put a voucher line in, as `with_line`."""
        line = _keyed(self, line, self.entries)
        sums = self.sums.moved_entry(self.entries.get(line.key), line)
        return _edited(self, line.key, entry_sheet=self.entry_sheet.with_line(line), sums=sums)

    def without_entry(self, key: int) -> Draft:
        """Take a voucher line out. Raises KeyError where there is none of that key."""
        sums = self.sums.moved_entry(self.entries[key], None)
        return _edited(self, key, entry_sheet=self.entry_sheet.without_line(key), sums=sums)

    def with_tracking(self, row: Tracking) -> Draft:
        """Put a batch or serial in, as `with_line`."""
        row = _keyed(self, row, self.tracking)
        return _edited(self, row.key, tracking_sheet=self.tracking_sheet.with_row(row, self.lines))

    def without_tracking(self, key: int) -> Draft:
        """Take a batch or serial out. Raises KeyError where there is none of that key."""
        return _edited(self, key, tracking_sheet=self.tracking_sheet.without_row(key, self.lines))


def draft_of(document: Document, checks: Checks, *, totals_from: TotalsFrom = TotalsFrom.LINES) -> Draft:
    """Open a document, new or posted, for editing with the checks of its type; lines without a key get one.

    Amounts and sums are worked out again. Raises ValueError where two lines have one key, a key is negative or the
    price mode is none.
    """
    keys = itertools.count(document.highest_key + 1)
    lines = [_in_base_units(line) for line in _with_keys(document.lines, keys)]
    money = [_taxed(line) for line in _with_keys(document.money, keys)]
    allocations = list(_with_keys(document.allocations, keys))
    tracking = list(_with_keys(document.tracking, keys))
    entries = list(_with_keys(document.entries, keys))
    _refuse_shared_keys(lines, money, allocations, tracking, entries)
    head = changed(document, lines=(), money=(), allocations=(), tracking=(), entries=(), amount=ZERO, last_key=0)
    figures = totals_of((line.key, _input(line, totals_from)) for line in lines)
    figures = _figures_under(head, figures, totals_from)
    context = line_context(head)
    items = sheet_of(
        (_with_amounts(line, figures.lines[line.key].amounts) for line in lines),
        _item_checks(checks, totals_from),
        context,
    )
    made = Draft(
        checks,
        totals_from,
        head,
        items,
        sheet_of(money, checks.money, context),
        sheet_of(allocations, checks.allocations, context),
        sheet_of(entries, checks.entries, context),
        tracking_of(tracking, checks.tracking, items.lines),
        figures,
        sums_of(changed(document, money=tuple(money))),
        next(keys) - 1,
    )
    made = _settled(_with_figures(made, figures))
    return made if made.document().amount else made.with_head(amount=document.amount)


def _settled(draft: Draft) -> Draft:
    """Bring the total of the head and its problems up to date."""
    totals = draft.totals
    head = changed(draft.head, gross=totals.gross, net=totals.net, tax=totals.tax)
    found = tuple(problem for check in draft.checks.head for problem in check(head, draft.sums))
    return changed(draft, head=head, head_problems=found)


def _edited(draft: Draft, key: int, **changes: Any) -> Draft:
    """The draft after an edit of the line with this key."""
    return _settled(changed(draft, last_key=max(draft.last_key, key), **changes))


def _with_figures(draft: Draft, figures: DocumentTotals) -> Draft:
    """Take over figures; with a header discount, after one and in another mode every line may have other amounts."""
    sheet, before = draft.item_sheet, draft.figures
    if figures.header_discount or before.header_discount or figures.mode is not before.mode:
        for key, each in figures.lines.items():
            line = sheet.lines[key]
            filled = _with_amounts(line, each.amounts)
            sheet = sheet if filled is line else sheet.with_line(filled)
    entered = figures.entered if figures.header_discount else ZERO
    sums = changed(draft.sums, item_lines=len(sheet.lines), entered=entered)
    return changed(draft, item_sheet=sheet, figures=figures, sums=sums)


def _keyed(draft: Draft, line: L, known: LineMap[L]) -> L:
    if not line.key:
        return changed(line, key=draft.last_key + 1)
    if line.key not in known:
        raise KeyError(line.key)
    return line


def _with_keys(lines: Iterable[L], keys: Iterator[int]) -> Iterator[L]:
    return (line if line.key else changed(line, key=next(keys)) for line in lines)


def _refuse_shared_keys(*shapes: Iterable[Keyed]) -> None:
    given = [line.key for shape in shapes for line in shape]
    if len(given) != len(set(given)):
        message = "two lines have one key"
        raise ValueError(message)


def _figures_under(head: Document, figures: DocumentTotals, totals_from: TotalsFrom) -> DocumentTotals:
    """The figures in the price mode and with the discount of this head; the same where they are so already."""
    if totals_from is not TotalsFrom.LINES:
        return figures
    mode = PriceMode(head.price_mode)
    if mode is not figures.mode:
        figures = figures.with_mode(mode)
    if head.header_discount != figures.header_discount:
        figures = figures.with_header_discount(head.header_discount)
    return figures


def _input(line: ItemLine, totals_from: TotalsFrom) -> LineInput:
    return line_input(line) if totals_from is TotalsFrom.LINES else LineInput(line.quantity, FREE)


def _with_amounts(line: ItemLine, amounts: LineAmounts) -> ItemLine:
    if LineAmounts(line.gross, line.net, line.tax) == amounts:
        return line
    return changed(line, gross=amounts.gross, net=amounts.net, tax=amounts.tax)


def _in_base_units(line: ItemLine) -> ItemLine:
    return changed(line, base_quantity=_base_quantity(line)[0])


def _base_quantity(line: ItemLine) -> tuple[Quantity, Text | None]:
    """What the entered quantity is in base units, or nothing and why not."""
    try:
        return line.ratio.to_base(line.quantity), None
    except InexactQuantity as refused:
        return NOTHING, refused.text


def _taxed(line: MoneyLine) -> MoneyLine:
    if line.kind != "expense":
        return line
    parts = split_included(line.amount, line.tax_rate)
    return changed(line, net=parts.net, tax=parts.tax)


def _item_checks(checks: Checks, totals_from: TotalsFrom) -> LineChecks[ItemLine]:
    """The checks of a type after those of what a draft works out itself."""
    own = (_conversion_exact, _typed_tax_near) if totals_from is TotalsFrom.LINES else (_conversion_exact,)
    return LineChecks((*own, *checks.lines.each), checks.lines.once)


def _conversion_exact(_context: LineContext, line: ItemLine) -> Iterable[Problem]:
    text = _base_quantity(line)[1]
    return () if text is None else (Problem(("lines", line.key, "quantity"), text),)


def _typed_tax_near(_context: LineContext, line: ItemLine) -> Iterable[Problem]:
    figures = LineFigures(line_input(line), ZERO, LineAmounts(line.gross, line.net, line.tax))
    return [Problem(("lines", line.key, "typed_tax"), found.text) for found in line_problems(figures)]
