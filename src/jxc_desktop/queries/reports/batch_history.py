"""批次流水: every movement of a batch, from where it came to where it went."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from .spec import FROM, ITEM, TO, WAREHOUSE, Column, ColumnType, DrillDown, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values

_PLACE = "m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line"
MOVES = (
    "SELECT d.date, d.number, d.type, d.party_name, i.code, i.name, w.name, m.bin, m.batch, sum(m.quantity), d.note"  # noqa: S608
    " FROM tracked_move m JOIN document d ON d.id = m.document JOIN item i ON i.id = m.item"
    " JOIN warehouse w ON w.id = m.warehouse"
    " WHERE m.batch <> '' AND (?1 IS NULL OR m.item = ?1) AND (?2 IS NULL OR m.batch = ?2)"
    " AND (?3 IS NULL OR m.warehouse = ?3) AND m.quantity <> 0"
    " GROUP BY m.item, m.batch, m.document, m.leg, m.warehouse, m.bin"
    f" ORDER BY i.code, m.item, m.batch, {_PLACE}"
)


class BatchMoveRow(NamedTuple):
    """One movement of a batch; `balance_quantity` is what was there of it afterwards, in 10⁻⁶."""

    date: int
    number: str
    kind: str
    party: str
    item_code: str
    item_name: str
    warehouse: str
    bin: str
    batch: str
    quantity: int
    balance_quantity: int
    note: str


def _query(session: Session, values: Values) -> list[BatchMoveRow]:
    rows = session.rows(MOVES, (values["item"], values["batch"], values["warehouse"]))
    first, last = values["from"] or 0, values["to"] or 99_991_231
    found = []
    for _batch, group in groupby(rows, key=lambda row: (row[4], row[8])):
        moved = list(group)
        balances = accumulate(row[9] for row in moved)
        found += [
            BatchMoveRow._make((*row[:10], balance, row[10]))
            for row, balance in zip(moved, balances, strict=True)
            if first <= row[0] <= last
        ]
    return found


BATCH_HISTORY = Report(
    name="batch-history",
    parameters=(ITEM, Parameter("batch", ParameterType.TEXT), FROM, TO, WAREHOUSE),
    columns=(
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("kind", title_id="field.type"),
        Column("party"),
        Column("item_code"),
        Column("item_name"),
        Column("warehouse"),
        Column("bin"),
        Column("batch"),
        Column("quantity", ColumnType.QUANTITY, is_total=True),
        Column("balance_quantity", ColumnType.QUANTITY, title_id="report.column.balance_quantity"),
        Column("note"),
    ),
    query=_query,
    drill_down=(DrillDown("number", "document"),),
)
