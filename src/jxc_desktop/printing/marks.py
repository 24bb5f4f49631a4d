"""What stands on a page: marks in points from the lower left corner."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A text that begins at x, on the base line y."""

    x: float
    y: float
    size: float
    is_bold: bool
    text: str


class Bars(NamedTuple):
    """A barcode in the middle of a box whose lower left corner is x, y."""

    x: float
    y: float
    width: float
    height: float
    code: str


class Page(NamedTuple):
    """A page; `rules` are lines (x1, y1, x2, y2).

    `stamp` is written large across it, a struck page is crossed out as well.
    """

    width: float
    height: float
    words: list[Words]
    rules: list[tuple[float, float, float, float]]
    bars: list[Bars]
    stamp: str = ""
    is_struck: bool = False
