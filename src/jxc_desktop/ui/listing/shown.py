"""Plain values as lists show them: thousands separators, the true minus sign, dates, yes and no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = frozenset({"money", "quantity", "price", "rate", "whole"})
MINUS = "−"
FEWEST_PLACES = {"money": 2, "price": 2}


def shown(value: object, type_: str, words: Callable[[Text], str]) -> str:
    """A value of a column of that type, as the screen shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words(Text("cli.yes")) if value else ""
    text = str(value)
    if type_ not in NUMBERS or not text:
        return text
    return f"{percent(text)}%" if type_ == "rate" else number(text, FEWEST_PLACES.get(type_, 0))


def number(text: str, places: int = 0) -> str:
    """`−1,234.50` for the decimal text -1234.5 with two places at least."""
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, _point, rest = digits.partition(".")
    rest = rest.ljust(places, "0")
    grouped = f"{int(whole):,}" if whole.isdigit() else whole
    return f"{sign}{grouped}.{rest}" if rest else f"{sign}{grouped}"


def percent(text: str) -> str:
    """`12.5` for the decimal text 0.125: one place, rounded half up."""
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, _point, rest = digits.partition(".")
    tenths = (int(whole + rest.ljust(6, "0")[:6]) + 500) // 1_000
    return f"{sign}{tenths // 10}.{tenths % 10}"
