"""The figures of a document: lines add up to the header, and every edit gives what computing anew would give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.documents.totals import (
    DocumentTotals,
    LineInput,
    Totals,
    add_up,
    document_lines,
    line_problems,
    shown_price,
    totals_of,
)
from jxc_desktop.domain.pricing.line_price import PriceMode
from jxc_desktop.kernel.money import ZERO, Money, total
from jxc_desktop.kernel.quantity import FREE, WHOLE, Quantity, Rate, UnitPrice

if TYPE_CHECKING:
    from jxc_desktop.domain.tax.vat import LineAmounts

INCLUDED, EXCLUDED = PriceMode
RATE = Rate.parse("0.13")


def _line(quantity: str, price: str = "0", **more: object) -> LineInput:
    entered = LineInput(Quantity.parse(quantity), UnitPrice.parse(price), tax_rate=RATE)
    return replace(entered, **more)  # type: ignore[arg-type]


def _fen(amounts: LineAmounts) -> tuple[int, int, int]:
    return amounts.gross.fen, amounts.net.fen, amounts.tax.fen


money = st.integers(-(10**8), 10**8).map(Money)
inputs = st.builds(
    LineInput,
    quantity=st.integers(-(10**9), 10**9).map(Quantity),
    price=st.integers(0, 10**9).map(UnitPrice),
    discount=st.sampled_from([WHOLE, Rate(950_000), Rate(333_333), Rate(0)]),
    tax_rate=st.sampled_from([Rate(0), Rate(10_000), RATE]),
    typed_amount=st.none() | money,
    is_gift=st.booleans(),
    tax_override=st.none() | st.integers(-10, 10).map(Money),
)
modes = st.sampled_from(PriceMode)
header_discounts = st.just(ZERO) | money
keyed = st.dictionaries(st.integers(1, 40), inputs, max_size=8)


def test_included_prices_hold_the_tax() -> None:
    (line,) = document_lines([_line("3", "9.90")])
    assert _fen(line.amounts) == (2970, 2628, 342)


def test_excluded_prices_get_the_tax_on_top() -> None:
    (line,) = document_lines([_line("3", "33.33")], EXCLUDED)
    assert _fen(line.amounts) == (11299, 9999, 1300)


def test_a_line_discount_is_the_share_that_is_paid() -> None:
    (line,) = document_lines([_line("1", "100", discount=Rate.parse("0.95"))])
    assert line.amounts.gross == Money(9500)


def test_a_typed_amount_stands_and_its_price_is_derived() -> None:
    typed = _line("3", "5", typed_amount=Money(1000))
    (line,) = document_lines([typed])
    assert line.amounts.gross == Money(1000)
    assert shown_price(typed) == UnitPrice.parse("3.333333")
    assert shown_price(_line("0", typed_amount=Money(1000))) is None


def test_an_entered_price_is_shown_as_entered() -> None:
    assert shown_price(_line("3", "5")) == UnitPrice.parse("5")


def test_a_gift_has_no_amount_whatever_else_is_typed() -> None:
    gift = _line("2", "5", is_gift=True, typed_amount=Money(1000), tax_override=Money(3))
    (line,) = document_lines([gift])
    assert _fen(line.amounts) == (0, 0, 0)
    assert shown_price(gift) == FREE
    assert totals_of([(1, gift)]).totals.quantity == Quantity.parse("2")


def test_a_header_discount_comes_off_the_gross_before_the_tax_is_split() -> None:
    lines = document_lines([_line("1", "10"), _line("1", "10"), _line("1", "10")], header_discount=Money(100))
    assert [_fen(line.amounts) for line in lines] == [(966, 855, 111), (967, 856, 111), (967, 856, 111)]
    assert [line.entered.fen for line in lines] == [1000, 1000, 1000]


def test_a_header_discount_comes_off_the_net_where_prices_exclude_tax() -> None:
    lines = document_lines([_line("1", "10"), _line("1", "30")], EXCLUDED, header_discount=Money(400))
    assert [_fen(line.amounts) for line in lines] == [(1017, 900, 117), (3051, 2700, 351)]


def test_a_tax_from_paper_is_refused_with_the_computed_one_beside_it() -> None:
    (near,) = document_lines([_line("1", "100", tax_override=Money(1155))])
    assert _fen(near.amounts) == (10_000, 8845, 1155)
    assert line_problems(near) == []
    (far,) = document_lines([_line("1", "100", tax_override=Money(1156))])
    (problem,) = line_problems(far)
    assert far.amounts.tax == Money(1150)
    assert problem.place == ("tax_override",)
    assert dict(problem.text.params) == {"typed": Money(1156), "computed": Money(1150), "most": Money(5)}


def test_a_discount_above_the_amount_is_a_problem_of_the_header() -> None:
    document = totals_of([(1, _line("1", "10"))])
    assert document.with_header_discount(Money(1000)).problems() == []
    assert [problem.place for problem in document.with_header_discount(Money(1001)).problems()] == [
        ("header_discount",)
    ]


def test_the_mode_reads_the_same_figures_with_or_without_tax() -> None:
    document = totals_of([(1, _line("1", "100"))])
    assert document.totals == Totals(Money(10_000), Money(8850), Money(1150), Quantity.parse("1"))
    assert document.with_mode(EXCLUDED).totals.gross == Money(11_300)


def test_moving_lines_about_changes_no_share() -> None:
    first, second = (1, _line("1", "5")), (2, _line("1", "5"))
    assert totals_of([first, second], header_discount=Money(1)) == totals_of([second, first], header_discount=Money(1))


def test_a_line_that_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(KeyError):
        totals_of([(1, _line("1", "5"))]).without_line(2)


@given(keyed, modes, header_discounts)
def test_lines_add_up_to_the_header(lines: dict[int, LineInput], mode: PriceMode, discount: Money) -> None:
    document = totals_of(lines.items(), mode, header_discount=discount)
    amounts = [figures.amounts for figures in document.lines.values()]
    assert document.totals.gross == total(one.gross for one in amounts)
    assert document.totals.net == total(one.net for one in amounts)
    assert document.totals.tax == total(one.tax for one in amounts)
    assert document.totals.net + document.totals.tax == document.totals.gross
    assert all(one.net + one.tax == one.gross for one in amounts)
    assert document.entered == total(figures.entered for figures in document.lines.values())
    kept = document.totals.gross if mode is INCLUDED else document.totals.net
    assert kept == (document.entered - discount if document.entered else ZERO)


@given(keyed, modes, st.data())
def test_edits_in_any_order_give_what_computing_anew_gives(
    lines: dict[int, LineInput], mode: PriceMode, data: st.DataObject
) -> None:
    document: DocumentTotals = totals_of(lines.items(), mode)
    for _ in range(data.draw(st.integers(1, 6))):
        match data.draw(st.sampled_from(["put", "take", "discount", "mode"])):
            case "put":
                key, line = data.draw(st.integers(1, 40)), data.draw(inputs)
                lines = {**lines, key: line}
                document = document.with_line(key, line)
            case "take" if lines:
                key = data.draw(st.sampled_from(sorted(lines)))
                lines = {other: line for other, line in lines.items() if other != key}
                document = document.without_line(key)
            case "discount":
                document = document.with_header_discount(data.draw(header_discounts))
            case _:
                document = document.with_mode(data.draw(modes))
        assert document == totals_of(lines.items(), document.mode, header_discount=document.header_discount)


def _negated(line: LineInput) -> LineInput:
    return replace(
        line,
        quantity=-line.quantity,
        typed_amount=None if line.typed_amount is None else -line.typed_amount,
        tax_override=None if line.tax_override is None else -line.tax_override,
    )


@given(keyed, modes, header_discounts)
def test_a_document_taken_back_has_the_negated_figures(
    lines: dict[int, LineInput], mode: PriceMode, discount: Money
) -> None:
    there = totals_of(lines.items(), mode, header_discount=discount)
    back = totals_of(((key, _negated(line)) for key, line in lines.items()), mode, header_discount=-discount)
    assert [_fen(one.amounts) for one in back.lines.values()] == [
        (-gross, -net, -tax) for gross, net, tax in (_fen(one.amounts) for one in there.lines.values())
    ]
    assert (back.totals.gross, back.totals.net, back.totals.tax) == (
        -there.totals.gross,
        -there.totals.net,
        -there.totals.tax,
    )


def test_an_edit_of_a_long_document_computes_one_line() -> None:
    document = totals_of((key, _line("1", "5")) for key in range(1, 3001))
    edited = document.with_line(1500, _line("2", "5"))
    kept = [old is new for old, new in zip(document.lines.values(), edited.lines.values(), strict=True)]
    assert kept.count(False) == 1
    assert edited.totals.gross == document.totals.gross + Money(500)
    assert edited.totals == add_up(edited.lines.values())
