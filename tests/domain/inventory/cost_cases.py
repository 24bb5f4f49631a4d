"""The rule of cost in numbers: small histories worked out by hand, run against any engine.

Each case is a function that builds a history, walks it and asserts figures. `test_lane` runs them against the product,
`tests/mutation` against damaged copies of it, where at least one must fail.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.domain.inventory.walk import Engine, History

Case = Callable[[Engine], None]


def a_receipt_is_worth_its_amount_and_an_issue_takes_its_share(engine: Engine) -> None:
    history = History(engine)
    history.receive("in", "3", "1.01")
    history.issue("out", "1")
    history.walk()
    assert history.out("out") == "0.34"
    assert history.pool() == ("2", "0.67")


def the_issue_that_empties_the_pool_takes_the_rest(engine: Engine) -> None:
    history = History(engine)
    history.receive("in", "3", "10.00")
    history.issue("one", "1")
    history.issue("two", "1")
    history.issue("three", "1")
    history.walk()
    assert [history.out(name) for name in ("one", "two", "three")] == ["3.33", "3.34", "3.33"]
    assert history.pool() == ("0", "0.00")


def receipts_mix_to_one_average(engine: Engine) -> None:
    history = History(engine)
    history.receive("old", "10", "100.00")
    history.receive("new", "10", "20.00")
    history.issue("out", "15")
    history.walk()
    assert history.out("out") == "90.00"
    assert history.pool() == ("5", "30.00")


def a_backdated_receipt_values_the_later_issue_anew(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "100.00", day=1)
    history.issue("i1", "5", day=3)
    history.walk()
    assert history.out("i1") == "50.00"
    history.receive("r2", "10", "120.00", day=2)
    history.walk()
    assert history.out("i1") == "55.00"
    assert history.pool() == ("15", "165.00")


def a_linked_return_follows_the_issue_that_was_valued_anew(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00", day=1)
    history.issue("i1", "2", day=4)
    history.sales_return("x1", "1", of="i1", day=5)
    history.walk()
    assert history.pool() == ("2", "6.67")
    history.receive("r2", "1", "2.00", day=2)
    history.walk()
    assert history.out("i1") == "6.00"
    assert history.pool() == ("3", "9.00")
    del history.moves["r2"]
    history.walk()
    assert history.out("i1") == "6.67"
    assert history.pool() == ("2", "6.67")


def customer_returns_come_back_by_cumulative_rounding(engine: Engine) -> None:
    history = History(engine)
    history.receive("in", "3", "10.00")
    history.issue("out", "3")
    for name in ("x1", "x2", "x3"):
        history.sales_return(name, "1", of="out")
    history.walk()
    assert [history.into(name) for name in ("x1", "x2", "x3")] == ["3.33", "3.34", "3.33"]
    assert history.pool() == ("3", "10.00")


def a_supplier_return_is_capped_by_what_is_there(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "100.00")
    history.receive("r2", "10", "20.00")
    history.issue("i1", "15")
    history.purchase_return("x1", "4", of="r1")
    history.walk()
    assert history.out("x1") == "30.00"
    assert history.variance("x1") == "-10.00"
    assert history.pool() == ("1", "0.00")


def a_supplier_return_that_empties_the_pool_takes_everything(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00")
    history.receive("r2", "2", "14.00")
    history.issue("i1", "3")
    history.purchase_return("x1", "1", of="r1")
    history.walk()
    assert (history.out("i1"), history.out("x1"), history.variance("x1")) == ("18.00", "6.00", "1.00")
    assert history.pool() == ("0", "0.00")


def supplier_returns_leave_by_cumulative_rounding(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "7", "10.00")
    history.receive("r2", "7", "14.00")
    history.purchase_return("x1", "2", of="r1")
    history.purchase_return("x2", "3", of="r1")
    history.purchase_return("x3", "2", of="r1")
    history.walk()
    assert [history.out(name) for name in ("x1", "x2", "x3")] == ["2.86", "4.28", "2.86"]
    assert [history.variance(name) for name in ("x1", "x2", "x3")] == ["0.00"] * 3
    assert history.pool() == ("7", "14.00")


def a_supplier_return_of_more_than_is_there_goes_short(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "4", "8.00")
    history.issue("i1", "3")
    history.purchase_return("x1", "2", of="r1")
    history.walk()
    assert history.out("x1") == "4.00"
    assert history.variance("x1") == "0.00"
    assert history.pool() == ("-1", "-2.00")
    history.receive("r2", "1", "2.50")
    history.walk()
    assert history.variance("x1") == "0.50"
    assert history.pool() == ("0", "0.00")


def unlinked_returns_and_receipts_without_cost_move_at_the_current_cost(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "10.00")
    history.sales_return("x1", "1")
    history.purchase_return("x2", "1")
    history.receive("r2", "1")
    history.walk()
    assert [history.into("x1"), history.out("x2"), history.into("r2")] == ["3.33", "3.33", "3.33"]
    assert history.pool() == ("4", "13.33")


def a_return_whose_line_nobody_knows_moves_at_the_current_cost(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "10.00")
    history.sales_return("x1", "1", of="gone")
    history.purchase_return("x2", "1", of="gone")
    history.walk()
    assert (history.into("x1"), history.out("x2"), history.variance("x2")) == ("5.00", "5.00", "0.00")
    assert history.pool() == ("2", "10.00")


def a_return_into_an_empty_pool_comes_at_the_last_known_cost(engine: Engine) -> None:
    history = History(engine, reference="99")
    history.receive("r1", "3", "10.00")
    history.issue("i1", "3")
    history.sales_return("x1", "2")
    history.walk()
    assert history.into("x1") == "6.67"


def a_shortage_goes_out_at_the_last_cost_and_receipts_cover_it(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "2", "2.01")
    history.issue("i1", "5")
    history.receive("r2", "2", "2.22")
    history.receive("r3", "4", "4.52")
    history.walk()
    assert history.out("i1") == "5.03"
    assert history.pool(after="i1") == ("-3", "-3.02")
    assert history.pool(after="r2") == ("-1", "-1.01")
    assert history.pool() == ("3", "3.39")
    assert history.variance("i1") == "0.33"


def after_a_cover_the_last_cost_is_that_of_the_covering_receipt(engine: Engine) -> None:
    history = History(engine, reference="99")
    history.receive("r1", "1", "2.00")
    history.issue("i1", "3")
    history.receive("r2", "1", "7.00")
    history.issue("i2", "1")
    history.walk()
    assert (history.out("i1"), history.out("i2")) == ("6.00", "7.00")
    assert history.pool() == ("-2", "-9.00")


def one_receipt_covers_the_oldest_issue_first(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.issue("i1", "1")
    history.issue("i2", "2")
    history.receive("r1", "5", "10.01")
    history.walk()
    assert history.pool(after="i2") == ("-3", "-15.00")
    assert (history.variance("i1"), history.variance("i2")) == ("-3.00", "-5.99")
    assert history.pool() == ("2", "4.00")


def a_small_receipt_covers_the_oldest_only(engine: Engine) -> None:
    history = History(engine, reference="5")
    history.issue("i1", "2")
    history.issue("i2", "2")
    history.receive("r1", "1", "9.00")
    history.walk()
    assert (history.variance("i1"), history.variance("i2")) == ("4.00", "0.00")
    assert history.pool() == ("-3", "-15.00")


def nothing_known_costs_nothing(engine: Engine) -> None:
    history = History(engine)
    history.issue("i1", "2")
    history.receive("r1", "2", "3.00")
    history.walk()
    assert (history.out("i1"), history.variance("i1")) == ("0.00", "3.00")
    assert history.pool() == ("0", "0.00")


def a_full_return_brings_back_the_variances_of_the_shortage(engine: Engine) -> None:
    history = History(engine, reference="1")
    history.issue("i1", "10")
    history.receive("r1", "10", "20.00")
    history.sales_return("x1", "4", of="i1")
    history.sales_return("x2", "6", of="i1")
    history.walk()
    assert history.variance("i1") == "10.00"
    assert history.pool(after="x1") == ("4", "8.00")
    assert history.pool() == ("10", "20.00")


def a_linked_return_settles_the_shortage_of_its_own_line_first(engine: Engine) -> None:
    history = History(engine, reference="3")
    history.issue("i0", "1")
    history.issue("i1", "5")
    history.sales_return("x1", "2", of="i1")
    history.receive("r1", "4", "16.00")
    history.walk()
    assert history.pool(after="x1") == ("-4", "-12.00")
    assert (history.variance("i0"), history.variance("i1")) == ("1.00", "3.00")
    assert history.pool() == ("0", "0.00")


def a_return_never_comes_in_below_0(engine: Engine) -> None:
    history = History(engine, reference="10")
    history.issue("i1", "10")
    history.sales_return("x1", "5", of="i1")
    history.receive("r1", "5", "5.00")
    history.sales_return("x2", "1", of="i1")
    history.sales_return("x3", "4", of="i1")
    history.walk()
    assert [history.into(name) for name in ("x1", "x2", "x3")] == ["50.00", "0.00", "5.00"]
    assert history.variance("i1") == "-45.00"
    assert history.pool() == ("5", "5.00")


def each_warehouse_is_a_pool_of_its_own_where_the_book_says_so(engine: Engine) -> None:
    history = History(engine, by_warehouse=True)
    history.receive("a", "2", "10.00", warehouse=1)
    history.receive("b", "2", "30.00", warehouse=2)
    history.issue("a1", "1", warehouse=1)
    history.issue("b3", "3", warehouse=2)
    history.walk()
    assert (history.out("a1"), history.out("b3")) == ("5.00", "45.00")
    assert history.pool(1) == ("1", "5.00")
    assert history.pool(2) == ("-1", "-15.00")


def one_pool_serves_all_warehouses_and_each_keeps_its_quantity(engine: Engine) -> None:
    history = History(engine)
    history.receive("a", "2", "10.00", warehouse=1)
    history.receive("b", "2", "30.00", warehouse=2)
    history.issue("a3", "3", warehouse=1)
    history.walk()
    assert history.out("a3") == "30.00"
    assert history.pool() == ("1", "10.00")
    assert [move.warehouse_quantity for move in history.in_order()] == [2_000_000, 2_000_000, -1_000_000]


CASES: tuple[Case, ...] = tuple(
    made
    for name, made in list(globals().items())
    if getattr(made, "__module__", "") == __name__ and name[0].islower() and callable(made)
)
