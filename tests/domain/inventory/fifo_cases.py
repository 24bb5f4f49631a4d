"""First in, first out in numbers: small histories worked out by hand; see `cost_cases`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.domain.inventory.walk import Engine, History

if TYPE_CHECKING:
    from tests.domain.inventory.cost_cases import Case


def the_oldest_leaves_first(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "4", "40.00")
    history.receive("r2", "2", "50.00")
    history.issue("i1", "3")
    history.issue("i2", "2")
    history.walk()
    assert (history.out("i1"), history.out("i2")) == ("30.00", "35.00")
    assert history.layers() == [("1", "25.00")]
    assert history.pool() == ("1", "25.00")


def the_last_take_of_a_layer_gets_the_rest(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00")
    for name in ("one", "two", "three"):
        history.issue(name, "1")
    history.walk()
    assert [history.out(name) for name in ("one", "two", "three")] == ["3.33", "3.34", "3.33"]
    assert history.layers() == []


def the_date_decides_which_layer_is_the_oldest(engine: Engine) -> None:
    history = History(engine)
    history.receive("late", "5", "60.00", day=2)
    history.receive("early", "4", "40.00", day=1)
    history.issue("out", "5", day=3)
    history.walk()
    assert history.out("out") == "52.00"
    assert history.layers() == [("4", "48.00")]


def a_customer_return_is_the_newest_layer(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "1", "10.00")
    history.receive("r2", "1", "20.00")
    history.issue("i1", "1")
    history.sales_return("x1", "1", of="i1")
    history.issue("i2", "1")
    history.walk()
    assert (history.into("x1"), history.out("i2")) == ("10.00", "20.00")
    assert history.layers() == [("1", "10.00")]


def a_supplier_return_leaves_the_layer_of_its_receipt(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00")
    history.receive("r2", "3", "21.00")
    history.purchase_return("x1", "1", of="r2")
    history.walk()
    assert history.layers() == [("2", "10.00"), ("2", "14.00")]
    assert (history.out("x1"), history.variance("x1")) == ("7.00", "0.00")


def a_supplier_return_is_capped_by_its_layer(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00")
    history.receive("r2", "2", "8.00")
    history.purchase_return("x1", "1", of="r1")
    history.issue("i1", "1")
    history.purchase_return("x2", "1", of="r1")
    history.walk()
    assert [history.out(name) for name in ("x1", "i1", "x2")] == ["3.33", "3.34", "3.33"]
    assert (history.variance("x1"), history.variance("x2")) == ("0.00", "-0.01")
    assert history.layers() == [("2", "8.00")]


def a_part_that_is_given_back_never_takes_more_than_the_layer_holds(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "20.00", warehouse=1)
    history.receive("r2", "4", "80.00", warehouse=2)
    history.count("c1", "4", "0", warehouse=2)
    history.purchase_return("x1", "1", of="r1")
    history.walk()
    # The count takes two thirds of 100.00 away, 13.33 of them from the receipt that is given back.
    assert (history.out("x1"), history.variance("x1")) == ("6.67", "-3.33")
    assert history.layers() == [("1", "0.00"), ("4", "26.66")]


def layers_are_the_same_wherever_a_walk_begins(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00")
    history.receive("r2", "2", "9.00")
    history.receive("r3", "2", "4.00")
    history.issue("i1", "1")
    history.receive("r4", "1", "7.00")
    history.issue("i2", "3")
    history.issue("i3", "3")
    history.receive("r5", "2", "6.00")
    history.issue("i4", "2")
    history.walk()
    whole = history.results()
    assert [history.out(name) for name in ("i1", "i2", "i3", "i4")] == ["3.33", "11.17", "8.50", "10.00"]
    assert all(move.last_quantity == 0 for move in history.in_order())
    for place in range(9):
        history.walk(cuts={place})
        assert history.results() == whole
        history.walk(cuts={4}, rests={place})
        assert history.results() == whole


def what_is_missing_of_a_receipt_leaves_the_oldest_layer(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00")
    history.receive("r2", "4", "24.00")
    history.issue("i1", "1")
    history.purchase_return("x1", "2", of="r1")
    history.walk()
    assert (history.out("x1"), history.variance("x1")) == ("11.00", "1.00")
    assert history.layers() == [("3", "18.00")]


def a_supplier_return_may_go_short(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "12.00")
    history.receive("r2", "1", "6.00")
    history.issue("i1", "2")
    history.purchase_return("x1", "3", of="r1")
    history.walk()
    assert (history.out("x1"), history.variance("x1")) == ("16.00", "4.00")
    assert history.pool() == ("-1", "-6.00")


def what_is_short_goes_out_at_the_cost_of_the_last_layer(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "1", "10.00")
    history.receive("r2", "1", "20.00")
    history.issue("i1", "3")
    history.walk()
    assert history.out("i1") == "50.00"
    assert history.pool() == ("-1", "-20.00")
    history.receive("r3", "3", "90.00")
    history.issue("i2", "1")
    history.walk()
    assert history.variance("i1") == "10.00"
    assert history.layers() == [("1", "30.00")]


def what_comes_in_while_nothing_is_there_has_its_own_cost(engine: Engine) -> None:
    history = History(engine, reference="100")
    history.issue("i0", "5")
    history.receive("r1", "6", "60.00")
    history.walk()
    assert history.layers() == [("1", "10.00")]
    assert history.variance("i0") == "-450.00"
    history.issue("i1", "2")
    history.walk()
    assert history.out("i1") == "20.00"


def what_comes_in_at_the_current_cost_takes_that_of_all_layers(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "1", "10.00")
    history.receive("r2", "3", "90.00")
    history.receive("found", "2")
    history.walk()
    assert history.into("found") == "50.00"
    assert history.layers() == [("1", "10.00"), ("3", "90.00"), ("2", "50.00")]


def a_receipt_before_its_issue_moves_every_layer(engine: Engine) -> None:
    history = History(engine)
    history.receive("r2", "10", "120.00", day=2)
    history.issue("i1", "8", day=3)
    history.receive("r1", "5", "10.00", day=1)
    history.walk()
    assert history.out("i1") == "46.00"
    assert history.layers() == [("7", "84.00")]


def a_transfer_takes_its_layers_along(engine: Engine) -> None:
    history = History(engine, by_warehouse=True)
    history.receive("r1", "3", "10.00", warehouse=1)
    history.receive("r2", "2", "10.00", warehouse=1)
    history.transfer("t1", "4", 1, 2)
    history.issue("i1", "2", warehouse=2)
    history.walk()
    assert history.layers(1) == [("1", "5.00")]
    assert history.out("i1") == "6.67"
    assert history.layers(2) == [("1", "3.33"), ("1", "5.00")]


def what_a_transfer_brought_goes_back_layer_by_layer(engine: Engine) -> None:
    history = History(engine, by_warehouse=True)
    history.receive("r1", "1", "10.00", warehouse=1)
    history.receive("r2", "3", "60.00", warehouse=1)
    history.transfer("t1", "4", 1, 2)
    history.receive("r3", "1", "5.00", warehouse=2)
    history.purchase_return("x1", "1", of="t1", warehouse=2)
    history.purchase_return("x2", "2", of="t1", warehouse=2)
    history.walk()
    # Of 70.00 for four a quarter is 17.50: the oldest of the transfer's layers holds 10.00. The next two are 35.00.
    assert (history.out("x1"), history.variance("x1")) == ("10.00", "-7.50")
    assert (history.out("x2"), history.variance("x2")) == ("35.00", "0.00")
    assert history.layers(2) == [("1", "25.00"), ("1", "5.00")]


def what_a_transfer_costs_is_spread_over_its_layers(engine: Engine) -> None:
    history = History(engine, by_warehouse=True)
    history.receive("r1", "3", "10.00", warehouse=1)
    history.receive("r2", "1", "10.00", warehouse=1)
    history.transfer("t1", "4", 1, 2, fee="1.00")
    history.walk()
    assert history.layers(2) == [("3", "10.75"), ("1", "10.25")]


def a_transfer_covers_one_shortage_with_several_layers(engine: Engine) -> None:
    history = History(engine, by_warehouse=True)
    history.receive("r1", "1", "10.00", warehouse=1)
    history.receive("r2", "3", "60.00", warehouse=1)
    history.issue("i1", "2", warehouse=2)
    history.transfer("t1", "5", 1, 2)
    history.walk()
    assert [cover[1:] for cover in history.moves["t1"].covers] == [(2_000_000, 0, 3000)]
    assert history.layers(2) == [("2", "40.00"), ("1", "20.00")]
    assert history.pool(2) == ("3", "60.00")


def a_transfer_inside_a_pool_leaves_its_layers_alone(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00", warehouse=1)
    history.receive("r2", "2", "30.00", warehouse=1)
    history.within("t1", "3", 1, 2)
    history.issue("i1", "1", warehouse=2)
    history.walk()
    assert history.out("i1") == "5.00"
    assert history.layers() == [("1", "5.00"), ("2", "30.00")]


def a_count_finds_more_at_the_cost_of_all_layers_and_less_of_the_oldest(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "1", "10.00")
    history.receive("r2", "1", "30.00")
    history.count("c1", "3")
    history.count("c2", "1")
    history.walk()
    assert (history.into("c1"), history.out("c2")) == ("20.00", "40.00")
    assert history.layers() == [("1", "20.00")]


def a_count_with_a_cost_leaves_one_layer(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "1", "10.00")
    history.receive("r2", "2", "40.00")
    history.count("c1", "4", "3")
    history.walk()
    assert history.layers() == [("4", "12.00")]
    assert history.into("c1") == "-38.00"
    assert history.moves["c1"].last_quantity == 0
    history.issue("i1", "1")
    history.count("c2", "2", "5")
    history.walk()
    assert history.layers() == [("2", "10.00")]
    assert history.pool() == ("2", "10.00")


def a_count_with_a_cost_of_one_warehouse_values_the_layers_of_all_anew(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00", warehouse=1)
    history.receive("r2", "2", "30.00", warehouse=2)
    history.count("c1", "4", "2.50", warehouse=1)
    history.walk()
    # Of 40.00 a half was here: 20.00 become 10.00, two pieces more in a pool of six worth 30.00.
    assert history.layers() == [("2", "5.00"), ("2", "15.00"), ("2", "10.00")]
    history.count("c2", "1", "12.50", warehouse=1)
    history.walk()
    # Four of the six were here, 20.00; one stays at 12.50: three leave the oldest layers, the rest is made worth it.
    assert history.layers() == [("1", "9.17"), ("2", "13.33")]
    assert history.pool() == ("3", "22.50")


def a_reversed_count_takes_its_own_layer_out(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00")
    history.count("c1", "3")
    history.receive("r2", "1", "9.00")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert history.layers() == [("2", "10.00"), ("1", "9.00")]
    assert history.variance("u1") == "0.00"


def a_reversed_count_goes_on_with_the_oldest_layer_and_keeps_its_value(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "4.00")
    history.count("c1", "4")
    history.issue("i1", "3")
    history.receive("r2", "2", "10.00")
    history.reverse_count("u1", of="c1")
    history.walk()
    # Two pieces worth 4.00 leave: the one left of the count and one of the receipt, 7.00; the 3.00 stay in its layer.
    assert history.layers() == [("1", "8.00")]
    assert (history.out("u1"), history.variance("u1")) == ("4.00", "0.00")


def a_reversed_loss_comes_back_as_the_newest_layer(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00")
    history.receive("r2", "1", "8.00")
    history.count("c1", "3")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert history.layers() == [("2", "6.67"), ("1", "8.00"), ("1", "3.33")]


def a_reversed_count_with_a_cost_gives_the_layer_its_value_back(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00")
    history.count("c1", "3", "2")
    history.reverse_count("u1", of="c1")
    history.walk()
    assert history.layers() == [("2", "10.00")]
    history.count("c2", "2", "9")
    history.issue("i1", "1")
    history.reverse_count("u2", of="c2")
    history.walk()
    # The count added 8.00; of one piece worth 9.00 they can be taken back.
    assert history.layers() == [("1", "1.00")]


def a_late_fee_joins_what_is_left_of_its_own_layer(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "4", "40.00")
    history.receive("r2", "4", "80.00")
    history.issue("i1", "3")
    history.late("f1", "10.00", of="r1")
    history.walk()
    assert (history.into("f1"), history.variance("f1")) == ("2.50", "7.50")
    assert history.layers() == [("1", "12.50"), ("4", "80.00")]


def a_late_fee_taken_back_takes_no_more_than_its_layer_holds(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "4", "3.00")
    history.receive("r2", "4", "80.00")
    history.issue("i1", "2")
    history.late("f1", "-10.00", of="r1")
    history.walk()
    assert (history.into("f1"), history.variance("f1")) == ("-1.50", "-8.50")
    assert history.layers() == [("2", "0.00"), ("4", "80.00")]


def a_late_fee_whose_layer_is_gone_comes_too_late(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "4", "40.00")
    history.receive("r2", "4", "80.00")
    history.issue("i1", "4")
    history.late("f1", "10.00", of="r1")
    history.walk()
    assert (history.into("f1"), history.variance("f1")) == ("0.00", "10.00")
    assert history.layers() == [("4", "80.00")]


FIFO_CASES: list[Case] = [
    the_oldest_leaves_first,
    the_last_take_of_a_layer_gets_the_rest,
    the_date_decides_which_layer_is_the_oldest,
    a_customer_return_is_the_newest_layer,
    a_supplier_return_leaves_the_layer_of_its_receipt,
    a_supplier_return_is_capped_by_its_layer,
    a_part_that_is_given_back_never_takes_more_than_the_layer_holds,
    layers_are_the_same_wherever_a_walk_begins,
    what_is_missing_of_a_receipt_leaves_the_oldest_layer,
    a_supplier_return_may_go_short,
    what_is_short_goes_out_at_the_cost_of_the_last_layer,
    what_comes_in_while_nothing_is_there_has_its_own_cost,
    what_comes_in_at_the_current_cost_takes_that_of_all_layers,
    a_receipt_before_its_issue_moves_every_layer,
    a_transfer_takes_its_layers_along,
    what_a_transfer_brought_goes_back_layer_by_layer,
    what_a_transfer_costs_is_spread_over_its_layers,
    a_transfer_covers_one_shortage_with_several_layers,
    a_transfer_inside_a_pool_leaves_its_layers_alone,
    a_count_finds_more_at_the_cost_of_all_layers_and_less_of_the_oldest,
    a_count_with_a_cost_leaves_one_layer,
    a_count_with_a_cost_of_one_warehouse_values_the_layers_of_all_anew,
    a_reversed_count_takes_its_own_layer_out,
    a_reversed_count_goes_on_with_the_oldest_layer_and_keeps_its_value,
    a_reversed_loss_comes_back_as_the_newest_layer,
    a_reversed_count_with_a_cost_gives_the_layer_its_value_back,
    a_late_fee_joins_what_is_left_of_its_own_layer,
    a_late_fee_taken_back_takes_no_more_than_its_layer_holds,
    a_late_fee_whose_layer_is_gone_comes_too_late,
]
