"""Layers of a pool as rows: what came in, what each movement took of it, and what is left at the end.

A replay reads the rows from its start on beside the movements, compares what each did to the layers with what it does
now, and keeps the difference between the stored layers and its own: while there is one, it cannot stop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import insert_text
from jxc_desktop.db.tables import cost_layer, layer_take
from jxc_desktop.domain.inventory.layer import Layer, LayeredPool

from .move_rows import POSITION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.movement import Move, Piece, Position
    from jxc_desktop.domain.inventory.pool import Pool

_BACK = ", ".join(f"l.{name} DESC" for name in POSITION.split(", "))
_BEFORE = " < (?3, ?4, ?5, ?6, ?7, ?8, ?9)"
_LAYER = f"({', '.join(f'l.{name}' for name in POSITION.split(', '))})"
_TAKER = f"({', '.join(f't.{name}' for name in POSITION.split(', '))})"
# Left to itself SQLite reads along the whole history of the item, here and below.
_TAKEN = (
    "FROM layer_take t INDEXED BY layer_take_layer WHERE t.item = l.item AND t.layer_document = l.document"
    f" AND t.layer_leg = l.leg AND t.layer_line = l.line AND t.layer_part = l.part AND {_TAKER}{_BEFORE}"
)
OPEN_BEFORE = (
    f"SELECT {POSITION}, part, l.quantity - (SELECT coalesce(sum(t.quantity), 0) {_TAKEN}),"  # noqa: S608 — own names
    f" l.value - (SELECT coalesce(sum(t.value), 0) {_TAKEN}) FROM cost_layer l"
    f" WHERE l.item = ?1 AND l.pool = ?2 AND {_LAYER}{_BEFORE} ORDER BY {_BACK}, part DESC"
)
OPEN_NOW = (
    f"SELECT {POSITION}, part, left_quantity, left_value FROM cost_layer INDEXED BY cost_layer_left"  # noqa: S608
    f" WHERE item = ? AND pool = ? AND left_quantity > 0 ORDER BY {POSITION}, part"
)
MADE_FROM = (
    f"SELECT {POSITION}, part, quantity, value, left_quantity, left_value, pool FROM cost_layer"  # noqa: S608
    f" WHERE item = ? AND ({POSITION}) >= (?, ?, ?, ?, ?, ?, ?) ORDER BY {POSITION}, part"
)
TAKEN_FROM = (
    f"SELECT {POSITION}, layer_document, layer_leg, layer_line, layer_part, quantity, value FROM layer_take"  # noqa: S608
    f" WHERE item = ? AND ({POSITION}) >= (?, ?, ?, ?, ?, ?, ?)"
    f" ORDER BY {POSITION}, layer_document, layer_leg, layer_line, layer_part"
)
_MOVE = " AND ".join(f"{name} = ?" for name in ("item", *POSITION.split(", ")))
_OF_DOCUMENT = " AND ".join(f"{name} = ?" for name in ("item", *POSITION.split(", ")[:5]))
_PIECES_TAKEN = (
    "SELECT t.quantity, t.value FROM layer_take t LEFT JOIN document d ON d.id = t.layer_document"  # noqa: S608
    f" WHERE {' AND '.join(f't.{name} = ?' for name in ('item', *POSITION.split(', ')))} AND t.quantity > 0"
    " ORDER BY d.effective_period, d.effective_date, d.hlc, d.stream, t.layer_document, t.layer_leg, t.layer_line,"
    " t.layer_part"
)
_WENT_SHORT = f"SELECT short_quantity, short_value FROM stock_move WHERE {_MOVE} AND short_quantity > 0"  # noqa: S608
_MADE_BY = (
    f"SELECT {POSITION}, part, quantity, value, left_quantity, left_value, pool FROM cost_layer WHERE {_OF_DOCUMENT}"  # noqa: S608
)
_TAKEN_BY = (
    f"SELECT {POSITION}, layer_document, layer_leg, layer_line, layer_part, quantity, value FROM layer_take"  # noqa: S608
    f" WHERE {_OF_DOCUMENT}"
)
_UNMAKE = f"DELETE FROM cost_layer WHERE {_MOVE} AND part = ?"  # noqa: S608
_UNTAKE = f"DELETE FROM layer_take WHERE {_MOVE}"  # noqa: S608
_SET_LEFT = f"UPDATE cost_layer SET left_quantity = ?, left_value = ? WHERE {_MOVE} AND part = ?"  # noqa: S608
_NOTHING_LEFT = (
    "UPDATE cost_layer INDEXED BY cost_layer_left SET left_quantity = 0, left_value = 0"
    " WHERE item = ? AND pool = ? AND left_quantity > 0"
)

LayerName = tuple[int, int, int, int]
"""A layer inside an item: (document, leg, line, part)."""


def load_layers(session: Session, item: int, pool: int) -> list[Layer]:
    """What is left in a pool at the end of its history, oldest first."""
    return [Layer(_place(row), row[7], row[8], row[9]) for row in session.rows(OPEN_NOW, (item, pool))]


def layers_before(session: Session, item: int, pool: int, start: Position, quantity: int) -> list[Layer]:
    """What was left in a pool just before a position, oldest first: the newest layers that hold its quantity."""
    found: list[Layer] = []
    missing = quantity
    for row in session.each(OPEN_BEFORE, (item, pool, *start)) if missing > 0 else ():
        if row[8]:
            found.append(Layer(_place(row), row[7], row[8], row[9]))
            missing -= row[8]
            if missing <= 0:
                break
    return found[::-1]


def stored_pieces(session: Session, item: int, position: Position) -> list[Piece]:
    """What left with a stored movement, layer by layer, at last what was not there."""
    found = [*session.rows(_PIECES_TAKEN, (item, *position)), *session.rows(_WENT_SHORT, (item, *position))]
    return [(quantity, value) for quantity, value in found]


def write_layers(session: Session, moves: Iterable[Move], pools: Iterable[tuple[int, LayeredPool]]) -> None:
    """Store what new movements did to the layers of pools, each with its item, and what is left of those."""
    made, taken = [], []
    for move in moves:
        made += [_made_row(move, part, piece, (0, 0)) for part, piece in enumerate(move.made)]
        taken += [(move.item, *move.position, *row) for row in _taken_rows(move)]
    session.many(insert_text(cost_layer), made)
    session.many(insert_text(layer_take), taken)
    session.many(_SET_LEFT, [_left_row(item, layer) for item, pool in pools for layer in pool.changed.values()])


class Gone(NamedTuple):
    """What a movement that was taken out of its history had done to layers, as rows without their positions."""

    pool: int
    made: list[tuple[Any, ...]]
    taken: list[tuple[Any, ...]]


def take_out(
    session: Session, item: int, document: tuple[int, ...], pools: dict[Position, int]
) -> dict[Position, Gone]:
    """Delete what the movements of a document did to layers; `pools` says in which each of them stood."""
    gone = {position: Gone(pool, [], []) for position, pool in pools.items()}
    for row in session.rows(_MADE_BY, (item, *document)):
        gone[_place(row)].made.append(row[7:])
    for row in session.rows(_TAKEN_BY, (item, *document)):
        gone[_place(row)].taken.append(row[7:])
    for table in ("cost_layer", "layer_take"):
        session.run(f"DELETE FROM {table} WHERE {_OF_DOCUMENT}", (item, *document))  # noqa: S608 — own names
    return gone


class StoredLayers:
    """What movements did to layers as it is stored, compared with what they do in a walk."""

    def __init__(self, session: Session, item: int, start: Position) -> None:
        self._session = session
        self._item = item
        self._made = _Beside(session.each(MADE_FROM, (item, *start)))
        self._taken = _Beside(session.each(TAKEN_FROM, (item, *start)))
        self._apart: dict[int, dict[LayerName, tuple[int, int]]] = {}
        self._left: dict[LayerName, tuple[int, int]] = {}
        self._delete_made: list[tuple[Any, ...]] = []
        self._insert_made: list[tuple[Move, int, Piece]] = []
        self._delete_taken: list[tuple[Any, ...]] = []
        self._insert_taken: list[tuple[Any, ...]] = []

    def is_apart(self, pool: int) -> bool:
        """Whether the layers of a pool differ from the stored ones at this point of the walk."""
        return bool(self._apart.get(pool))

    def forget(self, position: Position, gone: Gone) -> None:
        """A movement that had done this is no longer there."""
        self._unmake(position, gone.pool, gone.made)
        for *layer, quantity, value in gone.taken:
            self._shift(gone.pool, layer, quantity, value)

    def compare(self, move: Move) -> None:
        """A movement was worked out anew."""
        position, pool = move.position, move.pool
        old_made, old_taken = self._made.at(position), self._taken.at(position)
        made = [(part, *piece) for part, piece in enumerate(move.made)]
        if made != [row[:3] for row in old_made]:
            self._unmake(position, pool, old_made)
            self._delete_made += [(self._item, *position, row[0]) for row in old_made]
            for part, quantity, value in made:
                self._shift(pool, (*move.key, part), quantity, value)
                self._insert_made.append((move, part, (quantity, value)))
        taken = _taken_rows(move)
        if taken != old_taken:
            for sign, rows in ((1, old_taken), (-1, taken)):
                for *layer, quantity, value in rows:
                    self._shift(pool, layer, sign * quantity, sign * value)
            if old_taken:
                self._delete_taken.append((self._item, *position))
            self._insert_taken += [(self._item, *position, *row) for row in taken]

    def _unmake(self, position: Position, pool: int, made: Iterable[tuple[Any, ...]]) -> None:
        for part, quantity, value, left_quantity, left_value, _pool in made:
            name = (*position[4:7], part)
            self._left[name] = (left_quantity, left_value)
            self._shift(pool, name, -quantity, -value)

    def _shift(self, pool: int, layer: Iterable[int], quantity: int, value: int) -> None:
        """The layer holds so much more in this walk than in the store."""
        document, leg, line, part = layer
        name = (document, leg, line, part)
        apart = self._apart.setdefault(pool, {})
        before = apart.get(name, (0, 0))
        now = before[0] + quantity, before[1] + value
        if any(now):
            apart[name] = now
        else:
            apart.pop(name, None)

    def write(self) -> None:
        """Store what differs; a walk that stopped early left the same behind as before."""
        self._session.many(_UNMAKE, self._delete_made)
        self._session.many(_UNTAKE, self._delete_taken)
        made = [
            _made_row(move, part, piece, self._left.get((*move.key, part), (0, 0)))
            for move, part, piece in self._insert_made
        ]
        self._session.many(insert_text(cost_layer), made)
        self._session.many(insert_text(layer_take), self._insert_taken)

    def write_left(self, number: int, pool: Pool) -> None:
        """Store what is left in the layers of a pool at the end of its history."""
        self._session.run(_NOTHING_LEFT, (self._item, number))
        layers = pool.layers if isinstance(pool, LayeredPool) else ()
        self._session.many(_SET_LEFT, [_left_row(self._item, layer) for layer in layers])


class _Beside:
    """Rows in the order of the movements they belong to, read along with those."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def at(self, position: Position) -> list[tuple[Any, ...]]:
        """The rows of a movement, without its position."""
        found = []
        while self._next is not None and self._next[:7] <= position:
            if self._next[:7] == position:
                found.append(self._next[7:])
            self._next = next(self._rows, None)
        return found


def _place(row: tuple[Any, ...]) -> Position:
    return (row[0], row[1], row[2], row[3], row[4], row[5], row[6])


def _taken_rows(move: Move) -> list[tuple[Any, ...]]:
    """What a movement took, as it is stored: by layer."""
    return sorted((*layer[4:7], part, quantity, value) for layer, part, quantity, value in move.taken)


def _made_row(move: Move, part: int, piece: Piece, left: tuple[int, int]) -> tuple[Any, ...]:
    return (move.item, *move.position, part, move.pool, *piece, *left)


def _left_row(item: int, layer: Layer) -> tuple[Any, ...]:
    return (layer.quantity, layer.value, item, *layer.position, layer.part)
