"""Categories of items: one with everything under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

ITEMS_BELOW = (
    "WITH RECURSIVE under(id) AS (SELECT ? UNION SELECT c.id FROM category c JOIN under u ON c.parent = u.id)"
    " SELECT i.id FROM item i JOIN under u ON i.category = u.id"
)


def items_of_category(session: Session, category: int | None) -> frozenset[int] | None:
    """The items (local numbers) of a category and of those under it; None for all items where none is named."""
    if category is None:
        return None
    return frozenset(row[0] for row in session.rows(ITEMS_BELOW, (category,)))
