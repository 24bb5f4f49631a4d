"""The wall clock and the hybrid logical clock."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.kernel.clock import COUNTER_BITS, FixedClock, Hlc, SystemClock, hlc_ms, merge, tick

NOW = st.integers(0, 2**47)
HLC = st.builds(lambda ms, counter: Hlc(ms << COUNTER_BITS | counter), NOW, st.integers(0, 2**16 - 1))


@given(HLC, NOW)
def test_a_tick_is_later_than_the_last_and_not_before_the_wall_clock(last: Hlc, now: int) -> None:
    following = tick(last, now)
    assert following > last
    assert hlc_ms(following) >= now
    assert following in {last + 1, now << COUNTER_BITS}


@given(HLC, st.lists(NOW, max_size=20))
def test_the_stamps_of_a_stream_always_rise_even_where_the_clock_goes_back(last: Hlc, clock: list[int]) -> None:
    stamps = [last]
    for now in clock:
        stamps.append(tick(stamps[-1], now))
    assert stamps == sorted(set(stamps))


def test_a_clock_that_stands_counts_and_one_that_moves_starts_the_count_anew() -> None:
    first = tick(Hlc(0), 1000)
    assert (hlc_ms(first), first & 0xFFFF) == (1000, 0)
    assert tick(first, 1000) == first + 1
    assert tick(first, 999) == first + 1
    assert tick(Hlc(first + 9), 1001) == 1001 << COUNTER_BITS


def test_a_full_counter_carries_into_the_next_millisecond() -> None:
    assert tick(Hlc(5 << COUNTER_BITS | 0xFFFF), 5) == 6 << COUNTER_BITS


@given(HLC, HLC, NOW)
def test_a_merge_never_goes_back_and_is_never_pushed_past_the_local_wall_clock(
    local: Hlc, remote: Hlc, now: int
) -> None:
    merged = merge(local, remote, now)
    assert merged >= local
    assert merged == local or merged <= now << COUNTER_BITS
    if remote <= now << COUNTER_BITS:
        assert merged == max(local, remote)


def test_a_wrong_remote_clock_is_ignored_beyond_the_local_one() -> None:
    local, remote = Hlc(10 << COUNTER_BITS), Hlc(99_999 << COUNTER_BITS)
    assert merge(local, remote, 20) == 20 << COUNTER_BITS
    assert merge(local, remote, 5) == local


@given(HLC, HLC, NOW)
def test_what_is_written_after_a_merge_stands_after_what_was_merged(local: Hlc, remote: Hlc, now: int) -> None:
    if hlc_ms(remote) < now:
        assert tick(merge(local, remote, now), now) > remote


def test_the_system_clock_tells_milliseconds_of_utc() -> None:
    before = time.time_ns() // 10**6
    assert before <= SystemClock().now_ms() <= time.time_ns() // 10**6


def test_a_fixed_clock_stands_where_it_is_put() -> None:
    clock = FixedClock(7)
    assert (clock.now_ms(), clock.now_ms()) == (7, 7)
    clock.put(9)
    assert clock.now_ms() == 9
