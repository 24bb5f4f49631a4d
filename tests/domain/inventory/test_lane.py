"""The rule of cost: every figure by hand, and a walk that gives the same wherever it starts."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jxc_desktop.domain.inventory.movement import Basis, Move
from jxc_desktop.domain.inventory.pool import PoolKey
from tests.domain.inventory.cost_cases import CASES, Case
from tests.domain.inventory.count_cases import COUNT_CASES
from tests.domain.inventory.fifo_cases import FIFO_CASES
from tests.domain.inventory.late_cases import LATE_CASES
from tests.domain.inventory.passing_cases import PASSING_CASES
from tests.domain.inventory.walk import ITEM, REAL, REAL_FIFO, History, Stored
from tests.domain.inventory.walk_cases import WALK_CASES

PIECES = st.sampled_from([1, 333_333, 500_000, 1_000_000, 2_000_000, 3_000_000, 7_000_000])
STEP = st.fixed_dictionaries(
    {
        "basis": st.sampled_from(Basis),
        "sign": st.sampled_from([1, -1, -1]),
        "pieces": PIECES,
        "counted": st.sampled_from([0, 1, 1_000_000, 2_500_000, 9_000_000]),
        "unit_cost": st.sampled_from([None, 0, 4_999, 335_000, 2_000_000]),
        "value": st.integers(0, 3000),
        "warehouse": st.integers(1, 2),
        "day": st.integers(0, 4),
        "of": st.integers(0, 1000),
    }
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Random histories: shortages, returns of returns, over-returns, links that point backward, counts of counts."""
    reference = draw(st.sampled_from(["0", "1.5"]))
    engine = draw(st.sampled_from([REAL, REAL_FIFO]))
    history = History(engine, by_warehouse=draw(st.booleans()), reference=reference)
    for step in draw(st.lists(STEP, min_size=1, max_size=14)):
        _enter(history, step)
    return history


def _enter(history: History, step: dict[str, Any]) -> None:
    name, basis = str(len(history.moves)), step["basis"]
    place = {"day": step["day"], "warehouse": step["warehouse"]}
    counts = [one for one, move in history.moves.items() if move.basis in {Basis.COUNT, Basis.OF_COUNT}]
    gone = [one for one, move in history.moves.items() if move.quantity < 0]
    came = [one for one, move in history.moves.items() if move.quantity > 0]
    if basis == Basis.COUNT:
        history.add(name, basis, 0, counted=step["counted"], unit_cost=step["unit_cost"], **place)
    elif basis == Basis.OF_COUNT and counts:
        history.add(name, basis, 0, of=counts[step["of"] % len(counts)], **place)
    elif basis == Basis.OF_ISSUE and gone:
        history.add(name, basis, step["pieces"], of=gone[step["of"] % len(gone)], **place)
    elif basis == Basis.OF_RECEIPT and came:
        history.add(name, basis, -step["pieces"], of=came[step["of"] % len(came)], **place)
    elif basis == Basis.LATE_ADDITION and came:
        history.add(name, basis, 0, value=step["sign"] * step["value"], of=came[step["of"] % len(came)], **place)
    elif basis == Basis.GIVEN:
        history.add(name, basis, step["pieces"], value=step["value"], **place)
    else:
        history.add(name, Basis.CURRENT, step["sign"] * step["pieces"], **place)


@pytest.mark.parametrize("case", [*CASES, *COUNT_CASES, *WALK_CASES, *LATE_CASES], ids=lambda case: case.__name__)
def test_figures_are_those_worked_out_by_hand(case: Case) -> None:
    case(REAL)


@pytest.mark.parametrize("case", [*FIFO_CASES, *LATE_CASES, *PASSING_CASES], ids=lambda case: case.__name__)
def test_figures_of_layers_are_those_worked_out_by_hand(case: Case) -> None:
    case(REAL_FIFO)


def test_no_case_of_the_list_is_lost() -> None:
    assert len({case.__name__ for case in FIFO_CASES}) == 29
    assert len({case.__name__ for case in (*CASES, *COUNT_CASES, *WALK_CASES)}) == 60
    assert len({case.__name__ for case in LATE_CASES}) == 7


@given(histories(), st.sets(st.integers(0, 14)), st.sets(st.integers(0, 14)))
def test_a_walk_from_the_middle_equals_the_walk_from_the_beginning(
    history: History, cuts: set[int], rests: set[int]
) -> None:
    history.walk()
    whole = history.results()
    history.walk(cuts=cuts)
    assert history.results() == whole
    history.walk(rests=rests)
    assert history.results() == whole
    history.walk(cuts=cuts, rests=rests)
    assert history.results() == whole


