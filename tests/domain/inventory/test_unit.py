"""Quantities and prices in several units: exact or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.inventory.unit import (
    ItemUnit,
    UnitQuantity,
    convert_price,
    convert_quantity,
    left_of,
    mixed_units,
    unit_cost,
)
from jxc_desktop.kernel.errors import InexactQuantity
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import NOTHING, SAME_UNIT, Quantity, Ratio, UnitPrice

PIECE, PACK, BOX = ItemUnit("个", SAME_UNIT), ItemUnit("包", Ratio(6)), ItemUnit("箱", Ratio(24))
JIN = ItemUnit("斤", Ratio(1, 2))

ratios = st.builds(Ratio, st.integers(1, 500), st.sampled_from([1, 2, 3, 5, 10, 12]))


def _shown(quantity: str, *units: ItemUnit) -> str:
    return "".join(f"{part.quantity}{part.unit.name}" for part in mixed_units(Quantity.parse(quantity), units))


def test_a_quantity_converts_exactly_or_is_refused() -> None:
    assert convert_quantity(Quantity.parse("2.5"), BOX.ratio, PACK.ratio) == Quantity.parse("10")
    assert convert_quantity(Quantity.parse("3"), JIN.ratio, PIECE.ratio) == Quantity.parse("1.5")
    with pytest.raises(InexactQuantity):
        convert_quantity(Quantity.parse("5"), PIECE.ratio, PACK.ratio)


def test_a_price_converts_the_other_way_round() -> None:
    assert convert_price(UnitPrice.parse("24"), BOX.ratio, PIECE.ratio) == UnitPrice.parse("1")
    assert convert_price(UnitPrice.parse("3.5"), JIN.ratio, PIECE.ratio) == UnitPrice.parse("7")
    assert convert_price(UnitPrice.parse("10"), PACK.ratio, PIECE.ratio) == UnitPrice.parse("1.666667")


@given(st.integers(-(10**9), 10**9), ratios, ratios)
def test_what_converts_comes_back(micro: int, source: Ratio, target: Ratio) -> None:
    quantity = Quantity(micro)
    try:
        converted = convert_quantity(quantity, source, target)
    except InexactQuantity:
        assert micro * source.num * target.den % (source.den * target.num)
        return
    assert convert_quantity(converted, target, source) == quantity


def test_what_is_left_of_a_line_counts_returns_in_other_units() -> None:
    received = UnitQuantity(Quantity.parse("2"), BOX)
    assert left_of(received, []) == Quantity.parse("48")
    returned = [UnitQuantity(Quantity.parse("3"), PACK), UnitQuantity(Quantity.parse("1.5"), PIECE)]
    assert left_of(received, returned) == Quantity.parse("28.5")


def test_a_stock_is_shown_in_the_units_people_count_in() -> None:
    assert _shown("89", PIECE, PACK, BOX) == "3箱2包5个"
    assert _shown("72", BOX, PACK, PIECE) == "3箱"
    assert _shown("5.5", PIECE, BOX) == "5.5个"
    assert _shown("-30", PIECE, PACK, BOX) == "-1箱-1包"
    assert _shown("0", PIECE, BOX) == "0个"
    assert _shown("1.5", PIECE, JIN) == "1个1斤"


def test_a_rest_without_an_exact_value_is_refused() -> None:
    with pytest.raises(InexactQuantity):
        mixed_units(Quantity.parse("1"), [ItemUnit("打", Ratio(3)), ItemUnit("双", Ratio(3, 2))])


@given(st.integers(-(10**9), 10**9))
def test_the_parts_are_the_quantity_again(micro: int) -> None:
    parts = mixed_units(Quantity(micro), [PACK, PIECE, BOX])
    assert left_of(UnitQuantity(Quantity(micro), PIECE), parts) == NOTHING
    assert all(part.quantity.micro % 10**6 == 0 for part in parts if part.unit is not PIECE)


def test_a_unit_cost_has_as_many_decimals_as_asked_for() -> None:
    assert unit_cost(Money(2446), Quantity.parse("7"), decimals=2) == "3.49"
    assert unit_cost(Money(1000), Quantity.parse("3")) == "3.333333"
    assert unit_cost(Money(-1500), Quantity.parse("-3"), decimals=0) == "5"
    assert unit_cost(Money(0), NOTHING) is None
