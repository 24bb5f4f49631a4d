"""How a field is declared: its name, its type and whether it must be filled; masters and document types share this."""

from __future__ import annotations

from enum import StrEnum

from jxc_desktop.kernel.value import value


class FieldType(StrEnum):
    """How a field is stored and shown; money in fen, quantity, price and rate in 10⁻⁶, json as canonical text."""

    TEXT = "text"
    WHOLE = "whole"
    YES_NO = "yes_no"
    MONEY = "money"
    QUANTITY = "quantity"
    PRICE = "price"
    RATE = "rate"
    DATE = "date"
    CHOICE = "choice"
    REFERENCE = "reference"
    JSON = "json"


@value
class Field:
    """One field: `to` is the master kind a reference points to, `choices` the allowed words of a choice."""

    name: str
    type: FieldType = FieldType.TEXT
    is_required: bool = False
    to: str = ""
    choices: tuple[str, ...] = ()
