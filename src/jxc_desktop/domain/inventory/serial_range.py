"""Many serial numbers written as one text: one after the other, or from one to another.

Numbers are separated by lines, blanks or commas. `A0001~A0100`, `A0001~0100`, `A0001～A0100` and `A0001至A0100` are a
hundred numbers. `A0001-A0100` is too, where both ends differ in their last digits only; any other hyphen belongs to
the number.
"""

from __future__ import annotations

import re

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text

MOST = 100_000
"""Serial numbers that one text may stand for."""

_SEPARATORS = re.compile(r"[\s,，、;；]+")
_RANGE = re.compile(r"[~～至]")
_TAIL = re.compile(r"^(.*?)(\d+)$", re.ASCII)


def serials_in(text: str) -> tuple[str, ...]:
    """The serial numbers of a text, in its order.

    Raises UserError for a range that does not run from a lower to a higher number of the same kind, and for more
    numbers than `MOST`.
    """
    found: list[str] = []
    for word in _SEPARATORS.split(text.strip()):
        found += _serials_of(word, MOST - len(found)) if word else ()
    return tuple(found)


def _serials_of(word: str, room: int) -> list[str]:
    ends = _ends(word)
    if ends is None:
        return _fitting([word], room)
    first, last = ends
    begin, end = _TAIL.match(first), _TAIL.match(last)
    if begin is None or end is None:
        raise UserError(Text("serial.no_range", {"range": word}))
    prefix, low = begin.groups()
    prefix_of_end, high = end.groups()
    if prefix_of_end not in {prefix, ""} or len(low) != len(high) or int(low) > int(high):
        raise UserError(Text("serial.no_range", {"range": word}))
    if int(high) - int(low) >= room:
        raise UserError(Text("serial.too_many", {"most": MOST}))
    return [f"{prefix}{number:0{len(low)}d}" for number in range(int(low), int(high) + 1)]


def _fitting(words: list[str], room: int) -> list[str]:
    if len(words) > room:
        raise UserError(Text("serial.too_many", {"most": MOST}))
    return words


def _ends(word: str) -> tuple[str, str] | None:
    """The two ends of a range; None for a single number."""
    parts = _RANGE.split(word)
    if len(parts) == 2:
        return parts[0], parts[1]
    if len(parts) > 2:
        raise UserError(Text("serial.no_range", {"range": word}))
    half = len(word) // 2
    first, last = word[:half], word[half + 1 :]
    if len(word) % 2 == 0 or word[half] != "-":
        return None
    begin, end = _TAIL.match(first), _TAIL.match(last)
    is_range = begin is not None and end is not None and begin[1] == end[1] and begin[2] <= end[2]
    return (first, last) if is_range else None
