"""The papers: sizes and margins in mm, from `resources/forms/papers.json`; rolls have no height of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jxc_desktop.kernel.value import value
from jxc_desktop.resource_files import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

MM = 72 / 25.4
"""Points in a millimetre."""


@value
class Paper:
    """One paper; margins are top, right, bottom, left; `height` is 0 for a roll, which is cut below what is printed."""

    name: str
    width: float
    height: float
    margins: tuple[float, float, float, float]
    kind: str


@cache
def papers() -> Mapping[str, Paper]:
    """Every paper by its name."""
    return {
        name: Paper(name, each["width"], each["height"] or 0.0, tuple(each["margins"]), each["kind"])
        for name, each in read_json("forms", "papers.json").items()
    }
