"""Wrong rows that random business found: each the smallest day that shows them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.services.rebuild import rebuild_check
from tests.builders import (
    adjustment,
    assembly,
    count,
    delivery,
    disassembly,
    line,
    open_shop,
    purchase_return,
    receipt,
    retail,
    sales_return,
    tender,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_a_walk_that_stops_early_leaves_the_shortages_of_untouched_pools_alone(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, cost_pool="warehouse")
    tea = shop.item("T", "茶", reference_cost=5_000_000)
    main, front = shop.warehouse("W1", "总库"), shop.warehouse("W2", "门店")
    maker = shop.supplier("S")
    shop.post(count(26, [line(tea, "5", warehouse=front)]))
    back = shop.post_one(purchase_return(8, maker, [line(tea, "3", "5", warehouse=front)]))
    sold = shop.post_one(retail(18, [line(tea, "7", "9", warehouse=main)], [tender(shop.cash, "63")]))
    shop.post(
        sales_return(
            28,
            shop.setting("walk_in_party"),
            [line(tea, "2", "9", warehouse=main, source_document=sold, source_line=1)],
        )
    )
    assert shop.rows("SELECT quantity FROM shortage WHERE document = 3") == [(5_000_000,)]
    shop.reverse(back, 10)
    assert shop.rows("SELECT quantity FROM shortage WHERE document = 3") == [(5_000_000,)]
    shop.book.close()
    assert rebuild_check(shop.book.path).is_equal


def test_a_source_in_the_same_batch_is_found_after_its_item_became_dirty(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    tea, salt = shop.item("T", "茶"), shop.item("S", "盐")
    maker, guest = shop.supplier("S"), shop.customer("C")
    source = shop.post_one(receipt(9, maker, [line(tea, "10", "3")]))
    shop.post(receipt(20, maker, [line(salt, "10", "1")]))
    shop.post(delivery(3, guest, [line(salt, "2", "2")]), adjustment(10, "own_use", [line(tea, "1")]))
    shop.post(purchase_return(12, maker, [line(tea, "4", "3", source_document=source, source_line=1)]))
    shop.book.close()
    assert rebuild_check(shop.book.path).is_equal


def test_a_reversal_is_never_reversed(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    counted = shop.post_one(count(5, [line(shop.item("T", "茶"), "3")]))
    reversal = shop.reverse(counted, 6)
    with pytest.raises(UserError, match=r"document\.reversal_not_reversed"):
        shop.reverse(reversal, 7)


def test_kits_that_lead_back_to_each_other_come_to_rest_although_they_cover_several_shortages(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, negative_stock="allow")
    oil, tea, salt = (shop.item(code) for code in ("OIL", "TEA", "SALT"))
    guest, third = shop.customer("C"), "0.333333"
    shop.post(assembly(date(2026, 2, 3), line(oil, "0.5"), [line(tea, "1"), line(salt, "3")]))
    shop.post(disassembly(25, line(oil, "7"), [line(tea, "0.5"), line(salt, third)]))
    shop.post(count(date(2026, 2, 13), [line(tea, "12.5"), line(oil, "0.5")]))
    shop.post(assembly(date(2026, 2, 19), line(salt, "12.5"), [line(oil, "7"), line(tea, "3")]))
    shop.post(count(date(2026, 2, 1), [line(salt, "7", unit_cost="0")]))
    shop.post(delivery(12, guest, [line(salt, "7", "1")]))
    shop.post(assembly(date(2026, 2, 16), line(salt, "5"), [line(oil, "3"), line(tea, "3")]))
    shop.post(assembly(23, line(oil, "0.5"), [line(tea, "5"), line(salt, third)]))
    shop.post(assembly(14, line(salt, "2"), [line(oil, "3"), line(tea, third)]))
    shop.book.close()
    assert rebuild_check(shop.book.path).is_equal
