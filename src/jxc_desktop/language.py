"""Words for texts: gettext catalogues at the edge of the program, one per language.

A text's id is the key of the catalogue; its parameters fill the {placeholders}, and a parameter that is a text itself
is translated first. What a catalogue lacks is shown as its id with the parameters: a missing word never stops work.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from enum import StrEnum
from functools import cache

from jxc_desktop.kernel.text import Text
from jxc_desktop.resource_files import translation_dir

DOMAIN = "jxc"

Translator = Callable[[Text], str]


class Language(StrEnum):
    """The languages the program speaks."""

    ZH_CN = "zh_CN"
    ZH_TW = "zh_TW"
    EN = "en"


_TRADITIONAL = ("hant", "tw", "hk", "mo")


def closest_language(tag: str) -> Language:
    """The language for a locale or language tag such as zh-Hans-CN, zh_HK.UTF-8 or en_GB; Chinese users come first."""
    parts = tag.partition(".")[0].replace("-", "_").lower().split("_")
    if parts[0] == "zh":
        return Language.ZH_TW if any(part in _TRADITIONAL for part in parts[1:]) else Language.ZH_CN
    return Language.EN if parts[0] == "en" else Language.ZH_CN


@cache
def translator(language: Language) -> Translator:
    """The function that puts texts into words of that language."""
    words = gettext.translation(DOMAIN, translation_dir(), [language.value], fallback=True)
    separator = ", " if language is Language.EN else "、"

    def translate(text: Text) -> str:
        return _filled(words.gettext(text.id), text, {name: shown(value) for name, value in text.params.items()})

    def shown(value: object) -> str:
        if isinstance(value, Text):
            return translate(value)
        if isinstance(value, (list, tuple)):
            return separator.join(shown(part) for part in value)
        return str(value)

    return translate


def _filled(words: str, text: Text, values: dict[str, str]) -> str:
    if words == text.id:
        return _bare(text, values)
    try:
        return words.format_map(_Values(values))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return _bare(text, values)


def _bare(text: Text, values: dict[str, str]) -> str:
    shown = ", ".join(f"{name}={value}" for name, value in values.items())
    return f"{text.id} ({shown})" if shown else text.id


class _Values(dict[str, str]):
    """Leaves a placeholder standing that got no value."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