@given(histories())
def test_a_second_walk_changes_nothing(history: History) -> None:
    history.walk()
    once = history.results()
    history.replay()
    assert history.results() == once


@given(histories())
def test_pools_stand_by_their_movements_and_never_hold_value_without_quantity(history: History) -> None:
    history.walk()
    quantities, values, warehouses = Counter[PoolKey](), Counter[PoolKey](), Counter[int]()
    for move in history.in_order():
        quantities[move.pool] += move.quantity
        values[move.pool] += move.value
        warehouses[move.warehouse] += move.quantity
        assert (move.pool_quantity, move.pool_value) == (quantities[move.pool], values[move.pool])
        assert move.warehouse_quantity == warehouses[move.warehouse]
        assert _value_fits(move.pool_quantity, move.pool_value)
        assert move.own_value == move.value + sum(variance for *_, variance in move.covers)
        if move.basis == Basis.COUNT:
            assert move.warehouse_quantity == move.counted


def _value_fits(quantity: int, value: int) -> bool:
    if quantity == 0:
        return value == 0
    return value >= 0 if quantity > 0 else value <= 0


@given(histories())
def test_what_is_open_of_the_shortages_is_what_the_pool_lacks(history: History) -> None:
    history.walk()
    walked: list[Move] = []
    for move in history.in_order():
        walked.append(move)
        lacking = Stored(history.engine, walked).pool(ITEM, move.pool).shortages
        assert all(shortage.quantity > 0 for shortage in lacking)
        assert sum(shortage.quantity for shortage in lacking) == max(-move.pool_quantity, 0)
        assert sum(shortage.value for shortage in lacking) == (-move.pool_value if move.pool_quantity < 0 else 0)


@given(histories())
def test_layers_are_what_the_pool_holds(history: History) -> None:
    assume(history.engine is REAL_FIFO)
    history.walk()
    walked: list[Move] = []
    for move in history.in_order():
        walked.append(move)
        layers = Stored(REAL_FIFO, walked).layers(move.pool)
        assert all(layer.quantity > 0 and layer.value >= 0 for layer in layers)
        assert sum(layer.quantity for layer in layers) == max(move.pool_quantity, 0)
        assert sum(layer.value for layer in layers) == max(move.pool_value, 0)


@given(histories())
def test_the_last_known_cost_is_kept_only_while_nothing_is_there(history: History) -> None:
    history.walk()
    for move in history.in_order():
        if move.pool_quantity > 0:
            assert (move.last_value, move.last_quantity) == (0, 0)


@given(st.integers(0, 10**6), PIECES, st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_returned_bit_by_bit_is_returned_at_the_full_cost(fen: int, more: int, parts: list[int]) -> None:
    history = History()
    whole = sum(parts) * 1_000_000
    history.add("r1", Basis.GIVEN, whole + more, value=fen)
    history.add("r2", Basis.GIVEN, 5_000_000, value=777)
    history.add("i1", Basis.CURRENT, -whole)
    for place, part in enumerate(parts):
        history.add(f"x{place}", Basis.OF_ISSUE, part * 1_000_000, of="i1")
    history.walk()
    assert sum(history.moves[f"x{place}"].own_value for place in range(len(parts))) == -history.moves["i1"].own_value


@given(st.integers(0, 10**6), st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_a_receipt_given_back_bit_by_bit_leaves_at_its_full_cost(fen: int, parts: list[int]) -> None:
    history = History()
    whole = sum(parts) * 1_000_000
    history.add("r1", Basis.GIVEN, whole, value=fen)
    history.add("r2", Basis.GIVEN, 1_000_000, value=777)
    for place, part in enumerate(parts):
        history.add(f"x{place}", Basis.OF_RECEIPT, -part * 1_000_000, of="r1")
    history.walk()
    assert sum(history.moves[f"x{place}"].own_value for place in range(len(parts))) == -fen
    assert history.pool() == ("1", "7.77")


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5000)), min_size=1, max_size=6), st.data())
def test_without_shortage_what_left_and_what_is_left_is_what_came_in(
    receipts: list[tuple[int, int]], data: st.DataObject
) -> None:
    history = History()
    for place, (pieces, fen) in enumerate(receipts):
        history.add(f"r{place}", Basis.GIVEN, pieces * 1_000_000, value=fen)
    left = sum(pieces for pieces, _ in receipts)
    while left:
        taken = data.draw(st.integers(1, left))
        left -= taken
        history.issue(f"i{left}", str(taken))
    history.walk()
    assert sum(move.own_value for move in history.moves.values()) == 0
    assert history.pool() == ("0", "0.00")
