"""The items a scale knows by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.ids import Id

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

BY_PLU = (
    "SELECT uuid FROM item WHERE scale_plu <> '' AND is_active = 1 AND ltrim(scale_plu, '0') = ltrim(?, '0')"
    " ORDER BY scale_plu <> ?, id"
)


def items_on_scale(session: Session, plu: str) -> list[Id]:
    """The active items with that number on the scale; zeros in front do not count."""
    return [Id(row[0].hex()) for row in session.rows(BY_PLU, (plu, plu))]
