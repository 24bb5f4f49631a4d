"""Where serial numbers are, and which of them lie in a warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session

AT_ONCE = 500
"""Serial numbers that are looked up in one statement."""


class SerialPlace(NamedTuple):
    """Where a serial number lies: the warehouse (its local number), batch and bin."""

    warehouse: int
    batch: str
    bin: str


PLACES = (
    "SELECT serial, warehouse, batch, bin FROM tracked_on_hand"
    " WHERE serial IN ({serials}) AND serial <> '' AND item = ? AND quantity > 0"
)


def serial_places(session: Session, *, item: int, serials: Sequence[str]) -> dict[str, SerialPlace]:
    """Where each of these serial numbers of an item lies; one that lies nowhere is left out."""
    found: dict[str, SerialPlace] = {}
    for start in range(0, len(serials), AT_ONCE):
        some = serials[start : start + AT_ONCE]
        text = PLACES.format(serials=placeholders(len(some)))
        found |= {row[0]: SerialPlace(*row[1:]) for row in session.rows(text, (*some, item))}
    return found


_LYING = (
    "SELECT serial, batch, bin FROM tracked_move WHERE item = ?1 AND warehouse = ?2 AND serial <> ''"
    " AND (effective_period, effective_date) <= (?3 / 100, ?3)"
    " GROUP BY serial, batch, bin HAVING sum(quantity) > 0 ORDER BY serial"
)


class LyingSerial(NamedTuple):
    """A serial number that lies in a warehouse."""

    serial: str
    batch: str
    bin: str


def lying_serials(session: Session, *, item: int, warehouse: int, day: int) -> list[LyingSerial]:
    """The serial numbers of an item that lie in a warehouse at the end of a day YYYYMMDD."""
    return [LyingSerial._make(row) for row in session.rows(_LYING, (item, warehouse, day))]
