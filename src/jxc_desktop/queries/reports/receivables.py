"""应收: what customers owe: opening, more, less, closing, overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.queries.book_start import first_day
from jxc_desktop.queries.party_ledger import PartyBalanceRow, party_balances

from .spec import FROM, PARTY, TO, Column, ColumnType, DrillDown, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values

LAST_DAY = 99_991_231


def _query(session: Session, values: Values) -> list[PartyBalanceRow]:
    return party_balances(
        session,
        kind=OpenItemKind.RECEIVABLE,
        first=values["from"] or first_day(session),
        last=values["to"] or LAST_DAY,
        today=values["today"],
        party=values["party"],
    )


RECEIVABLES = Report(
    name="receivables",
    parameters=(FROM, TO, PARTY),
    columns=(
        Column("party_code"),
        Column("party_name"),
        Column("opening", ColumnType.MONEY, is_total=True, title_id="report.column.opening"),
        Column("increase", ColumnType.MONEY, is_total=True, title_id="report.column.receivable_increase"),
        Column("decrease", ColumnType.MONEY, is_total=True, title_id="report.column.receivable_decrease"),
        Column("closing", ColumnType.MONEY, is_total=True, title_id="report.column.closing"),
        Column("overdue", ColumnType.MONEY, is_total=True, title_id="report.column.overdue"),
    ),
    query=_query,
    drill_down=(DrillDown("closing", "ageing", (("party", "party_code"),)),),
)
