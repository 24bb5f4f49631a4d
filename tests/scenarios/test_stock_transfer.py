"""调拨单: goods from one warehouse to another at cost, inside one pool and from pool to pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import HasProblems, InsufficientStock
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from tests.builders import count, delivery, line, opening_stock, receipt, transfer
from tests.scenarios.business import Business, keyed, open_business

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id


@pytest.fixture
def one_pool(tmp_path: Path) -> Business:
    """200 pens at 2.00 in the main warehouse, one cost for the whole book."""
    return _stocked(open_business(tmp_path))


@pytest.fixture
def by_warehouse(tmp_path: Path) -> Business:
    """The same where every warehouse has a cost of its own."""
    return _stocked(open_business(tmp_path, cost_pool="warehouse"))


def _stocked(shop: Business) -> Business:
    shop.shop.post(opening_stock([line(shop.pen, "200", unit_cost="2")]))
    return shop


def _main(shop: Business) -> Id:
    return shop.shop.find("warehouse", "01").id  # type: ignore[union-attr]


def _pens(shop: Business, quantity: str, **more: Any) -> list[ItemLine]:
    return [line(shop.pen, quantity, **more)]


def _moves(shop: Business, document: Id) -> list[tuple[str, str, str]]:
    """Warehouse, quantity and value of the movements of a document, what goes out first."""
    rows = shop.shop.rows(
        "SELECT w.code, m.quantity, m.value FROM stock_move m JOIN document d ON d.id = m.document"
        " JOIN warehouse w ON w.id = m.warehouse WHERE d.uuid = ? ORDER BY m.leg, m.line",
        bytes.fromhex(document),
    )
    return [(code, str(Quantity(quantity)), str(Money(value))) for code, quantity, value in rows]


def _pools(shop: Business, item: Id) -> dict[str, tuple[str, str]]:
    rows = shop.shop.rows(
        "SELECT coalesce(w.code, ''), p.quantity, p.value FROM cost_pool p JOIN item i ON i.id = p.item"
        " LEFT JOIN warehouse w ON w.id = p.pool WHERE i.uuid = ?",
        bytes.fromhex(item),
    )
    return {code: (str(Quantity(quantity)), str(Money(value))) for code, quantity, value in rows}


def test_inside_one_pool_only_the_places_change(one_pool: Business) -> None:
    moved = one_pool.shop.post_one(transfer(8, _pens(one_pool, "5", unit="盒"), one_pool.branch))
    one_pool.shows(moved, number="DB-20260108-0001", voucher_number="记-1", voucher=[])
    assert _moves(one_pool, moved) == [("01", "-60", "-120.00"), ("02", "60", "120.00")]
    assert _pools(one_pool, one_pool.pen) == {"": ("200", "400.00")}
    one_pool.proves()


def test_from_pool_to_pool_the_cost_goes_along(by_warehouse: Business) -> None:
    by_warehouse.shop.post(
        receipt(5, by_warehouse.maker, [line(by_warehouse.pen, "10", "5.65")], warehouse=by_warehouse.branch)
    )
    moved = by_warehouse.shop.post_one(transfer(8, _pens(by_warehouse, "60"), by_warehouse.branch))
    by_warehouse.shows(moved, number="DB-20260108-0001", voucher=[])
    assert _pools(by_warehouse, by_warehouse.pen) == {"01": ("140", "280.00"), "02": ("70", "170.00")}
    by_warehouse.proves()


def test_a_backdated_receipt_changes_the_cost_on_both_sides(by_warehouse: Business) -> None:
    moved = by_warehouse.shop.post_one(transfer(8, _pens(by_warehouse, "60"), by_warehouse.branch))
    sold = by_warehouse.shop.post_one(
        delivery(9, by_warehouse.school, [line(by_warehouse.pen, "30", "5")], warehouse=by_warehouse.branch)
    )
    assert "借 5401 60.00" in by_warehouse.voucher(sold)
    by_warehouse.shop.post(receipt(3, by_warehouse.maker, [line(by_warehouse.pen, "200", "4.52")]))
    assert _moves(by_warehouse, moved) == [("01", "-60", "-180.00"), ("02", "60", "180.00")]
    assert "借 5401 90.00" in by_warehouse.voucher(sold)
    by_warehouse.proves()


def test_what_comes_into_a_short_warehouse_covers_it_and_says_the_difference(by_warehouse: Business) -> None:
    # 门店先卖 10 支，按参考成本 2.00 暂估；调来的是 2.00 + 涨价后的 3.00。
    by_warehouse.shop.post(
        delivery(4, by_warehouse.school, [line(by_warehouse.pen, "10", "5")], warehouse=by_warehouse.branch),
        receipt(5, by_warehouse.maker, [line(by_warehouse.pen, "200", "4.52")]),
    )
    moved = by_warehouse.shop.post_one(transfer(8, _pens(by_warehouse, "60"), by_warehouse.branch))
    assert by_warehouse.voucher(moved) == ["借 5401 10.00", "贷 140501 10.00"]
    assert _pools(by_warehouse, by_warehouse.pen) == {"01": ("340", "1020.00"), "02": ("50", "150.00")}
    by_warehouse.proves()


def test_more_than_is_there_leaves_at_the_last_cost(by_warehouse: Business) -> None:
    by_warehouse.shop.post(transfer(8, _pens(by_warehouse, "250"), by_warehouse.branch))
    assert _pools(by_warehouse, by_warehouse.pen) == {"01": ("-50", "-100.00"), "02": ("250", "500.00")}
    by_warehouse.proves()


@pytest.mark.parametrize("quantity", ["150", "200", "250"])
def test_inside_one_pool_a_short_warehouse_changes_no_cost(one_pool: Business, quantity: str) -> None:
    one_pool.shop.post(transfer(8, _pens(one_pool, quantity), one_pool.branch))
    assert _pools(one_pool, one_pool.pen) == {"": ("200", "400.00")}
    one_pool.shop.post(delivery(9, one_pool.school, [line(one_pool.pen, "220", "5")]))
    one_pool.shop.post(transfer(10, _pens(one_pool, "30"), one_pool.branch))
    assert _pools(one_pool, one_pool.pen) == {"": ("-20", "-40.00")}
    one_pool.shop.post(receipt(3, one_pool.maker, [line(one_pool.pen, "200", "4.52")]))
    assert _pools(one_pool, one_pool.pen) == {"": ("180", "540.00")}
    one_pool.proves()


def test_there_and_back_again(by_warehouse: Business) -> None:
    by_warehouse.shop.post(
        transfer(8, _pens(by_warehouse, "60"), by_warehouse.branch),
        transfer(8, _pens(by_warehouse, "25", warehouse=by_warehouse.branch), _main(by_warehouse)),
        transfer(8, _pens(by_warehouse, "5"), by_warehouse.branch),
    )
    by_warehouse.shop.post(receipt(3, by_warehouse.maker, [line(by_warehouse.pen, "200", "4.52")]))
    assert _pools(by_warehouse, by_warehouse.pen) == {"01": ("360", "1080.00"), "02": ("40", "120.00")}
    by_warehouse.proves()


def test_where_stock_may_not_go_short_a_transfer_may_not_take_it_there(tmp_path: Path) -> None:
    shop = _stocked(open_business(tmp_path, negative_stock="forbid"))
    with pytest.raises(InsufficientStock):
        shop.shop.post(transfer(8, _pens(shop, "201"), shop.branch))
    moved = shop.shop.post_one(transfer(8, _pens(shop, "200"), shop.branch))
    shop.shop.post(delivery(9, shop.school, [line(shop.pen, "150", "5")], warehouse=shop.branch))
    with pytest.raises(InsufficientStock):
        shop.shop.void(moved)
    shop.proves()


@pytest.mark.parametrize("pool", ["book", "warehouse"])
def test_amending_voiding_and_reversing(tmp_path: Path, pool: str) -> None:
    shop = _stocked(open_business(tmp_path, cost_pool=pool))
    moved = shop.shop.post_one(transfer(8, _pens(shop, "60"), shop.branch))
    shop.shop.amend(moved, transfer(9, [keyed(1, line(shop.pen, "40"))], shop.branch))
    assert _moves(shop, moved) == [("01", "-40", "-80.00"), ("02", "40", "80.00")]
    shop.proves()
    reversal = shop.shop.reverse(moved, 10)
    assert _moves(shop, reversal) == [("02", "-40", "-80.00"), ("01", "40", "80.00")]
    shop.proves()
    shop.shop.void(reversal)
    shop.shop.void(moved)
    assert sum(int(quantity) for quantity, _ in _pools(shop, shop.pen).values()) == 200
    shop.proves()


def test_a_count_after_the_transfer_is_an_anchor_of_its_warehouse(by_warehouse: Business) -> None:
    by_warehouse.shop.post(transfer(8, _pens(by_warehouse, "60"), by_warehouse.branch))
    by_warehouse.shop.post(count(9, _pens(by_warehouse, "58"), warehouse=by_warehouse.branch))
    by_warehouse.shop.post(transfer(7, _pens(by_warehouse, "10"), by_warehouse.branch))
    assert _pools(by_warehouse, by_warehouse.pen) == {"01": ("130", "260.00"), "02": ("58", "116.00")}
    by_warehouse.proves()


def test_what_cannot_be_moved_is_said_with_its_place(one_pool: Business) -> None:
    main = _main(one_pool)
    for draft, place, text in (
        (transfer(8, _pens(one_pool, "1"), main), ("lines", 1, "warehouse"), "stock_transfer.same_place"),
        (transfer(8, _pens(one_pool, "1"), ""), ("to_warehouse",), "stock_transfer.no_target"),  # type: ignore[arg-type]
        (transfer(8, _pens(one_pool, "-1"), one_pool.branch), ("lines", 1, "quantity"), "line.quantity_not_positive"),
        (transfer(8, [line(one_pool.carriage, "1")], one_pool.branch), ("lines", 1, "item"), "line.not_goods"),
        (transfer(8, [], one_pool.branch), ("lines",), "document.no_lines"),
    ):
        with pytest.raises(HasProblems) as refused:
            one_pool.shop.post(draft)
        found = {problem.place[2:]: problem.text for problem in refused.value.problems}
        assert isinstance(found[place], Text)
        assert found[place].id == text
