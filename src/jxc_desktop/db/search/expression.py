"""What the index is asked for: every card that matches, and few that do not."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from .parts import is_ascii, is_letters
from .sounds import spellings
from .tokens import BEGINNING, ENDING, INITIALS, JOINT, LONGEST_BEGINNING, PAIR, SYLLABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .matching import Term

LONGEST_INITIALS = 3


def expression(terms: Sequence[Term]) -> str:
    """The MATCH expression of all terms; there must be one."""
    return _all(_term(each) for each in terms)


def _term(term: Term) -> str:
    conditions = []
    last = len(term.parts) - 1
    for is_run, group in groupby(enumerate(term.parts), key=lambda each: is_ascii(each[1])):
        if is_run:
            conditions += [_run(part, is_open=place == last) for place, part in group]
        else:
            conditions.append(_quoted(" ".join(part for _place, part in group)))
    found = _all(conditions)
    return _any([found, f"{_quoted(ENDING + term.ending[::-1])} *"]) if term.ending else found


def _run(run: str, *, is_open: bool) -> str:
    as_it_is = _begun(run) if is_open else _quoted(run)
    if not is_letters(run):
        return as_it_is
    spelled = (_syllables(each, is_open=is_open) for each in spellings(run, is_open=is_open))
    return _any([as_it_is, _initials(run), *spelled])


def _begun(run: str) -> str:
    if len(run) <= LONGEST_BEGINNING:
        return _quoted(BEGINNING + run)
    return f"{_quoted(run)} *"


def _initials(run: str) -> str:
    length = min(len(run), LONGEST_INITIALS)
    return _all(_quoted(INITIALS + run[start : start + length]) for start in range(len(run) - length + 1))


def _syllables(spelled: tuple[str, ...], *, is_open: bool) -> str:
    if len(spelled) == 1:
        return _quoted((SYLLABLE if len(spelled[0]) > 1 else INITIALS) + spelled[0])
    pairs = [_quoted(PAIR + one + JOINT + other) for one, other in pairwise(spelled)]
    return _all([*pairs[:-1], f"{pairs[-1]} *" if is_open else pairs[-1]])


def _quoted(token: str) -> str:
    return f'"{token}"'


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(dict.fromkeys(conditions))


def _any(conditions: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(conditions))
    return f"({' OR '.join(distinct)})" if len(distinct) > 1 else distinct[0]
