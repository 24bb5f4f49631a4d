"""毛利: what was sold of each item, what it brought in without tax, what it cost.

The cost of a span is the cost of its own sales and returns, and the differences that receipts of the span brought to
earlier sales that went short: together what the ledger shows as cost of sales.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.rounding import MICRO, half_up

from .spec import FROM, ITEM, PARTY, TO, Column, ColumnType, DrillDown, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


class GrossProfitRow(NamedTuple):
    """An item that was sold: quantity in 10⁻⁶ base units, amounts in fen, margin in 10⁻⁶ (None without revenue)."""

    item_code: str
    item_name: str
    quantity: int
    revenue: int
    cost: int
    profit: int
    margin: int | None


SALES = tuple(each.code for each in all_types() if each.price_of == "sale" and each.moves_stock < 0)
RETURNS = tuple(each.code for each in all_types() if each.price_of == "sale" and each.moves_stock > 0)
_TYPES = f"IN ({placeholders(len(SALES) + len(RETURNS))})"
GIFT_TO_EXPENSE = "SELECT coalesce((SELECT value FROM setting WHERE key = 'gift_cost'), '\"gift\"') = '\"gift\"'"

# A line's cost is in its movement, found by its full key: what goes out is on leg 0, what comes in on leg 1.
SOLD = (
    "SELECT l.item, d.type, sum(l.base_quantity), sum(l.net),"  # noqa: S608 — own types
    " sum(CASE WHEN l.is_gift AND ? THEN 0 ELSE -coalesce(m.own_value, 0) END)"
    " FROM document d CROSS JOIN item_line l ON l.document = d.id LEFT JOIN stock_move m ON m.item = l.item"
    " AND m.effective_period = d.effective_period AND m.effective_date = d.effective_date AND m.hlc = d.hlc"
    " AND m.stream = d.stream AND m.document = d.id AND m.line = l.line"
    f" AND m.leg = CASE WHEN d.type IN ({placeholders(len(RETURNS))}) THEN l.base_quantity > 0"
    " ELSE l.base_quantity < 0 END"
    f" WHERE d.type {_TYPES} AND d.status = 'posted' AND d.effective_date + d.is_late BETWEEN ? AND ?"
    " AND (? IS NULL OR l.item = ?) AND (? IS NULL OR d.party = ?) GROUP BY l.item, d.type"
)
COVERED = (
    "SELECT c.item, sum(c.variance) FROM shortage_cover c JOIN document s ON s.id = c.issue_document"  # noqa: S608
    " JOIN document k ON k.id = c.cover_document"
    " JOIN item_line l ON l.document = c.issue_document AND l.line = c.issue_line"
    f" WHERE s.type {_TYPES} AND k.effective_date + k.is_late BETWEEN ? AND ? AND NOT (l.is_gift AND ?)"
    " AND (? IS NULL OR c.item = ?) AND (? IS NULL OR s.party = ?) GROUP BY c.item"
)
ITEMS = "SELECT id, code, name FROM item"
_LAST_DAY = 99_991_231


def _query(session: Session, values: Values) -> list[GrossProfitRow]:
    days = (values["from"] or 0, values["to"] or _LAST_DAY)
    chosen = (values["item"], values["item"], values["party"], values["party"])
    types, gift = (*SALES, *RETURNS), session.value(GIFT_TO_EXPENSE)
    sums: dict[int, list[int]] = {}
    for item, kind, quantity, net, cost in session.rows(SOLD, (gift, *RETURNS, *types, *days, *chosen)):
        sign = -1 if kind in RETURNS else 1
        found = sums.setdefault(item, [0, 0, 0])
        found[0] += sign * quantity
        found[1] += sign * net
        found[2] += cost
    for item, variance in session.rows(COVERED, (*types, *days, gift, *chosen)):
        sums.setdefault(item, [0, 0, 0])[2] += variance
    named = {key: (code, name) for key, code, name in session.rows(ITEMS)}
    return sorted((_row(*named[item], *found) for item, found in sums.items()), key=itemgetter(0, 1))


def _row(code: str, name: str, quantity: int, revenue: int, cost: int) -> GrossProfitRow:
    profit = revenue - cost
    margin = half_up(profit * MICRO, revenue) if revenue else None
    return GrossProfitRow(code, name, quantity, revenue, cost, profit, margin)


GROSS_PROFIT = Report(
    name="gross-profit",
    parameters=(FROM, TO, ITEM, PARTY),
    columns=(
        Column("item_code"),
        Column("item_name"),
        Column("quantity", ColumnType.QUANTITY, is_total=True),
        Column("revenue", ColumnType.MONEY, is_total=True, title_id="report.column.revenue"),
        Column("cost", ColumnType.MONEY, is_total=True, title_id="report.column.cost"),
        Column("profit", ColumnType.MONEY, is_total=True, title_id="report.column.profit"),
        Column("margin", ColumnType.RATE, title_id="report.column.margin"),
    ),
    query=_query,
    drill_down=(DrillDown("cost", "stock-ledger", (("item", "item_code"),)),),
)
