"""The codes that a scale in a shop prints: which item it weighed, and its weight or what it costs.

A layout is written as the digits and letters of such a code: `22WWWWWNNNNNC` is a code that begins with 22, then five
digits of the item's number on the scale, five of the weight in grams, and a check digit. The letters: W the number of
the item, N grams (or pieces of an item that is counted), E fen, J jiao (0.1 yuan), P fen for a unit, X anything,
C the check digit over all before it (EAN, mod 10). A scale without a valid check digit has an X there.
"""

from __future__ import annotations

import re

from stdnum import ean

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.value import value

LENGTHS = frozenset({13, 18})

_SHAPE = re.compile(r"\d{1,3}(?:W{4,6}|X{1,2}|N{4,5}|E{4,5}|J{4,5}|P{4,5})+C?")
_FEN = {"E": 1, "J": 10}


@value
class ScaleLabel:
    """What a code says: the item's number on the scale, and one or two of weight, amount and price of a unit.

    `weight` counts grams, or pieces of an item that is counted.
    """

    plu: str
    weight: int | None = None
    amount: Money | None = None
    unit_price: Money | None = None


def layouts_in(text: str) -> tuple[str, ...]:
    """The layouts that a text names, parted by blanks. Raises ValueError with the first word that is none."""
    words = tuple(text.split())
    for word in words:
        if not _is_layout(word):
            raise ValueError(word)
    return words


def read_scale_code(code: str, layouts: tuple[str, ...]) -> ScaleLabel | None:
    """What a code says by the first layout it fits; None where it fits none or its check digit is wrong."""
    fitting = next((each for each in layouts if _fits(code, each)), None)
    if fitting is None:
        return None
    parts = {letter: _part(code, fitting, letter) for letter in "WNEJP"}
    fen = [int(parts[letter]) * factor for letter, factor in _FEN.items() if parts[letter]]
    return ScaleLabel(
        parts["W"],
        int(parts["N"]) if parts["N"] else None,
        Money(fen[0]) if fen else None,
        Money(int(parts["P"])) if parts["P"] else None,
    )


def _is_layout(word: str) -> bool:
    if len(word) not in LENGTHS or not _SHAPE.fullmatch(word):
        return False
    letters = [run[0] for run in re.findall(r"W+|N+|E+|J+|P+", word)]
    is_single = len(set(letters)) == len(letters) and not {"E", "J"} <= set(letters)
    return is_single and "W" in letters and bool({"N", "E", "J"} & set(letters))


def _fits(code: str, layout: str) -> bool:
    if len(code) != len(layout) or not (code.isascii() and code.isdigit()):
        return False
    if any(sign.isdigit() and sign != digit for sign, digit in zip(layout, code, strict=True)):
        return False
    return layout[-1] != "C" or ean.calc_check_digit(code[:-1]) == code[-1]


def _part(code: str, layout: str, letter: str) -> str:
    return "".join(digit for sign, digit in zip(layout, code, strict=True) if sign == letter)
