"""What of a card goes into the index.

Words stand in their order, a character each, so that several together are a phrase. The rest is a set of tokens with
a mark in front that no folded text can hold: beginnings of runs, sounds of one to three neighbours, endings backwards.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .parts import is_ascii, parts
from .sounds import initials, readings

if TYPE_CHECKING:
    from collections.abc import Iterable

BEGINNING, INITIALS, SYLLABLE, PAIR, ENDING = "→", "¹", "²", "³", "←"
JOINT = "·"
"""Stands between the two syllables of a pair: `xi·an` is not the beginning of `xian·hua`."""

BREAK = "¶"
"""Stands between the fields of a card, so that no phrase reaches from one into the next."""

LONGEST_BEGINNING = 8
"""Longer beginnings are looked for among the words."""

CACHED = 50_000


def tokens(fields: Iterable[str], endings: Iterable[str]) -> str:
    """The tokens of a card, separated by blanks: of its texts, and of what is found by its last signs."""
    words: list[str] = []
    marked: set[str] = set()
    for field in fields:
        found = parts(field)
        if found:
            words += [*found, BREAK]
            _add_sounds(marked, found)
    marked.update(f"{ENDING}{tail[::-1]}" for tail in map(joined, endings) if tail)
    return " ".join([*words, *sorted(marked)])


def joined(text: str) -> str:
    """The parts of a text without what separates them, if all are letters and digits; else nothing."""
    found = parts(text)
    return "".join(found) if all(map(is_ascii, found)) else ""


def _add_sounds(marked: set[str], found: tuple[str, ...]) -> None:
    second, third = "", ""
    for part in reversed(found):
        marked.update(_alone(part))
        if second and readings(part) and readings(second):
            marked.update(_two(part, second))
            if third and readings(third):
                marked.update(_three(part, second, third))
        second, third = part, second


@cache
def _alone(part: str) -> frozenset[str]:
    if is_ascii(part):
        ends = range(1, min(len(part), LONGEST_BEGINNING) + 1)
        return frozenset([*(BEGINNING + part[:end] for end in ends), *(INITIALS + each for each in initials(part))])
    begun = (SYLLABLE + each[:end] for each in readings(part) for end in range(2, len(each) + 1))
    return frozenset([*begun, *(INITIALS + each for each in initials(part))])


@lru_cache(maxsize=CACHED)
def _two(first: str, second: str) -> frozenset[str]:
    spelled = [PAIR + one + JOINT + other for one in readings(first) for other in readings(second)]
    return frozenset([*spelled, *(INITIALS + one + other for one in initials(first) for other in initials(second))])


@lru_cache(maxsize=CACHED)
def _three(first: str, second: str, third: str) -> frozenset[str]:
    return frozenset(
        INITIALS + one + two + three for one in initials(first) for two in initials(second) for three in initials(third)
    )
