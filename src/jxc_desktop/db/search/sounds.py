"""How characters sound: every reading as Latin letters without tones.

The dictionary takes a quarter of a second to load and is asked once per character, so it is loaded when the first
character needs it.
"""

from __future__ import annotations

from functools import cache, lru_cache

from .parts import is_ascii, is_letters

MOST_LETTERS = 3
"""A run of so many letters among characters is spoken with them: `U盘` is `upan`."""


@cache
def readings(part: str) -> tuple[str, ...]:
    """What may be typed for a part: all readings of a character, a few letters as they are; nothing for digits.

    `ü` is typed `v` or `u`.
    """
    if is_ascii(part):
        return (part,) if is_letters(part) and len(part) <= MOST_LETTERS else ()
    found = dict.fromkeys(_of_character(part))
    found.update(dict.fromkeys(each.replace("v", "u") for each in tuple(found) if "v" in each))
    return tuple(found)


@cache
def initials(part: str) -> frozenset[str]:
    """The first letters of the readings."""
    return frozenset(each[0] for each in readings(part))


def _of_character(character: str) -> tuple[str, ...]:
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415 — slow to load, seldom needed
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415

    plain = (to_normal(each) for each in pinyin_dict.get(ord(character), "").split(","))
    return tuple(each for each in plain if each.isascii() and each.isalpha())


@cache
def syllables() -> frozenset[str]:
    """Every syllable that a character can have."""
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415

    toned = {each for spelled in pinyin_dict.values() for each in spelled.split(",")}
    plain = {each for each in map(to_normal, toned) if each.isascii() and each.isalpha()}
    return frozenset(plain | {each.replace("v", "u") for each in plain})


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(each[:length] for each in syllables() for length in range(1, len(each) + 1))


@lru_cache(maxsize=256)
def spellings(run: str, *, is_open: bool) -> tuple[tuple[str, ...], ...]:
    """The ways to read a run of letters as syllables; the first may be a few letters that stand in the text.

    `is_open`: more may follow, so the last may be the beginning of a syllable.
    """
    found = dict.fromkeys(_spelled(run, is_open=is_open))
    for length in range(1, min(MOST_LETTERS, len(run) - 1) + 1):
        found.update(((run[:length], *rest), None) for rest in _spelled(run[length:], is_open=is_open))
    return tuple(found)


def _spelled(run: str, *, is_open: bool) -> list[tuple[str, ...]]:
    ways: list[list[tuple[str, ...]]] = [[] for _ in run] + [[()]]
    longest = max(map(len, syllables()))
    for start in range(len(run) - 1, -1, -1):
        for end in range(start + 1, min(start + longest, len(run)) + 1):
            known = _beginnings() if is_open and end == len(run) else syllables()
            if run[start:end] in known:
                ways[start] += [(run[start:end], *rest) for rest in ways[end]]
    return ways[0]
