"""Movements of stock as the explanation of a cost reads them: one, those before it in its pool, and what covered it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.projections.additions import JOINED, JOINED_ACROSS
from jxc_desktop.db.projections.move_rows import source_key
from jxc_desktop.domain.inventory.movement import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.pool import Key

Place = tuple[int, int, int, int, int, int, int]
"""Canonical order inside an item: (effective period, effective date, HLC, stream, document, leg, line)."""


class CostMove(NamedTuple):
    """A stored movement: quantities in 10⁻⁶ base units, values in fen, both with their sign; documents by local key.

    `pool_quantity` and `pool_value` are what the pool held after it, `quantity_before` and `value_before` before it.
    """

    item: int
    period: int
    date: int
    hlc: int
    stream: int
    document: int
    leg: int
    line: int
    pool: int
    basis: int
    unit_cost: int | None
    quantity: int
    own_value: int
    value: int
    variance: int
    short_quantity: int
    short_value: int
    pool_quantity: int
    pool_value: int
    warehouse_quantity: int
    source_document: int
    source_line: int

    @property
    def place(self) -> Place:
        """Where it stands in the history of its item."""
        return self.period, self.date, self.hlc, self.stream, self.document, self.leg, self.line

    @property
    def key(self) -> Key:
        """What it is called inside its item."""
        return self.document, self.leg, self.line

    @property
    def source(self) -> Key | None:
        """The movement it takes back."""
        return source_key(self.basis, self.source_document, self.source_line)

    @property
    def quantity_before(self) -> int:
        """What the pool held before it."""
        return self.pool_quantity - self.quantity

    @property
    def value_before(self) -> int:
        """What the pool was worth before it."""
        return self.pool_value - self.value

    @property
    def sets_cost(self) -> bool:
        """Whether it is a count that says what a piece is worth, where something lay in its pool and place."""
        is_priced = self.basis == Basis.COUNT and self.unit_cost is not None
        there = self.warehouse_quantity - self.quantity
        return is_priced and (self.quantity > 0 or (self.quantity_before > 0 and there > 0 and self.pool_quantity > 0))

    @property
    def is_issue(self) -> bool:
        """Whether it takes its share of the pool: the cost of a piece stays what it was."""
        if self.quantity >= 0 or self.sets_cost:
            return False
        return self.basis in {Basis.CURRENT, Basis.COUNT}


class CostCover(NamedTuple):
    """What a later movement covered of a short issue: its provisional value, and how much more it really cost."""

    document: int
    leg: int
    line: int
    quantity: int
    value: int
    variance: int

    @property
    def key(self) -> Key:
        """The movement that covered."""
        return self.document, self.leg, self.line


_COLUMNS = ", ".join(
    f"m.{name}"
    for name in (
        "item",
        "effective_period",
        "effective_date",
        "hlc",
        "stream",
        "document",
        "leg",
        "line",
        "pool",
        "basis",
        "unit_cost",
        "quantity",
        "own_value",
        "value",
        "variance",
        "short_quantity",
        "short_value",
        "pool_quantity",
        "pool_value",
        "warehouse_quantity",
        "source_document",
        "source_line",
    )
)
_KEY = (
    "m.effective_period = d.effective_period AND m.effective_date = d.effective_date AND m.hlc = d.hlc"
    " AND m.stream = d.stream AND m.document = d.id"
)
_PLACE = "m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line"
_BACKWARDS = ", ".join(f"{name} DESC" for name in _PLACE.split(", "))
OF_DOCUMENT = (
    f"SELECT {_COLUMNS} FROM document d CROSS JOIN (SELECT item FROM item_line WHERE document = ?1"  # noqa: S608
    " UNION SELECT item FROM value_addition WHERE document = ?1) l"
    f" CROSS JOIN stock_move m ON m.item = l.item AND {_KEY} WHERE d.id = ?1 ORDER BY m.line, m.leg"
)
ONE = (
    f"SELECT {_COLUMNS} FROM document d CROSS JOIN stock_move m ON m.item = ? AND {_KEY}"  # noqa: S608
    " WHERE d.id = ? AND m.leg = ? AND m.line = ?"
)
BEFORE = (
    f"SELECT {_COLUMNS} FROM stock_move m WHERE m.item = ? AND m.pool = ? AND ({_PLACE}) < (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    f" ORDER BY {_BACKWARDS} LIMIT ?"
)
COVERS = (
    "SELECT c.cover_document, c.cover_leg, c.cover_line, c.quantity, c.value, c.variance FROM shortage_cover c"  # noqa: S608
    f" JOIN document d ON d.id = c.cover_document JOIN stock_move m ON m.item = c.item AND {_KEY}"
    " AND m.leg = c.cover_leg AND m.line = c.cover_line"
    " WHERE c.item = ? AND c.issue_document = ? AND c.issue_leg = ? AND c.issue_line = ?"
    f" AND ({_PLACE}) < (?, ?, ?, ?, ?, ?, ?) ORDER BY {_PLACE}"
)
FEEDERS = (
    f"SELECT e.share_begin, e.share_end, {_COLUMNS} FROM cost_edge e JOIN document d ON d.id = e.document"  # noqa: S608
    f" CROSS JOIN stock_move m ON m.item = e.item AND {_KEY} AND m.leg = e.leg AND m.line = e.line"
    " WHERE e.target_item = ? AND e.target_document = ? AND e.target_leg = ? AND e.target_line = ?"
    " AND e.kind = 'handover' ORDER BY e.line"
)
FEES = (
    "SELECT document, line, amount FROM value_addition"  # noqa: S608 — own numbers
    f" WHERE target_document = ? AND target_line = ? AND state IN ({JOINED}, {JOINED_ACROSS}) ORDER BY document, line"
)
LAST: Place = (10**9, 0, 0, 0, 0, 0, 0)
"""Behind every movement."""


def moves_of_document(session: Session, document: int) -> list[CostMove]:
    """The movements of a document by line."""
    return [CostMove(*row) for row in session.rows(OF_DOCUMENT, (document,))]


def move_at(session: Session, item: int, key: Key) -> CostMove | None:
    """The movement of that key, None where there is none."""
    row = session.first(ONE, (item, *key))
    return None if row is None else CostMove(*row)


def feeders_of(session: Session, move: CostMove) -> list[tuple[CostMove, int, int]]:
    """The movements that hand their cost over to one, each with where its share begins and ends in 10⁻⁶."""
    rows = session.rows(FEEDERS, (move.item, *move.key))
    return [(CostMove(*row), begin, end) for begin, end, *row in rows]


def fees_of(session: Session, move: CostMove) -> list[tuple[CostMove, int]]:
    """The fees that joined a receipt, each as a movement of the fee's document, with its amount."""
    rows = session.rows(FEES, (move.document, move.line))
    return [(move._replace(document=document, line=line), amount) for document, line, amount in rows]


def moves_before(session: Session, move: CostMove, most: int) -> Iterator[CostMove]:
    """The movements of the same pool before a movement, the nearest first."""
    for row in session.each(BEFORE, (move.item, move.pool, *move.place, most)):
        yield CostMove(*row)


def covers_of_line(session: Session, move: CostMove, until: Place = LAST) -> list[CostCover]:
    """What covered the shortage of a movement before a place, in canonical order."""
    row = (move.item, *move.key, *until)
    return [CostCover(*found) for found in session.rows(COVERS, row)]
