"""账龄: how long what parties owe (or are owed) has been due. Credits nobody has set off count against the oldest."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.queries.party_ledger import PARTIES, open_at

from .spec import AS_OF, PARTY, Column, ColumnType, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.queries.party_ledger import OpenRow

    from .spec import Values

BOUNDS = (0, 30, 60, 90)
"""The last day overdue of each bucket; what is not due yet stands in the first."""


class AgeingRow(NamedTuple):
    """What a party has open, by the days it is overdue, in fen; a credit without a debt stands as not due."""

    party_code: str
    party_name: str
    total: int
    not_due: int
    days_1_30: int
    days_31_60: int
    days_61_90: int
    days_over_90: int


def _query(session: Session, values: Values) -> list[AgeingRow]:
    on = values["as_of"] or values["today"]
    named = {key: (code, name) for key, code, name in session.rows(PARTIES)}
    rows = open_at(session, kind=values["kind"], last=on)
    found = []
    for party, items in groupby(rows, key=attrgetter("party")):
        buckets = _buckets(items, _date(on))
        if values["party"] in {None, party} and any(buckets):
            found.append(AgeingRow(*named[party], sum(buckets), *buckets))
    return sorted(found)


def _buckets(items: Iterable[OpenRow], on: date) -> list[int]:
    debts, credit = [], 0
    for item in items:
        if item.is_credit:
            credit -= item.open
        else:
            debts.append(item)
    buckets = [0] * (len(BOUNDS) + 1)
    for debt in debts:
        used = min(credit, debt.open)
        credit -= used
        days = (on - _date(debt.due_date)).days
        place = next((place for place, bound in enumerate(BOUNDS) if days <= bound), len(BOUNDS))
        buckets[place] += debt.open - used
    buckets[0] -= credit
    return buckets


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


AGEING = Report(
    name="ageing",
    parameters=(
        AS_OF,
        Parameter("kind", ParameterType.CHOICE, choices=(OpenItemKind.RECEIVABLE, OpenItemKind.PAYABLE)),
        PARTY,
    ),
    columns=(
        Column("party_code"),
        Column("party_name"),
        Column("total", ColumnType.MONEY, is_total=True, title_id="report.column.total"),
        Column("not_due", ColumnType.MONEY, is_total=True, title_id="report.column.not_due"),
        Column("days_1_30", ColumnType.MONEY, is_total=True, title_id="report.column.days_1_30"),
        Column("days_31_60", ColumnType.MONEY, is_total=True, title_id="report.column.days_31_60"),
        Column("days_61_90", ColumnType.MONEY, is_total=True, title_id="report.column.days_61_90"),
        Column("days_over_90", ColumnType.MONEY, is_total=True, title_id="report.column.days_over_90"),
    ),
    query=_query,
)
