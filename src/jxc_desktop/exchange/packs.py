"""Reading pack columns: 1箱=12桶, 12桶/箱, 箱(12桶), 12 → how many base units one larger unit holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jxc_desktop.kernel.quantity import Quantity, Ratio
from jxc_desktop.kernel.rounding import MICRO
from jxc_desktop.kernel.value import value

from .cells import Reading, half_width, without_blanks
from .faults import NoteKind

if TYPE_CHECKING:
    from .spreadsheet import Cell

_NUMBER = r"(\d+(?:\.\d+)?)"
_WORD = r"([^\d=＝:：/*×xX()\[\]（）.]+?)"
_FORMS = (
    (re.compile(rf"(?:1|一)?{_WORD}[=:]{_NUMBER}{_WORD}?", re.ASCII), (1, 2, 3)),
    (re.compile(rf"{_NUMBER}{_WORD}?/{_WORD}", re.ASCII), (3, 1, 2)),
    (re.compile(rf"(?:1|一)?{_WORD}[(\[]{_NUMBER}{_WORD}?[)\]]", re.ASCII), (1, 2, 3)),
    (re.compile(rf"(?:1|一)?{_WORD}(?:装|裝|入)?[*×xX]?{_NUMBER}{_WORD}?", re.ASCII), (1, 2, 3)),
    (re.compile(rf"1[*×xX:]{_NUMBER}()()", re.ASCII), (2, 1, 3)),
    (re.compile(rf"{_NUMBER}{_WORD}()(?:装|裝|入)", re.ASCII), (3, 1, 2)),
    (re.compile(rf"{_NUMBER}()()", re.ASCII), (2, 1, 3)),
)
_NO_PACK = frozenset({"", "-", "/", "1", "无", "無", "散", "散装", "零散"})


@value
class Pack:
    """One `unit` holds `ratio` base units; an empty `unit` was not named, an empty `base` not repeated."""

    unit: str
    ratio: Ratio
    base: str = ""


def read_pack(cell: Cell) -> Reading[Pack]:
    """The pack of a goods row; nothing, 1 and 散装 are none. What cannot be read is noted: the row comes without it."""
    text = without_blanks(half_width(cell)) if isinstance(cell, str) else str(cell)
    if text in _NO_PACK:
        return Reading(None)
    for form, (unit, number, base) in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _made(match[unit] or "", match[number], match[base] or "", cell)
    return Reading(None, (NoteKind.PACK_NOT_READ,))


def _made(unit: str, number: str, base: str, cell: Cell) -> Reading[Pack]:
    try:
        micro = Quantity.parse(number).micro
    except ValueError:
        return Reading(None, (NoteKind.PACK_NOT_READ,))
    if micro <= 0:
        return Reading(None, (NoteKind.PACK_NOT_READ,))
    narrow = half_width(cell) if isinstance(cell, str) else cell
    return Reading(Pack(unit, Ratio(micro, MICRO), base), (NoteKind.FULL_WIDTH_DIGITS,) if narrow != cell else ())
