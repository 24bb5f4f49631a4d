"""A text folded and cut into parts: a run of letters, a run of digits, or one character of any other script.

Width and case do not count, signs and blanks separate: `Ａ-0012 可乐` is `a`, `0012`, `可`, `乐`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PART = re.compile(r"[a-z]+|[0-9]+|[^\W_]")


def fold(text: str) -> str:
    """The text with full-width signs made narrow and capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=10_000)
def parts(text: str) -> tuple[str, ...]:
    """The parts of a text in their order."""
    return tuple(_PART.findall(fold(text)))


def is_letters(part: str) -> bool:
    """Whether a part is a run of Latin letters: it may also be how characters sound."""
    return "a" <= part[0] <= "z"


def is_ascii(part: str) -> bool:
    """Whether a part is a run of letters or digits, of which one may type the beginning."""
    return part[0] < "\x80"
