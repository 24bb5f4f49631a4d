"""The log alone makes the book: the check says so, rebuilding puts right what is wrong, and nothing is lost."""

from __future__ import annotations

import gc
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db import rebuild as rebuilding
from jxc_desktop.db.digest import digest
from jxc_desktop.kernel.errors import FileDamaged, FileLocked, FileMissing
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.book import Book
from jxc_desktop.services.rebuild import rebuild, rebuild_check
from tests.builders import delivery, line, open_shop, receipt, sales_return

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = open_shop(tmp_path)
    pen, supplier, customer = shop.item("P1"), shop.supplier("S1"), shop.customer("C1")
    sold = shop.post(
        delivery(9, customer, [line(pen, "12", "5.00")]),
        receipt(5, supplier, [line(pen, "10", "2.26")]),
    )[0]
    shop.post(sales_return(11, customer, [line(pen, "2", "5.00", source_document=sold, source_line=1)]))
    wrong = shop.post_one(receipt(6, supplier, [line(pen, "10", "3.00")]))
    shop.amend(wrong, receipt(7, supplier, [line(pen, "5", "2.50")]))
    shop.void(shop.post_one(delivery(8, customer, [line(pen, "1", "5.00")])))
    return shop


def _by_force(path: Path, text: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(text)


def _names(shop: Shop) -> set[str]:
    """The files beside the book, but those in which SQLite keeps what is open."""
    return {each.name for each in shop.book.path.parent.iterdir() if not each.name.endswith(("-wal", "-shm"))}


def test_the_check_finds_an_open_book_equal_and_changes_nothing(shop: Shop) -> None:
    before = shop.book.read(digest)
    result = rebuild_check(shop.book.path)
    assert (result.live, result.rebuilt, result.differing, result.kept) == (before, before, (), None)
    assert result.is_equal
    assert shop.book.read(digest) == before
    assert _names(shop) == {"shop.jxc"}


def test_the_check_names_the_tables_that_differ(shop: Shop) -> None:
    _by_force(shop.book.path, "UPDATE stock_move SET value = value + 1")
    _by_force(shop.book.path, "DELETE FROM open_item")
    result = rebuild_check(shop.book.path)
    assert not result.is_equal
    assert result.differing == ("open_item", "stock_move")


def test_rebuilding_puts_right_what_is_wrong_and_keeps_the_old_file(shop: Shop) -> None:
    before = shop.book.read(digest)
    _by_force(
        shop.book.path, "INSERT INTO draft (document, type, saved_at, content) VALUES (x'01', 'voucher', 7, '{}')"
    )
    _by_force(shop.book.path, "UPDATE voucher_line SET debit = debit + 1")
    wrong = shop.book.read(digest)
    tables = shop.rows("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    shop.book.close()
    result = rebuild(shop.book.path)
    assert (result.live, result.rebuilt, result.differing) == (wrong, before, ("voucher_line",))
    assert result.kept is not None
    with Book.open(shop.book.path) as book, Book.open(result.kept) as kept:
        assert book.read(digest) == before
        assert kept.read(digest) == wrong
        assert book.read(lambda session: session.rows("SELECT type, saved_at FROM draft")) == [("voucher", 7)]
        assert (
            book.read(lambda session: session.rows("SELECT type, name, sql FROM sqlite_master ORDER BY type, name"))
            == tables
        )
        assert book.read(lambda session: session.value("PRAGMA journal_mode")) == "wal"
        assert book.read(lambda session: session.value("PRAGMA integrity_check")) == "ok"
    assert _names(shop) == {"shop.jxc", result.kept.name}
    assert rebuild(shop.book.path).kept != result.kept


def test_a_rebuilt_book_goes_on_in_its_stream(shop: Shop) -> None:
    streams = shop.rows("SELECT id, last_seq, is_own FROM stream")
    shop.book.close()
    rebuild(shop.book.path)
    with Book.open(shop.book.path) as book:
        assert book.read(lambda session: session.rows("SELECT id, last_seq, is_own FROM stream")) == streams


def test_an_open_book_is_not_swapped(shop: Shop) -> None:
    before = shop.book.read(digest)
    with pytest.raises(FileLocked):
        rebuild(shop.book.path)
    assert shop.book.read(digest) == before
    assert _names(shop) == {"shop.jxc"}


def test_a_missing_book_and_an_altered_log_are_said(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        rebuild_check(tmp_path / "absent.jxc")
    _by_force(shop.book.path, "UPDATE change_record SET hlc = hlc + 1 WHERE id = (SELECT max(id) FROM change_record)")
    with pytest.raises(FileDamaged) as refused:
        rebuild_check(shop.book.path)
    assert refused.value.text.id == "log.chain_broken"
    assert _names(shop) == {"shop.jxc"}


def test_the_collector_is_as_it_was_even_after_a_failure(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object) -> None:
        assert not gc.isenabled()
        raise FileDamaged(refused)

    refused = Text("log.record_missing", {"row": 1})
    monkeypatch.setattr(rebuilding, "_project", fails)
    with pytest.raises(FileDamaged):
        rebuild_check(shop.book.path)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert _names(shop) == {"shop.jxc"}


@pytest.mark.parametrize("suffix", [".rebuilding", ".rebuilt", ".checking", ".checked"])
def test_what_a_killed_run_left_behind_is_no_hindrance(shop: Shop, suffix: str) -> None:
    left = shop.book.path.with_name(shop.book.path.name + suffix)
    left.write_bytes(b"half a file")
    assert rebuild_check(shop.book.path).is_equal
    shop.book.close()
    assert rebuild(shop.book.path).is_equal
