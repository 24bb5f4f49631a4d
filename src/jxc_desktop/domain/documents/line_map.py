"""An immutable map from line keys to values whose copies share everything that did not change.

A draft is replaced, not changed, on every key stroke; copying a dictionary of 10,000 lines each time would cost more
than the edit. Here an edit copies one path of a shallow tree: 16 entries per level, three levels for 4,096 lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
Node = tuple[Any, ...]

_BITS = 4
_WIDTH = 1 << _BITS
_MASK = _WIDTH - 1
_EMPTY: Node = (None,) * _WIDTH


@value
class LineMap(Generic[T]):
    """Line key (a small integer ≥ 0) → value, iterated in key order, which is the order the lines were entered in.

    A value is never None. Maps are equal when they hold equal values under the same keys. Make one with `line_map`.
    """

    root: Node = _EMPTY
    top: int = 0
    size: int = 0

    def with_line(self, key: int, line: T) -> LineMap[T]:
        """The map with this line under this key, in time that does not depend on the number of lines.

        Raises ValueError for a negative key.
        """
        if key < 0:
            message = "a line key is 0 or greater"
            raise ValueError(message)
        root, top = self.root, self.top
        while key >= _capacity(top):
            root = (root, *_EMPTY[1:])
            top += 1
        return LineMap(_replaced(root, top, key, line), top, self.size + (key not in self))

    def without_line(self, key: int) -> LineMap[T]:
        """The map without the line of this key. Raises KeyError where there is none."""
        if key not in self:
            raise KeyError(key)
        return LineMap(_removed(self.root, self.top, key) or _EMPTY, self.top, self.size - 1)

    def get(self, key: int) -> T | None:
        """The line of this key, or None."""
        if not 0 <= key < _capacity(self.top):
            return None
        node = self.root
        for level in range(self.top, 0, -1):
            node = node[key >> _BITS * level & _MASK]
            if node is None:
                return None
        found: T | None = node[key & _MASK]
        return found

    def items(self) -> Iterator[tuple[int, T]]:
        """Keys with their lines, in key order."""
        return _walk(self.root, self.top, 0)

    def values(self) -> Iterator[T]:
        """The lines, in key order."""
        return (line for _, line in self.items())

    def changed_keys(self, before: LineMap[T]) -> Iterator[int]:
        """The keys under which another object stands than before, or none, or one for the first time, in key order.

        Its time depends on how many there are, not on the number of lines: what both share is passed over.
        """
        top = max(self.top, before.top)
        return _differing(_raised(before, top), _raised(self, top), top, 0)

    def __getitem__(self, key: int) -> T:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: int) -> bool:
        return self.get(key) is not None

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[int]:
        return (key for key, _ in self.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LineMap) and list(self.items()) == list(other.items())

    def __hash__(self) -> int:
        return hash(tuple(self.items()))


def line_map(lines: Iterable[tuple[int, T]] = ()) -> LineMap[T]:
    """A map of these lines; of two with one key the later stands. Raises ValueError for a negative key."""
    made: LineMap[T] = LineMap()
    for key, line in lines:
        made = made.with_line(key, line)
    return made


def _raised(lines: LineMap[Any], top: int) -> Node:
    """The root of the same tree with this top level."""
    root = lines.root
    for _level in range(top - lines.top):
        root = (root, *_EMPTY[1:])
    return root


def _differing(old: Node, new: Node, level: int, first: int) -> Iterator[int]:
    for index, (one, other) in enumerate(zip(old, new, strict=True)):
        if one is other:
            continue
        key = first + (index << _BITS * level)
        if level == 0:
            yield key
        else:
            yield from _differing(one or _EMPTY, other or _EMPTY, level - 1, key)


def _capacity(top: int) -> int:
    """How many keys a tree with this top level holds; its leaves are level 0."""
    return 1 << _BITS * (top + 1)


def _replaced(node: Node, level: int, key: int, line: object) -> Node:
    index = key >> _BITS * level & _MASK
    inner = line if level == 0 else _replaced(node[index] or _EMPTY, level - 1, key, line)
    return (*node[:index], inner, *node[index + 1 :])


def _removed(node: Node, level: int, key: int) -> Node | None:
    """The node without the line; None where nothing is left, so that nobody walks through what is gone."""
    index = key >> _BITS * level & _MASK
    inner = None if level == 0 else _removed(node[index], level - 1, key)
    left = (*node[:index], inner, *node[index + 1 :])
    return None if left == _EMPTY else left


def _walk(node: Node, level: int, first: int) -> Iterator[tuple[int, Any]]:
    for index, inner in enumerate(node):
        if inner is None:
            continue
        key = first + (index << _BITS * level)
        if level == 0:
            yield key, inner
        else:
            yield from _walk(inner, level - 1, key)
