"""What a count is compared with: the books of one warehouse at a moment, what moved since, costs, shortages.

A moment is a place in the canonical order: the day and the HLC up to which documents of that day are in it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.domain.documents.line import ItemKind
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.quantity import Ratio

from .held_stock import LAST_FIRST

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

Moment = tuple[int, int]
"""A day YYYYMMDD and an HLC."""


class CountableRow(NamedTuple):
    """An item of goods (`key` is its local number) and what the books had of it in a warehouse, in 10⁻⁶."""

    key: int
    uuid: bytes
    code: str
    name: str
    spec: str
    unit: str
    units: tuple[tuple[str, Ratio], ...]
    is_active: bool
    quantity: int


class MovedRow(NamedTuple):
    """What the books had at a moment and what moved in and out since, counts not among it; in 10⁻⁶."""

    book: int
    moved: int


class ShortRow(NamedTuple):
    """The document after which a warehouse was short for the first time: its day YYYYMMDD and number."""

    date: int
    number: str


_AT = "(effective_period, effective_date, hlc) <= (?2 / 100, ?2, ?3)"
COUNTABLE = (
    "SELECT i.id, i.uuid, i.code, i.name, i.spec, i.base_unit, i.units, i.is_active,"  # noqa: S608 — own names
    " coalesce((SELECT warehouse_quantity FROM stock_move WHERE item = i.id AND warehouse = ?1"
    f" AND {_AT} {LAST_FIRST} LIMIT 1), 0) FROM item i WHERE i.kind IN (?4, '') ORDER BY i.code, i.id"
)
BOOK = f"SELECT warehouse_quantity FROM stock_move WHERE item = ?4 AND warehouse = ?1 AND {_AT} {LAST_FIRST} LIMIT 1"  # noqa: S608
# A count moves nothing: what it found is the difference of somebody else, not goods that came or went.
MOVED = (
    "SELECT coalesce(sum(quantity), 0) FROM stock_move WHERE item = ?4 AND warehouse = ?1"
    " AND (effective_period, effective_date, hlc) > (?2 / 100, ?2, ?3)"
    " AND (effective_period, effective_date) <= (?5 / 100, ?5) AND basis NOT IN (?6, ?7)"
)
COST = (
    "SELECT coalesce(p.quantity, 0), coalesce(p.value, 0), i.reference_cost FROM item i"
    " LEFT JOIN cost_pool p ON p.item = i.id AND p.pool IN (0, ?2) WHERE i.id = ?1 ORDER BY p.pool DESC LIMIT 1"
)
SHORT = (
    "SELECT d.date, d.number FROM stock_move m JOIN document d ON d.id = m.document WHERE m.item = ?1"
    " AND m.warehouse = ?2 AND m.warehouse_quantity < 0"
    " AND (m.effective_period, m.effective_date, m.hlc) > (?3, ?4, ?5)"
    " ORDER BY m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line LIMIT 1"
)
LATEST = "SELECT coalesce(max(last_hlc), 0) FROM stream"


def latest_hlc(session: Session) -> int:
    """The HLC of the newest record of the book."""
    return int(session.value(LATEST))


def countable(session: Session, *, warehouse: int, moment: Moment) -> list[CountableRow]:
    """Every item of goods by code, with what the books had of it in the warehouse at the moment."""
    return [
        CountableRow(key, uuid, code, name, spec, unit, _units(units), bool(is_active), quantity)
        for key, uuid, code, name, spec, unit, units, is_active, quantity in session.rows(
            COUNTABLE, (warehouse, *moment, ItemKind.GOODS)
        )
    ]


def _units(text: str) -> tuple[tuple[str, Ratio], ...]:
    return tuple((each["unit"], Ratio(each["num"], each["den"])) for each in (json.loads(text) if text else ()))


def moved_since(session: Session, *, item: int, warehouse: int, moment: Moment, day: int) -> MovedRow:
    """What the books had of an item at the moment, and what moved from then to the end of the day."""
    book = session.value(BOOK, (warehouse, *moment, item)) or 0
    moved = session.value(MOVED, (warehouse, *moment, item, day, Basis.COUNT, Basis.OF_COUNT))
    return MovedRow(book, moved)


def cost_of(session: Session, *, item: int, warehouse: int) -> tuple[int, int, int]:
    """Quantity (10⁻⁶) and value (fen) of the pool an item lies in, and its reference cost (10⁻⁶ yuan)."""
    quantity, worth, reference = session.rows(COST, (item, warehouse))[0]
    return quantity, worth, reference


def first_short(session: Session, *, item: int, warehouse: int, since: tuple[int, int, int]) -> ShortRow | None:
    """The first document after a place in the books that left the warehouse short of an item."""
    found = session.first(SHORT, (item, warehouse, *since))
    return None if found is None else ShortRow._make(found)
