"""Writing what is still open of issues that went short."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.pool import Shortage

_SHORT = (
    "INSERT INTO shortage (item, document, leg, line, pool, quantity, value, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (item, document, leg, line) DO UPDATE SET quantity = excluded.quantity, value = excluded.value"
)
_NOT_SHORT = "DELETE FROM shortage WHERE item = ? AND document = ? AND leg = ? AND line = ?"


def write_shortages(session: Session, shortages: Iterable[tuple[int, int, Shortage]]) -> None:
    """Store what is still open of each (item, pool, shortage); what is covered is forgotten."""
    still, gone = [], []
    for item, pool, each in shortages:
        if each.quantity:
            still.append((item, *each.key, pool, each.quantity, each.value, each.account))
        else:
            gone.append((item, *each.key))
    if still:
        session.many(_SHORT, still)
    if gone:
        session.many(_NOT_SHORT, gone)
