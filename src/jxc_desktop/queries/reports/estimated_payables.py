"""暂估明细: goods that came in without their invoice, by line: what was invoiced or went back, what still waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.queries.estimates import waiting_lines

from .spec import ITEM, PARTY, Column, ColumnType, DrillDown, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


class EstimatedRow(NamedTuple):
    """A line of a receipt, its day as YYYYMMDD, quantities in 10⁻⁶ base units, the estimate in fen."""

    date: int
    number: str
    line: int
    party_code: str
    party_name: str
    item_code: str
    item_name: str
    quantity: int
    invoiced: int
    returned: int
    left: int
    value: int


def _query(session: Session, values: Values) -> list[EstimatedRow]:
    return [EstimatedRow(*row) for row in waiting_lines(session, party=values["party"], item=values["item"])]


ESTIMATED_PAYABLES = Report(
    name="estimated-payables",
    parameters=(PARTY, ITEM),
    columns=(
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("line", ColumnType.WHOLE),
        Column("party_code"),
        Column("party_name"),
        Column("item_code"),
        Column("item_name"),
        Column("quantity", ColumnType.QUANTITY),
        Column("invoiced", ColumnType.QUANTITY, title_id="report.column.invoiced"),
        Column("returned", ColumnType.QUANTITY, title_id="report.column.returned"),
        Column("left", ColumnType.QUANTITY, title_id="report.column.to_invoice"),
        Column("value", ColumnType.MONEY, is_total=True, title_id="report.column.estimated"),
    ),
    query=_query,
    drill_down=(DrillDown("number", "document"), DrillDown("party_code", "payables", (("party", "party_code"),))),
)
