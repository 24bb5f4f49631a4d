"""How old the stock is: layers first in, first out."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.inventory.ageing import (
    AgeingMove,
    PlacedMove,
    age_layers,
    layers_by_place,
    stock_age,
    stock_age_by_batch,
)
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity

DAY = date(2026, 1, 1)


def _move(day: int, pieces: int, fen: int = 0, batch: str = "") -> AgeingMove:
    return AgeingMove(DAY + timedelta(day), Quantity(pieces * 10**6), Money(fen), batch)


def _layers(*moves: AgeingMove) -> list[tuple[int, int, int]]:
    return [((one.on - DAY).days, one.quantity.micro // 10**6, one.value.fen) for one in age_layers(moves)]


def test_an_issue_takes_the_oldest_first_and_a_part_takes_its_share() -> None:
    assert _layers(_move(0, 3, 1000), _move(1, 5, 50), _move(2, -1)) == [(0, 2, 667), (1, 5, 50)]
    assert _layers(_move(0, 3, 1000), _move(1, 5, 50), _move(2, -4)) == [(1, 4, 40)]


def test_the_last_take_gets_the_rest_of_a_layer() -> None:
    assert _layers(_move(0, 3, 1000), _move(1, -1), _move(2, -1), _move(3, -1)) == []


def test_a_shortage_is_settled_first_at_its_share_of_the_receipt() -> None:
    assert _layers(_move(0, -3), _move(1, 5, 1250)) == [(1, 2, 500)]


def test_what_is_still_short_stands_last_with_its_share_of_the_provisional_value() -> None:
    assert _layers(_move(0, 1, 10), _move(1, -4, -40), _move(2, 1, 99)) == [(1, -2, -20)]


def test_a_movement_of_value_alone_leaves_no_layer() -> None:
    assert _layers(_move(0, 1, 10), _move(1, 0, 5)) == [(0, 1, 10)]


def test_a_bound_is_the_last_day_of_its_bucket_and_later_movements_do_not_count() -> None:
    moves = [_move(0, 1, 1), _move(29, 2, 2), _move(30, 4, 4), _move(61, 8, 8)]
    age = stock_age(moves, DAY + timedelta(60), [30, 31])
    assert [bucket.quantity.micro // 10**6 for bucket in age.buckets] == [4, 2, 1]
    assert [bucket.value.fen for bucket in age.buckets] == [4, 2, 1]
    assert (age.quantity, age.value) == (Quantity(7 * 10**6), Money(7))


def test_every_batch_is_a_queue_of_its_own() -> None:
    moves = [_move(0, 5, 10, "A"), _move(1, 4, 8, "B"), _move(2, -2, 0, "B")]
    ages = stock_age_by_batch(moves, DAY + timedelta(2), [30])
    assert {batch: age.quantity.micro // 10**6 for batch, age in ages.items()} == {"A": 5, "B": 2}


moves = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-9, 9), st.integers(0, 500)).map(
        lambda row: _move(row[0], row[1], row[2] if row[1] > 0 else -row[2])
    ),
    max_size=20,
)


@given(moves)
def test_layers_hold_the_whole_stock_and_never_both_signs(history: list[AgeingMove]) -> None:
    age = stock_age(history, DAY + timedelta(9), [2, 4])
    assert age.quantity.micro == sum(move.quantity.micro for move in history)
    assert sum(bucket.quantity.micro for bucket in age.buckets) == age.quantity.micro
    assert sum(bucket.value.fen for bucket in age.buckets) == age.value.fen
    assert len({layer.quantity > Quantity(0) for layer in age.layers}) <= 1
    assert all((layer.value.fen >= 0) == (layer.quantity.micro > 0) or not layer.value for layer in age.layers)


def _placed(place: int, day: int, pieces: int, transfer: int = 0) -> PlacedMove:
    return PlacedMove(place, DAY + timedelta(day), Quantity(pieces * 10**6), (transfer, 1) if transfer else None)


def _places(*moves: PlacedMove) -> dict[int, list[tuple[int, int]]]:
    return {
        place: [((one.on - DAY).days, one.quantity.micro // 10**6) for one in layers]
        for place, layers in layers_by_place(moves).items()
    }


def test_what_is_transferred_brings_its_age_and_takes_its_place_in_the_queue() -> None:
    here = [_placed(1, 0, 3), _placed(1, 4, 3), _placed(2, 2, 1)]
    there = [_placed(1, 5, -4, 7), _placed(2, 5, 4, 7)]
    assert _places(*here, *there) == {1: [(4, 2)], 2: [(0, 3), (2, 1), (4, 1)]}
    assert _places(*here, *there, _placed(2, 6, -4)) == {1: [(4, 2)], 2: [(4, 1)]}


def test_a_transfer_of_more_than_there_was_brings_the_rest_in_as_new() -> None:
    assert _places(_placed(1, 0, 1), _placed(1, 5, -3, 7), _placed(2, 5, 3, 7)) == {1: [(5, -2)], 2: [(0, 1), (5, 2)]}
    assert _places(_placed(2, 1, -2), _placed(1, 0, 3), _placed(1, 5, -3, 7), _placed(2, 5, 3, 7)) == {
        2: [(0, 1)],
        1: [],
    }


def test_a_transfer_that_only_half_arrives_brings_the_oldest_half() -> None:
    moves = [_placed(1, 0, 2), _placed(1, 1, 2), _placed(1, 5, -4, 7), _placed(2, 6, 2, 7), _placed(2, 6, 0, 7)]
    assert _places(*moves) == {1: [], 2: [(0, 2)]}


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(-5, 5), st.booleans()), max_size=20))
def test_every_place_holds_what_moved_there(steps: list[tuple[int, int, bool]]) -> None:
    moves: list[PlacedMove] = []
    for day, (place, pieces, is_transfer) in enumerate(steps):
        if is_transfer and pieces:
            moves += [_placed(place, day, -abs(pieces), day + 1), _placed(3 - place, day, abs(pieces), day + 1)]
        else:
            moves.append(_placed(place, day, pieces))
    held = {place: sum(pieces for _on, pieces in layers) for place, layers in _places(*moves).items()}
    assert held == {place: sum(each.quantity.micro // 10**6 for each in moves if each.place == place) for place in held}
    for layers in _places(*moves).values():
        assert len({pieces > 0 for _on, pieces in layers}) <= 1
