"""The indexes of a draft: what a dictionary would hold, whatever the hashes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.domain.documents.index_map import IndexMap


class Alike:
    """A key of few hashes: many share a bucket."""

    def __init__(self, name: int) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike) and self.name == other.name

    def __hash__(self) -> int:
        return self.name % 3


keys = st.integers(0, 12).map(Alike)


@given(st.lists(st.tuples(keys, st.one_of(st.none(), st.integers(0, 9))), max_size=40))
def test_edits_leave_what_a_dictionary_would_hold(history: list[tuple[Alike, int | None]]) -> None:
    expected: dict[Alike, int] = {}
    index: IndexMap[Alike, int] = IndexMap()
    for key, entry in history:
        earlier, content = index, dict(expected)
        if entry is None:
            expected.pop(key, None)
            index = index.without_entry(key)
        else:
            expected[key] = entry
            index = index.with_entry(key, entry)
        assert dict(earlier.items()) == content
        assert index.get(key) == expected.get(key)
    assert dict(index.items()) == expected
    assert len(list(index.items())) == len(expected)


def test_any_hash_has_a_place() -> None:
    index: IndexMap[object, str] = IndexMap()
    for key in (-1, -(10**20), "文具", (1, "a"), 10**20):
        index = index.with_entry(key, repr(key))
    assert {index.get(key) for key in (-1, "文具", (1, "a"))} == {"-1", "'文具'", "(1, 'a')"}
    assert index.get(5) is None
