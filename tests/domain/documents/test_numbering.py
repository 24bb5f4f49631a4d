"""Document numbers as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from jxc_desktop.domain.documents.numbering import numbered, series_key, stream_letter

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("reset", "number"), [("day", "XS-20261102-0001"), ("month", "XS-202611-0001"), ("year", "XS-2026-0001")]
)
def test_a_number_says_how_often_its_count_begins_again(reset: str, number: str) -> None:
    assert numbered(series_key("XS", DAY, reset=reset), 1) == number


def test_later_streams_insert_their_letter() -> None:
    assert numbered(series_key("XS", DAY, ordinal=1), 12) == "XS-20261102-B0012"
    assert [stream_letter(ordinal) for ordinal in (0, 1, 2, 25, 26, 27, 51, 52)] == [
        *("", "B", "C", "Z"),
        *("BA", "BB", "BZ", "CA"),
    ]
    letters = [stream_letter(ordinal) for ordinal in range(1000)]
    assert len(set(letters)) == len(letters)


def test_a_number_grows_beyond_four_digits() -> None:
    assert numbered("XS-2026-", 12345) == "XS-2026-12345"
