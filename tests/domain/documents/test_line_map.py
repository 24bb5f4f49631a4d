"""The map of a draft's lines: immutable, in key order, cheap to edit however long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.documents.line_map import LineMap, line_map

keys = st.one_of(st.integers(0, 40), st.integers(0, 10**6))
edits = st.lists(st.tuples(keys, st.one_of(st.none(), st.integers(0, 9))), max_size=60)


@given(edits)
def test_edits_leave_what_a_dictionary_would_hold(history: list[tuple[int, int | None]]) -> None:
    expected: dict[int, int] = {}
    lines: LineMap[int] = line_map()
    for key, line in history:
        earlier, content = lines, dict(expected)
        if line is not None:
            expected[key] = line
            lines = lines.with_line(key, line)
        elif key in lines:
            del expected[key]
            lines = lines.without_line(key)
        assert dict(earlier.items()) == content
    assert list(lines.items()) == sorted(expected.items())
    assert list(lines) == sorted(expected)
    assert list(lines.values()) == [expected[key] for key in sorted(expected)]
    assert len(lines) == len(expected)
    assert lines == line_map(sorted(expected.items()))
    assert hash(lines) == hash(line_map(expected.items()))


@given(st.dictionaries(keys, st.integers(0, 9), max_size=20), keys)
def test_a_line_is_found_by_its_key(content: dict[int, int], key: int) -> None:
    lines = line_map(content.items())
    assert lines.get(key) == content.get(key)
    assert (key in lines) == (key in content)
    if key in content:
        assert lines[key] == content[key]
    else:
        with pytest.raises(KeyError):
            lines[key]
        with pytest.raises(KeyError):
            lines.without_line(key)


def test_a_key_is_never_negative() -> None:
    with pytest.raises(ValueError, match="line key"):
        line_map([(-1, "line")])
    assert line_map([(1, "line")]).get(-1) is None


def test_maps_with_other_lines_are_not_equal() -> None:
    assert line_map([(1, "a")]) != line_map([(1, "b")])
    assert line_map([(1, "a")]) != [(1, "a")]


def test_an_edit_copies_one_path_and_shares_the_rest() -> None:
    lines = line_map((key, str(key)) for key in range(4096))
    edited = lines.with_line(2000, "changed")
    shared = [a is b for a, b in zip(lines.root, edited.root, strict=True)]
    assert shared.count(False) == 1


def test_nothing_is_left_of_what_was_removed() -> None:
    lines = line_map((key, str(key)) for key in range(4096))
    for key in range(1, 4096):
        lines = lines.without_line(key)
    assert sum(part is not None for part in lines.root) == 1
    assert lines.without_line(0).root == line_map().root
    assert list(lines.without_line(0).with_line(7, "back").items()) == [(7, "back")]


@given(edits, edits)
def test_what_differs_is_found_without_looking_at_the_rest(
    first: list[tuple[int, int | None]], then: list[tuple[int, int | None]]
) -> None:
    before = line_map((key, line) for key, line in first if line is not None)
    after = before
    for key, line in then:
        if line is not None:
            after = after.with_line(key, line)
        elif key in after:
            after = after.without_line(key)
    wanted = sorted(key for key in {*before, *after} if before.get(key) is not after.get(key))
    assert list(after.changed_keys(before)) == wanted
    assert list(before.changed_keys(after)) == wanted


def test_looking_for_differences_passes_over_what_is_shared() -> None:
    class Watched(tuple[object, ...]):  # noqa: SLOT001 — tuples of values have no slots
        """A node that must not be looked into."""

        def __iter__(self) -> object:  # type: ignore[override]
            raise AssertionError

    lines = line_map((key, str(key)) for key in range(256))
    shared = Watched(lines.root[0])
    before: LineMap[str] = LineMap((shared, *lines.root[1:]), lines.top, lines.size)
    after: LineMap[str] = LineMap((shared, *lines.with_line(255, "other").root[1:]), lines.top, lines.size)
    assert list(after.changed_keys(before)) == [255]
