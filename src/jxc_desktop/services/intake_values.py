"""One value of a plain document read as its field is declared: the edge where texts become kernel values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable


def _rate(text: str) -> Rate:
    """0.13 or 13%."""
    if not text.endswith(("%", "％")):
        return Rate.parse(text)
    micro, rest = divmod(Rate.parse(text[:-1].strip()).micro, 100)
    if rest:
        raise ValueError(text)
    return Rate(micro)


_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")
_DECIMALS: dict[FieldType, Callable[[str], Any]] = {
    FieldType.MONEY: Money.parse,
    FieldType.QUANTITY: Quantity.parse,
    FieldType.PRICE: UnitPrice.parse,
    FieldType.RATE: _rate,
}
_PLACES = {FieldType.MONEY: 2}
LARGEST = 10**12
"""Units or yuan: what an eight-byte column holds in millionths, with room for arithmetic."""
_FULL = Rate(1_000_000)
_SHARES = frozenset({"discount", "tax_rate"})
"""Rates of a line: 13 for 13 % and 8.5 for 八五折 are slips that would multiply an amount."""


def is_given(value: object) -> bool:
    """Whether a value was given: null and the empty text are none."""
    return value is not None and value != ""


def read_value(field: Field, given: object) -> Any:
    """The value of a field from JSON: decimals, days and yes/no as texts, numbers or what JSON has for them.

    Raises UserError that says what is wrong with it.
    """
    text = _text(field, given)
    if field.type in _DECIMALS:
        return _decimal(field, text)
    if field.type is FieldType.DATE:
        return _day(field, text)
    if field.type is FieldType.YES_NO:
        return _yes_no(field, text)
    if field.type is FieldType.WHOLE:
        return _whole(field, text)
    if field.type is FieldType.CHOICE and field.choices and text not in field.choices:
        params = {"field": field.name, "value": text, "choices": [each for each in field.choices if each]}
        raise UserError(Text("intake.not_a_choice", params))
    return text


def _text(field: Field, given: object) -> str:
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, (str, int)):
        return str(given).strip()
    if isinstance(given, float):
        return repr(given)
    raise UserError(Text("intake.not_a_value", {"field": field.name}))


def _decimal(field: Field, text: str) -> Any:
    params = {"field": field.name, "value": text, "places": _PLACES.get(field.type, 6)}
    try:
        found = _DECIMALS[field.type](text)
    except ValueError as error:
        raise UserError(Text("intake.not_a_number", params)) from error
    scaled = found.fen * 10_000 if isinstance(found, Money) else found.micro
    if abs(scaled) > LARGEST * 1_000_000:
        raise UserError(Text("intake.too_large", params))
    if field.name in _SHARES and not Rate(0) <= found <= _FULL:
        raise UserError(Text(f"intake.not_a_{field.name}", params))
    return found


def _day(field: Field, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(Text("intake.not_a_date", {"field": field.name, "value": text})) from error


def _yes_no(field: Field, text: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise UserError(Text("intake.not_yes_no", {"field": field.name, "value": text}))
    return text.lower() in _YES


def _whole(field: Field, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise UserError(Text("intake.not_whole", {"field": field.name, "value": text}))
    return int(text)
