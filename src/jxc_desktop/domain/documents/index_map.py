"""An immutable map from any hashable keys to values whose copies share what did not change: the indexes of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from jxc_desktop.domain.documents.line_map import LineMap
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator

K = TypeVar("K")
V = TypeVar("V")

_BUCKETS = 0xFFFF
"""Hashes are cut to 16 bits: four levels of the tree below, a bucket holds one entry as long as drafts have lines."""


@value
class IndexMap(Generic[K, V]):
    """Hashable key → value, in no order that means anything. A value is never None."""

    buckets: LineMap[tuple[tuple[K, V], ...]] = LineMap()

    def get(self, key: K) -> V | None:
        """The value under this key, or None."""
        for known, found in self.buckets.get(_place(key)) or ():
            if known == key:
                return found
        return None

    def with_entry(self, key: K, entry: V) -> IndexMap[K, V]:
        """The map with this value under this key, in time that does not depend on its size."""
        return IndexMap(self.buckets.with_line(_place(key), (*self._others(key), (key, entry))))

    def without_entry(self, key: K) -> IndexMap[K, V]:
        """The map without this key; the same where it has none."""
        if self.get(key) is None:
            return self
        others = self._others(key)
        place = _place(key)
        return IndexMap(self.buckets.with_line(place, others) if others else self.buckets.without_line(place))

    def items(self) -> Iterator[tuple[K, V]]:
        """Keys with their values."""
        return (entry for bucket in self.buckets.values() for entry in bucket)

    def _others(self, key: K) -> tuple[tuple[K, V], ...]:
        return tuple(entry for entry in self.buckets.get(_place(key)) or () if entry[0] != key)


def _place(key: object) -> int:
    return hash(key) & _BUCKETS
