"""What an issue took of a pool that is kept in layers, and what such a pool held at a moment, by where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.projections.layers import layers_before
from jxc_desktop.db.projections.passing import month_of

from .cost_moves import move_at
from .cost_part import Part, spread
from .pool_composition import source_kind

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.pool import Key

    from .cost_moves import CostMove

# A layer is named by its movement; those of one movement are told together.
TAKEN = (
    "SELECT t.layer_document, t.layer_leg, t.layer_line, sum(t.quantity), sum(t.value) FROM layer_take t"
    " LEFT JOIN document d ON d.id = t.layer_document"
    " WHERE t.item = ? AND t.effective_period = ? AND t.effective_date = ?"
    " AND t.hlc = ? AND t.stream = ? AND t.document = ? AND t.leg = ? AND t.line = ?"
    " GROUP BY t.layer_document, t.layer_leg, t.layer_line"
    " ORDER BY d.effective_period, d.effective_date, d.hlc, d.stream, t.layer_document, t.layer_leg, t.layer_line"
)

# What passed over from another costing method.
OPENED = (
    "SELECT quantity, value FROM cost_layer"
    " WHERE item = ? AND effective_period = ? AND effective_date = effective_period * 100 AND document = 0 AND line = ?"
)


def taken_layers(session: Session, move: CostMove) -> list[Part]:
    """What a movement took of each layer, oldest first; nothing where its pool was not kept in layers."""
    return [
        _part(session, move, (document, leg, line), quantity, worth)
        for document, leg, line, quantity, worth in session.rows(TAKEN, (move.item, *move.place))
    ]


def layer_shares(session: Session, move: CostMove, quantity: int, worth: int) -> list[Part]:
    """The layers just before a movement, each with its share of a quantity and a value at their average."""
    layers = layers_before(session, move.item, move.pool, move.place, move.quantity_before)
    quantities = spread(quantity, [layer.quantity for layer in layers])
    values = spread(worth, [layer.value for layer in layers])
    return [
        _part(session, move, layer.position[4:7], quantity, value)
        for layer, quantity, value in zip(layers, quantities, values, strict=True)
    ]


def _part(session: Session, move: CostMove, key: Key, quantity: int, worth: int) -> Part:
    if not key[0]:
        whole = session.first(OPENED, (move.item, month_of(key), key[2]))
        return Part("passed_over", quantity, worth, whole=whole)
    source = move_at(session, move.item, key)
    if source is None:
        return Part("earlier", quantity, worth)
    return Part(source_kind(source), quantity, worth, source, whole=(source.quantity, source.own_value))
