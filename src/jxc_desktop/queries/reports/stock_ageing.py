"""库龄: how long what lies in a warehouse has been there, first in, first out.

What is left came in last, so each row is read back from the newest receipt until what lies there is explained; where a
warehouse is short, back from the newest issue. An item that was ever transferred is walked forward instead: what comes
from another warehouse is as old as it was there. Every piece of an item is worth the same under a moving average: the
value of the books is spread over the layers by quantity, so that a row adds up to its stock on hand.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.inventory.ageing import AgeLayer, PlacedMove, age_of_layers, layers_by_place
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.rounding import largest_remainder
from jxc_desktop.queries.categories import items_of_category
from jxc_desktop.queries.held_stock import LAST_FIRST, UP_TO_DAY, held_stock
from jxc_desktop.queries.plain import day_of

from .spec import (
    AS_OF,
    CATEGORY,
    ITEM,
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
    from collections.abc import Iterator, Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.queries.held_stock import HeldRow

    from .spec import Values

BOUNDS = (30, 60, 90, 180, 365)
"""The last day of each span where none are asked for; what is older stands in one more."""

# What takes effect before the first day of a month, opening stock and late facts, is as old as its paper says.
_PAPER_DATE = (
    "CASE WHEN effective_date % 100 THEN effective_date"
    " ELSE (SELECT d.date FROM document d WHERE d.id = stock_move.document) END"
)
NEWEST = (
    f"SELECT abs(quantity), {_PAPER_DATE} FROM stock_move"  # noqa: S608 — own names
    f" WHERE item = ?1 AND {UP_TO_DAY} AND warehouse = ?3 AND {{direction}} {LAST_FIRST}"
)
NEWEST_IN = NEWEST.format(direction="quantity > 0")
NEWEST_OUT = NEWEST.format(direction="quantity < 0")
_TRANSFERRED = (
    "SELECT DISTINCT l.item FROM document d CROSS JOIN item_line l ON l.document = d.id"
    " WHERE d.to_warehouse <> 0 AND d.status = 'posted'"
)
_ALL = (
    f"SELECT warehouse, {_PAPER_DATE}, quantity, document, line,"  # noqa: S608 — own names
    " (SELECT to_warehouse FROM document WHERE id = stock_move.document) <> 0"
    f" FROM stock_move WHERE item = ?1 AND {UP_TO_DAY}"
    " ORDER BY effective_period, effective_date, hlc, stream, document, leg, line"
)
_LAST_DAY = 99_991_231


def _query(session: Session, values: Values) -> list[tuple[Any, ...]]:
    bounds, today = values["buckets"] or BOUNDS, _date(values["as_of"] or values["today"])
    chosen = items_of_category(session, values["category"])
    moved = _Moved(session, values["as_of"] or _LAST_DAY)
    found = []
    for held in held_stock(session, item=values["item"], day=values["as_of"]):
        is_asked = values["warehouse"] in {None, held.warehouse} and (chosen is None or held.item in chosen)
        if held.quantity and is_asked:
            parts = moved.parts(held) or _newest(session, held, values["as_of"] or _LAST_DAY)
            found.append(_row(held, _layers(held, parts), today, bounds))
    return found


def _newest(session: Session, held: HeldRow, day: int) -> list[tuple[date, int]]:
    """What is left of the newest movements in the direction of the stock, oldest first."""
    sign = 1 if held.quantity > 0 else -1
    left, parts = abs(held.quantity), []
    newest = NEWEST_IN if sign > 0 else NEWEST_OUT
    for quantity, on in session.each(newest, (held.item, day, held.warehouse)):
        size = min(quantity, left)
        parts.append((_date(on), sign * size))
        left -= size
        if not left:
            break
    parts.reverse()
    return parts


class _Moved:
    """What is left of items that went from one warehouse to another."""

    def __init__(self, session: Session, day: int) -> None:
        self._session = session
        self._day = day
        self._items = {item for (item,) in session.rows(_TRANSFERRED)}
        self._walked: tuple[int, dict[int, tuple[AgeLayer, ...]]] = (0, {})

    def parts(self, held: HeldRow) -> list[tuple[date, int]]:
        """The parts of a row, oldest first; none where the item never went anywhere."""
        if held.item not in self._items:
            return []
        if self._walked[0] != held.item:
            self._walked = (held.item, layers_by_place(self._moves(held.item)))
        return [(layer.on, layer.quantity.micro) for layer in self._walked[1][held.warehouse]]

    def _moves(self, item: int) -> Iterator[PlacedMove]:
        for warehouse, on, quantity, document, line, is_transfer in self._session.each(_ALL, (item, self._day)):
            yield PlacedMove(warehouse, _date(on), Quantity(quantity), (document, line) if is_transfer else None)


def _layers(held: HeldRow, parts: list[tuple[date, int]]) -> list[AgeLayer]:
    worth = largest_remainder(held.value, [size for _on, size in parts])
    return [AgeLayer(on, Quantity(size), Money(value)) for (on, size), value in zip(parts, worth, strict=True)]


def _row(held: HeldRow, layers: list[AgeLayer], today: date, bounds: Sequence[int]) -> tuple[Any, ...]:
    buckets = age_of_layers(layers, today, bounds).buckets
    figures = (figure for each in buckets for figure in (each.quantity.micro, each.value.fen))
    named = (held.item_code, held.item_name, held.item_spec, held.warehouse_name)
    return (*named, day_of(layers[0].on), held.quantity, held.value, *figures)


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


def _columns(bounds: Sequence[int]) -> tuple[Column, ...]:
    spans = [_pair(first, last) for first, last in zip((0, *(each + 1 for each in bounds)), bounds, strict=False)]
    return (
        Column("item_code"),
        Column("item_name"),
        Column("item_spec"),
        Column("warehouse"),
        Column("oldest", ColumnType.DATE, title_id="report.column.oldest"),
        Column("quantity", ColumnType.QUANTITY, is_total=True),
        Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.stock_value"),
        *(column for pair in spans for column in pair),
        *_last_pair(bounds[-1]),
    )


def _pair(first: int, last: int) -> tuple[Column, Column]:
    params = (("first", first), ("last", last))
    name = f"{first}_{last}"
    return (
        Column(f"quantity_{name}", ColumnType.QUANTITY, True, "report.column.age_quantity", params),  # noqa: FBT003
        Column(f"value_{name}", ColumnType.MONEY, True, "report.column.age_value", params),  # noqa: FBT003
    )


def _last_pair(bound: int) -> tuple[Column, Column]:
    params = (("days", bound),)
    name = f"over_{bound}"
    return (
        Column(f"quantity_{name}", ColumnType.QUANTITY, True, "report.column.age_quantity_over", params),  # noqa: FBT003
        Column(f"value_{name}", ColumnType.MONEY, True, "report.column.age_value_over", params),  # noqa: FBT003
    )


_LEADS = (DrillDown("quantity", "stock-ledger", (("item", "item_code"), ("warehouse", "warehouse"))),)

STOCK_AGEING = Report(
    name="stock-ageing",
    parameters=(AS_OF, ITEM, CATEGORY, WAREHOUSE, Parameter("buckets", ParameterType.DAYS)),
    columns=_columns(BOUNDS),
    query=_query,
    drill_down=_LEADS,
    shape_of=lambda values: Shape(_columns(values["buckets"] or BOUNDS), _LEADS),
)
