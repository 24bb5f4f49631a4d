"""The day that a tour walks through, as data: what is pressed, scanned, opened and pictured, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jxc_desktop.resource_files import read_json

if TYPE_CHECKING:
    from collections.abc import Sequence

VERBS = {"module": 1, "open": 3, "type": 1, "press": 1, "scan": 1, "focus": 1, "cell": 2, "pause": 1, "picture": 1}
"""What can be done, and how many words each takes."""


@dataclass(frozen=True)
class Step:
    """One thing that is done."""

    verb: str
    words: tuple[Any, ...]

    def __str__(self) -> str:
        return " ".join(map(str, (self.verb, *self.words)))


def tour_script() -> tuple[int, list[Step]]:
    """The moment at which the day is played, in milliseconds since 1970, and its steps."""
    found = read_json("tour.json")
    return int(found["now_ms"]), read_steps(found["steps"])


def read_steps(lines: Sequence[Sequence[Any]]) -> list[Step]:
    """Steps from plain lists. Raises ValueError for one that cannot be done."""
    steps = []
    for verb, *words in lines:
        if VERBS.get(verb) != len(words):
            raise ValueError(verb)
        steps.append(Step(verb, tuple(words)))
    return steps
