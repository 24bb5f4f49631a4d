"""Rules of a mapping file: which rows become which document, which are skipped, how a return finds its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import translate
from functools import cache
from typing import Generic, TypeVar

from jxc_desktop.kernel.value import value

from .cells import folded

SIGN_FIELDS = ("quantity", "price", "amount")
"""Fields a rule looks at by sign: `< 0`, `= 0`, `> 0`, also `<= 0` and `>= 0`."""

TEXT_FIELDS = ("number", "type", "item_code", "party_code", "party_name", "item_kind", "warehouse", "note")
"""Fields a rule looks at by words, with `*` and `?` for any letters; case and spaces at the ends do not matter."""

SIGNS: Mapping[str, frozenset[int]] = {
    "< 0": frozenset({-1}),
    "<= 0": frozenset({-1, 0}),
    "= 0": frozenset({0}),
    ">= 0": frozenset({0, 1}),
    "> 0": frozenset({1}),
}

T = TypeVar("T")


class Fixed(Mapping[str, T], Generic[T]):
    """A mapping nobody writes to, so that a value may have it as a default."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, key: str) -> T:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __hash__(self) -> int:
        return hash(frozenset(self._entries))


NOTHING_SET: Mapping[str, str] = Fixed[str]({})

MATCH_FIELDS = ("party", "item", "price", "warehouse")
ORDERS = ("latest_first", "earliest_first")


@value
class ReturnOf:
    """How a line of a return finds the line it gives back.

    Either `column`: a field that names the earlier document's number; or `match`: what both lines have in common,
    taken in `order`, at most `within_days` back (0: any). `sources` are the types searched, empty: every other.
    """

    column: str = ""
    match: tuple[str, ...] = ()
    order: str = ORDERS[0]
    within_days: int = 0
    sources: tuple[str, ...] = ()
    match_walk_in: bool = False


@value
class Rule:
    """One rule; the first whose conditions all hold decides about a row."""

    words: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, frozenset[int]]
    type: str = ""
    skip: str = ""
    return_of: ReturnOf | None = None
    keep_sign: bool = False
    constants: Mapping[str, str] = NOTHING_SET

    def fits_word(self, field: str, text: str) -> bool:
        """Whether a text meets the condition on its field; without a condition everything does."""
        patterns = self.words.get(field)
        return patterns is None or is_like(text, patterns)

    def fits_signs(self, quantity: int, price: int, amount: int) -> bool:
        """Whether the signs (-1, 0, 1) of a row meet the conditions."""
        given = {"quantity": quantity, "price": price, "amount": amount}
        return all(given[field] in wanted for field, wanted in self.signs.items())


def is_like(text: str, patterns: tuple[str, ...]) -> bool:
    """Whether a text is like one of the patterns."""
    return _compiled(patterns).fullmatch(folded(text)) is not None


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all patterns; without a pattern nothing is like it."""
    return re.compile("|".join(translate(folded(pattern)) for pattern in patterns) or r"(?!)")
