"""What the lines of a document come to: all that a check of its head reads of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from jxc_desktop.domain.documents.totals import LineInput, entered_amount
from jxc_desktop.kernel.money import ZERO, Money, total
from jxc_desktop.kernel.quantity import FREE, NO_RATE, line_amount
from jxc_desktop.kernel.value import changed, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import Allocation, EntryLine, ItemLine, MoneyLine

T = TypeVar("T")


@value
class KindSum:
    """The money lines of one kind: how many, and what they come to."""

    kind: str
    count: int = 0
    amount: Money = ZERO
    net: Money = ZERO
    tax: Money = ZERO


@value
class Sums:
    """Counts and sums of all shapes of lines; the total itself stands in the head.

    `entered` is what the item lines come to before the header discount, 0 where there is none: nobody asks then.
    `money` is by kind, in the order of the kinds' names.
    """

    item_lines: int = 0
    entered: Money = ZERO
    money: tuple[KindSum, ...] = ()
    allocations: int = 0
    settled: Money = ZERO
    entries: int = 0
    debit: Money = ZERO
    credit: Money = ZERO

    def of_kind(self, kind: str) -> KindSum:
        """The money lines of a kind."""
        return next((each for each in self.money if each.kind == kind), KindSum(kind))

    @property
    def tendered(self) -> Money:
        """What was paid at once."""
        return self.of_kind("tender").amount

    def moved_money(self, gone: MoneyLine | None, come: MoneyLine | None) -> Sums:
        """The sums after a money line went and another came."""
        kinds = {each.kind: each for each in self.money}
        for line, sign in _signed(gone, come):
            old = kinds.get(line.kind, KindSum(line.kind))
            kinds[line.kind] = KindSum(
                line.kind,
                old.count + sign,
                Money(old.amount.fen + sign * line.amount.fen),
                Money(old.net.fen + sign * line.net.fen),
                Money(old.tax.fen + sign * line.tax.fen),
            )
        return changed(self, money=tuple(kinds[kind] for kind in sorted(kinds) if kinds[kind].count))

    def moved_allocation(self, gone: Allocation | None, come: Allocation | None) -> Sums:
        """The sums after an allocation went and another came."""
        signed = _signed(gone, come)
        return changed(
            self,
            allocations=self.allocations + sum(sign for _line, sign in signed),
            settled=Money(self.settled.fen + sum(sign * line.amount.fen for line, sign in signed)),
        )

    def moved_entry(self, gone: EntryLine | None, come: EntryLine | None) -> Sums:
        """The sums after an entry went and another came."""
        signed = _signed(gone, come)
        return changed(
            self,
            entries=self.entries + sum(sign for _line, sign in signed),
            debit=Money(self.debit.fen + sum(sign * line.debit.fen for line, sign in signed)),
            credit=Money(self.credit.fen + sum(sign * line.credit.fen for line, sign in signed)),
        )


def sums_of(document: Document) -> Sums:
    """The sums of a whole document."""
    made = Sums(
        len(document.lines),
        total(entered_amount(line_input(line)) for line in document.lines) if document.header_discount else ZERO,
        _by_kind(document.money) if document.money else (),
        len(document.allocations),
        total(line.amount for line in document.allocations) if document.allocations else ZERO,
    )
    if not document.entries:
        return made
    debit, credit = total(line.debit for line in document.entries), total(line.credit for line in document.entries)
    return changed(made, entries=len(document.entries), debit=debit, credit=credit)


def line_input(line: ItemLine) -> LineInput:
    """What was entered on an item line that its amounts follow from; a tax rate that is not given yet counts as 0."""
    rate = NO_RATE if line.tax_rate.micro < 0 else line.tax_rate
    return LineInput(line.quantity, line.price, line.discount, rate, line.typed_amount, line.is_gift, line.typed_tax)


def listed_amount(document: Document, sums: Sums) -> Money:
    """The amount that lists show of a document: as entered, the total, money moved, debited, else what was opened."""
    return (
        document.amount
        or document.gross
        or sums.of_kind("payment").amount
        or (sums.debit if sums.entries else total(line_worth(line) for line in document.lines))
    )


def line_worth(line: ItemLine) -> Money:
    """The typed amount of a line, else quantity × unit cost; the unit cost is that of the entered unit."""
    if line.typed_amount is not None:
        return line.typed_amount
    return line_amount(line.quantity, line.unit_cost or FREE)


def _by_kind(lines: Iterable[MoneyLine]) -> tuple[KindSum, ...]:
    parts: dict[str, list[int]] = {}
    for line in lines:
        sums = parts.setdefault(line.kind, [0, 0, 0, 0])
        sums[0] += 1
        sums[1] += line.amount.fen
        sums[2] += line.net.fen
        sums[3] += line.tax.fen
    return tuple(KindSum(kind, sums[0], *map(Money, sums[1:])) for kind, sums in sorted(parts.items()))


def _signed(gone: T | None, come: T | None) -> list[tuple[T, int]]:
    return [(line, sign) for line, sign in ((gone, -1), (come, 1)) if line is not None]
