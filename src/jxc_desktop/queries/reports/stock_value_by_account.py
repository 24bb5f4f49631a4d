"""库存与总账核对: what the stock of each stock account is worth, against what the account says.

Lines that no movement made (typed vouchers, opening balances, expenses booked on a stock account) are named apart: what
they do not explain is a fault. A `row`, the code of an account, lists those lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.account_balances import LAST_DAY, account_balances

from .spec import AS_OF, ROW, Column, ColumnType, DrillDown, Report, Shape

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


class AccountValueRow(NamedTuple):
    """A stock account, all in fen: `difference` is balance less stock value, `unexplained` what is no manual line."""

    account_code: str
    account_name: str
    stock_value: int
    balance: int
    difference: int
    manual: int
    unexplained: int


class ManualLineRow(NamedTuple):
    """A line on a stock account that no movement made; `amount` is debit less credit, in fen."""

    date: int
    number: str
    kind: str
    voucher: str
    summary: str
    amount: int


WITH_MOVEMENTS = tuple(each.code for each in all_types() if "stock" in each.line_roles)
_BY_HAND = f"d.type NOT IN ({placeholders(len(WITH_MOVEMENTS))})"
_UP_TO = "d.effective_date + d.is_late <= ?"

WORTH = "SELECT stock_account, sum(value) FROM stock_move WHERE effective_date <= ? GROUP BY stock_account"
ACCOUNTS = "SELECT id, code, name, control FROM account ORDER BY code, id"
MANUAL = (
    "SELECT v.account, sum(v.debit - v.credit) FROM account a CROSS JOIN voucher_line v ON v.account = a.id"  # noqa: S608
    f" JOIN document d ON d.id = v.document WHERE a.id IN (%s) AND {_BY_HAND} AND {_UP_TO} GROUP BY v.account"
)
LINES = (
    "SELECT d.date, d.number, d.type, h.word, h.number, coalesce(nullif(v.summary, ''), h.summary), v.debit - v.credit"  # noqa: S608
    " FROM voucher_line v JOIN document d ON d.id = v.document JOIN voucher h ON h.document = v.document"
    f" WHERE v.account = ? AND (v.debit <> 0 OR v.credit <> 0) AND {_BY_HAND} AND {_UP_TO}"
    " ORDER BY v.effective_period, d.effective_date, d.hlc, d.stream, v.document, v.entry"
)


def _query(session: Session, values: Values) -> list[Any]:
    day = values["as_of"] or LAST_DAY
    rows = _rows(session, day)
    if not values["row"]:
        return [row for _account, row in rows]
    for account, row in rows:
        if values["row"] in {row.account_code, row.account_name}:
            return _lines(session, account, day)
    raise UserError(Text("report.no_such_row", {"row": values["row"]}))


def _rows(session: Session, day: int) -> list[tuple[int, AccountValueRow]]:
    worth: dict[int, int] = dict(session.rows(WORTH, (day,)))
    accounts = [row[:3] for row in session.rows(ACCOUNTS) if row[0] in worth or row[3] == "stock"]
    keys = [key for key, _code, _name in accounts]
    manual: dict[int, int] = dict(session.rows(MANUAL % placeholders(len(keys)), (*keys, *WITH_MOVEMENTS, day)))
    balances = account_balances(session, 0, day)
    found = []
    for key, code, name in accounts:
        held = balances.get(key)
        balance = held.opening + held.debit - held.credit if held else 0
        value, by_hand = worth.get(key, 0), manual.get(key, 0)
        if key in worth or balance or by_hand:
            difference = balance - value
            row = AccountValueRow(code, name, value, balance, difference, by_hand, difference - by_hand)
            found.append((key, row))
    return found


def _lines(session: Session, account: int, day: int) -> list[ManualLineRow]:
    return [
        ManualLineRow(on, number, kind, f"{word}-{voucher}" if voucher else "", summary, amount)
        for on, number, kind, word, voucher, summary, amount in session.rows(LINES, (account, *WITH_MOVEMENTS, day))
    ]


_COLUMNS = (
    Column("account_code"),
    Column("account_name"),
    Column("stock_value", ColumnType.MONEY, is_total=True, title_id="report.column.stock_value"),
    Column("balance", ColumnType.MONEY, is_total=True, title_id="report.column.account_balance"),
    Column("difference", ColumnType.MONEY, is_total=True, title_id="report.column.difference"),
    Column("manual", ColumnType.MONEY, is_total=True, title_id="report.column.manual"),
    Column("unexplained", ColumnType.MONEY, is_total=True, title_id="report.column.unexplained"),
)
_ROWS = Shape(
    _COLUMNS,
    (
        DrillDown("balance", "general-ledger", (("account", "account_code"),)),
        DrillDown("manual", "stock-value-by-account", (("row", "account_code"),)),
    ),
)
_MANUAL = Shape(
    (
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("kind", title_id="field.type"),
        Column("voucher", title_id="report.column.voucher"),
        Column("summary"),
        Column("amount", ColumnType.MONEY, is_total=True),
    ),
    (DrillDown("number", "document"),),
)

STOCK_VALUE_BY_ACCOUNT = Report(
    name="stock-value-by-account",
    parameters=(AS_OF, ROW),
    columns=_ROWS.columns,
    query=_query,
    drill_down=_ROWS.drill_down,
    shape_of=lambda values: _MANUAL if values["row"] else _ROWS,
)
