"""Figures as the screen shows them: thousands separators and the true minus sign, from exact decimal texts."""

from __future__ import annotations

MINUS = "−"


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
