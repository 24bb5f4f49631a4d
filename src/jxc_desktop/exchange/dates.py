"""Reading dates as people spell them: 2026/01/02, 2026年1月2日, 2026.01.02, 20260102, a spreadsheet's day number."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from .cells import Reading, half_width, stripped
from .faults import FaultKind, NoteKind
from .unread_cells import Unread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .spreadsheet import Cell

FIRST_YEAR, LAST_YEAR = 1950, 2199
DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 — a business date has no zone
"""Day 0 of the usual spreadsheet calendar (its 29 February 1900 makes day 1 the 31 December 1899)."""

_TIME = r"(?:[ T]*(\d{1,2})(?::|时|時|点)(\d{1,2})(?:(?::|分)(\d{1,2})(?:\.\d+)?)?(?:分|秒)?)?"
_SPELLED = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?" + _TIME, re.ASCII)
_ROC = re.compile(r"民[国國]\s*(\d{2,3})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?" + _TIME, re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})" + _TIME, re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_TIDY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?", re.ASCII)
_ROC_START = 1911


def read_date(cell: Cell, *, formats: Sequence[str] = (), is_typed: bool = True) -> Reading[dt.date]:
    """A calendar date; a time of day beside it is dropped."""
    reading = read_date_time(cell, formats=formats, is_typed=is_typed)
    day = reading.value.date() if reading.value is not None else None
    return Reading(day, reading.notes, reading.fault)


def read_date_time(cell: Cell, *, formats: Sequence[str] = (), is_typed: bool = True) -> Reading[dt.datetime]:
    """A date with its time of day (midnight where none is written). `formats` of strptime are tried first."""
    if isinstance(cell, dt.datetime):
        return _in_range(cell, ())
    if isinstance(cell, dt.date):
        return _in_range(dt.datetime.combine(cell, dt.time()), ())
    if isinstance(cell, (int, Decimal)):
        return _read_number(Decimal(cell))
    return _read_text(cell, formats, is_typed=is_typed)


def _read_text(cell: str, formats: Sequence[str], *, is_typed: bool) -> Reading[dt.datetime]:
    if isinstance(cell, Unread):
        return Reading(None, (), FaultKind.NOT_CALCULATED)
    text = stripped(cell)
    if not text:
        return Reading(None)
    for form in formats:
        try:
            return _in_range(dt.datetime.strptime(text, form), ())  # noqa: DTZ007 — a business date has no zone
        except ValueError:
            continue
    narrow = half_width(text)
    notes = (NoteKind.DATE_SPELLING,) if is_typed or not _TIDY.fullmatch(cell) else ()
    for pattern, start in ((_SPELLED, 0), (_ROC, _ROC_START), (_COMPACT, 0)):
        if match := pattern.fullmatch(narrow):
            year, *rest = (int(part or 0) for part in match.groups())
            return _made(year + start, *rest, notes=notes)
    if _SERIAL.fullmatch(narrow):
        return _read_number(Decimal(narrow))
    return Reading(None, (), FaultKind.IMPOSSIBLE_DATE)


def _made(*parts: int, notes: tuple[NoteKind, ...]) -> Reading[dt.datetime]:
    year, month, day, hour, minute, second = parts
    try:
        return _in_range(dt.datetime(year, month, day, hour, minute, second), notes)  # noqa: DTZ001
    except ValueError:
        return Reading(None, (), FaultKind.IMPOSSIBLE_DATE)


def _read_number(number: Decimal) -> Reading[dt.datetime]:
    """A spreadsheet's day number, or eight digits stored as a number."""
    if number == int(number) and _COMPACT.fullmatch(str(int(number))):
        year, rest = divmod(int(number), 10_000)
        return _made(year, rest // 100, rest % 100, 0, 0, 0, notes=(NoteKind.DATE_SPELLING,))
    if not 0 < number < 110_000:
        return Reading(None, (), FaultKind.IMPOSSIBLE_DATE)
    days = int(number)
    seconds = int(((number - days) * 86_400).to_integral_value())
    return _in_range(DAY_ZERO + dt.timedelta(days=days, seconds=seconds), (NoteKind.DATE_SPELLING,))


def _in_range(moment: dt.datetime, notes: tuple[NoteKind, ...]) -> Reading[dt.datetime]:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return Reading(None, (), FaultKind.IMPOSSIBLE_DATE)
    return Reading(moment.replace(tzinfo=None), notes)
