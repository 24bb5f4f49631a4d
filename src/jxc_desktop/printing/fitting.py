"""A text in a width: broken into lines, then written smaller, at last cut with a mark that says so."""

from __future__ import annotations

from typing import NamedTuple

from .fonts import text_width

NEVER_FIRST = frozenset("，。、；：！？）】》〉」』”’…—·,.;:!?)]}%％℃")
NEVER_LAST = frozenset("（【《〈「『“‘([{￥¥$")
SMALLER = 0.8
"""The one smaller size, as a share; below it a tired eye gives up."""
CUT = "…"


class Fitted(NamedTuple):
    """The lines of a text and the size they are written in."""

    lines: list[str]
    size: float


def fitted(text: str, width: float, size: float, most_lines: int) -> Fitted:
    """The text in at most so many lines (one more in the smaller size); what still is too long ends with “…”."""
    if "\n" not in text and text_width(text, size) <= width:
        return Fitted([text], size)
    lines = broken(text, width, size)
    if len(lines) <= most_lines:
        return Fitted(lines, size)
    small = size * SMALLER
    lines, most = broken(text, width, small), most_lines + (most_lines > 1)
    if len(lines) <= most:
        return Fitted(lines, small)
    return Fitted([*lines[: most - 1], _cut(lines[most - 1], width, small)], small)


def shrunk(text: str, width: float, size: float, least: float = 5.0) -> Fitted:
    """The text in one line, as much smaller as it needs: numbers are never broken, never cut."""
    wide = text_width(text, size)
    return Fitted([text], size if wide <= width else max(size * width / wide, min(least, size)))


def broken(text: str, width: float, size: float) -> list[str]:
    """Lines not wider than `width`: between Chinese signs anywhere the rules of punctuation allow, else at blanks."""
    lines = []
    for part in text.split("\n"):
        rest = part.strip()
        while rest:
            end = _end(rest, width, size)
            lines.append(rest[:end].rstrip())
            rest = rest[end:].lstrip()
    return lines or [""]


def _end(text: str, width: float, size: float) -> int:
    """Where the first line of the text ends; at least one sign stands on it."""
    most, wide = 0, 0.0
    for sign in text:
        wide += text_width(sign, size)
        if wide > width:
            break
        most += 1
    if most >= len(text):
        return len(text)
    for end in range(most, 0, -1):
        if _may_break(text, end):
            return end
    return max(most, 1)


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if before in NEVER_LAST or after in NEVER_FIRST:
        return False
    return not (_is_of_a_word(before) and _is_of_a_word(after))


def _is_of_a_word(sign: str) -> bool:
    return sign.isascii() and not sign.isspace() and sign not in "-/"


def _cut(line: str, width: float, size: float) -> str:
    while line and text_width(line + CUT, size) > width:
        line = line[:-1]
    return line + CUT
