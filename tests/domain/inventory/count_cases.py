"""Counts in numbers: an absolute quantity, sometimes a unit cost, and what their reversal brings back.

Written like `cost_cases`, and run by the same tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.domain.inventory.walk import Engine, History

if TYPE_CHECKING:
    from tests.domain.inventory.cost_cases import Case


def a_gain_and_a_loss_move_at_the_current_cost(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00")
    history.count("more", "4")
    history.count("less", "2")
    history.count("same", "2")
    history.walk()
    assert [history.pieces(name) for name in ("more", "less", "same")] == ["1", "-2", "0"]
    assert [history.into(name) for name in ("more", "less", "same")] == ["3.33", "-6.67", "0.00"]
    assert history.pool() == ("2", "6.66")


def a_count_is_an_anchor_for_documents_entered_later(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "100.00", day=1)
    history.count("c1", "8", day=5)
    history.issue("i1", "1", day=6)
    history.walk()
    assert (history.pieces("c1"), history.pool()) == ("-2", ("7", "70.00"))
    history.issue("late", "3", day=2)
    history.receive("later", "2", "20.00", day=3)
    history.walk()
    assert (history.pieces("c1"), history.pool()) == ("-1", ("7", "70.00"))


def a_count_sets_the_value_where_it_sets_the_cost(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00")
    history.count("c1", "4", "2.505")
    history.count("c2", "1", "0.335")
    history.walk()
    assert history.pool(after="c1") == ("4", "10.02")
    assert (history.pieces("c1"), history.into("c1")) == ("1", "0.02")
    assert (history.pieces("c2"), history.out("c2")) == ("-3", "9.68")
    assert history.pool() == ("1", "0.34")


def a_count_with_a_cost_touches_the_share_of_its_warehouse_only(engine: Engine) -> None:
    history = History(engine)
    history.receive("a", "3", "10.00", warehouse=1)
    history.receive("b", "3", "5.00", warehouse=2)
    history.count("c1", "4", "1", warehouse=1)
    history.walk()
    assert history.into("c1") == "-3.50"
    assert history.pool() == ("7", "11.50")


def a_count_to_nothing_takes_the_share_or_everything(engine: Engine) -> None:
    history = History(engine)
    history.receive("a", "3", "10.00", warehouse=1)
    history.receive("b", "1", "5.00", warehouse=2)
    history.count("c1", "0", "7", warehouse=1)
    history.count("c2", "0", "7", warehouse=2)
    history.receive("found", "1")
    history.walk()
    assert (history.out("c1"), history.out("c2")) == ("11.25", "3.75")
    assert history.pool(after="c2") == ("0", "0.00")
    assert history.into("found") == "3.75"


def a_count_with_a_cost_never_leaves_value_in_an_empty_or_short_pool(engine: Engine) -> None:
    for counted, pool, left in (("8", "0", "0.00"), ("5", "-3", "-15.00"), ("9", "1", "3.00")):
        history = History(engine)
        history.receive("a", "10", "50.00", warehouse=1)
        history.issue("b", "8", warehouse=2)
        history.count("c1", counted, "3", warehouse=1)
        history.walk()
        assert history.pool() == (pool, left)


def a_count_with_a_cost_covers_a_shortage_at_that_cost(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.issue("i1", "3")
    history.count("c1", "2", "4")
    history.walk()
    assert (history.pieces("c1"), history.into("c1"), history.variance("i1")) == ("5", "20.00", "-3.00")
    assert history.pool() == ("2", "8.00")


def what_a_count_with_a_cost_leaves_after_covering_is_worth_that_cost(engine: Engine) -> None:
    history = History(engine)
    history.issue("i1", "1.1")
    history.count("c1", "9", "1.234")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.into("c1"), history.variance("i1"), history.variance("u1")) == ("12.47", "1.36", "0.00")
    assert (history.pool(after="c1"), history.moves["c1"].value) == (("9", "11.11"), 1_111)
    assert history.pool() == ("-1.1", "-1.36")


def what_a_count_with_a_cost_leaves_is_as_it_comes_where_others_are_short(engine: Engine) -> None:
    history = History(engine)
    history.issue("b", "0.7", warehouse=2)
    history.count("c1", "9", "1.234", warehouse=1)
    history.walk()
    assert (history.into("c1"), history.variance("b")) == ("11.11", "0.86")
    assert history.pool() == ("8.3", "10.25")


def a_count_with_a_cost_of_nothing_there_and_nothing_found_changes_nothing(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.count("c1", "0", "4")
    history.receive("found", "1", warehouse=1)
    history.walk()
    assert history.into("c1") == "0.00"
    assert history.pool() == ("1", "5.00")


def a_loss_where_others_are_short_is_an_ordinary_shortage(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.receive("a", "4", "8.00", warehouse=1)
    history.issue("b", "6", warehouse=2)
    history.count("c1", "3", "9", warehouse=1)
    history.walk()
    assert (history.out("b"), history.out("c1")) == ("12.00", "2.00")
    assert history.pool() == ("-3", "-6.00")


def a_gain_where_nothing_is_there_comes_at_the_last_known_cost(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.count("found", "2")
    history.issue("i1", "4")
    history.count("more", "1")
    history.walk()
    assert (history.into("found"), history.out("i1"), history.into("more")) == ("10.00", "20.00", "15.00")
    assert history.pool() == ("1", "5.00")


def a_gain_with_a_cost_where_the_pool_holds_nothing_comes_at_that_cost(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.receive("a", "4", "8.00", warehouse=1)
    history.issue("b", "4", warehouse=2)
    history.count("c1", "6", "3", warehouse=1)
    history.walk()
    assert (history.pieces("c1"), history.into("c1")) == ("2", "6.00")
    assert history.pool() == ("2", "6.00")


def a_reversed_gain_takes_out_what_came_in(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "9.00")
    history.count("c1", "5")
    history.receive("r2", "5", "35.00")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.pieces("u1"), history.out("u1"), history.variance("u1")) == ("-2", "6.00", "0.00")
    assert history.pool() == ("8", "44.00")


def a_reversed_loss_comes_back_at_its_value(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "9.00")
    history.count("c1", "1")
    history.receive("r2", "1", "9.00")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.pieces("u1"), history.into("u1"), history.variance("u1")) == ("2", "6.00", "0.00")
    assert history.pool() == ("4", "18.00")


def a_reversed_count_is_no_anchor(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "100.00", day=1)
    history.count("c1", "8", day=2)
    history.issue("i1", "1", day=3)
    history.reverse_count("u1", of="c1", day=4)
    history.walk()
    assert history.pool() == ("9", "90.00")
    history.issue("late", "3", day=1)
    history.walk()
    assert history.pieces("c1") == "1"
    assert history.pool() == ("6", "60.00")


def the_reversal_of_a_gain_that_is_gone_takes_what_is_there(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00")
    history.count("c1", "4")
    history.issue("i1", "2")
    history.receive("r2", "1", "1.00")
    history.issue("i2", "2")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert history.pool(after="i2") == ("1", "3.67")
    assert (history.out("u1"), history.variance("u1")) == ("7.34", "-2.66")
    assert history.pool() == ("-1", "-3.67")


def the_reversal_of_a_gain_is_capped_by_the_pool(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "1", "10.00")
    history.count("c1", "2")
    history.issue("i1", "1")
    history.count("c2", "4", "0.5")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.out("u1"), history.variance("u1")) == ("2.00", "-8.00")
    assert history.pool() == ("3", "0.00")


def a_reversed_revaluation_brings_the_old_value_back(engine: Engine) -> None:
    for counted, pieces in (("10", "0"), ("9", "1"), ("11", "-1")):
        history = History(engine)
        history.receive("r1", "10", "10.00")
        history.count("c1", counted, "2")
        history.reverse_count("u1", of="c1")
        history.walk()
        assert (history.pieces("u1"), history.variance("u1")) == (pieces, "0.00")
        assert history.pool() == ("10", "10.00")


def a_reversed_revaluation_finds_nothing_to_revalue(engine: Engine) -> None:
    for cost, left in (("0.5", "5.00"), ("2", "-10.00")):
        history = History(engine)
        history.receive("r1", "10", "10.00")
        history.count("c1", "10", cost)
        history.issue("i1", "10")
        history.reverse_count("u1", of="c1")
        history.receive("found", "1")
        history.walk()
        assert (history.into("u1"), history.variance("u1")) == ("0.00", left)
        assert history.pool(after="u1") == ("0", "0.00")
        assert history.into("found") == {"0.5": "0.50", "2": "2.00"}[cost]


def a_reversed_loss_with_a_higher_cost_gives_back_what_it_can(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "10.00")
    history.count("c1", "9", "2")
    history.issue("i1", "6")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert history.pool(after="i1") == ("3", "6.00")
    assert (history.out("u1"), history.variance("u1")) == ("6.00", "-2.00")
    assert history.pool() == ("4", "0.00")


def the_reversal_of_a_gain_that_empties_the_pool_takes_everything(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00")
    history.count("c1", "3")
    history.receive("r2", "3", "3.00")
    history.issue("i1", "5")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.out("i1"), history.out("u1"), history.variance("u1")) == ("15.00", "3.00", "-2.00")
    assert history.pool() == ("0", "0.00")


def the_reversal_of_a_cheap_gain_that_empties_the_pool_takes_everything_too(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "2.00")
    history.count("c1", "3")
    history.issue("i1", "2")
    history.receive("r2", "1", "9.00")
    history.issue("i2", "1")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.out("i2"), history.out("u1"), history.variance("u1")) == ("5.00", "5.00", "4.00")
    assert history.pool() == ("0", "0.00")


def a_reversed_loss_fills_an_empty_pool_at_its_value(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "9.00")
    history.count("c1", "1")
    history.issue("i1", "1")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.into("u1"), history.variance("u1")) == ("6.00", "0.00")
    assert history.pool() == ("2", "6.00")


def a_reversed_loss_with_a_higher_cost_comes_into_an_empty_pool_for_nothing(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "10.00")
    history.count("c1", "9", "2")
    history.issue("i1", "9")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.pieces("u1"), history.into("u1"), history.variance("u1")) == ("1", "0.00", "-8.00")
    assert history.pool() == ("1", "0.00")


def a_reversed_loss_with_a_higher_cost_covers_a_shortage_for_nothing(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "10.00")
    history.count("c1", "9", "2")
    history.issue("i1", "12")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert (history.variance("i1"), history.variance("u1")) == ("-2.00", "-8.00")
    assert history.pool() == ("-2", "-4.00")


def a_reversed_loss_covers_its_own_shortage_first(engine: Engine) -> None:
    history = History(engine, reference="3")
    history.receive("a", "2", "6.00", warehouse=1)
    history.issue("b", "3", warehouse=2)
    history.count("c1", "0", warehouse=1)
    history.reverse_count("u1", of="c1", warehouse=1)
    history.receive("r1", "1", "5.00")
    history.walk()
    assert history.pool(after="c1") == ("-3", "-9.00")
    assert history.pool(after="u1") == ("-1", "-3.00")
    assert (history.variance("b"), history.variance("c1")) == ("2.00", "0.00")


def a_reversal_can_be_reversed(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "10.00")
    history.count("c1", "12", "2")
    history.reverse_count("u1", of="c1")
    history.reverse_count("u2", of="u1")
    history.walk()
    assert (history.pieces("u2"), history.into("u2")) == ("2", "14.00")
    assert history.pool() == ("12", "24.00")


COUNT_CASES: tuple[Case, ...] = tuple(
    made
    for name, made in list(globals().items())
    if getattr(made, "__module__", "") == __name__ and name[0].islower() and callable(made)
)
