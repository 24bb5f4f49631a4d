"""Untidy cells are read and noted; what cannot be read is a fault, never a guess."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.exchange.cells import folded, read_barcode, read_code, read_text
from jxc_desktop.exchange.dates import read_date, read_date_time
from jxc_desktop.exchange.faults import FaultKind, NoteKind, column_letters
from jxc_desktop.exchange.numbers import read_money, read_number, read_price, read_quantity, read_rate
from jxc_desktop.exchange.packs import read_pack
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, UnitPrice
from jxc_desktop.masters.barcode import is_ean13, is_gtin, is_plausible_barcode


@pytest.mark.parametrize(
    ("cell", "clean", "notes"),
    [
        ("A1", "A1", ()),
        (" A1\u3000", "A1", (NoteKind.SPACES,)),
        ("Ａ１００９", "A1009", (NoteKind.FULL_WIDTH_DIGITS,)),
        (10002, "10002", (NoteKind.NUMBER_IN_TEXT_COLUMN,)),
        ("'0012", "0012", ()),
        ("", None, ()),
        ("\u3000 ", None, ()),
    ],
    ids=repr,
)
def test_codes(cell: str | int, clean: str | None, notes: tuple[NoteKind, ...]) -> None:
    assert read_code(cell)[:2] == (clean, notes)


def test_names_keep_their_full_width_signs() -> None:
    assert read_text("\u3000螺丝（大）　Ｍ６ ")[:2] == ("螺丝（大）　Ｍ６", (NoteKind.SPACES,))
    assert folded(" a１２Ｂ ") == "a12b"


@pytest.mark.parametrize(
    ("cell", "clean", "fault"),
    [
        ("2170000000008", "2170000000008", None),
        (2170000000008, "2170000000008", None),
        ("２１７００００００ ０００８", "2170000000008", None),
        ("2170000000008.0", "2170000000008", None),
        ("2170000000009", "2170000000009", FaultKind.CHECK_DIGIT),
        ("2.17E+12", "2.17E+12", FaultKind.CHECK_DIGIT),
        (Decimal("2170000000008.5"), "2170000000008.5", FaultKind.CHECK_DIGIT),
        ("95210010000I7", "95210010000I7", FaultKind.CHECK_DIGIT),
        ("SHOP-7", "SHOP-7", None),
        ("", None, None),
    ],
    ids=repr,
)
def test_barcodes(cell: str | int | Decimal, clean: str | None, fault: FaultKind | None) -> None:
    reading = read_barcode(cell, is_valid=is_plausible_barcode)
    assert (reading.value, reading.fault) == (clean, fault)


def test_check_digits_of_every_length() -> None:
    assert is_gtin("96385074")
    assert is_gtin("036000291452")
    assert is_gtin("10614141000415")
    assert is_ean13("9521001000017")
    assert not is_ean13("95210010000I7")
    assert not is_ean13("９５２１００１０００017")
    assert not is_ean13("96385074")
    assert not is_gtin("9638507")
    assert not is_gtin("")


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_exactly_one_check_digit_fits(first_twelve: int) -> None:
    fitting = [digit for digit in range(10) if is_ean13(f"{first_twelve:012}{digit}")]
    assert len(fitting) == 1


@pytest.mark.parametrize(
    ("cell", "number", "notes"),
    [
        (3, "3", ()),
        (Decimal("2.50"), "2.5", ()),
        ("80", "80", (NoteKind.TEXT_NUMBER,)),
        ("２３００", "2300", (NoteKind.FULL_WIDTH_DIGITS,)),
        ("¥2270.99", "2270.99", (NoteKind.CURRENCY_SIGN,)),
        ("￥ 1,200.50元", "1200.50", (NoteKind.SPACES, NoteKind.CURRENCY_SIGN, NoteKind.THOUSANDS_SEPARATOR)),
        ("103,385.70", "103385.70", (NoteKind.THOUSANDS_SEPARATOR,)),
        ("1,2345", "12345", (NoteKind.THOUSANDS_SEPARATOR,)),
        ("(123.45)", "-123.45", (NoteKind.TEXT_NUMBER,)),
        ("¥-12", "-12", (NoteKind.CURRENCY_SIGN,)),
        ("12.5元/桶", "12.5", (NoteKind.CURRENCY_SIGN,)),
        ("−5", "-5", (NoteKind.TEXT_NUMBER,)),
        ("1.5E3", "1500", (NoteKind.TEXT_NUMBER,)),
    ],
    ids=repr,
)
def test_numbers(cell: str | int | Decimal, number: str, notes: tuple[NoteKind, ...]) -> None:
    reading = read_number(cell)
    assert reading.fault is None
    assert (reading.value, reading.notes) == (Decimal(number), notes)


def test_a_number_in_a_text_file_needs_no_note() -> None:
    assert read_number("80", is_typed=False).notes == ()


@pytest.mark.parametrize(
    "cell", ["约50", "缺货", "50个", "1,23", "1.2.3", "五十", "--5", "12-5", "-", dt.date(2026, 1, 1)]
)
def test_what_is_no_quantity_is_never_guessed(cell: str | dt.date) -> None:
    assert read_quantity(cell).fault is FaultKind.TEXT_QUANTITY


def test_quantities_prices_amounts() -> None:
    assert read_quantity("473.6").value == Quantity.parse("473.6")
    assert read_quantity("-9").fault is FaultKind.NEGATIVE_QUANTITY
    assert read_quantity("-9", may_be_negative=True).value == Quantity.parse("-9")
    assert read_quantity(Decimal("0.1234567")).fault is FaultKind.TOO_PRECISE
    assert read_quantity("9" * 20).fault is FaultKind.OUT_OF_RANGE
    assert read_price(Decimal("3.33333333333333")).value == UnitPrice.parse("3.333333")
    assert read_price("-1").fault is FaultKind.NEGATIVE_NUMBER
    assert read_price("面议").fault is FaultKind.NOT_A_NUMBER
    assert read_money(Decimal("0.005")).value == Money(1)
    assert read_money("-0.005").value == Money(-1)
    assert read_money("—").value is None
    assert read_money("9" * 20).fault is FaultKind.OUT_OF_RANGE
    assert read_money("").value is None


@pytest.mark.parametrize(
    ("cell", "rate"), [("13%", "0.13"), (13, "0.13"), ("0.13", "0.13"), ("免税", "0"), ("1%", "0.01")]
)
def test_tax_rates(cell: str | int, rate: str) -> None:
    assert read_rate(cell).value == Rate.parse(rate)


def test_a_tax_rate_of_all_is_refused() -> None:
    assert read_rate("113%").fault is FaultKind.OUT_OF_RANGE


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_amounts_survive_every_spelling(fen: int) -> None:
    money = Money(fen)
    plain = str(money)
    wide = plain.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
    grouped = f"{Decimal(plain):,.2f}"
    for spelling in (plain, wide, grouped, f"¥{grouped}", f" {plain}　", f"{plain}元"):
        assert read_money(spelling).value == money


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2026-01-02",
            "2026/01/02",
            "2026年1月2日",
            "2026.01.02",
            "2026/1/2",
            "20260102",
            "２０２６年１月２日",
            " 2026-1-2 ",
        ),
        *(
            "民国115年1月2日",
            "46024",
            46024,
            20260102,
            dt.date(2026, 1, 2),
            dt.datetime.fromisoformat("2026-01-02T09:00"),
            "2026-01-02 09:30",
        ),
    ],
    ids=repr,
)
def test_dates(cell: str | int | dt.date) -> None:
    assert read_date(cell).value == dt.date(2026, 1, 2)


def test_times_of_day_and_formats_of_a_map() -> None:
    assert read_date_time("2010-12-01 08:26").value == dt.datetime.fromisoformat("2010-12-01T08:26")
    assert read_date_time("2026年1月2日 10时30分").value == dt.datetime.fromisoformat("2026-01-02T10:30")
    assert read_date_time(Decimal("46024.5")).value == dt.datetime.fromisoformat("2026-01-02T12:00")
    assert read_date("02/01/2026", formats=["%d/%m/%Y"]).value == dt.date(2026, 1, 2)
    assert read_date("2026-01-02", is_typed=False).notes == ()
    assert read_date("2026/01/02").notes == (NoteKind.DATE_SPELLING,)


@pytest.mark.parametrize(
    "cell",
    ["2026-13-05", "2026年2月30日", "02/01/2026", "昨天", "2026-01", 0, 99999999, Decimal(-3), dt.date(1, 1, 1)],
    ids=repr,
)
def test_impossible_dates(cell: str | int | Decimal | dt.date) -> None:
    assert read_date(cell).fault is FaultKind.IMPOSSIBLE_DATE


@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2199, 12, 31)))
def test_every_spelling_of_every_day(day: dt.date) -> None:
    spellings = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        day.strftime("%Y/%m/%d"),
        day.strftime("%Y.%m.%d"),
        day.strftime("%Y%m%d"),
        (day - dt.date(1899, 12, 30)).days,
    )
    assert {read_date(spelling).value for spelling in spellings} == {day}


@pytest.mark.parametrize(
    ("cell", "pack"),
    [
        ("1箱=12桶", ("箱", "12", "桶")),
        ("12桶/箱", ("箱", "12", "桶")),
        ("箱(12桶)", ("箱", "12", "桶")),
        ("１箱＝２４瓶", ("箱", "24", "瓶")),
        ("1件×6瓶", ("件", "6", "瓶")),
        ("箱装12", ("箱", "12", "")),
        ("24瓶装", ("", "24", "瓶")),
        ("1*12", ("", "12", "")),
        (12, ("", "12", "")),
        ("0.5米/段", ("段", "0.5", "米")),
    ],
    ids=repr,
)
def test_packs(cell: str | int, pack: tuple[str, str, str]) -> None:
    found = read_pack(cell).value
    assert found is not None
    assert (found.unit, str(found.ratio), found.base) == pack


def test_a_pack_that_cannot_be_read_is_told_and_left_out() -> None:
    assert read_pack("看包装").notes == (NoteKind.PACK_NOT_READ,)
    assert read_pack("箱=0")[:2] == (None, (NoteKind.PACK_NOT_READ,))
    assert read_pack("散装")[:2] == (None, ())


def test_addresses_of_cells() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
