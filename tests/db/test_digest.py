"""The digest sees every value of every projection table, and nothing that belongs to this file only."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.db.book_file import copy_live
from jxc_desktop.db.digest import digest, period_digest, table_digests
from jxc_desktop.db.engine import Session, open_engine
from jxc_desktop.db.projections import PROJECTIONS
from jxc_desktop.db.tables import metadata
from jxc_desktop.masters.registry import KINDS
from tests.builders import customer_payment, delivery, line, open_shop, paid, receipt, settles
from tests.db.merged_book import MergedBook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARDS = {kind.code for kind in KINDS}
LEFT_OUT = {*((code, "id") for code in CARDS), ("document", "id"), ("exception", "id")}
"""Local keys of rows: integers that differ between devices. What refers to them is not left out."""

KEPT = {"voucher_line": "debit <> 0", "document": "status <> 'missing'", "master_field": "kind_number = 8"}
"""Which rows of a table to try."""


MISSING = (
    "INSERT INTO document VALUES (999999, x'00', '', 'missing', '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0, 0, 0, 0,"
    " '', '', '', '', '', '', 0, 0, 0, 0, 0, 0, 0, '', 0, 0, 0)"
)
"""A document that is only referred to."""

_PLACE = "item, effective_period, effective_date, hlc, stream, document, leg, line"
LAYERS = (
    f"INSERT INTO cost_layer SELECT {_PLACE}, 0, pool, 2, 3, 1, 2 FROM stock_move WHERE quantity > 0 LIMIT 1",
    f"INSERT INTO layer_take SELECT {_PLACE}, document, leg, line, 0, 1, 1 FROM stock_move WHERE quantity < 0 LIMIT 1",
)
PRICES = (
    "INSERT INTO month_price SELECT id, 202601, 2, 3 FROM item LIMIT 1",
    "INSERT INTO priced_month VALUES (202601, x'00112233445566778899aabbccddeeff')",
    "INSERT INTO costing_choice VALUES ('costing_method', 202602, '\"fifo\"', 1, 1, 1)",
)
"""What a book with moving average has not."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("digest")
    book = MergedBook(folder)
    copy_live(book.shop.book.path, folder / "copy.jxc")
    return folder / "copy.jxc"


@pytest.fixture
def session(file: Path) -> Iterator[Session]:
    """The merged book; what a test changes is taken back."""
    engine = open_engine(file)
    session = Session(engine.connect())
    session.run("BEGIN IMMEDIATE")
    session.run(MISSING)
    for text in (*LAYERS, *PRICES):
        session.run(text)
    yield session
    session.rollback()
    session.close()
    engine.dispose()


def _columns(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].columns if (table, column.name) not in LEFT_OUT]


def _others(session: Session, table: str, column: str, now: Any) -> Iterator[Any]:
    """Values that differ from the one that stands there; local keys of things that exist where they are local keys."""
    references = {each.name: each.to for kind in KINDS if kind.code == table for each in kind.fields if each.to}
    target = references.get(column) or {"posted_by": "change_record", "pool": "warehouse", "master": "item"}.get(column)
    if column == "record" and table == "document":
        target = "change_record"
    bare = re.sub(r"^(source|target|issue|cover|layer|stock|counter)_", "", column)
    if target is None and table not in CARDS and bare in {*CARDS, "document"}:
        target = bare
    if column == "reverses":
        target = "document"
    if target is not None:
        yield from (row[0] for row in session.rows(f"SELECT id FROM {target} WHERE id <> ? ORDER BY id DESC", (now,)))
    elif isinstance(now, int):
        yield now + 1_000_003
    elif isinstance(now, str):
        yield now + "x"
    elif isinstance(now, bytes):
        yield bytes([now[0] ^ 1]) + now[1:]
    else:
        yield bytes(16) if column in {"digest", "record", "subject"} else 1


