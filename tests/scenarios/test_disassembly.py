"""拆卸单: each part takes its share of what the product cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.quantity import Rate
from tests.builders import disassembly, line, receipt, tender
from tests.scenarios import kits
from tests.scenarios.business import Business, open_business

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Business:
    """The stationer with what a gift box is made of."""
    return kits.stocked(open_business(tmp_path))


def test_taking_apart_gives_each_part_its_share_and_never_the_cost_of_the_whole(shop: Business) -> None:
    """Dolibarr#21668: disassembly gave every part the parent's cost."""
    shop.shop.post(kits.assembled(shop, money=[tender(shop.cash, "20")]))
    apart = shop.shop.post_one(kits.taken_apart(shop))
    # 80 : 200 of the 300 that the boxes cost
    shop.shows(
        apart,
        number="CX-20260109-0001",
        voucher=["借 140501 300.00", "贷 140501 300.00"],
    )
    assert shop.stock(kits.box(shop)) == ("0", "0.00")
    assert shop.stock(shop.pen) == ("200", "405.71")
    assert shop.stock(shop.paper) == ("40", "814.29")
    shop.proves()


def test_shares_may_be_given_and_stay_what_they_were(shop: Business) -> None:
    shop.shop.post(kits.assembled(shop))
    pens, paper = kits.parts(shop)
    parts = [line(shop.pen, "40", share=Rate(250_000)), line(shop.paper, "10", share=Rate(750_000))]
    shop.shop.post(disassembly(9, line(kits.box(shop), "10"), parts))
    assert shop.stock(shop.pen) == ("200", "390.00")
    assert shop.stock(shop.paper) == ("40", "810.00")
    shop.shop.post(receipt(3, shop.maker, [line(shop.paper, "40", "45.20")]))  # paper costs 30.00 now
    assert shop.stock(shop.pen) == ("200", "415.00")
    shop.proves()
    assert (pens.share, paper.share) == (None, None)


@pytest.mark.parametrize("pool", ["book", "warehouse"])
def test_there_and_back_again_on_the_same_day(tmp_path: Path, pool: str) -> None:
    shop = kits.stocked(open_business(tmp_path, cost_pool=pool))
    shop.shop.post(kits.assembled(shop, 5), kits.taken_apart(shop, 3, day=8), kits.assembled(shop, 2))
    shop.shop.post(receipt(3, shop.maker, [line(shop.pen, "200", "4.52"), line(shop.paper, "7", "33")]))
    assert shop.shop.rows("SELECT sum(value) FROM cost_pool")[0][0] == 120_000 + 80_000 + 20_442
    shop.proves()


def test_what_is_taken_apart_is_taken_back_whole(shop: Business) -> None:
    shop.shop.post(kits.assembled(shop))
    apart = shop.shop.post_one(kits.taken_apart(shop))
    back = shop.shop.reverse(apart, 10)
    assert shop.voucher(back) == ["借 140501 -280.00", "贷 140501 -280.00"]
    assert shop.stock(kits.box(shop)) == ("10", "280.00")
    shop.proves()


@pytest.mark.parametrize("shares", [(500_000, None), (500_000, 400_000), (1_200_000, -200_000)])
def test_shares_add_up_to_all(shop: Business, shares: tuple[int, int | None]) -> None:
    parts = [
        line(item, "1", share=None if share is None else Rate(share))
        for item, share in zip((shop.pen, shop.paper), shares, strict=True)
    ]
    assert kits.refusal(shop, disassembly(8, line(kits.box(shop), "1"), parts)) == {("lines", 3, "share"): "kit.shares"}
