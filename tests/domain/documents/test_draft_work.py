"""How much an edit of a draft works out: as much with 10,000 lines as with 10, unless it changes every line."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.draft import TotalsFrom, draft_of
from jxc_desktop.domain.documents.line import NO_ID, Allocation, EntryLine, ItemLine, MoneyLine, Tracking
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import NO_RATE, Quantity, UnitPrice
from tests.domain.documents.draft_play import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jxc_desktop.domain.documents.draft import Draft
    from jxc_desktop.kernel.problems import Problem

FEW, MANY = 10, 10_000
ONE = Quantity.parse("1")


def item_line(number: int, *, item: Id | None = None, **more: Any) -> ItemLine:
    """One piece of an item of its own."""
    price = UnitPrice.parse("1.5")
    return ItemLine(0, item or Id(f"i{number}"), quantity=ONE, price=price, tax_rate=NO_RATE, warehouse=SHOP, **more)


SHOP = Id("shop")


def document_of(code: str, size: int) -> Document:
    """A document with that many lines of each shape its type has."""
    numbers = range(1, size + 1)
    has_money, has_entries = code == "customer_payment", code == "voucher"
    return Document(
        NO_ID,
        code,
        DAY,
        party=Id("buyer"),
        lines=() if has_money or has_entries else tuple(item_line(each) for each in numbers),
        money=tuple(MoneyLine(0, "payment", amount=Money(each)) for each in numbers if has_money),
        allocations=tuple(Allocation(0, Id(f"d{each}"), amount=Money(each)) for each in numbers if has_money),
        tracking=tuple(Tracking(0, each, "A", base_quantity=ONE) for each in numbers if code == "delivery_note"),
        entries=tuple(EntryLine(0, Id("a"), debit=Money(each)) for each in numbers if has_entries),
    )


@cache
def opened(code: str, size: int) -> Draft:
    """A draft with that many lines."""
    return document_type(code).draft(document_of(code, size))


def operations(work: Callable[[], object]) -> int:
    """How many functions, of Python or C, are called while this runs."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


EDITS: dict[str, tuple[str, Callable[[Draft], Draft]]] = {
    "a line changes": ("delivery_note", lambda draft: draft.with_line(replace(draft.lines[5], quantity=-ONE))),
    "a line comes": ("delivery_note", lambda draft: draft.with_line(item_line(0))),
    "a line goes": ("delivery_note", lambda draft: draft.without_line(5)),
    "a batch changes": ("delivery_note", lambda draft: draft.with_tracking(Tracking(draft.last_key, 5))),
    "a batch comes": ("delivery_note", lambda draft: draft.with_tracking(Tracking(0, 5, base_quantity=ONE))),
    "a batch goes": ("delivery_note", lambda draft: draft.without_tracking(draft.last_key)),
    "a tender comes": ("delivery_note", lambda draft: draft.with_money(MoneyLine(0, amount=Money(1)))),
    "the note changes": ("delivery_note", lambda draft: draft.with_head(note="急")),
    "an item is counted twice": ("stock_count", lambda draft: draft.with_line(item_line(0, item=Id("i5")))),
    "another item is counted": ("stock_count", lambda draft: draft.with_line(replace(draft.lines[5], item=Id("new")))),
    "a counted line goes": ("stock_count", lambda draft: draft.without_line(5)),
    "a payment changes": ("customer_payment", lambda draft: draft.with_money(MoneyLine(5, "payment"))),
    "a payment goes": ("customer_payment", lambda draft: draft.without_money(5)),
    "a settlement changes": (
        "customer_payment",
        lambda draft: draft.with_allocation(Allocation(draft.last_key, Id("d5"))),
    ),
    "a settlement goes": ("customer_payment", lambda draft: draft.without_allocation(draft.last_key)),
    "an entry changes": ("voucher", lambda draft: draft.with_entry(EntryLine(5, Id("b")))),
    "an entry goes": ("voucher", lambda draft: draft.without_entry(5)),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_costs_as_much_with_many_lines_as_with_few(edit: str) -> None:
    code, do = EDITS[edit]
    few, many = (operations(partial(do, opened(code, size))) for size in (FEW, MANY))
    assert many < 2 * few
    assert many < MANY / 10


def test_first_of_a_group_of_many_goes_at_the_price_of_a_few() -> None:
    costs = []
    for size in (FEW, MANY):
        again = tuple(item_line(0, item=Id("same")) for _ in range(size))
        draft = document_type("stock_count").draft(replace(document_of("stock_count", 0), lines=again))
        for key in range(1, size // 2):
            draft = draft.without_line(key)
        costs.append(operations(partial(draft.without_line, size // 2)))
        assert len(draft.problems) == size // 2
    assert costs[1] < 2 * costs[0]


class Counting:
    """Checks that count how often they are asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def checks(self) -> Checks:
        """One check of the head, one of a line."""
        return Checks(head=(self._head,), lines=LineChecks((self._line,)))

    def _head(self, _head: object, _sums: object) -> Iterable[Problem]:
        self.asked["head"] += 1
        return ()

    def _line(self, _context: object, _line: object) -> Iterable[Problem]:
        self.asked["line"] += 1
        return ()

    def during(self, work: Callable[[], object]) -> tuple[int, int]:
        """How often head and line checks are asked while this runs."""
        self.asked.clear()
        work()
        return self.asked["head"], self.asked["line"]


@pytest.mark.parametrize("size", [FEW, 1000])
def test_an_edit_asks_the_checks_of_the_head_and_of_its_line_once(size: int) -> None:
    counting = Counting()
    draft = draft_of(document_of("delivery_note", size), counting.checks())
    assert counting.during(lambda: draft.with_line(replace(draft.lines[3], quantity=ONE + ONE))) == (1, 1)
    assert counting.during(lambda: draft.with_line(item_line(0))) == (1, 1)
    assert counting.during(lambda: draft.without_line(3)) == (1, 0)
    assert counting.during(lambda: draft.with_money(MoneyLine(0, amount=Money(5)))) == (1, 0)
    assert counting.during(lambda: draft.with_head(note="急")) == (1, 0)


@pytest.mark.parametrize("size", [FEW, 1000])
def test_what_changes_every_line_computes_every_line(size: int) -> None:
    counting = Counting()
    draft = draft_of(document_of("delivery_note", size), counting.checks())
    assert counting.during(lambda: draft.with_head(warehouse=Id("other"))) == (1, size)
    assert counting.during(lambda: draft.with_head(reverses=Id("other"))) == (1, size)
    discounted = draft.with_head(header_discount=Money(size))
    assert counting.during(lambda: draft.with_head(header_discount=Money(size))) == (1, size)
    assert counting.during(lambda: discounted.with_head(header_discount=Money(0))) == (1, size)
    everything = replace(discounted.lines[1], price=UnitPrice.parse("1000000000"))
    assert counting.during(lambda: discounted.with_line(everything)) == (1, size)
    assert {each.gross.fen for each in discounted.lines.values()} == {149}
    assert {each.gross.fen for each in discounted.with_line(everything).lines.values() if each.key > 1} == {150}


def test_a_type_without_amounts_never_computes_other_lines() -> None:
    counting = Counting()
    document = replace(document_of("stock_count", FEW), header_discount=Money(5), price_mode="")
    draft = draft_of(document, counting.checks(), totals_from=TotalsFrom.NOTHING)
    assert counting.during(lambda: draft.with_line(item_line(0))) == (1, 1)
    assert (draft.totals.gross, draft.totals.quantity) == (Money(0), Quantity.parse("10"))
