"""What a line of a document cost, and what was found to be missing from that later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.queries.line_cost import LINE_COST, LineCost, line_cost
from tests.builders import delivery, line, purchase_return, receipt
from tests.queries.ask import plan

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop


def _cost(shop: Shop, document: Id, key: int = 1) -> tuple[str, str]:
    found: LineCost = shop.book.read(line_cost, document=document, line=key)
    return str(found.cost), str(found.variance)


def test_each_line_has_its_own_cost(shop: Shop) -> None:
    pen, cup = shop.item("P1"), shop.item("C1")
    bought = shop.post_one(receipt(1, shop.supplier("S1"), [line(pen, "3", "1"), line(cup, "2", "5")]))
    sold = shop.post_one(delivery(2, shop.customer("K1"), [line(pen, "1"), line(cup, "1")]))
    assert (_cost(shop, bought, 1), _cost(shop, bought, 2)) == (("-3.00", "0.00"), ("-10.00", "0.00"))
    assert (_cost(shop, sold, 1), _cost(shop, sold, 2)) == (("1.00", "0.00"), ("5.00", "0.00"))


def test_what_covers_a_shortage_at_another_cost_is_a_variance_of_the_delivery(shop: Shop) -> None:
    pen = shop.item("P1", reference_cost=5_000_000)
    sold = shop.post_one(delivery(1, shop.customer("K1"), [line(pen, "2")]))
    assert _cost(shop, sold) == ("10.00", "0.00")
    shop.post(
        receipt(2, shop.supplier("S1"), [line(pen, "1", "3")]), receipt(3, shop.supplier("S1"), [line(pen, "1", "6")])
    )
    assert _cost(shop, sold) == ("10.00", "-1.00")


def test_a_return_that_takes_more_than_was_paid_has_a_variance(shop: Shop) -> None:
    pen, supplier = shop.item("P1"), shop.supplier("S1")
    cheap, _dear = shop.post(receipt(1, supplier, [line(pen, "1", "5")]), receipt(1, supplier, [line(pen, "1", "7")]))
    shop.post(delivery(2, shop.customer("K1"), [line(pen, "1")]))
    back = shop.post_one(purchase_return(3, supplier, [line(pen, "1", source_document=cheap, source_line=1)]))
    assert _cost(shop, back) == ("6.00", "1.00")


def test_what_moves_no_stock_costs_nothing(shop: Shop) -> None:
    pen, service = shop.item("P1"), shop.item("F1", kind="service")
    sold = shop.post_one(delivery(1, shop.customer("K1"), [line(service, "1", "9"), line(pen, "1")]))
    shop.post(receipt(2, shop.supplier("S1"), [line(pen, "1", "3")]))
    assert (_cost(shop, sold, 1), _cost(shop, sold, 2)) == (("0.00", "0.00"), ("0.00", "3.00"))
    shop.void(sold)
    assert _cost(shop, sold, 2) == ("0.00", "0.00")


def test_it_is_found_by_keys_alone(shop: Shop) -> None:
    assert not [step for step in plan(shop, LINE_COST, (bytes(16), 1)) if step.startswith("SCAN")]
