"""组装单: the cost of the parts, and the fee, joins the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.kernel.errors import InsufficientStock
from jxc_desktop.queries.why import why
from tests.builders import assembly, delivery, disassembly, line, receipt, tender
from tests.scenarios import kits
from tests.scenarios.business import Business, keyed, open_business

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Business:
    """The stationer with what a gift box is made of."""
    return kits.stocked(open_business(tmp_path))


def test_the_product_costs_what_its_parts_cost_and_the_fee(shop: Business) -> None:
    made = shop.shop.post_one(kits.assembled(shop, money=[tender(shop.cash, "20")]))
    shop.shows(
        made,
        number="ZZ-20260108-0001",
        voucher_number="记-1",
        voucher=["借 140501 300.00", "贷 1001/01 20.00", "贷 140501 280.00"],
    )
    assert shop.stock(kits.box(shop)) == ("10", "300.00")
    assert shop.stock(shop.pen) == ("160", "320.00")
    assert shop.stock(shop.paper) == ("30", "600.00")
    shop.proves()


def test_a_backdated_receipt_of_a_part_changes_the_product_and_what_was_sold_of_it(shop: Business) -> None:
    shop.shop.post(kits.assembled(shop))
    sold = shop.shop.post_one(delivery(9, shop.school, [line(kits.box(shop), "4", "60")]))
    assert "借 5401 112.00" in shop.voucher(sold)
    shop.shop.post(receipt(3, shop.maker, [line(shop.pen, "200", "4.52")]))  # pens cost 3.00 now
    assert shop.stock(kits.box(shop)) == ("6", "192.00")
    assert "借 5401 128.00" in shop.voucher(sold)
    shop.proves()


def test_kits_of_kits_follow_down_the_line(shop: Business) -> None:
    crate = shop.shop.item("L2", "礼盒箱", base_unit="箱")
    shop.shop.post(kits.assembled(shop))
    shop.shop.post(assembly(9, line(crate, "2"), [line(kits.box(shop), "10"), line(shop.pen, "20")]))
    assert shop.stock(crate) == ("2", "320.00")
    shop.shop.post(receipt(3, shop.maker, [line(shop.pen, "200", "4.52")]))
    assert shop.stock(crate) == ("2", "380.00")
    shop.proves()


def test_parts_that_are_not_in_stock_share_by_their_reference_cost(shop: Business) -> None:
    lid = shop.shop.item("L3", "盒盖", reference_cost=3_000_000)
    base = shop.shop.item("L4", "盒底", reference_cost=1_000_000)
    shop.shop.post(disassembly(8, line(shop.paper, "1"), [line(lid, "1"), line(base, "1")]))
    assert (shop.stock(lid), shop.stock(base)) == (("1", "15.00"), ("1", "5.00"))
    shop.shop.post(disassembly(8, line(shop.pen, "1"), [line(kits.box(shop), "3"), line(shop.shop.item("L5"), "1")]))
    assert shop.stock(kits.box(shop)) == ("3", "1.50")
    shop.proves()


def test_two_kits_that_share_a_part_that_goes_short(shop: Business) -> None:
    other = shop.shop.item("L6", "笔盒", base_unit="盒")
    shop.shop.post(kits.assembled(shop, 30))
    shop.shop.post(assembly(9, line(other, "20"), [line(shop.pen, "100"), line(kits.box(shop), "1")]))
    assert shop.held(shop.pen) == "-20"
    shop.shop.post(receipt(10, shop.maker, [line(shop.pen, "50", "3.39")]))
    shop.proves()
    shop.shop.post(receipt(4, shop.maker, [line(shop.pen, "30", "3.39")]))
    shop.proves()


def test_amending_voiding_and_reversing(shop: Business) -> None:
    made = shop.shop.post_one(kits.assembled(shop, money=[tender(shop.cash, "20")]))
    parts = [keyed(1, line(shop.pen, "20")), keyed(2, line(shop.paper, "5"))]
    shop.shop.amend(made, assembly(8, keyed(3, line(kits.box(shop), "5")), parts))
    assert shop.stock(kits.box(shop)) == ("5", "140.00")
    shop.proves()
    back = shop.shop.reverse(made, 10)
    assert shop.voucher(back) == ["借 140501 -140.00", "贷 140501 -140.00"]
    assert (shop.stock(kits.box(shop)), shop.stock(shop.pen)) == (("0", "0.00"), ("200", "400.00"))
    shop.proves()
    shop.shop.void(back)
    shop.shop.void(made)
    assert shop.stock(shop.paper) == ("40", "800.00")
    shop.proves()


def test_a_reversal_gives_the_fee_back_and_says_what_could_not_be_taken_back(shop: Business) -> None:
    made = shop.shop.post_one(kits.assembled(shop, money=[tender(shop.cash, "20")]))
    shop.shop.post(receipt(9, shop.maker, [line(kits.box(shop), "10", "40")]))
    shop.shop.post(delivery(9, shop.school, [line(kits.box(shop), "10", "60")]))
    back = shop.shop.reverse(made, 10)
    # The ten that are left cost 350.00, ten of 30.00 were asked back: 50.00 stay as a difference.
    assert shop.voucher(back) == ["借 140501 -350.00", "贷 1001/01 -20.00", "贷 140501 -280.00", "借 5401 50.00"]
    shop.proves()


def test_why_leads_from_the_product_down_to_its_parts(shop: Business) -> None:
    shop.shop.post(kits.assembled(shop, money=[tender(shop.cash, "20")]))
    sold = shop.shop.post_one(delivery(9, shop.school, [line(kits.box(shop), "5", "60")]))
    tree = shop.shop.book.read(why, reference=shop.number(sold)).tree
    (pool,) = tree.children
    (made,) = pool.children
    assert (made.kind, str(made.value)) == ("handed_over", "150.00")
    assert [(part.kind, part.item, str(part.value)) for part in made.children] == [
        ("issue", "中性笔", "40.00"),
        ("issue", "复印纸", "100.00"),
        ("fee", "", "10.00"),
    ]


def test_where_stock_may_not_go_short_no_part_may_be_missing(tmp_path: Path) -> None:
    shop = kits.stocked(open_business(tmp_path, negative_stock="forbid"))
    with pytest.raises(InsufficientStock):
        shop.shop.post(kits.assembled(shop, 41))
    shop.shop.post(kits.assembled(shop, 40))
    shop.proves()


def test_a_kit_that_is_none_is_refused_with_its_place(shop: Business) -> None:
    box = line(kits.box(shop), "1")
    assert kits.refusal(shop, assembly(8, box, [])) == {("lines",): "kit.no_parts"}
    assert kits.refusal(shop, assembly(8, box, [line(kits.box(shop), "1")])) == {
        ("lines", 1, "item"): "kit.contains_itself"
    }
    two = kits.assembled(shop).lines
    assert kits.refusal(shop, assembly(8, box, [*two])) == {("lines", 4, "is_product"): "kit.second_product"}
    assert kits.refusal(shop, disassembly(8, box, [line(shop.pen, "0")])) == {
        ("lines", 2, "quantity"): "line.quantity_not_positive"
    }
