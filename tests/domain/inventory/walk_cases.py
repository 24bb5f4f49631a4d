"""Walks that start in the middle, and what every movement carries for the next one.

Written like `cost_cases`, and run by the same tests.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.domain.inventory.walk import Engine, History

if TYPE_CHECKING:
    from tests.domain.inventory.cost_cases import Case


def _busy(engine: Engine, *, by_warehouse: bool) -> History:
    """A history with everything in it: shortages over two covers, returns of returns, counts and their reversals."""
    history = History(engine, by_warehouse=by_warehouse, reference="4")
    history.issue("i1", "5")
    history.issue("i2", "2", warehouse=2)
    history.sales_return("back1", "1", of="i2", warehouse=2)
    history.receive("r1", "3", "10.00")
    history.sales_return("back2", "1", of="i1")
    history.receive("r2", "9", "40.01")
    history.sales_return("back3", "2", of="i1")
    history.purchase_return("again", "1", of="back3")
    history.receive("r3", "7", "10.00", warehouse=2)
    history.purchase_return("out1", "2", of="r3", warehouse=2)
    history.purchase_return("out2", "3", of="r3", warehouse=2)
    history.sales_return("undo", "3", of="out2", warehouse=2)
    history.count("c1", "9", "3.335")
    history.count("c2", "1", warehouse=2)
    history.reverse_count("u1", of="c1")
    history.reverse_count("u2", of="c2", warehouse=2)
    history.reverse_count("u3", of="u2", warehouse=2)
    history.issue("i3", "8")
    history.issue("i4", "2", warehouse=2)
    history.sales_return("back4", "1", of="i3")
    history.receive("r4", "4", "20.00")
    history.sales_return("back5", "2", of="i4", warehouse=2)
    return history


def a_walk_that_starts_anywhere_gives_the_same(engine: Engine) -> None:
    for by_warehouse in (False, True):
        history = _busy(engine, by_warehouse=by_warehouse)
        history.walk()
        whole = history.results()
        for start in range(len(whole)):
            history.walk(cuts={start})
            assert history.results() == whole
            history.walk(rests={start})
            assert history.results() == whole
        history.walk(cuts=range(len(whole)))
        assert history.results() == whole


def pools_and_warehouses_are_the_sums_of_their_movements(engine: Engine) -> None:
    for by_warehouse in (False, True):
        history = _busy(engine, by_warehouse=by_warehouse)
        history.walk()
        quantities, values, warehouses = Counter[Any](), Counter[Any](), Counter[int]()
        for move in history.in_order():
            quantities[move.pool] += move.quantity
            values[move.pool] += move.value
            warehouses[move.warehouse] += move.quantity
            assert (move.pool_quantity, move.pool_value) == (quantities[move.pool], values[move.pool])
            assert move.warehouse_quantity == warehouses[move.warehouse]
            assert move.own_value == move.value + sum(cover[3] for cover in move.covers)
            assert move.pool_quantity or not move.pool_value
            assert not (move.pool_quantity > 0 and (move.last_quantity or move.last_value or move.pool_value < 0))


def returns_of_returns_move_at_what_the_first_moved_at(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00")
    history.receive("r2", "3", "5.00")
    history.purchase_return("out", "3", of="r1")
    history.sales_return("undo", "3", of="out")
    history.purchase_return("again", "1", of="undo")
    history.sales_return("and back", "1", of="again")
    history.walk()
    assert (history.out("out"), history.into("undo"), history.out("again")) == ("10.00", "10.00", "3.33")
    assert history.into("and back") == "3.33"
    assert history.pool() == ("6", "15.00")


def an_empty_pool_goes_short_at_the_last_known_cost(engine: Engine) -> None:
    history = History(engine, reference="99")
    history.receive("r1", "3", "10.00")
    history.issue("i1", "3")
    history.issue("i2", "2")
    history.receive("r2", "1", "5.00")
    history.issue("i3", "1")
    for cuts in ((), (1,), (2,), (3,), (4,)):
        history.walk(cuts=cuts)
        assert (history.out("i2"), history.variance("i2"), history.out("i3")) == ("6.67", "1.66", "5.00")
        assert history.variance("i1") == "0.00"
        assert history.pool() == ("-2", "-8.33")


def a_cost_of_nothing_is_a_known_cost(engine: Engine) -> None:
    history = History(engine, reference="99")
    history.receive("gift", "1", "0.00")
    history.issue("i1", "3")
    history.walk()
    assert history.out("i1") == "0.00"
    assert history.pool() == ("-2", "0.00")


def a_replay_forgets_what_the_walk_before_it_worked_out(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.receive("r0", "3", "10.00", day=1)
    history.purchase_return("x1", "4", of="r0", day=2)
    history.receive("r1", "5", "5.00", day=3)
    history.walk()
    assert (history.variance("x1"), history.pool()) == ("-2.33", ("4", "4.00"))
    history.receive("early", "9", "30.00", day=0)
    history.replay()
    assert (history.out("x1"), history.variance("x1"), history.pool()) == ("13.33", "0.00", ("13", "31.67"))
    assert not history.moves["x1"].short_quantity
    assert not history.moves["x1"].short_value
    assert not history.moves["r1"].covers
    assert not history.moves["r1"].cover_accounts


def a_gain_that_becomes_a_loss_covers_nothing_any_more(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.issue("i1", "1", day=1)
    history.count("c1", "2", day=2)
    history.walk()
    assert len(history.moves["c1"].covers) == 1
    history.receive("early", "9", "9.00", day=0)
    history.replay()
    assert (history.pieces("c1"), history.out("c1")) == ("-6", "6.00")
    assert not history.moves["c1"].covers


def a_count_of_an_empty_pool_that_finds_nothing_keeps_its_last_cost(engine: Engine) -> None:
    for cost in (None, "50"):
        history = History(engine, reference="99")
        history.receive("r1", "3", "10.00")
        history.issue("i1", "3")
        history.count("c1", "0", cost)
        history.reverse_count("u1", of="c1")
        history.issue("i2", "3")
        history.walk()
        assert history.out("i2") == "10.00"


def a_cover_names_the_account_of_the_issue_it_covers(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.issue("i1", "1")
    history.issue("i2", "2")
    history.receive("r1", "9", "9.00")
    for cuts in ((), (1,), (2,), (3,)):
        history.walk(cuts=cuts)
        accounts = [history.moves[name].counter_account for name in ("i1", "i2")]
        assert history.moves["r1"].cover_accounts == accounts


WALK_CASES: tuple[Case, ...] = tuple(
    made
    for name, made in list(globals().items())
    if getattr(made, "__module__", "") == __name__ and name[0].islower() and callable(made)
)
