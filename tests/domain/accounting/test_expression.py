"""The grammar of posting rules: what it reads, what it refuses, and when a sum is exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.accounting.expression import LONGEST, BadExpression, Linear, add, evaluate, linear, parse

NAMES = {"a": Fraction(7), "b": Fraction(2), "rate": Fraction("0.13"), "qty_2": Fraction(3)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "7"),
        ("a-b-1", "4"),
        ("a+b*2", "11"),
        ("(a+b)*2", "18"),
        ("a/b/2", "7/4"),
        ("100/(1+rate)", "10000/113"),
        ("maxv(a-10,0)", "0"),
        ("maxv(a, maxv(b, 9.5))", "19/2"),
        (" qty_2 * 0.5 ", "3/2"),
    ],
)
def test_an_expression_has_its_exact_value(text: str, expected: str) -> None:
    assert evaluate(parse(text), NAMES) == Fraction(expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "expression.ends_early"),
        ("a+", "expression.ends_early"),
        ("(a", "expression.ends_early"),
        ("maxv", "expression.ends_early"),
        ("maxv(a)", "expression.unexpected"),
        ("a b", "expression.unexpected"),
        ("-a", "expression.unexpected"),
        ("1.", "expression.unexpected"),
        ("a**b", "expression.unexpected"),
        ("a.__class__", "expression.unexpected"),
        ("f(a)", "expression.unexpected"),
        ("'a'", "expression.unexpected"),
        ("(" * (LONGEST + 1), "expression.too_long"),
    ],
)
def test_what_the_grammar_does_not_know_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadExpression) as refusal:
        parse(text)
    assert refusal.value.text.id == reason


def test_the_longest_nesting_is_still_read() -> None:
    deep = "(" * 79 + "a" + ")" * 79
    assert evaluate(parse(deep), NAMES) == 7


@pytest.mark.parametrize(
    ("text", "reason"), [("a+c", "expression.unknown_name"), ("a/(b-2)", "expression.division_by_zero")]
)
def test_an_expression_without_a_value_says_why(text: str, reason: str) -> None:
    with pytest.raises(BadExpression) as refusal:
        evaluate(parse(text), NAMES)
    assert refusal.value.text.id == reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("net+tax", {"net": 1, "=tax": 1}),
        ("0-net", {"net": -1}),
        ("net-net", {}),
        ("2*net", {"net": 2}),
        ("net*2", {"net": 2}),
        ("2*3", {"": 6}),
        ("0*net", {}),
        ("net+1", {"net": 1, "": 1}),
        ("net*rate", None),
        ("net/2", None),
        ("maxv(net,0)", None),
        ("net+0.5", None),
        ("net*rate+tax", None),
        ("net+net*rate", None),
    ],
)
def test_only_sums_of_whole_amounts_are_exact(text: str, expected: Linear | None) -> None:
    assert linear(parse(text), {"tax": {"=tax": 1}}) == expected


@given(st.dictionaries(st.sampled_from("abc"), st.integers(-9, 9).filter(bool)))
def test_a_sum_less_itself_is_nothing(sum_: Linear) -> None:
    assert add(sum_, sum_, times=-1) == {}
    assert add(sum_, {}) == sum_
