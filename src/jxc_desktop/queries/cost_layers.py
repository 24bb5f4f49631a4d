"""What lies in pools that are kept in layers: what is left of each receipt, and what went out before it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session


class LayerRow(NamedTuple):
    """What is left of what a document brought in: quantity in 10⁻⁶, value in fen, the day YYYYMMDD.

    An issue that went short has what is still open of it, below 0. `warehouse` is empty where the book is one pool.
    """

    item_code: str
    item_name: str
    warehouse: str
    date: int
    number: str
    kind: str
    quantity: int
    value: int


_PLACE = "d.effective_period, d.effective_date, d.hlc, d.stream, l.document, l.leg, l.line"
# Layers stand before shortages; a pool never has both.
LAYERS = (
    "SELECT i.code, i.name, coalesce(w.name, ''), d.date, d.number, d.type, l.quantity, l.value FROM ("  # noqa: S608
    "SELECT item, pool, document, leg, line, part, left_quantity AS quantity, left_value AS value FROM cost_layer"
    " INDEXED BY cost_layer_left"
    " WHERE left_quantity > 0 AND {item} UNION ALL"
    " SELECT item, pool, document, leg, line, 0, -quantity, -value FROM shortage WHERE {item}) l"
    " JOIN item i ON i.id = l.item JOIN document d ON d.id = l.document LEFT JOIN warehouse w ON w.id = l.pool"
    f" WHERE (?2 IS NULL OR l.pool IN (0, ?2)) ORDER BY i.code, l.item, w.code, l.pool, {_PLACE}, l.part"
)
OF_ALL = LAYERS.format(item="?1 IS NULL")
OF_ONE = LAYERS.format(item="item = ?1")


def together(rows: Iterable[LayerRow]) -> list[LayerRow]:
    """Neighbours in a pool that cost the same to the last digit as one row, named after the older."""
    found: list[LayerRow] = []
    for row in rows:
        last = found[-1] if found else row
        is_same = last.value * row.quantity == row.value * last.quantity
        if found and row[:3] == last[:3] and is_same:
            found[-1] = last._replace(quantity=last.quantity + row.quantity, value=last.value + row.value)
        else:
            found.append(row)
    return found


def cost_layers(session: Session, *, item: int | None = None, warehouse: int | None = None) -> list[LayerRow]:
    """The layers of every pool, oldest first; none where the book's method keeps no layers and nothing is short."""
    return [LayerRow._make(row) for row in session.rows(OF_ALL if item is None else OF_ONE, (item, warehouse))]
