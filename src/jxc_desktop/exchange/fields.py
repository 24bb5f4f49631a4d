"""Which fields a kind of import has and how each is read from its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice
from jxc_desktop.kernel.value import value
from jxc_desktop.masters.barcode import is_plausible_barcode

from .cells import Reading, read_barcode, read_code, read_text
from .dates import read_date
from .faults import FaultKind
from .numbers import read_money, read_number, read_price, read_quantity, read_rate
from .packs import Pack, read_pack
from .synonyms import synonyms
from .unread_cells import Unread

if TYPE_CHECKING:
    from .spreadsheet import Cell

Clean = str | int | Decimal | Money | Quantity | UnitPrice | Rate | Pack | dt.date
"""What a cell may have been read as."""


@value
class Reader:
    """How cells are read here: which units exist, how dates are spelled, whether the file knows numbers from texts."""

    find_unit: Callable[[str], str]
    is_typed: bool = True
    date_formats: tuple[str, ...] = ()


ReadField = Callable[["Cell", Reader], Reading[Clean]]


def unit_finder(names: Iterable[str]) -> Callable[[str], str]:
    """Make a function from a written unit to the book's name of it, empty where the book has no such unit."""
    table = synonyms()
    known = {table.normal(name): name for name in names}

    def find(written: str) -> str:
        return known.get(table.normal(written)) or known.get(table.normal(table.word("units", written)), "")

    return find


def _code(cell: Cell, _reader: Reader) -> Reading[Clean]:
    return read_code(cell)


def _text(cell: Cell, _reader: Reader) -> Reading[Clean]:
    return read_text(cell)


def _barcode(cell: Cell, _reader: Reader) -> Reading[Clean]:
    return read_barcode(cell, is_valid=is_plausible_barcode)


def _unit(cell: Cell, reader: Reader) -> Reading[Clean]:
    reading = read_text(cell)
    if reading.value is None:
        return Reading(None)
    found = reader.find_unit(reading.value)
    return Reading(found or reading.value, reading.notes, None if found else FaultKind.UNKNOWN_UNIT)


def _pack(cell: Cell, _reader: Reader) -> Reading[Clean]:
    return read_pack(cell)


def _quantity(cell: Cell, reader: Reader) -> Reading[Clean]:
    return read_quantity(cell, is_typed=reader.is_typed)


def _price(cell: Cell, reader: Reader) -> Reading[Clean]:
    return read_price(cell, is_typed=reader.is_typed)


def _money(cell: Cell, reader: Reader) -> Reading[Clean]:
    return read_money(cell, is_typed=reader.is_typed)


def _stock_amount(cell: Cell, reader: Reader) -> Reading[Clean]:
    """The amount beside quantity and cost: a formula nobody worked out says nothing that these do not."""
    is_formula = isinstance(cell, Unread) and cell.is_formula
    return Reading(None) if is_formula else read_money(cell, is_typed=reader.is_typed)


def _rate(cell: Cell, reader: Reader) -> Reading[Clean]:
    return read_rate(cell, is_typed=reader.is_typed)


def _date(cell: Cell, reader: Reader) -> Reading[Clean]:
    return read_date(cell, formats=reader.date_formats, is_typed=reader.is_typed)


def _days(cell: Cell, reader: Reader) -> Reading[Clean]:
    text = cell.removesuffix("天").removesuffix("日") if isinstance(cell, str) else cell
    reading = read_number(text, is_typed=reader.is_typed)
    if reading.fault or reading.value is None:
        return Reading(None, reading.notes, reading.fault)
    is_whole = reading.value == int(reading.value) and 0 <= reading.value <= 9_999
    return Reading(int(reading.value), reading.notes, None if is_whole else FaultKind.OUT_OF_RANGE)


def _choice(group: str) -> ReadField:
    def read(cell: Cell, _reader: Reader) -> Reading[Clean]:
        reading = read_text(cell)
        return Reading(synonyms().word(group, reading.value or "") or None, reading.notes)

    return read


_ITEM: Mapping[str, ReadField] = {
    "code": _code,
    "barcode": _barcode,
    "name": _text,
    "spec": _text,
    "unit": _unit,
    "pack": _pack,
    "pack_unit": _text,
    "category": _text,
    "brand": _text,
    "item_kind": _choice("item_kinds"),
    "cost": _price,
    "price": _price,
    "wholesale_price": _price,
    "tax_rate": _rate,
    "min_stock": _quantity,
    "max_stock": _quantity,
    "supplier": _text,
    "note": _text,
}
_STOCK: Mapping[str, ReadField] = {
    "quantity": _quantity,
    "amount": _stock_amount,
    "warehouse": _text,
    "batch": _code,
    "production_date": _date,
    "expiry_date": _date,
    "date": _date,
}
_PARTY: Mapping[str, ReadField] = {
    "code": _code,
    "name": _text,
    "kind": _choice("party_kinds"),
    "contact": _text,
    "phone": _code,
    "address": _text,
    "tax_id": _code,
    "bank": _text,
    "bank_account": _code,
    "credit_limit": _money,
    "payment_days": _days,
    "note": _text,
}
_PARTY_BALANCE: Mapping[str, ReadField] = {
    "receivable": _money,
    "payable": _money,
    "advance_received": _money,
    "advance_paid": _money,
    "balance": _money,
    "date": _date,
    "due_date": _date,
    "number": _code,
}
_ACCOUNT_BALANCE: Mapping[str, ReadField] = {
    "account_code": _code,
    "account_name": _text,
    "debit": _money,
    "credit": _money,
    "balance": _money,
    "direction": _choice("directions"),
    "party_name": _text,
    "note": _text,
}


@value
class KindFields:
    """The fields of one kind and which of its columns a row of totals adds up."""

    fields: Mapping[str, ReadField]
    summed: tuple[str, ...] = ()


KINDS: Mapping[tuple[str, str], KindFields] = {
    ("items", ""): KindFields(_ITEM),
    ("opening-stock", ""): KindFields({**_ITEM, **_STOCK}, ("quantity", "amount")),
    ("parties", ""): KindFields(_PARTY),
    ("opening-balances", "parties"): KindFields(
        {**_PARTY, **_PARTY_BALANCE}, ("receivable", "payable", "advance_received", "advance_paid", "balance")
    ),
    ("opening-balances", "accounts"): KindFields(_ACCOUNT_BALANCE, ("debit", "credit")),
}
"""By kind of import and shape of its layout."""
