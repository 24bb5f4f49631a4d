"""A cost pool: what is there, what it is worth, and who was served before it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Key = tuple[int, int, int]
"""A movement inside one item: (document, leg, line)."""

PoolKey = NewType("PoolKey", int)
"""0 for the pool of the whole book, else the warehouse."""

BOOK_POOL = PoolKey(0)


class Shortage:
    """What one issue took that was not there: still open quantity (10⁻⁶) and its provisional value (fen).

    `account` is where the difference goes when it is covered at another cost.
    """

    __slots__ = ("account", "key", "quantity", "value")

    def __init__(self, key: Key, quantity: int, provisional: int, account: int = 0) -> None:
        self.key = key
        self.quantity = quantity
        self.value = provisional
        self.account = account


class Pool:
    """The state of one pool between two movements; quantities in 10⁻⁶, values in fen.

    `last_value` / `last_quantity` is the last known cost as an exact fraction; it matters, and is kept, only while
    nothing is there. Shortages are loaded when something comes in to cover them: an issue only adds to them.
    """

    __slots__ = ("_load", "_queue", "last_quantity", "last_value", "quantity", "touched", "value")

    def __init__(
        self,
        quantity: int = 0,
        value: int = 0,
        last: tuple[int, int] = (0, 0),
        load: Callable[[], Iterable[Shortage]] | None = None,
    ) -> None:
        self.quantity = quantity
        self.value = value
        self.last_value, self.last_quantity = last
        self._load = load
        self._queue: list[Shortage] = []
        self.touched: dict[Key, Shortage] = {}

    @property
    def shortages(self) -> list[Shortage]:
        """The open shortages, oldest issue first."""
        if self._load is not None:
            load, self._load = self._load, None
            self._queue = [*load(), *self._queue]
        return self._queue

    def add_shortage(self, shortage: Shortage) -> None:
        """Remember an issue that went short."""
        self._queue.append(shortage)
        self.touched[shortage.key] = shortage

    def mark_stored(self) -> None:
        """What was touched is in the store now; a queue that was never loaded will be read from there."""
        self.touched.clear()
        if self._load is not None:
            self._queue.clear()

    def take_over(self, other: Pool) -> None:
        """Go on from where a pool of another method stands, its open shortages included."""
        self.quantity, self.value = other.quantity, other.value
        self.last_value, self.last_quantity = other.last_value, other.last_quantity
        self._load, self._queue, self.touched = other._load, other._queue, other.touched

    def drop_covered(self) -> None:
        """Forget the shortages that nothing is open of."""
        self._queue = [shortage for shortage in self.shortages if shortage.quantity]

    def set_last(self, value: int, quantity: int) -> None:
        """Keep the cost of what was there last."""
        self.last_value, self.last_quantity = value, quantity

    def forget_last(self) -> None:
        """Something is there again: its own cost is the last known one."""
        self.last_value = self.last_quantity = 0
