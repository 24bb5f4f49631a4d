"""Reading untidy numbers: ¥2,270.99, ２３００, (123.45), 80 stored as a text → exact kernel values."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice
from jxc_desktop.kernel.rounding import MICRO

from .cells import Reading, half_width, stripped, without_blanks
from .faults import FaultKind, NoteKind
from .unread_cells import Unread

if TYPE_CHECKING:
    from .spreadsheet import Cell

LARGEST_MICRO = 10**18
"""What an eight-byte column holds with room for arithmetic: 10¹² units or yuan."""

_CURRENCY = re.compile(
    r"^(?:(?:RMB|CNY|NT\$|HK\$|US\$|USD|人民币|人民幣|[¥￥$£€元])+)|(?:(?:RMB|CNY|USD|元整?|圆整?|圓整?|[¥￥$£€])+(?:/[^\\d/]{1,4})?)$",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:[,'’]\d{3})+(?:\.\d*)?|\d{1,4}(?:,\d{4})+(?:\.\d*)?", re.ASCII)
_PLAIN = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_NO_VALUE = frozenset({"-", "--", "—", "——", "–", "/", "－", "无", "無", "n/a", "#n/a"})


def read_number(cell: Cell, *, is_typed: bool = True) -> Reading[Decimal]:
    """Any number. `is_typed` tells that the file could have held a number, so that a text is worth a note."""
    if isinstance(cell, Unread):
        return Reading(None, (), FaultKind.NOT_CALCULATED)
    if isinstance(cell, (int, Decimal)):
        return Reading(Decimal(cell))
    if not isinstance(cell, str):
        return Reading(None, (), FaultKind.NOT_A_NUMBER)
    notes: list[NoteKind] = []
    text = _tidied(cell, notes)
    if not text:
        return Reading(None)
    sign, size = _without_sign(text)
    bare = _CURRENCY.sub("", size)
    if bare != size:
        notes.append(NoteKind.CURRENCY_SIGN)
        sign, bare = (sign, bare) if sign or not bare else _without_sign(bare)
    if _GROUPED.fullmatch(bare):
        notes.append(NoteKind.THOUSANDS_SEPARATOR)
        bare = re.sub(r"[,'’]", "", bare)
    if not _PLAIN.fullmatch(bare):
        return Reading(None, (), FaultKind.NOT_A_NUMBER)
    if is_typed and not notes:
        notes.append(NoteKind.TEXT_NUMBER)
    return Reading(Decimal(sign + bare), tuple(notes))


def read_quantity(cell: Cell, *, is_typed: bool = True, may_be_negative: bool = False) -> Reading[Quantity]:
    """A quantity, exact to six decimals; a text such as 约50 or 缺货 is no quantity, and nobody guesses one."""
    reading = read_number(cell, is_typed=is_typed)
    if reading.fault is FaultKind.NOT_A_NUMBER:
        return Reading(None, (), FaultKind.TEXT_QUANTITY)
    if reading.fault:
        return Reading(None, (), reading.fault)
    if reading.value is None:
        return Reading(None)
    micro = _micro(reading.value)
    if micro is None:
        return Reading(None, reading.notes, _why_no_micro(reading.value))
    quantity = Quantity(micro)
    if micro < 0 and not may_be_negative:
        return Reading(quantity, reading.notes, FaultKind.NEGATIVE_QUANTITY)
    return Reading(quantity, reading.notes)


def read_price(cell: Cell, *, is_typed: bool = True, may_be_negative: bool = False) -> Reading[UnitPrice]:
    """A price or unit cost, rounded half-up to six decimals where a formula left more."""
    reading = read_amount_like(cell, is_typed=is_typed)
    if reading.fault or reading.value is None:
        return Reading(None, reading.notes, reading.fault)
    scaled = int((reading.value * MICRO).to_integral_value(ROUND_HALF_UP))
    if abs(scaled) > LARGEST_MICRO:
        return Reading(None, reading.notes, FaultKind.OUT_OF_RANGE)
    fault = FaultKind.NEGATIVE_NUMBER if scaled < 0 and not may_be_negative else None
    return Reading(UnitPrice(scaled), reading.notes, fault)


def read_money(cell: Cell, *, is_typed: bool = True, may_be_negative: bool = True) -> Reading[Money]:
    """An amount, rounded half-up to the fen where a formula left more."""
    reading = read_amount_like(cell, is_typed=is_typed)
    if reading.fault or reading.value is None:
        return Reading(None, reading.notes, reading.fault)
    fen = int((reading.value * 100).to_integral_value(ROUND_HALF_UP))
    if abs(fen) > LARGEST_MICRO:
        return Reading(None, reading.notes, FaultKind.OUT_OF_RANGE)
    fault = FaultKind.NEGATIVE_NUMBER if fen < 0 and not may_be_negative else None
    return Reading(Money(fen), reading.notes, fault)


def read_rate(cell: Cell, *, is_typed: bool = True) -> Reading[Rate]:
    """A tax rate: 13%, 13 or 0.13 are the same; 免税 and 不征税 are 0."""
    if isinstance(cell, Unread):
        return Reading(None, (), FaultKind.NOT_CALCULATED)
    text = without_blanks(half_width(cell)) if isinstance(cell, str) else ""
    if text in {"免税", "不征税", "零税率", "免稅", "免税率"}:
        return Reading(Rate(0))
    is_percent = text.endswith("%")
    reading = read_number(text.removesuffix("%") if text else cell, is_typed=is_typed and not is_percent)
    if reading.fault or reading.value is None:
        return Reading(None, reading.notes, reading.fault)
    share = reading.value / 100 if is_percent or reading.value >= 1 else reading.value
    if not 0 <= share < 1:
        return Reading(None, reading.notes, FaultKind.OUT_OF_RANGE)
    micro = _micro(share)
    return Reading(None, reading.notes, FaultKind.TOO_PRECISE) if micro is None else Reading(Rate(micro), reading.notes)


def read_amount_like(cell: Cell, *, is_typed: bool = True) -> Reading[Decimal]:
    """A number in a column of prices or amounts, where a dash means none."""
    if isinstance(cell, str) and not isinstance(cell, Unread) and stripped(cell).casefold() in _NO_VALUE:
        return Reading(None)
    return read_number(cell, is_typed=is_typed)


def _tidied(cell: str, notes: list[NoteKind]) -> str:
    text = without_blanks(cell)
    if text != cell and text:
        notes.append(NoteKind.SPACES)
    narrow = half_width(text.removeprefix("'")).replace("−", "-")
    if narrow != text.removeprefix("'") and any(0xFF10 <= ord(sign) <= 0xFF19 for sign in text):
        notes.append(NoteKind.FULL_WIDTH_DIGITS)
    return narrow


def _without_sign(text: str) -> tuple[str, str]:
    """The sign as `-` or nothing, and the rest: -5, 5- and (5) are the same."""
    if text[0] == "(" and text[-1] == ")":
        return "-", text[1:-1]
    if text[0] in "+-":
        return text[0].replace("+", ""), text[1:]
    return ("-", text[:-1]) if text[-1] == "-" else ("", text)


def _micro(number: Decimal) -> int | None:
    scaled = number * MICRO
    whole = scaled.to_integral_value()
    return int(whole) if whole == scaled and abs(whole) <= LARGEST_MICRO else None


def _why_no_micro(number: Decimal) -> FaultKind:
    return FaultKind.OUT_OF_RANGE if abs(number) * MICRO > LARGEST_MICRO else FaultKind.TOO_PRECISE
