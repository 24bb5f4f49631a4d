"""Amounts in capital numerals, as the bank and the tax office want them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.documents.amount_in_words import amount_in_words
from jxc_desktop.kernel.money import Money

VECTORS = json.loads((Path(__file__).parents[2] / "data/rmb_uppercase.json").read_text(encoding="utf-8"))["vectors"]
DIGITS = "零壹贰叁肆伍陆柒捌玖"
SIZES = {"分": 1, "角": 10, "元": 100, "拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}


@pytest.mark.parametrize(("amount", "words", "accepted"), VECTORS, ids=[vector[0] for vector in VECTORS])
def test_an_amount_is_written_as_the_rule_says(amount: str, words: str, accepted: list[str]) -> None:
    assert amount_in_words(Money.parse(amount)) == words
    assert words not in accepted


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("2000000000000", "贰万亿元整"),
        ("1000100000000", "壹万零壹亿元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("10020300400005.06", "壹拾万零贰佰零叁亿零肆拾万零伍元零陆分"),
        ("9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_amounts_beyond_a_thousand_billion_are_written_too(amount: str, words: str) -> None:
    assert amount_in_words(Money.parse(amount)) == words


def _read(words: str) -> int:
    """Fen of an amount in words: an inverse that knows nothing of zeros."""
    sign, words = (-1, words[1:]) if words.startswith("负") else (1, words)
    yuan, found, small = words.rpartition("元")
    if not found:
        small = words
    return sign * (_whole(yuan) * 100 + _small(small))


def _whole(words: str) -> int:
    for unit in ("亿", "万"):
        high, found, low = words.rpartition(unit)
        if found:
            return _whole(high) * SIZES[unit] + _whole(low)
    number = digit = 0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            number, digit = number + digit * SIZES[sign], 0
    return number + digit


def _small(words: str) -> int:
    fen = digit = 0
    for sign in words.removesuffix("整"):
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            fen += digit * SIZES[sign]
    return fen


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_every_amount_reads_back_and_has_no_zero_out_of_place(fen: int) -> None:
    words = amount_in_words(Money(fen))
    assert _read(words) == fen
    assert "零零" not in words
    assert not any(f"零{unit}" in words for unit in "拾佰仟万亿角分整")
    assert words.endswith(("整", "分"))
