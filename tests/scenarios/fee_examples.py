"""The business behind the examples of posting rules about fees: ten packs of paper, and what it cost to bring them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jxc_desktop.services.periods import close_period
from tests.builders import carries, delivery, fees, line, receipt

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id
    from tests.scenarios.business import Business

IN_FEBRUARY = 1_770_500_000_000
"""An instant after January, in milliseconds."""


def carried(shop: Business, amount: str, *, is_material: bool = False, reason: str = "to_stock") -> Id:
    """A fee with 9 % tax for goods, or for material."""
    if is_material:
        shop.shop.item("P2", base_unit="包", accounts={"stock": shop.shop.account("1403")})
    return _fee(shop, 9, amount, _bought(shop), reason)


def carried_late(shop: Business, amount: str) -> Id:
    """Four of ten are sold when January is closed; the fee comes in February."""
    received = _bought(shop)
    shop.shop.post(delivery(7, shop.school, [line(shop.paper, "4", "35")]))
    shop.shop.clock.put(IN_FEBRUARY)
    shop.shop.book.do(close_period, period=202601)
    return _fee(shop, date(2026, 2, 3), amount, received)


def _bought(shop: Business) -> Id:
    lines = [line(shop.paper, "10", "20", rate="0.13")]
    return shop.shop.post_one(receipt(5, shop.maker, lines, price_mode="excluded"))


def _fee(shop: Business, day: int | date, amount: str, received: Id, reason: str = "to_stock") -> Id:
    draft = fees(day, shop.maker, amount, [carries(received)], rate="0.09", invoice_kind="special", reason=reason)
    return shop.shop.post_one(draft)
