"""库存台账: every movement in the order of the books, with the balance after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.rounding import half_up

from .spec import FROM, ITEM, TO, WAREHOUSE, Column, ColumnType, DrillDown, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Row, Session

    from .spec import Values


class LedgerRow(NamedTuple):
    """A movement: `kind` is the type of its document, `opening` for what lay there before the first day asked for."""

    date: int
    number: str
    kind: str
    item_code: str
    item_name: str
    item_spec: str
    warehouse: str
    quantity: int
    value: int
    balance_quantity: int
    balance_value: int


_ORDER = "m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line"
MOVES = (
    "SELECT i.id, i.code, i.name, w.name, d.date, d.number, d.type, m.quantity, m.value, m.pool, m.pool_quantity,"  # noqa: S608
    " m.pool_value, m.warehouse_quantity, m.effective_date + d.is_late, i.spec"
    " FROM item i CROSS JOIN stock_move m ON m.item = i.id JOIN document d ON d.id = m.document"
    " JOIN warehouse w ON w.id = m.warehouse"
    " WHERE {item} AND m.effective_date <= ?2 AND (?3 IS NULL OR m.warehouse = ?3)"
    f" ORDER BY i.code, i.id, {_ORDER}"
)
OF_ALL = MOVES.format(item="?1 IS NULL")
OF_ONE = MOVES.format(item="i.id = ?1")
_LAST_DAY = 99_991_231


def _query(session: Session, values: Values) -> list[LedgerRow]:
    item, warehouse = values["item"], values["warehouse"]
    first, last = values["from"] or 0, values["to"] or _LAST_DAY
    rows = session.rows(OF_ALL if item is None else OF_ONE, (item, last, warehouse))
    found: list[LedgerRow] = []
    ledger = _Balance(first, is_one_warehouse=warehouse is not None)
    for row in rows:
        opening = ledger.begin(row)
        if opening is not None:
            found.append(opening)
        shown = ledger.add(row)
        if shown is not None:
            found.append(shown)
    closing = ledger.begin(None)
    return found if closing is None else [*found, closing]


class _Balance:
    """Follows one item after the other; what stands before the first day becomes its opening line."""

    def __init__(self, first: int, *, is_one_warehouse: bool) -> None:
        self._first = first
        self._is_one_warehouse = is_one_warehouse
        self._before: Row | None = None
        self._item = 0
        self._quantity = self._value = 0

    def begin(self, row: Row | None) -> LedgerRow | None:
        """The opening line, due before the first movement shown of an item or, where there is none, after its last."""
        before = self._before
        if before is not None and (row is None or row[0] != before[0] or row[13] >= self._first):
            self._before = None
            is_empty = not self._quantity and not self._value
            if not is_empty:
                named = (before[1], before[2], before[14])
                return LedgerRow(self._first, "", "opening", *named, "", 0, 0, self._quantity, self._value)
        return None

    def add(self, row: Row) -> LedgerRow | None:
        """The line of a movement, None where it stands before the first day."""
        if row[0] != self._item:
            self._item, self._quantity, self._value = row[0], 0, 0
        self._move(row)
        if row[13] < self._first:
            self._before = row
            return None
        named = (row[1], row[2], row[14])
        moved = (row[7], row[8], self._quantity, self._value)
        return LedgerRow(row[4], row[5], row[6], *named, row[3], *moved)

    def _move(self, row: Row) -> None:
        """Under a shared pool a single warehouse is worth its share of the pool."""
        if self._is_one_warehouse and row[9] == 0:
            self._quantity = row[12]
            self._value = half_up(row[11] * row[12], row[10]) if row[10] else 0
        else:
            self._quantity += row[7]
            self._value += row[8]


STOCK_LEDGER = Report(
    name="stock-ledger",
    parameters=(ITEM, WAREHOUSE, FROM, TO),
    columns=(
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("kind", title_id="field.type"),
        Column("item_code"),
        Column("item_name"),
        Column("item_spec"),
        Column("warehouse"),
        Column("quantity", ColumnType.QUANTITY, is_total=True),
        Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.stock_value"),
        Column("balance_quantity", ColumnType.QUANTITY, title_id="report.column.balance_quantity"),
        Column("balance_value", ColumnType.MONEY, title_id="report.column.balance_value"),
    ),
    query=_query,
    drill_down=(DrillDown("number", "document"),),
)