@pytest.mark.parametrize("table", PROJECTIONS)
def test_every_value_of_every_table_counts(session: Session, table: str) -> None:
    before = table_digests(session, (table,))
    where = KEPT.get(table, "1")
    keys = [column.name for column in metadata.tables[table].primary_key.columns]
    for column in _columns(table):
        row = session.first(f"SELECT {', '.join([column, *keys])} FROM {table} WHERE {where} LIMIT 1")
        assert row is not None, f"the merged book has no row in {table}"
        found = " AND ".join(f"{key} = ?" for key in keys)
        for other in _others(session, table, column, row[0]):
            session.run("SAVEPOINT change")
            try:
                session.run(f"UPDATE {table} SET {column} = ? WHERE {found}", (other, *row[1:]))
            except sqlite3.IntegrityError:
                session.run("ROLLBACK TO change")
                continue
            changed = table_digests(session, (table,))
            session.run("ROLLBACK TO change")
            assert changed != before, f"{table}.{column} does not count"
            break
        else:
            pytest.fail(f"nothing else can stand in {table}.{column}")
    assert table_digests(session, (table,)) == before


@pytest.mark.parametrize("table", PROJECTIONS)
def test_a_row_that_is_missing_is_seen(session: Session, table: str) -> None:
    before = digest(session)
    session.run(f"DELETE FROM {table} WHERE {KEPT.get(table, '1')}")
    assert digest(session) != before


def test_what_nobody_is_shown_does_not_count(session: Session) -> None:
    before = digest(session)
    document = session.value("SELECT document FROM voucher_line LIMIT 1")
    session.run("INSERT INTO voucher_line VALUES (?, 999, 1, 0, 0, 202601, 0, 0, '')", (document,))
    session.run(MISSING.replace("999999, x'00'", "999998, x'01'"))
    session.run("INSERT INTO draft (id, document, type, saved_at, content) VALUES (1, x'01', 'voucher', 0, '{}')")
    assert digest(session) == before
    session.run("UPDATE voucher_line SET debit = 1 WHERE entry = 999")
    assert digest(session) != before


def test_a_reference_to_nothing_has_a_digest_too(session: Session) -> None:
    before = digest(session)
    session.run("UPDATE item_line SET item = 123456789 WHERE line = 1")
    assert digest(session) != before


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("stock_move", column) for column in _columns("stock_move")),
        *(("voucher_line", column) for column in _columns("voucher_line")),
        *(("open_item", column) for column in _columns("open_item") if column != "settled"),
    ],
)
def test_a_period_is_made_of_movements_open_items_and_voucher_lines(session: Session, table: str, column: str) -> None:
    period = 202601
    before = period_digest(session, period)
    only = "document IN (SELECT id FROM document WHERE effective_period <= 202601)"
    keys = [each.name for each in metadata.tables[table].primary_key.columns]
    row = session.first(f"SELECT {', '.join([column, *keys])} FROM {table} WHERE {only} AND {KEPT.get(table, '1')}")
    assert row is not None
    found = " AND ".join(f"{key} = ?" for key in keys)
    for other in _others(session, table, column, row[0]):
        try:
            session.run(f"UPDATE {table} SET {column} = ? WHERE {found}", (other, *row[1:]))
        except sqlite3.IntegrityError:
            continue
        break
    assert period_digest(session, period) != before


def test_what_happens_later_leaves_the_digest_of_a_month_alone(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    pen, customer, supplier = shop.item("P1"), shop.customer("C1"), shop.supplier("S1")
    sold = shop.post(receipt(5, supplier, [line(pen, "9", "2")]), delivery(6, customer, [line(pen, "4", "5")]))[1]
    january = shop.book.read(period_digest, period=202601)
    february = shop.book.read(period_digest, period=202602)
    assert january == february
    shop.clock.put(shop.clock.now_ms() + 28 * 86_400_000)
    shop.post(
        customer_payment(
            date(2026, 2, 3), customer, [paid(shop.cash, "12")], allocations=[settles(sold, "12", "receivable")]
        ),
        delivery(date(2026, 2, 4), customer, [line(pen, "2", "5")]),
    )
    assert shop.book.read(period_digest, period=202601) == january
    assert shop.book.read(period_digest, period=202602) != february
    shop.post(customer_payment(30, customer, [paid(shop.cash, "3")], allocations=[settles(sold, "3", "receivable")]))
    assert shop.book.read(period_digest, period=202601) != january
