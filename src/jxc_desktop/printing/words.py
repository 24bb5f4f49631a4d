"""Cells filled with values: `{head.party_name}`, `{totals.due:money}`, several of them in a text.

Values are the plain ones of queries: amounts and quantities decimal texts, days ISO. A format puts them into the words
of paper: thousands separators, a true minus, capital numerals.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from string import Formatter
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.amount_in_words import amount_in_words
from jxc_desktop.kernel.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Piece = tuple[str, tuple[str, ...], str]
"""A literal text, then the way to a value (empty: none) and its format."""

MINUS = "\N{MINUS SIGN}"


def pieces(template: str) -> tuple[Piece, ...]:
    """A template taken apart. Raises ValueError where its braces do not match or a format is unknown."""
    found = []
    for literal, name, format_, conversion in Formatter().parse(template):
        if conversion or (format_ and format_ not in FORMATS) or name == "":
            raise ValueError(template)
        found.append((literal, tuple(name.split(".")) if name else (), format_ or ""))
    return tuple(found)


def filled(template: tuple[Piece, ...], values: Mapping[str, Any]) -> str:
    """The text of a template; a value that is not there is empty."""
    text = []
    for literal, way, format_ in template:
        text.append(literal)
        if way:
            text.append(_shown(values, way, format_))
    return "".join(text)


def is_empty(template: tuple[Piece, ...], values: Mapping[str, Any]) -> bool:
    """Whether a template names values and none of them comes to a text."""
    named = [(way, format_) for _literal, way, format_ in template if way]
    return bool(named) and not any(_shown(values, way, format_) for way, format_ in named)


def _shown(values: Mapping[str, Any], way: tuple[str, ...], format_: str) -> str:
    value = value_at(values, way)
    return FORMATS[format_](value) if format_ and value else value


def value_at(values: Mapping[str, Any], way: tuple[str, ...]) -> str:
    """The value that a dotted name means, as text."""
    found: Any = values
    for name in way:
        found = found.get(name) if hasattr(found, "get") else None
    return "" if found is None or found is False else str(found)


def _grouped(value: str, least: int, most: int) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    whole, _point, rest = f"{abs(number):,.{most}f}".partition(".")
    rest = rest.rstrip("0").ljust(least, "0")
    return (MINUS if number < 0 else "") + whole + (f".{rest}" if rest else "")


def money(value: str) -> str:
    """Write 1234.5 as 1,234.50."""
    return _grouped(value, 2, 2)


def number(value: str) -> str:
    """Write 1234.50 as 1,234.5."""
    return _grouped(value, 0, 6)


def price(value: str) -> str:
    """Two decimals, more where it has them."""
    return _grouped(value, 2, 6)


def percent(value: str) -> str:
    """Write 0.13 as 13%."""
    try:
        return f"{number(str(Decimal(value) * 100))}%"
    except InvalidOperation:
        return value


def capitals(value: str) -> str:
    """An amount in capital numerals."""
    return amount_in_words(Money.parse(value))


def some(value: str) -> str:
    """An amount, nothing for 0."""
    return money(value) if value.strip("-0.") else ""


FORMATS: dict[str, Callable[[str], str]] = {
    "money": money,
    "number": number,
    "price": price,
    "percent": percent,
    "words": capitals,
    "some": some,
}
