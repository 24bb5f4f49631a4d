"""Document numbers: prefix, reset key, the letter of a later stream, and a counter without gaps.

`XS-20261122-0001`; the second stream of the book writes `XS-20261122-B0001`. Source: architecture.md §5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

RESETS = ("day", "month", "year")


def series_key(prefix: str, on: date, *, reset: str = "day", ordinal: int = 0) -> str:
    """Everything before the counting digits; `ordinal` is the place of the stream in the book, 0 the first."""
    when = f"{on.year:04d}"
    if reset != "year":
        when += f"{on.month:02d}"
    if reset == "day":
        when += f"{on.day:02d}"
    return f"{prefix}-{when}-{stream_letter(ordinal)}"


def stream_letter(ordinal: int) -> str:
    """Nothing for the first stream, then B, C, … Z, BA and so on."""
    letters = ""
    while ordinal:
        ordinal, rest = divmod(ordinal, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def numbered(key: str, count: int) -> str:
    """The number of a count in a series, at least four digits."""
    return f"{key}{count:04d}"
