"""Proof of a book: the equations that hold after every step, and that its log alone makes the same book again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db import migrate
from jxc_desktop.db.changelog import Log
from jxc_desktop.db.engine import Session, open_engine
from jxc_desktop.db.projections import PROJECTIONS
from jxc_desktop.db.rules import shipped_rules
from jxc_desktop.db.transaction import Transaction
from jxc_desktop.services.rebuild import rebuild_check

if TYPE_CHECKING:
    from jxc_desktop.doctypes.spec import Rules
    from jxc_desktop.services.book import Book

Rows = dict[str, list[tuple[Any, ...]]]

NOT_SHOWN = {"voucher_line": "debit <> 0 OR credit <> 0", "document": "status <> 'missing'"}
"""Rows of a table that are only working material are left out."""

OF_DOCUMENTS = (
    "(SELECT l.* FROM voucher_line l JOIN document d ON d.id = l.document"
    " WHERE d.type NOT IN ('voucher', 'opening_balance'))"
)
"""Voucher lines that follow from documents: entries made by hand move no stock and open no item."""

EMPTY = {
    "every voucher balances": ("SELECT document FROM voucher_line GROUP BY document HAVING sum(debit) <> sum(credit)"),
    "on hand is the sum of the movements": (
        "SELECT m.item, m.warehouse FROM stock_move m LEFT JOIN stock_on_hand s USING (item, warehouse)"
        " GROUP BY m.item, m.warehouse HAVING sum(m.quantity) <> coalesce(s.quantity, 0)"
    ),
    "a pool is the sum of its movements": (
        "SELECT m.item, m.pool FROM stock_move m LEFT JOIN cost_pool c USING (item, pool)"
        " GROUP BY m.item, m.pool HAVING sum(m.quantity) <> coalesce(c.quantity, 0)"
        " OR sum(m.value) <> coalesce(c.value, 0)"
    ),
    "no stock, no value": "SELECT item FROM cost_pool WHERE quantity = 0 AND value <> 0",
    "stock is worth something": "SELECT item FROM cost_pool WHERE quantity > 0 AND value < 0",
    "stock per account is the account": (
        "SELECT a.code, sum(value) FROM (SELECT stock_account AS account, value FROM stock_move"
        " UNION ALL SELECT account, credit - debit FROM entered) t JOIN account a ON a.id = t.account"
        " WHERE a.control = 'stock' GROUP BY a.code HAVING sum(value) <> 0"
    ),
    "open items are the control account": (
        "SELECT a.code, sum(amount) FROM (SELECT a.id AS account, CASE WHEN o.kind IN"
        " ('receivable', 'prepayment_to_supplier') THEN o.amount ELSE -o.amount END AS amount"
        " FROM open_item o JOIN account a ON a.control = o.kind UNION ALL"
        " SELECT account, credit - debit FROM entered) t JOIN account a ON a.id = t.account"
        " WHERE a.control IN ('receivable', 'payable', 'advance_from_customer', 'prepayment_to_supplier')"
        " GROUP BY a.code HAVING sum(amount) <> 0"
    ),
    "the balance of a party is its open items": (
        "SELECT o.party, o.kind FROM open_item o LEFT JOIN party_balance b USING (party, kind)"
        " GROUP BY o.party, o.kind HAVING sum(o.amount) <> coalesce(b.balance, 0)"
    ),
    "the lines add up to the head": (
        "SELECT d.number FROM document d JOIN item_line l ON l.document = d.id GROUP BY d.id"
        " HAVING sum(l.gross) <> d.gross OR sum(l.net) <> d.net OR sum(l.tax) <> d.tax"
    ),
    "net and tax are the gross amount": (
        "SELECT document FROM item_line WHERE net + tax <> gross UNION SELECT id FROM document WHERE net + tax <> gross"
    ),
    "an opening stands before the first day": (
        "SELECT d.number FROM document d WHERE d.effective_date % 100 = 0"
        " AND d.type NOT IN ('opening_stock', 'opening_item', 'opening_balance')"
    ),
    "a voucher number is used once": (
        "SELECT effective_period, word, number FROM voucher WHERE number > 0"
        " GROUP BY effective_period, word, number HAVING count(*) > 1"
    ),
}
"""Equation → a query that finds what breaks it."""


def prove(book: Book) -> None:
    """Assert every equation, and that a book made anew from the log has the same rows."""
    broken = book.read(_broken)
    assert not broken, broken
    live = book.read(shown_rows)
    again = rebuilt(book)
    for table in PROJECTIONS:
        differing = set(again[table]) ^ set(live[table])
        assert again[table] == live[table], (table, sorted(differing, key=repr))
    checked = rebuild_check(book.path)
    assert checked.is_equal, checked.differing


def shown_rows(session: Session) -> Rows:
    """The rows of every projection table that anybody is shown, in key order."""
    return {
        table: sorted(session.rows(f"SELECT * FROM {table} WHERE {NOT_SHOWN.get(table, '1')}"), key=repr)
        for table in PROJECTIONS
    }


def rebuilt(book: Book) -> Rows:
    """The rows of an empty book after it received the log of this one, record by record in the order written."""
    path = book.path.with_name("rebuilt.jxc")
    records = book.read(lambda session: list(Log(session).read("ORDER BY id")))
    own = book.read(lambda session: Log(session).own_stream())
    migrate.create_file(path)
    engine = open_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            session = Session(connection)
            Log(session).begin_stream(own)
            _receive(session, shipped_rules(), records)
            return shown_rows(session)
    finally:
        engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _receive(session: Session, rules: Rules, records: list[Any]) -> None:
    transaction = Transaction(session, rules)
    transaction.receive(records)
    transaction.finish()


def _broken(session: Session) -> list[tuple[str, list[tuple[Any, ...]]]]:
    return [
        (name, rows) for name, text in EMPTY.items() if (rows := session.rows(text.replace("entered", OF_DOCUMENTS)))
    ]
