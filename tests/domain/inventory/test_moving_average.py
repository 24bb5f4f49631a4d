"""Moving average: shares of the pool, the rest with the last, shortages covered oldest first."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.inventory.costing.moving_average import current_value, issue, receive
from jxc_desktop.domain.inventory.pool import Key, Pool, Shortage

KEY: Key = (9, 0, 1)
QUANTITY = st.integers(1, 10**9)
VALUE = st.integers(0, 10**8)
SHORTAGES = st.lists(st.tuples(QUANTITY, VALUE), min_size=1, max_size=6)


def _short_pool(shortages: list[tuple[int, int]], last: tuple[int, int] = (0, 0)) -> Pool:
    lacking, worth = sum(quantity for quantity, _ in shortages), sum(value for _, value in shortages)
    queue = [Shortage((place, 0, 1), quantity, value) for place, (quantity, value) in enumerate(shortages)]
    return Pool(-lacking, -worth, last, lambda: queue)


def test_the_current_cost_is_that_of_the_pool_then_the_last_then_the_reference() -> None:
    assert current_value(Pool(3, 10), 2, 5 * 10**10) == 7
    assert current_value(Pool(last=(10, 3)), 1, 5 * 10**10) == 3
    assert current_value(Pool(-3, -10, (20, 3)), 1, 5 * 10**10) == 7
    assert current_value(Pool(), 2, 5 * 10**10) == 10
    assert current_value(Pool(last=(0, 3)), 2, 5 * 10**10) == 0


@given(QUANTITY, VALUE, st.data())
def test_an_issue_takes_its_share_to_half_a_fen(quantity: int, value: int, data: st.DataObject) -> None:
    taken = data.draw(st.integers(1, quantity))
    pool = Pool(quantity, value)
    cost, short, provisional = issue(pool, KEY, taken, 0)
    assert abs(cost - Fraction(value * taken, quantity)) <= Fraction(1, 2)
    assert (short, provisional) == (0, 0)
    assert (pool.quantity, pool.value) == (quantity - taken, value - cost)
    assert pool.touched == {}


@given(QUANTITY, VALUE)
def test_the_issue_that_empties_the_pool_takes_all_and_leaves_its_cost_behind(quantity: int, value: int) -> None:
    pool = Pool(quantity, value)
    assert issue(pool, KEY, quantity, 0) == (value, 0, 0)
    assert (pool.quantity, pool.value, pool.last_value, pool.last_quantity) == (0, 0, value, quantity)


def test_what_is_not_there_goes_out_at_the_cost_before_it_ran_out() -> None:
    pool = Pool(3, 10)
    assert issue(pool, KEY, 5, 99 * 10**10) == (17, 2, 7)
    assert (pool.quantity, pool.value) == (-2, -7)
    assert (pool.last_value, pool.last_quantity) == (10, 3)
    assert [(one.key, one.quantity, one.value) for one in pool.shortages] == [(KEY, 2, 7)]
    assert list(pool.touched) == [KEY]


def test_going_deeper_keeps_the_last_known_cost() -> None:
    pool = _short_pool([(2, 7)], (10, 3))
    assert issue(pool, KEY, 1, 99 * 10**10) == (3, 1, 3)
    assert (pool.quantity, pool.value) == (-3, -10)
    assert (pool.last_value, pool.last_quantity) == (10, 3)


def test_a_receipt_joins_what_is_there() -> None:
    pool = Pool(3, 10)
    assert receive(pool, 2, 5) == []
    assert (pool.quantity, pool.value) == (5, 15)


def test_a_receipt_into_an_empty_pool_makes_the_last_cost_unneeded() -> None:
    pool = Pool(last=(10, 3))
    assert receive(pool, 2, 5) == []
    assert (pool.quantity, pool.value, pool.last_value, pool.last_quantity) == (2, 5, 0, 0)


def test_a_receipt_covers_the_oldest_first_each_with_its_share() -> None:
    pool = _short_pool([(1, 500), (2, 1000)])
    assert receive(pool, 5, 1001) == [((0, 0, 1), 1, 500, -300), ((1, 0, 1), 2, 1000, -599)]
    assert (pool.quantity, pool.value) == (2, 400)
    assert pool.shortages == []
    assert {key: one.quantity for key, one in pool.touched.items()} == {(0, 0, 1): 0, (1, 0, 1): 0}


def test_a_part_of_a_shortage_takes_its_part_of_the_provisional_value() -> None:
    pool = _short_pool([(3, 10), (1, 1)], (10, 3))
    assert receive(pool, 1, 7) == [((0, 0, 1), 1, 3, 4)]
    assert [(one.key, one.quantity, one.value) for one in pool.shortages] == [((0, 0, 1), 2, 7), ((1, 0, 1), 1, 1)]
    assert (pool.quantity, pool.value) == (-3, -8)
    assert (pool.last_value, pool.last_quantity) == (7, 1)
    assert list(pool.touched) == [(0, 0, 1)]


def test_a_return_covers_the_shortage_of_its_own_line_before_the_oldest() -> None:
    pool = _short_pool([(1, 5), (2, 8), (1, 5)])
    assert receive(pool, 3, 12, (1, 0, 1)) == [((1, 0, 1), 2, 8, 0), ((0, 0, 1), 1, 5, -1)]
    assert [one.key for one in pool.shortages] == [(2, 0, 1)]


def test_a_receipt_that_covers_exactly_leaves_nothing_but_its_cost() -> None:
    pool = _short_pool([(2, 8)])
    assert receive(pool, 2, 9) == [((0, 0, 1), 2, 8, 1)]
    assert (pool.quantity, pool.value, pool.last_value, pool.last_quantity) == (0, 0, 9, 2)


@given(SHORTAGES, QUANTITY, VALUE)
def test_a_cover_loses_no_fen(shortages: list[tuple[int, int]], quantity: int, value: int) -> None:
    pool = _short_pool(shortages)
    lacking, worth = -pool.quantity, -pool.value
    covers = receive(pool, quantity, value)
    covered = sum(cover[1] for cover in covers)
    assert covered == min(quantity, lacking)
    assert pool.quantity == quantity - lacking
    assert pool.value + worth == value - sum(cover[3] for cover in covers)
    assert sum(one.quantity for one in pool.shortages) == lacking - covered
    assert sum(one.value for one in pool.shortages) == worth - sum(cover[2] for cover in covers)
    assert (pool.value >= 0) if pool.quantity > 0 else (pool.value <= 0)
    for _key, _quantity, provisional, variance in covers:
        assert provisional >= 0
        assert provisional + variance >= 0
