"""What people type and paste into cells, as fields are read: 13 % is a share, 1,200 元 a figure, 是 is yes."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.exchange.numbers import read_rate
from jxc_desktop.exchange.synonyms import synonyms

from .clipboard import without_signs

if TYPE_CHECKING:
    from collections.abc import Callable

FIGURES = frozenset({FieldType.MONEY, FieldType.QUANTITY, FieldType.PRICE})
TENTHS, HUNDREDTHS = Decimal(10), Decimal(100)


def plain(field: Field, text: str, unit: Callable[[str], str] = str) -> str:
    """What a cell says, in the way its field is read; what is not understood stays as it is and is refused there.

    `unit` finds the book's name of a unit.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return ""
    if field.type is FieldType.RATE:
        return discount(typed) if field.name == "discount" else _tax_rate(typed)
    if field.type in FIGURES:
        return without_signs(typed)
    if field.type is FieldType.YES_NO:
        return _yes_no(typed)
    return unit(typed) or typed if field.name == "unit" else typed


def discount(text: str) -> str:
    """The share that is paid: 95 %, 95, 9.5 折, 95 折 and 0.95 are the same. A bare 9.5 could be two things."""
    bare = without_signs(text)
    is_percent, is_tenths = bare.endswith("%"), bare.endswith("折")
    try:
        number = Decimal(bare.removesuffix("%").removesuffix("折"))
    except InvalidOperation:
        return text
    if is_tenths:
        number /= TENTHS if number < TENTHS else HUNDREDTHS
    elif is_percent or number > TENTHS:
        number /= HUNDREDTHS
    return format(number, "f")


def _tax_rate(text: str) -> str:
    rate = read_rate(text).value
    return text if rate is None else str(rate)


def _yes_no(text: str) -> str:
    table = synonyms()
    if table.word("yes", text) or text in table.words["yes"]:
        return "true"
    return "false" if table.word("no", text) or text in table.words["no"] else text
