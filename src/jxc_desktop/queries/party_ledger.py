"""What parties owe and are owed: opening, movement, closing and what is overdue, for one kind of open item."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

# A late fact takes effect on the first day of its month, an opening document before it.
_DAY = "(d.effective_date + d.is_late)"
BALANCES = (
    "SELECT o.party,"  # noqa: S608 — own expressions
    f" sum(CASE WHEN {_DAY} < ?2 THEN o.amount ELSE 0 END),"
    f" sum(CASE WHEN {_DAY} >= ?2 AND o.amount > 0 THEN o.amount ELSE 0 END),"
    f" sum(CASE WHEN {_DAY} >= ?2 AND o.amount < 0 THEN -o.amount ELSE 0 END),"
    " sum(CASE WHEN o.amount > 0 AND o.due_date < ?4 THEN o.amount - o.settled ELSE 0 END),"
    " sum(CASE WHEN o.amount < 0 THEN o.amount - o.settled ELSE 0 END)"
    f" FROM open_item o JOIN document d ON d.id = o.document WHERE o.kind = ?1 AND {_DAY} <= ?3 GROUP BY o.party"
)
# What documents after the last day settled of items up to it: it was still open then.
SETTLED_LATER = (
    "SELECT o.party, o.due_date, o.amount < 0, sum(a.amount) FROM document x JOIN allocation a ON a.document = x.id"  # noqa: S608
    " JOIN open_item o ON o.document = a.target_document AND o.kind = a.target_kind AND o.line = a.target_line"
    " JOIN document d ON d.id = o.document"
    f" WHERE x.status = 'posted' AND x.effective_date + x.is_late > ?2 AND a.target_kind = ?1 AND {_DAY} <= ?2"
    " GROUP BY 1, 2, 3"
)
OPEN = (
    "SELECT o.party, o.due_date, o.amount < 0, sum(o.amount - o.settled) FROM open_item o"  # noqa: S608
    f" JOIN document d ON d.id = o.document WHERE o.kind = ?1 AND o.amount <> o.settled AND {_DAY} <= ?2"
    " GROUP BY 1, 2, 3"
)
PARTIES = "SELECT id, code, name FROM party"


class PartyBalanceRow(NamedTuple):
    """A party under one control account, in fen."""

    party_code: str
    party_name: str
    opening: int
    increase: int
    decrease: int
    closing: int
    overdue: int


class OpenRow(NamedTuple):
    """What is open of a party at the end of a day, debts or credits of one due date (YYYYMMDD), in fen."""

    party: int
    due_date: int
    is_credit: int
    open: int


def party_balances(
    session: Session, *, kind: str, first: int, last: int, today: int, party: int | None
) -> list[PartyBalanceRow]:
    """The parties that have a balance or moved, by code; days as YYYYMMDD.

    Overdue is what was due before the earlier of `last` and `today`, less the party's credits that nobody has set off.
    """
    on = min(last, today)
    due, credit = _settled_later(session, kind, last, on)
    named = {key: (code, name) for key, code, name in session.rows(PARTIES)}
    rows = []
    for key, opening, increase, decrease, past_due, credits_left in session.rows(BALANCES, (kind, first, last, on)):
        if party in {None, key} and (opening or increase or decrease):
            overdue = past_due + due.get(key, 0) + credits_left + credit.get(key, 0)
            closing = opening + increase - decrease
            rows.append(PartyBalanceRow(*named[key], opening, increase, decrease, closing, max(overdue, 0)))
    return sorted(rows)


def _settled_later(session: Session, kind: str, last: int, on: int) -> tuple[dict[int, int], dict[int, int]]:
    due: dict[int, int] = {}
    credit: dict[int, int] = {}
    for party, due_date, is_credit, settled in session.rows(SETTLED_LATER, (kind, last)):
        if is_credit:
            credit[party] = credit.get(party, 0) + settled
        elif due_date < on:
            due[party] = due.get(party, 0) + settled
    return due, credit


def open_at(session: Session, *, kind: str, last: int) -> list[OpenRow]:
    """What was open at the end of the day `last`, by party and due date; what was settled since then stands apart."""
    rows = session.rows(OPEN, (kind, last)) + session.rows(SETTLED_LATER, (kind, last))
    return sorted(OpenRow(*row) for row in rows)
