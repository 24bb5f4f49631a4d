"""A book in a few figures: to recognise a backup, and to compare it with the book it would replace."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.money import Money

from .settings import Settings

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

Heads = dict[int, tuple[int, bytes]]
"""Stream → the number and the hash of its last record."""


class Summary(NamedTuple):
    """Company, first period, the document that was entered last, how much there is of everything, and what it is worth.

    `receivable` and `payable` are what is open, credits subtracted; `last_change_ms` is UTC.
    """

    company: str
    start: int
    last_number: str
    last_type: str
    last_date: date | None
    last_change_ms: int
    documents: int
    records: int
    items: int
    parties: int
    stock_value: Money
    receivable: Money
    payable: Money


def summary_of_book(session: Session) -> Summary:
    """The figures of a book."""
    settings = Settings(session)
    last = session.first(
        "SELECT d.number, d.type, d.date FROM document d JOIN change_record r ON r.id = d.posted_by"
        " ORDER BY r.id DESC LIMIT 1"
    )
    number, kind, on = last or ("", "", 0)
    return Summary(
        company=str(settings.get("company_name")),
        start=int(settings.get("start_period")),
        last_number=number,
        last_type=kind,
        last_date=date(on // 10_000, on // 100 % 100, on % 100) if on else None,
        last_change_ms=(session.value("SELECT max(last_hlc) FROM stream") or 0) >> 16,
        documents=session.value("SELECT count(*) FROM document WHERE status <> 'missing'"),
        records=session.value("SELECT count(*) FROM change_record"),
        items=session.value("SELECT count(*) FROM item"),
        parties=session.value("SELECT count(*) FROM party"),
        stock_value=_sum(session, "SELECT sum(value) FROM cost_pool"),
        receivable=_sum(session, "SELECT sum(balance) FROM party_balance WHERE kind = 'receivable'"),
        payable=_sum(session, "SELECT sum(balance) FROM party_balance WHERE kind = 'payable'"),
    )


def _sum(session: Session, text: str) -> Money:
    return Money(session.value(text) or 0)


def heads(session: Session) -> Heads:
    """The end of every stream."""
    return {stream: (seq, last) for stream, seq, last in session.rows("SELECT id, last_seq, last_hash FROM stream")}
