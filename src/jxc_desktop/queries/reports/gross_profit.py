"""毛利: what was sold, what it brought in without tax and what it cost, by item, customer, category, warehouse or day.

A `row` lists the documents behind one of the rows: sales and returns, and the receipts that settled the cost of sales
that had gone short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.rounding import MICRO, half_up
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.plain import day_text
from jxc_desktop.queries.sales_profit import KEYS, LAST_DAY, Choice, Profit, document_profits, profits

from .spec import (
    CATEGORY,
    FROM,
    ITEM,
    PARTY,
    ROW,
    TO,
    WAREHOUSE,
    Column,
    ColumnType,
    DrillDown,
    Parameter,
    ParameterType,
    Report,
    Shape,
)

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


class GrossProfitRow(NamedTuple):
    """An item that was sold: quantity in 10⁻⁶ base units, amounts in fen, margin in 10⁻⁶ (None without revenue)."""

    item_code: str
    item_name: str
    item_spec: str
    quantity: int
    revenue: int
    cost: int
    profit: int
    margin: int | None


LABELS = {
    "item": "SELECT id, code, name, spec FROM item",
    "customer": "SELECT id, code, name FROM party",
    "category": "SELECT id, code, name FROM category",
    "warehouse": "SELECT id, code, name FROM warehouse",
}
_NONE = {"category": ("", "")}
"""What stands before the figures of sales that belong to no card."""


def _query(session: Session, values: Values) -> list[tuple[Any, ...]]:
    by, choice = values["by"] or "item", _choice(values)
    found = profits(session, by, choice)
    labels = _labels(session, by, found)
    if values["row"]:
        return _documents(session, by, choice, _groups(by, values["row"], labels))
    rows = [_row(labels[key], profit) for key, profit in found.items()]
    if by == "item":
        rows = [GrossProfitRow._make(row) for row in rows]
    return sorted(rows, key=lambda row: row[:3])


def _choice(values: Values) -> Choice:
    return Choice(
        values["from"] or 0,
        values["to"] or LAST_DAY,
        values["item"],
        values["party"],
        values["warehouse"],
        values["category"],
    )


def _labels(session: Session, by: str, found: dict[int, Profit]) -> dict[int, tuple[Any, ...]]:
    """Group → what stands before its figures."""
    if by == "day":
        return {day: (day,) for day in found}
    named = {key: tuple(label) for key, *label in session.rows(LABELS[by])}
    return {key: named.get(key) or _NONE.get(by, ("", "")) for key in found}


def _groups(by: str, row: str, labels: dict[int, tuple[Any, ...]]) -> list[int]:
    """The groups a row means: those with its code, or else its name; `-` is the row without a code."""
    if by == "day":
        groups = [day for day in labels if row in {day_text(day), str(day)}]
    else:
        wanted = "" if row == "-" else row
        groups = [key for key, label in labels.items() if label[0] == wanted]
        groups = groups or [key for key, label in labels.items() if label[1] == wanted]
    if not groups:
        raise UserError(Text("report.no_such_row", {"row": row}))
    return groups


def _row(label: tuple[Any, ...], found: Profit) -> tuple[Any, ...]:
    profit = found.revenue - found.cost
    margin = half_up(profit * MICRO, found.revenue) if found.revenue else None
    return (*label, *found, profit, margin)


def heads_text(documents: int) -> str:
    """The question for the heads of so many documents."""
    return f"SELECT id, date, number, type, party_name FROM document WHERE id IN ({placeholders(documents)})"  # noqa: S608


_AT_ONCE = 500


def _documents(session: Session, by: str, choice: Choice, groups: list[int]) -> list[tuple[Any, ...]]:
    found = document_profits(session, by, choice, groups)
    keys, heads = list(found), {}
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        heads.update({key: tuple(head) for key, *head in session.rows(heads_text(len(part)), part)})
    return sorted((_row(heads[key], profit) for key, profit in found.items()), key=lambda row: row[:2])


_FIGURES = (
    Column("quantity", ColumnType.QUANTITY, is_total=True),
    Column("revenue", ColumnType.MONEY, is_total=True, title_id="report.column.revenue"),
    Column("cost", ColumnType.MONEY, is_total=True, title_id="report.column.cost"),
    Column("profit", ColumnType.MONEY, is_total=True, title_id="report.column.profit"),
    Column("margin", ColumnType.RATE, title_id="report.column.margin"),
)
_LEADING = {
    "item": (Column("item_code"), Column("item_name"), Column("item_spec")),
    "customer": (Column("party_code"), Column("party_name")),
    "category": (Column("category_code"), Column("category_name", title_id="field.category")),
    "warehouse": (Column("warehouse_code"), Column("warehouse")),
    "day": (Column("date", ColumnType.DATE),),
}
_DOCUMENTS = Shape(
    (
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("kind", title_id="field.type"),
        Column("party"),
        *_FIGURES,
    ),
    (DrillDown("number", "document"),),
)


def _shape_of_rows(by: str) -> Shape:
    key = _LEADING[by][0].name
    to_documents = DrillDown("revenue", "gross-profit", (("row", key),), (("by", by),))
    to_ledger = (DrillDown("cost", "stock-ledger", (("item", key),)),) if by == "item" else ()
    return Shape((*_LEADING[by], *_FIGURES), (to_documents, *to_ledger))


SHAPES = {by: _shape_of_rows(by) for by in KEYS}

GROSS_PROFIT = Report(
    name="gross-profit",
    parameters=(
        Parameter("by", ParameterType.CHOICE, choices=tuple(KEYS)),
        FROM,
        TO,
        ITEM,
        PARTY,
        CATEGORY,
        WAREHOUSE,
        ROW,
    ),
    columns=SHAPES["item"].columns,
    query=_query,
    drill_down=SHAPES["item"].drill_down,
    shape_of=lambda values: _DOCUMENTS if values["row"] else SHAPES[values["by"] or "item"],
)
