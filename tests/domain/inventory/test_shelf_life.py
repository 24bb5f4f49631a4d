"""The days of a batch."""

from __future__ import annotations

from datetime import date

import pytest

from jxc_desktop.domain.inventory.shelf_life import batch_of, days_left, expiry_of, is_expired


@pytest.mark.parametrize(
    ("made", "days", "expires"),
    [
        ("2026-01-05", 365, "2027-01-05"),
        ("2024-02-29", 1, "2024-03-01"),
        ("", 365, ""),
        ("2026-01-05", 0, ""),
    ],
)
def test_a_batch_keeps_as_long_as_its_item(made: str, days: int, expires: str) -> None:
    assert expiry_of(made, days) == expires


def test_a_batch_without_a_number_is_named_after_its_days() -> None:
    assert batch_of("2026-01-05", "2026-07-05") == "20260105"
    assert batch_of("", "2026-07-05") == "20260705"
    assert batch_of("", "") == ""


def test_the_expiry_day_itself_still_counts() -> None:
    assert not is_expired("2026-01-31", date(2026, 1, 31))
    assert is_expired("2026-01-31", date(2026, 2, 1))
    assert not is_expired("", date(2026, 2, 1))
    assert days_left("2026-02-03", date(2026, 2, 1)) == 2
    assert days_left("2026-01-31", date(2026, 2, 1)) == -1
