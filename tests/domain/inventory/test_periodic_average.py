"""Periodic average on one pool: priced months, months that are still open, and what is part of a price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.domain.inventory.costing import periodic_average as method
from jxc_desktop.domain.inventory.lane import Lane, Source
from jxc_desktop.domain.inventory.month_pool import NO_PRICE, MonthPool, Price
from jxc_desktop.domain.inventory.movement import Basis, Move
from jxc_desktop.domain.inventory.pool import BOOK_POOL, Key, Pool, PoolKey
from jxc_desktop.domain.inventory.regime import Regimes

if TYPE_CHECKING:
    from types import ModuleType

OPEN_MONTH, JANUARY = 202602, 202601


class Nothing:
    """What stands before the first movement, with the price of January."""

    def __init__(self, price: Price) -> None:
        self._price = price

    def pool(self, item: int, pool: PoolKey) -> Pool:
        """An empty pool."""
        del item, pool
        return MonthPool(find=self._find)

    def _find(self, period: int) -> Price:
        return self._price._replace(is_final=self._price.is_final and period == JANUARY)

    def warehouse_quantity(self, item: int, warehouse: int) -> int:
        """Nothing."""
        del item, warehouse
        return 0

    def turned(self, item: int, pool: Pool, method: ModuleType) -> Pool:
        """There is one method only."""
        raise NotImplementedError

    def source(self, item: int, key: Key) -> Source:
        """A line of an earlier month: three pieces that cost 9.00."""
        del item, key
        return Source(900, 3_000_000, 1)


def _walk(price: Price, *steps: tuple[Basis, int, dict[str, Any]]) -> list[Move]:
    lane, moves = Lane(7, Nothing(price), Regimes(method)), []
    for number, (basis, pieces, more) in enumerate(steps, 1):
        period = more.pop("period", JANUARY)
        given: dict[str, Any] = {
            "item": 7,
            "position": (period, 0, number, 1, number, 0 if pieces < 0 else 1, 1),
            "pool": BOOK_POOL,
            "warehouse": 1,
            "basis": basis,
            "posting": 1,
            "quantity": pieces * 1_000_000,
            "counted": None,
            "given_value": 0,
            "unit_cost": None,
            "reference_cost": 2_000_000,
            "source": None,
            "stock_account": 0,
            "counter_account": 0,
            **more,
        }
        move = Move(**given)
        lane.step(move)
        moves.append(move)
    return moves


def _receipt(pieces: int, fen: int, **more: Any) -> tuple[Basis, int, dict[str, Any]]:
    return Basis.GIVEN, pieces, {"given_value": fen, **more}


def _issue(pieces: int, **more: Any) -> tuple[Basis, int, dict[str, Any]]:
    return Basis.CURRENT, -pieces, more


def _values(moves: list[Move]) -> list[int]:
    return [move.own_value for move in moves]


def test_in_a_priced_month_the_last_takes_the_rest_and_the_pool_may_wait_for_its_receipts() -> None:
    moves = _walk(Price(3_000_000, 1000, is_final=True), _issue(1), _issue(1), _receipt(3, 1000), _issue(1))
    assert _values(moves) == [-333, -333, 1000, -334]
    assert [move.short_quantity for move in moves] == [0, 0, 0, 0]
    assert (moves[-1].pool_quantity, moves[-1].pool_value) == (0, 0)


def test_what_comes_in_at_the_price_is_no_part_of_it() -> None:
    moves = _walk(Price(3_000_000, 1000, is_final=True), _receipt(3, 1000), (Basis.CURRENT, 1, {}), _issue(4))
    assert _values(moves) == [1000, 333, -1333]
    assert (moves[-1].pool_quantity, moves[-1].pool_value) == (0, 0)


def test_a_return_of_an_issue_of_the_month_gives_its_cost_back_one_of_an_earlier_month_is_part_of_the_price() -> None:
    back = (Basis.OF_ISSUE, 1, {"source": (2, 0, 1)})
    moves = _walk(Price(4_000_000, 1000, is_final=True), _receipt(4, 1000), _issue(2), back, _issue(3))
    assert _values(moves) == [1000, -500, 250, -750]
    earlier = (Basis.OF_ISSUE, 1, {"source": (99, 0, 1)})
    moves = _walk(Price(2_000_000, 400, is_final=True), _receipt(1, 100), earlier, _issue(2))
    assert _values(moves) == [100, 300, -400]


def test_a_purchase_return_of_a_priced_month_leaves_at_the_receipts_cost() -> None:
    away = (Basis.OF_RECEIPT, -1, {"source": (99, 1, 1)})
    moves = _walk(Price(1_000_000, 700, is_final=True), _receipt(2, 1000), away, _issue(1))
    assert _values(moves) == [1000, -300, -700]
    assert moves[1].variance == 0


def test_values_found_out_in_a_priced_month_are_part_of_its_price() -> None:
    steps = (Basis.REVALUE, 0, {"given_value": 200}), (Basis.COUNT, 0, {"counted": 2_000_000, "unit_cost": 5_000_000})
    moves = _walk(Price(2_000_000, 1000, is_final=True), _receipt(2, 1000), *steps)
    assert _values(moves) == [1000, 200, -200]


def test_an_issue_that_takes_back_an_unknown_line_is_priced_outside_the_month() -> None:
    gone = (Basis.OF_COUNT, 0, {"source": (99, 1, 1)})
    moves = _walk(Price(3_000_000, 900, is_final=True), _receipt(1, 300), gone)
    assert (moves[1].quantity, moves[1].own_value) == (-3_000_000, -900)


@pytest.mark.parametrize(
    ("price", "cost"), [(NO_PRICE, 400), (Price(2_000_000, 600), 300), (Price(1_000_000, 9000), 800)]
)
def test_an_open_month_carries_the_last_price_but_never_more_than_is_there(price: Price, cost: int) -> None:
    moves = _walk(price, _receipt(2, 800, period=OPEN_MONTH), _issue(1, period=OPEN_MONTH))
    assert moves[1].own_value == -cost


def test_what_is_short_in_an_open_month_is_covered_as_ever() -> None:
    moves = _walk(
        Price(1_000_000, 300),
        _receipt(1, 400, period=OPEN_MONTH),
        _issue(3, period=OPEN_MONTH),
        _receipt(3, 1500, period=OPEN_MONTH),
    )
    assert (moves[1].own_value, moves[1].short_quantity, moves[1].short_value) == (-1000, 2_000_000, 600)
    assert [cover[1:] for cover in moves[2].covers] == [(2_000_000, 600, 400)]
    assert (moves[2].pool_quantity, moves[2].pool_value) == (1_000_000, 500)


def test_a_purchase_return_of_an_open_month_is_capped_as_ever() -> None:
    away = (Basis.OF_RECEIPT, -1, {"source": (99, 1, 1), "period": OPEN_MONTH})
    moves = _walk(NO_PRICE, _receipt(2, 400, period=OPEN_MONTH), away, away)
    assert _values(moves) == [400, -300, -100]


def test_a_late_fee_joins_what_is_there() -> None:
    fee = (Basis.LATE_ADDITION, 0, {"source": (99, 1, 1), "given_value": 300})
    moves = _walk(Price(2_000_000, 1000, is_final=True), _receipt(2, 800), fee, _issue(2))
    assert _values(moves) == [800, 200, -1000]
    moves = _walk(NO_PRICE, _receipt(2, 800, period=OPEN_MONTH), (fee[0], 0, {**fee[2], "period": OPEN_MONTH}))
    assert moves[1].own_value == 200


def test_without_a_price_and_without_stock_the_reference_cost_holds() -> None:
    assert _walk(NO_PRICE, _issue(1))[0].own_value == -200
    assert method.current_value(MonthPool(), 1_000_000, 2_000_000) == 200
