"""The rule of the search said another way: spell out everything one may type for a text, and compare whole strings.

Only for short texts and words without signs in them; the product walks along the text instead of spelling it out.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from pypinyin import Style, pinyin

_UNIT = re.compile(r"[a-z]+|[0-9]+|[^\W_]")


def units(text: str) -> list[str]:
    """A text cut into runs of letters, runs of digits and single characters."""
    return _UNIT.findall(unicodedata.normalize("NFKC", text).lower())


def spoken(unit: str) -> set[str]:
    """How a unit sounds; `ü` is typed v or u."""
    if unit[0].isascii():
        return {unit} if unit[0].isalpha() and len(unit) <= 3 else set()
    said = {each for each in pinyin(unit, style=Style.NORMAL, heteronym=True)[0] if each.isascii()} - {unit}
    return said | {each.replace("v", "u") for each in said}


def _wholes(text: list[str], start: int) -> list[tuple[int, bool, set[str], set[str]]]:
    """What may be typed from a unit on: (end, whether it is letters, finished ways, unfinished ways)."""
    found = []
    unit = text[start]
    begun = {unit[:length] for length in range(1, len(unit))} if unit.isascii() else set()
    found.append((start + 1, unit.isascii() and unit.isalpha(), {unit}, begun))
    for end in range(start + 1, len(text) + 1):
        said = [spoken(each) for each in text[start:end]]
        if not all(said):
            break
        found.append((end, True, {"".join(each) for each in product(*[{s[0] for s in ways} for ways in said])}, set()))
        if not any(each.isascii() for each in text[start + 1 : end]):
            before = ["".join(each) for each in product(*said[:-1])]
            whole = {head + last for head in before for last in said[-1]}
            part = {head + last[:n] for head in before for last in said[-1] for n in range(1, len(last))}
            found.append((end, True, whole, part))
    return found


def ways_to_type(text: list[str], start: int, *, after_letters: bool = False) -> set[str]:
    """Every string that is found in the text at this unit."""
    found: set[str] = set()
    for end, is_letters, whole, part in _wholes(text, start):
        if is_letters and after_letters:
            continue
        found |= whole | part
        if end < len(text):
            more = ways_to_type(text, end, after_letters=is_letters)
            found |= {head + tail for head in whole for tail in more}
    return found


def all_ways(text: str) -> set[str]:
    """Every string that finds the text."""
    cut = units(text)
    return {way for start in range(len(cut)) for way in ways_to_type(cut, start)}


def endings(code: str) -> set[str]:
    """What finds a code or barcode from its end: two signs at least."""
    whole = "".join(units(code))
    return {whole[start:] for start in range(len(whole) - 1)} if whole.isascii() else set()
