"""Plain values as lists show them: figures, dates, yes and no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text
from jxc_desktop.ui.widgets.figures import number, percent

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = frozenset({"money", "quantity", "price", "rate", "whole"})
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
