"""Serial numbers written as lists and ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.inventory import serial_range
from jxc_desktop.domain.inventory.serial_range import serials_in
from jxc_desktop.kernel.errors import UserError


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("", ()),
        ("  ", ()),
        ("A1", ("A1",)),
        ("A1, B2，C3、D4;E5；F6\nG7\tH8", ("A1", "B2", "C3", "D4", "E5", "F6", "G7", "H8")),
        ("A0098~A0101", ("A0098", "A0099", "A0100", "A0101")),
        ("A0098～0100", ("A0098", "A0099", "A0100")),
        ("7至9 X", ("7", "8", "9", "X")),
        ("A0001-A0003", ("A0001", "A0002", "A0003")),
        ("SN-2026-0001-SN-2026-0002", ("SN-2026-0001", "SN-2026-0002")),
        ("A0003-A0001", ("A0003-A0001",)),
        ("SN-0001", ("SN-0001",)),
        ("AB-CD", ("AB-CD",)),
        ("A1-B2", ("A1-B2",)),
        ("-", ("-",)),
    ],
)
def test_lists_and_ranges(text: str, serials: tuple[str, ...]) -> None:
    assert serials_in(text) == serials


@pytest.mark.parametrize("text", ["A~B", "A1~", "A1~B2", "A3~A1", "A1~A10", "A1~A2~A3"])
def test_a_range_that_is_none(text: str) -> None:
    with pytest.raises(UserError) as refused:
        serials_in(text)
    assert refused.value.text.id == "serial.no_range"


def test_a_text_stands_for_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_range, "MOST", 3)
    assert len(serials_in("A1~A3")) == len(serials_in("X Y Z")) == 3
    for text in ("A1~A4", "A1~A3 B", "A B1~B3"):
        with pytest.raises(UserError) as refused:
            serials_in(text)
        assert refused.value.text.id == "serial.too_many"


@given(st.integers(0, 9_999), st.integers(0, 50), st.sampled_from(["", "A", "SN-26-"]))
def test_a_range_has_every_number_once(first: int, more: int, prefix: str) -> None:
    last = min(first + more, 9_999)
    found = serials_in(f"{prefix}{first:04d}~{prefix}{last:04d}")
    assert found == tuple(f"{prefix}{number:04d}" for number in range(first, last + 1))
