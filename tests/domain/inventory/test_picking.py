"""What expires first leaves first; a counted total lies in the batches that are there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.inventory.picking import Stored, counted_parts, first_expired_first, pick
from jxc_desktop.kernel.quantity import NOTHING, Quantity


def _pieces(count: int) -> Quantity:
    return Quantity(count * 1_000_000)


def _stored(batch: str, count: int, expiry_date: str = "", received: int = 0) -> Stored:
    return Stored(batch, _pieces(count), expiry_date, received)


def _names(parts: tuple[Stored, ...]) -> list[tuple[str, int]]:
    return [(part.batch, part.quantity.micro // 1_000_000) for part in parts]


MILK = (
    _stored("late", 5, "2026-03-01", 20260105),
    _stored("early", 3, "2026-02-01", 20260110),
    _stored("", 9),
    _stored("never", 4),
    _stored("older", 2, "2026-02-01", 20260108),
)


def test_what_expires_first_leaves_first_what_has_no_batch_last() -> None:
    found = pick(first_expired_first(MILK), _pieces(23))
    assert _names(found.parts) == [("older", 2), ("early", 3), ("late", 5), ("never", 4), ("", 9)]
    assert found.short == NOTHING


def test_a_part_of_a_batch_leaves_the_rest_there_and_empty_ones_are_passed_over() -> None:
    found = pick([_stored("A", 0), _stored("B", -2), _stored("C", 4)], _pieces(1))
    assert _names(found.parts) == [("C", 1)]


def test_what_is_missing_is_said() -> None:
    found = pick([_stored("A", 2), _stored("B", 3)], _pieces(6))
    assert (_names(found.parts), found.short) == ([("A", 2), ("B", 3)], _pieces(1))


def test_a_count_of_what_is_there_changes_nothing() -> None:
    assert _names(counted_parts(MILK[:2], _pieces(8))) == [("early", 3), ("late", 5)]


def test_a_gain_is_of_the_batch_that_keeps_longest() -> None:
    assert _names(counted_parts(MILK[:3], _pieces(19))) == [("early", 3), ("late", 7), ("", 9)]


def test_a_loss_is_of_the_batches_that_leave_first() -> None:
    assert _names(counted_parts(MILK, _pieces(16))) == [("late", 3), ("never", 4), ("", 9)]


def test_without_any_batch_the_count_is_of_none_and_nothing_is_left_of_nothing() -> None:
    assert _names(counted_parts([_stored("A", -3)], _pieces(2))) == [("", 2)]
    assert counted_parts(MILK, NOTHING) == ()


SHELVES = st.lists(
    st.builds(
        _stored,
        st.sampled_from("ABCDEF"),
        st.integers(-3, 9),
        st.sampled_from(["", "2026-02-01", "2026-03-01"]),
        st.integers(0, 3),
    ),
    unique_by=lambda each: each.batch,
)


@given(SHELVES, st.integers(0, 40))
def test_every_count_adds_up_and_nothing_is_below_zero(stored: list[Stored], count: int) -> None:
    parts = counted_parts(stored, _pieces(count))
    assert sum(part.quantity.micro for part in parts) == count * 1_000_000
    assert all(part.quantity > NOTHING or count == 0 for part in parts)


@given(SHELVES, st.integers(0, 40))
def test_what_is_picked_and_what_is_short_is_what_was_asked_for(stored: list[Stored], count: int) -> None:
    found = pick(first_expired_first(stored), _pieces(count))
    taken = sum(part.quantity.micro for part in found.parts)
    assert taken + found.short.micro == count * 1_000_000
    there = sum(max(each.quantity.micro, 0) for each in stored)
    assert taken == min(there, count * 1_000_000)
    assert not found.parts or all(part.quantity > NOTHING for part in found.parts)
