"""Where documents took more than there was, in warehouses that may go below 0 but warn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id

_POLICY = "SELECT value FROM setting WHERE key = 'negative_stock'"
_SHORT = (
    "SELECT d.number, i.code, i.name, w.name, -min(m.warehouse_quantity)"
    " FROM document d JOIN stock_move m ON m.document = d.id"
    " JOIN item i ON i.id = m.item JOIN warehouse w ON w.id = m.warehouse"
    " WHERE d.uuid = ?1 AND m.quantity < 0 AND m.warehouse_quantity < 0"
    " AND coalesce(nullif(w.negative_stock, ''), ?2) = 'warn'"
    " GROUP BY m.item, m.warehouse ORDER BY min(m.line)"
)


class Shortage(NamedTuple):
    """What a document left below 0; `short` in 10⁻⁶ base units."""

    number: str
    item_code: str
    item_name: str
    warehouse_name: str
    short: int


def shortages(session: Session, *, documents: Iterable[Id]) -> list[list[Shortage]]:
    """For each document what it took that was not there, by its lines."""
    given = session.value(_POLICY)
    policy = json.loads(given) if given else "warn"
    return [
        [Shortage(*row) for row in session.rows(_SHORT, (bytes.fromhex(document), policy))] for document in documents
    ]
