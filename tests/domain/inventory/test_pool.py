"""A cost pool: its queue of shortages, read from the store only when somebody needs it."""

from __future__ import annotations

from jxc_desktop.domain.inventory.pool import Key, Pool, Shortage

STORED = [((1, 0, 1), 5, 50), ((2, 0, 1), 3, 30)]


class Shelf:
    """Stored shortages, and how often they were read."""

    def __init__(self) -> None:
        self.reads = 0

    def __call__(self) -> list[Shortage]:
        self.reads += 1
        return [Shortage(key, quantity, worth) for key, quantity, worth in STORED]


def _queue(pool: Pool) -> list[tuple[Key, int, int]]:
    return [(shortage.key, shortage.quantity, shortage.value) for shortage in pool.shortages]


def test_a_new_pool_holds_and_knows_nothing() -> None:
    pool = Pool()
    assert (pool.quantity, pool.value, pool.last_value, pool.last_quantity) == (0, 0, 0, 0)
    assert pool.shortages == []
    assert pool.touched == {}


def test_going_short_reads_nothing_and_covering_reads_once() -> None:
    shelf = Shelf()
    pool = Pool(-8, -80, (10, 1), shelf)
    pool.add_shortage(Shortage((3, 0, 1), 1, 10))
    assert shelf.reads == 0
    assert _queue(pool) == [*STORED, ((3, 0, 1), 1, 10)]
    assert _queue(pool) == [*STORED, ((3, 0, 1), 1, 10)]
    assert shelf.reads == 1


def test_only_a_new_shortage_is_touched() -> None:
    pool = Pool(-8, -80, (10, 1), Shelf())
    made = Shortage((3, 0, 1), 1, 10)
    pool.add_shortage(made)
    assert pool.touched == {(3, 0, 1): made}


def test_covered_shortages_leave_the_queue_and_the_others_keep_their_place() -> None:
    pool = Pool(-8, -80, (10, 1), Shelf())
    pool.add_shortage(Shortage((3, 0, 1), 1, 10))
    pool.shortages[0].quantity = 0
    pool.drop_covered()
    assert _queue(pool) == [STORED[1], ((3, 0, 1), 1, 10)]


def test_what_is_stored_is_read_again_unless_it_was_read() -> None:
    shelf = Shelf()
    pool = Pool(-8, -80, (10, 1), shelf)
    pool.add_shortage(Shortage((2, 0, 1), 3, 30))
    pool.mark_stored()
    assert pool.touched == {}
    assert _queue(pool) == STORED
    pool.mark_stored()
    assert _queue(pool) == STORED
    assert shelf.reads == 1


def test_the_last_cost_is_an_exact_fraction_and_forgotten_when_something_is_there() -> None:
    pool = Pool(last=(1, 3))
    assert (pool.last_value, pool.last_quantity) == (1, 3)
    pool.set_last(10, 7)
    assert (pool.last_value, pool.last_quantity) == (10, 7)
    pool.forget_last()
    assert (pool.last_value, pool.last_quantity) == (0, 0)
