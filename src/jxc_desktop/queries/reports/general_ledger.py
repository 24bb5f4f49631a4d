"""总账/明细账: the voucher lines of one account (and of those under it) with the running balance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.queries.account_balances import LAST_DAY, account_balances, below, chart

from .spec import FROM, PARTY, TO, Column, ColumnType, DrillDown, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


class GeneralLedgerRow(NamedTuple):
    """A voucher line; `number` is word and number of its voucher, `balance` debit less credit so far, in fen."""

    account_code: str
    date: int
    number: str
    summary: str
    party: str
    debit: int
    credit: int
    balance: int
    document: str


_DAY = "(d.effective_date + d.is_late)"


def lines_text(accounts: int) -> str:
    """The question for the lines of so many accounts."""
    return (
        f"SELECT a.code, d.date, h.word, h.number, coalesce(nullif(v.summary, ''), h.summary),"  # noqa: S608
        " coalesce(p.name, ''), v.debit, v.credit, d.number FROM voucher_line v JOIN document d ON d.id = v.document"
        " JOIN voucher h ON h.document = v.document JOIN account a ON a.id = v.account"
        f" LEFT JOIN party p ON p.id = v.party WHERE v.account IN ({placeholders(accounts)})"
        f" AND v.effective_period BETWEEN ? AND ? AND {_DAY} BETWEEN ? AND ? AND (v.debit <> 0 OR v.credit <> 0)"
        " AND (? IS NULL OR v.party = ?)"
        " ORDER BY v.effective_period, d.effective_date, d.hlc, d.stream, h.word, h.number, v.document, v.entry, a.code"
    )


def opening_text(accounts: int) -> str:
    """The question for what one party has on so many accounts before a day."""
    return (
        "SELECT coalesce(sum(v.debit - v.credit), 0) FROM voucher_line v JOIN document d ON d.id = v.document"  # noqa: S608
        f" WHERE v.account IN ({placeholders(accounts)}) AND v.party = ? AND {_DAY} < ?"
    )


def _query(session: Session, values: Values) -> list[GeneralLedgerRow]:
    first, last, party = values["from"] or 0, values["to"] or LAST_DAY, values["party"]
    accounts = sorted(below(chart(session), values["account"]))
    if party is not None:
        balance = session.value(opening_text(len(accounts)), (*accounts, party, first))
    elif first:
        held = account_balances(session, first, last)
        balance = sum(held[each].opening for each in accounts if each in held)
    else:
        balance = 0
    rows = [GeneralLedgerRow("", first, "", "", "", 0, 0, balance, "")] if first and balance else []
    span = (first // 100, last // 100, first, last, party, party)
    for code, day, word, number, summary, name, debit, credit, document in session.rows(
        lines_text(len(accounts)), (*accounts, *span)
    ):
        balance += debit - credit
        shown = f"{word}-{number}" if number else ""
        rows.append(GeneralLedgerRow(code, day, shown, summary, name, debit, credit, balance, document))
    return rows


GENERAL_LEDGER = Report(
    name="general-ledger",
    parameters=(Parameter("account", ParameterType.CARD, to="account", is_required=True), FROM, TO, PARTY),
    columns=(
        Column("account_code"),
        Column("date", ColumnType.DATE),
        Column("number", title_id="report.column.voucher"),
        Column("summary"),
        Column("party"),
        Column("debit", ColumnType.MONEY, is_total=True),
        Column("credit", ColumnType.MONEY, is_total=True),
        Column("balance", ColumnType.MONEY, title_id="report.column.balance"),
        Column("document", title_id="field.number"),
    ),
    query=_query,
    drill_down=(DrillDown("document", "document"),),
)
