"""Whether a text matches what was typed: the rule that the index only narrows down.

What is typed is cut at blanks into terms, all of which must be found in a card. A term runs along neighbouring parts
of a text from any part on: a character by itself or by its sound, letters and digits as they are. Letters may be the
initials of characters or their full readings; the last run or syllable may be unfinished. A code or barcode is also
found by its last signs, two at least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.value import value

from .parts import is_ascii, is_letters, parts
from .sounds import initials, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST_ENDING = 2
LONGEST_TYPED = 100
"""What is typed beyond so many signs is left out."""


@value
class Term:
    """One term: its parts, and all of it where it may be the end of a code, else nothing."""

    parts: tuple[str, ...]
    ending: str

    def place_in(self, found: tuple[str, ...]) -> int:
        """The first part of a text at which the term is found, -1 if nowhere."""
        sign = self.parts[0][0]
        may_sound = is_letters(sign)
        for start, part in enumerate(found):
            may_be = part[0] == sign or (may_sound and sign in initials(part))
            if may_be and _is_at(found, start, self.parts):
                return start
        return -1


def read_terms(typed: str) -> list[Term]:
    """The terms of what was typed; those of signs only are nothing."""
    found = []
    for word in typed[:LONGEST_TYPED].split():
        cut = parts(word)
        if cut:
            whole = "".join(cut)
            found.append(Term(cut, whole if all(map(is_ascii, cut)) and len(whole) >= SHORTEST_ENDING else ""))
    return found


def _is_at(found: tuple[str, ...], start: int, wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    if start == len(found):
        return False
    part, first, rest = found[start], wanted[0], wanted[1:]
    if part == first and _is_at(found, start + 1, rest):
        return True
    if not is_ascii(first):
        return False
    if not rest and is_ascii(part) and part.startswith(first):
        return True
    return is_letters(first) and any(
        _is_at(found, end, rest) for end in {*_by_initials(found, start, first), *_by_sound(found, start, first, rest)}
    )


def _by_initials(found: tuple[str, ...], start: int, run: str) -> Iterator[int]:
    end = start + len(run)
    if end <= len(found) and all(letter in initials(part) for letter, part in zip(run, found[start:end], strict=True)):
        yield end


def _by_sound(
    found: tuple[str, ...], start: int, run: str, rest: tuple[str, ...], *, is_first: bool = True
) -> Iterator[int]:
    """Where the run may end when it is read as syllables; letters of the text itself only come first."""
    if start == len(found) or (is_ascii(found[start]) and not is_first):
        return
    for reading in readings(found[start]):
        if run == reading or (not rest and reading.startswith(run)):
            yield start + 1
        elif run.startswith(reading):
            yield from _by_sound(found, start + 1, run[len(reading) :], rest, is_first=False)
