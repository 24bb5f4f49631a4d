"""Fees that find the month of their receipt closed, in numbers; see `cost_cases`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.domain.inventory.walk import Engine, History

if TYPE_CHECKING:
    from tests.domain.inventory.cost_cases import Case


def what_is_still_there_takes_its_share(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "100.00")
    history.issue("i1", "6")
    history.late("f1", "10.00", of="r1")
    history.issue("i2", "2")
    history.walk()
    assert (history.into("f1"), history.variance("f1"), history.pieces("f1")) == ("4.00", "6.00", "0")
    assert history.out("i2") == "22.00"
    assert history.pool() == ("2", "22.00")


def no_more_than_was_received_takes_a_share(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "100.00")
    history.receive("r2", "10", "100.00")
    history.late("f1", "10.00", of="r1")
    history.walk()
    assert (history.into("f1"), history.variance("f1")) == ("10.00", "0.00")
    assert history.pool() == ("20", "210.00")


def where_nothing_is_left_all_of_it_is_too_late(engine: Engine) -> None:
    for sold, pool in (("10", ("0", "0.00")), ("12", ("-2", "-20.00"))):
        history = History(engine)
        history.receive("r1", "10", "100.00")
        history.issue("i1", sold)
        history.late("f1", "10.00", of="r1")
        history.walk()
        assert (history.into("f1"), history.variance("f1")) == ("0.00", "10.00")
        assert history.pool() == pool


def a_fee_for_nobody_is_too_late(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "100.00")
    history.late("f1", "10.00", of="nobody")
    history.walk()
    assert (history.into("f1"), history.variance("f1")) == ("0.00", "10.00")
    assert history.pool() == ("10", "100.00")


def a_fee_taken_back_never_leaves_less_than_nothing(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "6.00")
    history.late("f1", "-10.00", of="r1")
    history.walk()
    assert (history.into("f1"), history.variance("f1")) == ("-6.00", "-4.00")
    assert history.pool() == ("10", "0.00")


def a_return_of_the_receipt_costs_what_the_receipt_did(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "10", "100.00")
    history.late("f1", "10.00", of="r1")
    history.purchase_return("b1", "4", of="r1")
    history.purchase_return("b2", "4", of="r1")
    for cuts in ((), (1,), (2,), (3,)):
        history.walk(cuts=cuts)
        assert (history.out("b1"), history.out("b2")) == ("40.00", "40.00")
        assert history.pool() == ("2", "30.00")


def the_share_is_rounded_to_the_fen(engine: Engine) -> None:
    history = History(engine)
    history.receive("r1", "3", "30.00")
    history.issue("i1", "1")
    history.late("f1", "1.00", of="r1")
    history.walk()
    assert (history.into("f1"), history.variance("f1")) == ("0.67", "0.33")


LATE_CASES: tuple[Case, ...] = tuple(
    made
    for name, made in list(globals().items())
    if getattr(made, "__module__", "") == __name__ and name[0].islower() and callable(made)
)
"""The same under moving average and first in, first out."""
