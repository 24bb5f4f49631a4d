"""Movements as rows and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db.engine import column_names
from jxc_desktop.db.tables import stock_move
from jxc_desktop.domain.inventory.movement import Basis, Move, Position
from jxc_desktop.domain.inventory.pool import Key, PoolKey

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.effects import Movement

    from .identity import Identities
    from .period import Place

COLUMNS = ", ".join(column_names(stock_move))
KEY = "item, effective_period, effective_date, hlc, stream, document, leg, line"
POSITION = "effective_period, effective_date, hlc, stream, document, leg, line"
RESULTS = (
    "quantity",
    "own_value",
    "value",
    "variance",
    "short_quantity",
    "short_value",
    "pool_quantity",
    "pool_value",
    "last_value",
    "last_quantity",
    "warehouse_quantity",
)
UPDATE = (
    f"UPDATE stock_move SET {', '.join(f'{name} = ?' for name in RESULTS)}"  # noqa: S608 — own column names
    " WHERE item = ? AND effective_period = ? AND effective_date = ? AND hlc = ? AND stream = ? AND document = ?"
    " AND leg = ? AND line = ?"
)
DELETE = (
    "DELETE FROM stock_move WHERE item = ? AND effective_period = ? AND effective_date = ? AND hlc = ?"
    " AND stream = ? AND document = ?"
)
FROM = f"SELECT {COLUMNS} FROM stock_move WHERE item = ? AND ({POSITION}) >= (?, ?, ?, ?, ?, ?, ?) ORDER BY {KEY}"  # noqa: S608


OF_ISSUE = int(Basis.OF_ISSUE)
COUNTS = frozenset({int(Basis.COUNT), int(Basis.OF_COUNT)})


OUT, IN = 0, 1


def source_key(basis: int, document: int, line: int) -> Key | None:
    """The movement that one of this basis takes back: an issue left, everything else came in."""
    return (document, OUT if basis == OF_ISSUE else IN, line) if document else None


def to_move(key: int, place: Place, first: tuple[int, int], movement: Movement, ids: dict[str, Identities]) -> Move:
    """A movement of a document as the replay sees it."""
    basis, unit_cost, source = int(movement.basis), movement.unit_cost, movement.source_document
    is_count = basis in COUNTS
    warehouse = ids["warehouse"][movement.warehouse]
    accounts = ids["account"]
    quantity = movement.quantity.micro
    return Move(
        ids["item"][movement.item],
        (place.period, place.date, first[0], first[1], key, int(movement.leg), movement.line),
        PoolKey(warehouse if movement.pool == "warehouse" else 0),
        warehouse,
        basis,
        int(movement.posting),
        0 if is_count else quantity,
        quantity if is_count else None,
        movement.value.fen,
        None if unit_cost is None else unit_cost.micro,
        movement.reference_cost.micro,
        source_key(basis, ids["document"][source], movement.source_line) if source else None,
        accounts[movement.stock_account],
        accounts[movement.counter_account],
    )


def row_of(move: Move) -> tuple[Any, ...]:
    """A movement as a row of stock_move."""
    period, date, hlc, stream, document, leg, line = move.position
    source_document, _leg, source_line = move.source or (0, 0, 0)
    return (
        move.item,
        period,
        date,
        hlc,
        stream,
        document,
        leg,
        line,
        move.pool,
        move.warehouse,
        move.basis,
        move.posting,
        move.counted,
        move.given_value,
        move.unit_cost,
        move.reference_cost,
        source_document,
        source_line,
        move.stock_account,
        move.counter_account,
        move.quantity,
        move.own_value,
        move.value,
        move.variance,
        move.short_quantity,
        move.short_value,
        move.pool_quantity,
        move.pool_value,
        move.last_value,
        move.last_quantity,
        move.warehouse_quantity,
    )


def move_of(row: tuple[Any, ...]) -> Move:
    """A row of stock_move as a movement with its stored results."""
    move = Move(
        item=row[0],
        position=row[1:8],
        pool=row[8],
        warehouse=row[9],
        basis=row[10],
        posting=row[11],
        quantity=row[20],
        counted=row[12],
        given_value=row[13],
        unit_cost=row[14],
        reference_cost=row[15],
        source=source_key(row[10], row[16], row[17]),
        stock_account=row[18],
        counter_account=row[19],
    )
    (
        _quantity,
        move.own_value,
        move.value,
        move.variance,
        move.short_quantity,
        move.short_value,
        move.pool_quantity,
        move.pool_value,
        move.last_value,
        move.last_quantity,
        move.warehouse_quantity,
    ) = row[20:31]
    return move


START: Position = (0, 0, 0, 0, 0, 0, 0)
"""Before every movement."""

END: Position = (10**9, 0, 0, 0, 0, 0, 0)
"""After every movement."""
