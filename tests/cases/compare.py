"""Holding the product's figures against expected ones.

An expectation with n decimals is met when the figure rounds half-up to it; what is not a number must be equal; null
asserts nothing; every expected name must be among the figures.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from tests.cases.case import OneOf

if TYPE_CHECKING:
    from collections.abc import Iterator


def differences(expected: Any, figure: Any, place: str) -> Iterator[str]:
    """One text per figure that is not as expected; none when all are met."""
    if isinstance(expected, dict):
        yield from _named(expected, figure, place)
    elif isinstance(expected, list) and not isinstance(figure, OneOf):
        yield from _listed(expected, figure, place)
    elif not _is_met(expected, figure):
        yield f"{place}: expected {expected}, got {_shown(expected, figure)}"


def _named(expected: dict[str, Any], figure: Any, place: str) -> Iterator[str]:
    if not isinstance(figure, dict):
        yield f"{place}: expected {expected}, got {figure}"
        return
    for name, value in expected.items():
        inner = f"{place}.{name}" if place else name
        if name in figure:
            yield from differences(value, figure[name], inner)
        else:
            yield f"{inner}: expected {value}, but the product gives no such figure"


def _listed(expected: list[Any], figure: Any, place: str) -> Iterator[str]:
    if not isinstance(figure, (list, tuple)) or len(figure) != len(expected):
        yield f"{place}: expected {expected}, got {figure}"
        return
    for index, (value, part) in enumerate(zip(expected, figure, strict=True)):
        yield from differences(value, part, f"{place}[{index}]")


def _is_met(expected: Any, figure: Any) -> bool:
    if expected is None:
        return True
    if isinstance(figure, OneOf):
        return not figure.spellings.isdisjoint(expected if isinstance(expected, list) else [expected])
    if isinstance(expected, bool) or isinstance(figure, bool):
        return expected is figure
    wanted, shown = _number(expected), _shown(expected, figure)
    found = _number(shown)
    if wanted is None or found is None:
        return str(expected) == shown
    return found.quantize(wanted, rounding=ROUND_HALF_UP) == wanted


def _shown(expected: Any, figure: Any) -> str:
    """The figure as text, with the expected number of decimals where it has any number of them."""
    return str(figure(len(str(expected).partition(".")[2])) if callable(figure) else figure)


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None
