"""Where the price of a new line comes from, and the same price in another unit or mode."""

from __future__ import annotations

import pytest

from jxc_desktop.domain.pricing.line_price import PriceMode
from jxc_desktop.domain.pricing.price_source import KnownPrice, PriceSource, choose_price, price_for
from jxc_desktop.kernel.quantity import SAME_UNIT, Rate, Ratio, UnitPrice

TAX = Rate.parse("0.13")
BOX = Ratio(12)


def known(price: str, ratio: Ratio = SAME_UNIT, mode: PriceMode = PriceMode.INCLUDED) -> KnownPrice:
    return KnownPrice(UnitPrice.parse(price), ratio, mode)


def test_the_customers_own_price_stands_before_the_last_the_level_and_retail() -> None:
    prices: dict[PriceSource, KnownPrice | None] = {
        PriceSource.RETAIL: known("10"),
        PriceSource.LEVEL: known("9"),
        PriceSource.LAST: known("8"),
        PriceSource.OWN: known("7"),
    }
    chosen = []
    while (found := choose_price(prices)) is not None:
        chosen.append(found[0])
        prices[found[0]] = None
    assert chosen == [PriceSource.OWN, PriceSource.LAST, PriceSource.LEVEL, PriceSource.RETAIL]


def test_the_user_may_put_the_sources_in_another_order() -> None:
    prices = {PriceSource.RETAIL: known("10"), PriceSource.LAST: known("8")}
    found = choose_price(prices, (PriceSource.RETAIL, PriceSource.LAST))
    assert found == (PriceSource.RETAIL, known("10"))


def test_nobody_knows_a_price() -> None:
    assert choose_price({}) is None


@pytest.mark.parametrize(
    ("price", "ratio", "mode", "wanted"),
    [
        (known("2.5"), SAME_UNIT, PriceMode.INCLUDED, "2.5"),
        (known("2.5"), BOX, PriceMode.INCLUDED, "30"),
        (known("100", BOX), SAME_UNIT, PriceMode.INCLUDED, "8.333333"),
        (known("100", BOX), BOX, PriceMode.INCLUDED, "100"),
        (known("11.3"), SAME_UNIT, PriceMode.EXCLUDED, "10"),
        (known("10", mode=PriceMode.EXCLUDED), SAME_UNIT, PriceMode.INCLUDED, "11.3"),
        (known("10", mode=PriceMode.EXCLUDED), BOX, PriceMode.EXCLUDED, "120"),
    ],
)
def test_a_price_is_put_into_the_unit_and_mode_of_the_line(
    price: KnownPrice, ratio: Ratio, mode: PriceMode, wanted: str
) -> None:
    assert price_for(price, ratio, mode, TAX) == UnitPrice.parse(wanted)
