"""The document being entered: every edit leaves the figures and problems that the whole document has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.doctypes.registry import all_types, document_type
from jxc_desktop.domain.documents.check import Checks
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.draft import draft_of
from jxc_desktop.domain.documents.line import NO_ID, Allocation, EntryLine, ItemLine, MoneyLine, Tracking
from jxc_desktop.domain.documents.sums import sums_of
from jxc_desktop.domain.documents.totals import Totals
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import NO_RATE, SAME_UNIT, Quantity, Rate, Ratio, UnitPrice
from tests.domain.documents.draft_play import DAY, edited, new_document

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.draft import Draft
    from jxc_desktop.kernel.problems import Problem

PEN, BOX = Id("pen"), Id("box")
SHOP = Id("shop")


def line(item: Id = PEN, quantity: str = "1", price: str = "10", **more: Any) -> ItemLine:
    """A new line of 10 yuan, no tax."""
    given = {"key": 0, "item": item, "item_code": str(item), "tax_rate": NO_RATE, "warehouse": SHOP, **more}
    return ItemLine(quantity=Quantity.parse(quantity), price=UnitPrice.parse(price), **given)


def delivery(*lines: ItemLine, **head: Any) -> Draft:
    """A delivery that lacks nothing."""
    document = Document(NO_ID, "delivery_note", DAY, party=Id("buyer"), lines=lines, **head)
    return document_type("delivery_note").draft(document)


def texts(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    """The ids of their texts."""
    return [problem.text.id for problem in problems]


def is_own(problem: Problem) -> bool:
    """Whether a draft finds it itself, before the checks of the type: services find it while they complete one."""
    return problem.place[-1] == "typed_tax" or problem.text.id == "quantity.inexact"


@pytest.mark.parametrize("declared", all_types(), ids=lambda declared: declared.code)
@given(st.data(), st.integers(1, 12))
def test_edits_leave_what_the_whole_document_comes_to(declared: Any, data: st.DataObject, edits: int) -> None:
    draft = declared.draft(new_document(declared))
    stack = []
    for _ in range(edits):
        stack.append((draft, draft.document(), draft.problems))
        draft = edited(data, declared, draft)
        whole = draft.document()
        assert draft == declared.draft(whole)
        assert draft.sums == sums_of(whole)
        assert [each for each in draft.problems if not is_own(each)] == declared.problems(whole)
        assert (draft.totals.gross, draft.totals.net, draft.totals.tax) == (whole.gross, whole.net, whole.tax)
    for earlier, document, problems in stack:
        assert earlier.document() == document
        assert earlier.problems == problems


@given(st.data(), st.sampled_from(all_types()), st.integers(1, 15))
def test_a_key_is_given_once(data: st.DataObject, declared: Any, edits: int) -> None:
    draft = declared.draft(new_document(declared))
    given: set[int] = set()
    for _ in range(edits):
        before = keys_of(draft)
        draft = edited(data, declared, draft)
        new = keys_of(draft) - before
        assert not new & given
        given |= new
        assert draft.last_key == max(given, default=0)
        assert declared.draft(draft.document()).last_key == draft.last_key


def keys_of(draft: Draft) -> set[int]:
    """All line keys, of all shapes."""
    return {*draft.lines, *draft.money, *draft.allocations, *draft.tracking, *draft.entries}


def test_an_empty_draft_says_what_is_missing() -> None:
    draft = document_type("delivery_note").draft(Document(NO_ID, "delivery_note", DAY))
    assert texts(draft.problems) == ["document.no_lines", "document.no_party"]
    draft = draft.with_head(party=Id("buyer")).with_line(line())
    assert draft.problems == []
    assert draft.totals == Totals(Money(1000), Money(1000), ZERO, Quantity.parse("1"))


def test_undo_is_a_list_of_earlier_drafts() -> None:
    undo = [delivery()]
    undo.append(undo[-1].with_line(line()))
    undo.append(undo[-1].with_line(line(BOX, "2")))
    undo.append(undo[-1].with_line(replace(undo[-1].lines[1], quantity=Quantity.parse("-3"))))
    undo.append(undo[-1].without_line(2))
    undo.append(undo[-1].with_head(header_discount=Money(1)))
    assert [draft.totals.gross.fen for draft in undo] == [0, 1000, 3000, -1000, -3000, -3001]
    assert [len(draft.lines) for draft in undo] == [0, 1, 2, 2, 1, 1]
    assert texts(undo[3].line_problems(1)) == ["line.quantity_not_positive"]
    assert texts(undo[1].problems) == []
    assert undo[1] == delivery().with_line(line())


def test_a_line_brings_its_base_quantity_and_amounts() -> None:
    draft = delivery(line(quantity="2", ratio=Ratio(12), tax_rate=Rate(130_000)))
    assert draft.lines[1].base_quantity == Quantity.parse("24")
    assert (draft.lines[1].gross, draft.lines[1].net, draft.lines[1].tax) == (Money(2000), Money(1770), Money(230))
    excluded = draft.with_head(price_mode="excluded")
    assert (excluded.lines[1].gross, excluded.head.gross) == (Money(2260), Money(2260))
    assert excluded.with_head(price_mode="included") == draft


def test_what_does_not_convert_is_a_problem_of_the_line() -> None:
    draft = delivery(line(ratio=Ratio(1, 3)))
    assert draft.lines[1].base_quantity == Quantity.parse("0")
    assert [(each.place, each.text.id) for each in draft.problems] == [
        (("lines", 1, "quantity"), "quantity.inexact"),
        (("lines", 1, "quantity"), "line.quantity_not_positive"),
    ]
    assert delivery(line(quantity="3", ratio=Ratio(1, 3))).problems == []


def test_a_typed_tax_far_from_the_computed_one_is_a_problem_of_the_line() -> None:
    draft = delivery(line(tax_rate=Rate(130_000), typed_tax=Money(121)))
    assert [(each.place, each.text.id) for each in draft.problems] == [(("lines", 1, "typed_tax"), "line.tax_too_far")]
    assert draft.with_line(replace(draft.lines[1], typed_tax=Money(116))).problems == []


def test_a_rate_that_is_not_given_yet_counts_as_none() -> None:
    draft = delivery(ItemLine(0, PEN, quantity=Quantity.parse("1"), price=UnitPrice.parse("5")))
    assert (draft.totals.net, draft.totals.tax) == (Money(500), ZERO)


def test_the_warehouse_of_the_head_is_that_of_lines_without_one() -> None:
    count = document_type("stock_count").draft(Document(NO_ID, "stock_count", DAY))
    count = count.with_line(line(warehouse=NO_ID)).with_line(line())
    assert texts(count.problems) == ["line.no_warehouse"]
    count = count.with_head(warehouse=SHOP)
    assert [(each.place, each.text.id) for each in count.problems] == [(("lines", 2, "item"), "stock_count.twice")]
    assert count.with_head(warehouse=Id("other")).problems == []


def test_an_item_counted_twice_is_a_problem_of_the_later_line() -> None:
    count = document_type("stock_count").draft(Document(NO_ID, "stock_count", DAY))
    for item in (PEN, BOX, PEN, PEN):
        count = count.with_line(line(item))
    assert [each.place for each in count.problems] == [("lines", 3, "item"), ("lines", 4, "item")]
    assert [each.place for each in count.without_line(1).problems] == [("lines", 4, "item")]
    assert [each.place for each in count.without_line(3).problems] == [("lines", 4, "item")]
    moved = count.with_line(replace(count.lines[2], item=PEN))
    assert [each.place[1] for each in moved.problems] == [2, 3, 4]
    earlier = count.without_line(4).with_line(replace(count.lines[1], item=BOX))
    assert [each.place[1] for each in earlier.problems] == [2]
    moved = moved.with_line(replace(moved.lines[1], item=BOX))
    assert [each.place[1] for each in moved.problems] == [3, 4]


def test_batches_add_up_to_their_line_and_go_with_it() -> None:
    draft = delivery(line(quantity="5"))
    draft = draft.with_tracking(Tracking(0, 1, "A", base_quantity=Quantity.parse("2")))
    assert texts(draft.line_problems(1)) == ["tracking.not_the_line"]
    draft = draft.with_tracking(Tracking(0, 1, "B", base_quantity=Quantity.parse("3")))
    assert draft.problems == []
    assert texts(draft.with_line(replace(draft.lines[1], quantity=Quantity.parse("6"))).problems) == [
        "tracking.not_the_line"
    ]
    assert texts(draft.without_tracking(3).problems) == ["tracking.not_the_line"]
    assert draft.without_tracking(3).without_tracking(2).problems == []
    strayed = draft.with_tracking(Tracking(3, 9, "B", base_quantity=Quantity.parse("3")))
    assert [(each.place, each.text.id) for each in strayed.problems] == [
        (("tracking", 1), "tracking.not_the_line"),
        (("tracking", 9), "tracking.no_line"),
    ]
    assert len(draft.without_line(1).tracking) == 0
    assert texts(draft.without_line(1).problems) == ["document.no_lines"]


def test_tenders_and_expenses_move_the_sums() -> None:
    draft = delivery(line()).with_money(MoneyLine(0, amount=Money(1001)))
    assert texts(draft.problems) == ["document.overpaid"]
    assert draft.with_money(MoneyLine(2, amount=Money(1000))).problems == []
    assert draft.without_money(2).problems == []
    spent = document_type("expense").draft(Document(NO_ID, "expense", DAY))
    spent = spent.with_money(MoneyLine(0, "expense", account=PEN, amount=Money(10600), tax_rate=Rate(60_000)))
    assert spent.totals == Totals(Money(10600), Money(10000), Money(600))
    assert texts(spent.problems) == ["expense.rest_needs_supplier"]
    dearer = spent.with_money(replace(spent.money[1], amount=Money(21200)))
    assert dearer.totals == Totals(Money(21200), Money(20000), Money(1200))
    paid = spent.with_money(MoneyLine(0, account=PEN, amount=Money(10600)))
    assert paid.problems == []
    assert (paid.document().amount, paid.document().money[0].tax) == (Money(10600), Money(600))


def test_allocations_and_entries_move_the_sums() -> None:
    payment = document_type("customer_payment").draft(Document(NO_ID, "customer_payment", DAY, party=Id("buyer")))
    payment = payment.with_money(MoneyLine(0, "payment", amount=Money(100)))
    payment = payment.with_allocation(Allocation(0, PEN, amount=Money(101)))
    assert texts(payment.problems) == ["payment.settles_more"]
    again = payment.with_allocation(Allocation(2, PEN, amount=Money(50))).with_allocation(
        Allocation(0, PEN, amount=Money(50))
    )
    assert texts(again.problems) == ["allocation.twice"]
    assert again.without_allocation(2).problems == []
    voucher = document_type("voucher").draft(Document(NO_ID, "voucher", DAY))
    voucher = voucher.with_entry(EntryLine(0, PEN, debit=Money(7)))
    assert texts(voucher.problems) == ["voucher.unbalanced"]
    voucher = voucher.with_entry(EntryLine(0, BOX, credit=Money(7)))
    assert (voucher.problems, voucher.document().amount) == ([], Money(7))
    assert texts(voucher.without_entry(1).without_entry(2).problems) == ["voucher.no_lines"]


def test_a_removed_line_never_comes_back_under_its_key() -> None:
    draft = delivery(line(), line(BOX)).without_line(2)
    assert draft.document().last_key == 2
    assert list(draft.with_line(line()).lines) == [1, 3]
    assert draft.with_line(line()).document().last_key == 0
    reopened = document_type("delivery_note").draft(draft.document())
    assert list(reopened.with_line(line()).lines) == [1, 3]


def test_a_discount_is_held_against_what_the_lines_come_to_now() -> None:
    draft = delivery(line(), line(BOX), header_discount=Money(1500))
    assert [each.gross.fen for each in draft.lines.values()] == [250, 250]
    assert texts(draft.without_line(2).problems) == ["discount.above_the_amount"]
    assert draft.without_line(2).with_line(line(BOX)).problems == []
    assert texts(draft.without_line(1).without_line(2).problems) == ["document.no_lines", "discount.nothing_to_reduce"]


def test_only_lines_of_the_draft_are_replaced_or_removed() -> None:
    draft = delivery(line()).with_money(MoneyLine(0, amount=Money(1)))
    refused: tuple[Any, ...] = (
        lambda: draft.with_line(line(key=2)),
        lambda: draft.with_money(MoneyLine(1)),
        lambda: draft.without_line(2),
        lambda: draft.without_money(1),
        lambda: draft.without_allocation(1),
        lambda: draft.without_entry(1),
        lambda: draft.without_tracking(1),
    )
    for edit in refused:
        with pytest.raises(KeyError):
            edit()


def test_edits_of_the_head_reach_the_head_only() -> None:
    for name in ("lines", "money", "gross", "last_key", "nothing"):
        with pytest.raises(TypeError):
            delivery().with_head(**{name: ()})
    with pytest.raises(ValueError, match="PriceMode"):
        delivery().with_head(price_mode="neither")


def test_lines_whose_keys_are_not_their_own_are_refused() -> None:
    for document in (
        Document(NO_ID, "delivery_note", DAY, lines=(line(key=1), line(key=1))),
        Document(NO_ID, "delivery_note", DAY, lines=(line(key=1),), money=(MoneyLine(1),)),
        Document(NO_ID, "delivery_note", DAY, lines=(line(key=-1),)),
    ):
        with pytest.raises(ValueError, match="key"):
            draft_of(document, Checks())


def test_a_posted_document_is_opened_as_it_stands() -> None:
    posted = delivery(line(), line(BOX, "2.5"), note="送货上门").document()
    opened = document_type("delivery_note").draft(posted)
    assert opened.document() == posted
    assert opened.with_line(line()).document().amount == Money(4500)
    opening = Document(NO_ID, "opening_item", DAY, party=PEN, reason="receivable", amount=Money(500))
    assert document_type("opening_item").draft(opening).document() == opening


def test_lines_stand_in_the_order_they_were_entered_in() -> None:
    draft = delivery(line(BOX, key=4), line(PEN, key=2), ratio_line())
    assert [each.key for each in draft.document().lines] == [2, 4, 5]


def ratio_line() -> ItemLine:
    """A line whose key is still to come."""
    return line(ratio=SAME_UNIT)
