"""What lies of an item in a warehouse by batch, serial number and bin: now, on a day, at least from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .held_stock import LAST_FIRST

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

Tag = tuple[str, str, str]
"""Batch, serial, bin; the serial numbers of a batch in a bin stand together under `SERIALS`."""
SERIALS = "*"

_TAG = f"batch, CASE WHEN serial <> '' THEN '{SERIALS}' ELSE '' END, bin"
_NOW = f"SELECT {_TAG}, sum(quantity) FROM tracked_on_hand WHERE item = ?1 AND warehouse = ?2 GROUP BY 1, 2, 3"  # noqa: S608
_UP_TO = "(effective_period, effective_date) <= (?3 / 100, ?3)"
_AFTER = "(effective_period, effective_date) > (?3 / 100, ?3)"
_PLACE = "effective_period, effective_date, hlc, stream, document, leg, line"
_LATER = f"SELECT 1 FROM stock_move WHERE item = ?1 AND warehouse = ?2 AND {_AFTER} LIMIT 1"  # noqa: S608 — own names
_THEN = (
    f"SELECT {_TAG}, sum(quantity) FROM tracked_move WHERE item = ?1 AND warehouse = ?2 AND {_UP_TO}"  # noqa: S608
    " GROUP BY 1, 2, 3"
)
_SINCE = (
    f"SELECT {_TAG}, quantity FROM tracked_move WHERE item = ?1 AND warehouse = ?2 AND {_AFTER}"  # noqa: S608
    f" ORDER BY {_PLACE}"
)
THEN_ALL = (
    f"SELECT warehouse_quantity FROM stock_move WHERE item = ?1 AND warehouse = ?2 AND {_UP_TO} {LAST_FIRST} LIMIT 1"  # noqa: S608
)
_SINCE_ALL = f"SELECT min(warehouse_quantity) FROM stock_move WHERE item = ?1 AND warehouse = ?2 AND {_AFTER}"  # noqa: S608


class Shelf(NamedTuple):
    """What lies there of each batch, serial and bin, and of all together (10⁻⁶), none of them or all among it.

    `held` is what lies there at the end of the day, `free` what lies there from then on at every moment.
    """

    held: dict[Tag, int]
    all_held: int
    free: dict[Tag, int]
    all_free: int


def shelf(session: Session, *, item: int, warehouse: int, day: int) -> Shelf:
    """What lies of an item in a warehouse at the end of a day YYYYMMDD and later; cards by their local numbers."""
    place = (item, warehouse, day)
    if not session.value(_LATER, place):
        held = {(row[0], row[1], row[2]): row[3] for row in session.rows(_NOW, place[:2])}
        all_held = session.value(THEN_ALL, place) or 0
        return Shelf(held, all_held, held, all_held)
    held = {(row[0], row[1], row[2]): row[3] for row in session.rows(_THEN, place) if row[3]}
    all_held = session.value(THEN_ALL, place) or 0
    least, running = dict(held), dict(held)
    for batch, serial, place_in, quantity in session.rows(_SINCE, place):
        tag = (batch, serial, place_in)
        running[tag] = running.get(tag, 0) + quantity
        least[tag] = min(least.get(tag, 0), running[tag])
    lowest = session.value(_SINCE_ALL, place)
    return Shelf(held, all_held, least, min(all_held, all_held if lowest is None else lowest))


class BatchRow(NamedTuple):
    """What is known of a batch: days as ISO texts or empty, the day YYYYMMDD it first moved."""

    batch: str
    production_date: str
    expiry_date: str
    received: int


def known_batch(session: Session, *, item: int, batch: str) -> BatchRow | None:
    """What is known of a batch of an item (its local number); None where it never moved."""
    row = session.first(
        "SELECT batch, production_date, expiry_date, received FROM batch WHERE item = ? AND batch = ?", (item, batch)
    )
    return None if row is None else BatchRow._make(row)


def has_tracked_stock(session: Session, *, item: int) -> bool:
    """Whether anything of an item lies anywhere by batch, serial number or bin."""
    return session.value("SELECT 1 FROM tracked_on_hand WHERE item = ? LIMIT 1", (item,)) is not None


_LAST_LEFT = (
    "SELECT batch FROM tracked_move WHERE item = ? AND batch <> '' AND quantity < 0 AND basis = 1"
    " ORDER BY effective_period DESC, effective_date DESC, hlc DESC, stream DESC, line DESC LIMIT 1"
)


def last_left(session: Session, *, item: int) -> str:
    """The batch of an item that went out last, or nothing."""
    return session.value(_LAST_LEFT, (item,)) or ""
