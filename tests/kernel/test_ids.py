"""UUIDv7: version, variant, time and order."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.kernel.clock import FixedClock
from jxc_desktop.kernel.ids import RandomIds, uuid7

MS = st.integers(0, 2**48 - 1)
CHANCE = st.binary(min_size=10, max_size=10)


@given(MS, CHANCE)
def test_an_id_is_a_version_7_uuid_in_lower_hex(milliseconds: int, chance: bytes) -> None:
    made = uuid7(milliseconds, chance)
    assert len(made) == 32
    assert set(made) <= set("0123456789abcdef")
    read = uuid.UUID(made)
    assert read.version == 7
    assert read.variant == uuid.RFC_4122
    assert read.hex == made
    assert read.int >> 80 == milliseconds


@given(MS, MS, CHANCE, CHANCE)
def test_ids_sort_by_the_time_they_were_made(one: int, other: int, chance: bytes, another: bytes) -> None:
    if one != other:
        assert (uuid7(one, chance) < uuid7(other, another)) is (one < other)


@given(MS, CHANCE)
def test_seventy_four_bits_are_chance(milliseconds: int, chance: bytes) -> None:
    read = uuid.UUID(uuid7(milliseconds, chance)).int
    assert read >> 64 & 0xFFF == int.from_bytes(chance[:2], "big") & 0xFFF
    assert read & (2**62 - 1) == int.from_bytes(chance[2:], "big") & (2**62 - 1)


def test_ids_are_minted_from_the_given_clock_and_differ() -> None:
    clock = FixedClock(1_000)
    ids = RandomIds(clock)
    made = [ids.new_id() for _ in range(100)]
    assert len(set(made)) == 100
    assert {uuid.UUID(one).int >> 80 for one in made} == {1_000}
    clock.put(1_001)
    assert ids.new_id() > max(made)
