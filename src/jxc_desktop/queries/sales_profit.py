"""What sales brought in and what they cost, by item, customer, category, warehouse or day, and document by document.

The cost of a span is the cost of its own sales and returns, and the differences that receipts of the span brought to
earlier sales that went short. The account of cost of sales shows that and, beside it, what is no sale: differences of
returns to suppliers and changes of cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.value import value

from .categories import ITEMS_BELOW

if TYPE_CHECKING:
    from collections.abc import Collection

    from jxc_desktop.db.engine import Session

SALES = tuple(each.code for each in all_types() if each.price_of == "sale" and each.moves_stock < 0)
RETURNS = tuple(each.code for each in all_types() if each.price_of == "sale" and each.moves_stock > 0)
_TYPES = f"IN ({placeholders(len(SALES) + len(RETURNS))})"
GIFT_TO_EXPENSE = "SELECT coalesce((SELECT value FROM setting WHERE key = 'gift_cost'), '\"gift\"') = '\"gift\"'"
LAST_DAY = 99_991_231

KEYS = {
    "item": "l.item",
    "customer": "{sale}.party",
    "category": "i.category",
    "warehouse": "l.warehouse",
    "day": "{moment}.effective_date + {moment}.is_late",
}
"""Grouping → what rows are told apart by: `sale` is the document that sold, `moment` the one on whose day it counts."""

# A line's cost is in its movement, found by its full key: what goes out is on leg 0, what comes in on leg 1.
_SOLD = (
    "SELECT {key}, {document}, d.type, sum(l.base_quantity), sum(l.net),"  # noqa: S608 — own types
    " sum(CASE WHEN l.is_gift AND ? THEN 0 ELSE -coalesce(m.own_value, 0) END)"
    " FROM document d CROSS JOIN item_line l ON l.document = d.id {items}LEFT JOIN stock_move m ON m.item = l.item"
    " AND m.effective_period = d.effective_period AND m.effective_date = d.effective_date AND m.hlc = d.hlc"
    " AND m.stream = d.stream AND m.document = d.id AND m.line = l.line"
    f" AND m.leg = CASE WHEN d.type IN ({placeholders(len(RETURNS))}) THEN l.base_quantity > 0"
    " ELSE l.base_quantity < 0 END"
    f" WHERE d.type {_TYPES} AND d.status = 'posted' AND d.effective_date + d.is_late BETWEEN ? AND ?"
    " AND (? IS NULL OR l.item = ?) AND (? IS NULL OR d.party = ?) AND (? IS NULL OR l.warehouse = ?)"
    f" AND (? IS NULL OR l.item IN ({ITEMS_BELOW})){{rows}} GROUP BY 1, 2, 3"
)
_COVERED = (
    "SELECT {key}, {document}, sum(c.variance) FROM shortage_cover c JOIN document s ON s.id = c.issue_document"  # noqa: S608
    " JOIN document k ON k.id = c.cover_document"
    " JOIN item_line l ON l.document = c.issue_document AND l.line = c.issue_line {items}"
    f" WHERE s.type {_TYPES} AND k.effective_date + k.is_late BETWEEN ? AND ? AND NOT (l.is_gift AND ?)"
    " AND (? IS NULL OR c.item = ?) AND (? IS NULL OR s.party = ?) AND (? IS NULL OR l.warehouse = ?)"
    f" AND (? IS NULL OR l.item IN ({ITEMS_BELOW})){{rows}} GROUP BY 1, 2"
)
_ITEMS = "JOIN item i ON i.id = l.item "


@value
class Choice:
    """Which sales: days YYYYMMDD, cards as local numbers, None for all; a category with those under it."""

    first: int = 0
    last: int = LAST_DAY
    item: int | None = None
    party: int | None = None
    warehouse: int | None = None
    category: int | None = None


class Profit(NamedTuple):
    """Quantity in 10⁻⁶ base units, amounts in fen."""

    quantity: int
    revenue: int
    cost: int


def sold_text(by: str, *, rows: int = 0, by_document: bool = False) -> str:
    """The question for the sales, grouped; `rows` is how many groups are asked for, 0 for all."""
    key = KEYS[by].format(sale="d", moment="d")
    return _SOLD.format(key=key, document="d.id" if by_document else "0", items=_items(by), rows=_rows(key, rows))


def covered_text(by: str, *, rows: int = 0, by_document: bool = False) -> str:
    """The question for the differences of shortages; the document is the one that brought the difference."""
    key = KEYS[by].format(sale="s", moment="k")
    return _COVERED.format(key=key, document="k.id" if by_document else "0", items=_items(by), rows=_rows(key, rows))


def _items(by: str) -> str:
    return _ITEMS if by == "category" else ""


def _rows(key: str, rows: int) -> str:
    return f" AND {key} IN ({placeholders(rows)})" if rows else ""


def profits(session: Session, by: str, choice: Choice) -> dict[int, Profit]:
    """Group (a local number, or the day) → what was sold there."""
    return {key: found for (key, _document), found in _sums(session, by, choice).items()}


def document_profits(session: Session, by: str, choice: Choice, groups: Collection[int]) -> dict[int, Profit]:
    """Document (local number) → what it adds to these groups."""
    found: dict[int, Profit] = {}
    for (_key, document), each in _sums(session, by, choice, groups).items():
        known = found.get(document, Profit(0, 0, 0))
        found[document] = Profit._make(map(sum, zip(known, each, strict=True)))
    return found


def _sums(
    session: Session, by: str, choice: Choice, groups: Collection[int] | None = None
) -> dict[tuple[int, int], Profit]:
    types, gift = (*SALES, *RETURNS), session.value(GIFT_TO_EXPENSE)
    days, asked = (choice.first, choice.last), [*_asked(choice), *(groups or ())]
    shape: dict[str, Any] = {"rows": len(groups or ()), "by_document": groups is not None}
    sums: dict[tuple[int, int], list[int]] = {}
    for key, document, kind, quantity, net, cost in session.rows(
        sold_text(by, **shape), (gift, *RETURNS, *types, *days, *asked)
    ):
        sign = -1 if kind in RETURNS else 1
        found = sums.setdefault((key, document), [0, 0, 0])
        found[0] += sign * quantity
        found[1] += sign * net
        found[2] += cost
    for key, document, variance in session.rows(covered_text(by, **shape), (*types, *days, gift, *asked)):
        sums.setdefault((key, document), [0, 0, 0])[2] += variance
    return {place: Profit._make(found) for place, found in sums.items()}


def _asked(choice: Choice) -> tuple[int | None, ...]:
    return tuple(each for one in (choice.item, choice.party, choice.warehouse, choice.category) for each in (one, one))
