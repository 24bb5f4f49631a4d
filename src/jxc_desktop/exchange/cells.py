"""Reading untidy texts and codes: spaces, full-width letters, numbers where a text should stand.

Every reading gives the clean value with the kinds of what was tidied, or the kind of the fault that keeps it out.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from .faults import FaultKind, NoteKind
from .unread_cells import Unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from .spreadsheet import Cell

T_co = TypeVar("T_co", covariant=True)

BLANKS = " \t\r\n\v\f\u00a0\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
"""Every space that people paste, as the inside of a character class."""

ASCII_BLANKS = " \t\r\n\v\f"
"""Those of them that plain texts hold, which most are: they are tidied without a pattern."""

_EDGES = re.compile(f"^[{BLANKS}]+|[{BLANKS}]+$")
_ALL_BLANKS = re.compile(f"[{BLANKS}]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}", re.ASCII)
_POINT_ZERO = re.compile(r"(\d+)\.0+", re.ASCII)


class Reading(NamedTuple, Generic[T_co]):
    """A cell as read: the clean value (None for an empty cell), what was tidied, or the fault."""

    value: T_co | None
    notes: tuple[NoteKind, ...] = ()
    fault: FaultKind | None = None


def stripped(text: str) -> str:
    """A text without any kind of space at its ends."""
    if text.isascii():
        return text.strip(ASCII_BLANKS)
    return _EDGES.sub("", text)


def without_blanks(text: str) -> str:
    """A text without any kind of space."""
    return _ALL_BLANKS.sub("", text)


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ordinary ones: Ａ１００９ → A1009."""
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def folded(code: str) -> str:
    """The form in which two codes or names are the same: without spaces at the ends, half-width, in one case."""
    return stripped(half_width(code)).casefold()


def read_text(cell: Cell) -> Reading[str]:
    """A name or remark: only the spaces at its ends are tidied, full-width signs are proper in a Chinese text."""
    if isinstance(cell, Unread):
        return Reading(None, (), FaultKind.NOT_CALCULATED)
    if isinstance(cell, str):
        text = stripped(cell)
        return Reading(text or None, _if(NoteKind.SPACES, holds=text != cell and bool(text)))
    return Reading(str(cell), (NoteKind.NUMBER_IN_TEXT_COLUMN,))


def read_code(cell: Cell) -> Reading[str]:
    """A code as people write it on labels: half-width, no spaces at the ends, a number without decimals."""
    if isinstance(cell, Unread):
        return Reading(None, (), FaultKind.NOT_CALCULATED)
    if not isinstance(cell, str):
        return Reading(str(cell), (NoteKind.NUMBER_IN_TEXT_COLUMN,))
    text = stripped(cell)
    notes = _if(NoteKind.SPACES, holds=text != cell and bool(text))
    text = stripped(text.removeprefix("'").removeprefix("`"))
    narrow = half_width(text)
    return Reading(narrow or None, notes + _if(NoteKind.FULL_WIDTH_DIGITS, holds=narrow != text))


def read_barcode(cell: Cell, *, is_valid: Callable[[str], bool]) -> Reading[str]:
    """A barcode; `is_valid` judges the check digit of those that have one.

    A number is a barcode stored as a number. One that a spreadsheet has shortened to 2.17E+12 is lost: a fault.
    """
    reading = read_code(cell)
    if reading.value is None:
        return reading
    code = without_blanks(reading.value)
    notes = reading.notes
    if code != reading.value and NoteKind.SPACES not in notes:
        notes += (NoteKind.SPACES,)
    if whole := _POINT_ZERO.fullmatch(code):
        code = whole[1]
    if _SCIENTIFIC.fullmatch(code) or isinstance(cell, Decimal) or not is_valid(code):
        return Reading(code, notes, FaultKind.CHECK_DIGIT)
    return Reading(code, notes)


def _if(kind: NoteKind, *, holds: bool) -> tuple[NoteKind, ...]:
    return (kind,) if holds else ()
