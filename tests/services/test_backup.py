"""A backup is proved when it is made, tells what is in it, and comes back without losing what it replaces."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import zstandard

from jxc_desktop.db import book_file
from jxc_desktop.db.digest import digest
from jxc_desktop.kernel.errors import ExternalError, FileDamaged, FileLocked, FileMissing, NewerVersion, UnsafePlace
from jxc_desktop.kernel.money import Money
from jxc_desktop.services import backup as backups
from jxc_desktop.services.backup import backup, restore, verify
from jxc_desktop.services.book import Book
from jxc_desktop.services.book_settings import set_setting
from tests.builders import delivery, line, open_shop, receipt

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    (tmp_path / "books").mkdir()
    shop = open_shop(tmp_path / "books")
    pen, supplier, customer = shop.item("P1"), shop.supplier("S1"), shop.customer("C1")
    shop.post(
        receipt(5, supplier, [line(pen, "10", "2.26")]),
        delivery(6, customer, [line(pen, "4", "5.00")]),
    )
    return shop


@pytest.fixture
def packed(shop: Shop, tmp_path: Path) -> Path:
    return backup(shop.book, tmp_path / "backups")


def _damaged(packed: Path, at: float) -> Path:
    """The backup with one byte changed, at a part of its length."""
    content = bytearray(packed.read_bytes())
    content[int(len(content) * at)] ^= 0x55
    path = packed.with_name("damaged.zst")
    path.write_bytes(content)
    return path


def test_a_backup_of_an_open_book_holds_everything(shop: Shop, packed: Path) -> None:
    assert packed.name == "测试店-20260131-120000.jxc.zst"
    assert [each.name for each in packed.parent.iterdir()] == [packed.name]
    found = verify(packed)
    assert found.digest == shop.book.read(digest)
    summary = found.summary
    assert (summary.company, summary.start) == ("测试店", 202601)
    assert (summary.last_number, summary.last_type) == ("XS-20260106-0001", "delivery_note")
    assert str(summary.last_date) == "2026-01-06"
    assert (summary.documents, summary.items, summary.parties) == (2, 1, 3)
    assert (summary.stock_value, summary.receivable, summary.payable) == (
        Money.parse("13.56"),
        Money.parse("20.00"),
        Money.parse("22.60"),
    )
    assert summary.records == shop.rows("SELECT count(*) FROM change_record")[0][0]
    assert summary.last_change_ms == shop.clock.now_ms()


def test_backups_never_overwrite_each_other(shop: Shop, packed: Path) -> None:
    second = backup(shop.book, packed.parent)
    assert second != packed
    assert packed.is_file()
    assert verify(second) == verify(packed)


def test_any_name_of_a_company_gives_a_file(shop: Shop, tmp_path: Path) -> None:
    shop.book.do(set_setting, key="company_name", value='A/B\\C:"小店"? .')
    assert backup(shop.book, tmp_path).name == "A B C  小店-20260131-120000.jxc.zst"


def test_what_other_programs_read_is_the_book(packed: Path, shop: Shop, tmp_path: Path) -> None:
    plain = tmp_path / "plain.jxc"
    with packed.open("rb") as read, plain.open("wb") as write:
        zstandard.ZstdDecompressor().copy_stream(read, write)
    with Book.open(plain) as book:
        assert book.read(digest) == shop.book.read(digest)


def test_a_backup_that_does_not_read_back_is_not_kept(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(source: Path, target: Path) -> None:
        content = bytearray(source.read_bytes())
        content[5_000] ^= 1
        target.write_bytes(zstandard.compress(bytes(content)))

    monkeypatch.setattr(backups, "pack", lossy)
    with pytest.raises(FileDamaged) as refused:
        backup(shop.book, tmp_path / "backups")
    assert refused.value.text.id == "backup.differs"
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(ExternalError) as refused:
        backup(shop.book, tmp_path / "file")
    assert refused.value.text.id == "file.not_writable"


@pytest.mark.parametrize("at", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_damaged_backup_is_refused_and_the_book_stays(shop: Shop, packed: Path, at: float) -> None:
    damaged = _damaged(packed, at)
    before = shop.book.read(digest)
    shop.book.close()
    with pytest.raises(FileDamaged):
        verify(damaged)
    with pytest.raises(FileDamaged):
        restore(damaged, shop.book.path)
    with Book.open(shop.book.path) as book:
        assert book.read(digest) == before
    assert not list(shop.book.path.parent.glob("*.restoring"))


def test_a_backup_that_was_cut_off_or_is_no_book_is_refused(packed: Path, tmp_path: Path) -> None:
    cut = packed.with_name("cut.zst")
    cut.write_bytes(packed.read_bytes()[:-2_000])
    other = packed.with_name("other.zst")
    other.write_bytes(zstandard.compress(b"not a book" * 1_000))
    plain = packed.with_name("plain.zst")
    plain.write_bytes(b"")
    for path in (cut, other, plain):
        with pytest.raises(FileDamaged):
            verify(path)
    with pytest.raises(FileMissing):
        verify(tmp_path / "absent")
    with pytest.raises(FileMissing):
        restore(tmp_path / "absent", tmp_path / "shop.jxc")


def test_a_log_that_was_altered_is_found(shop: Shop, tmp_path: Path) -> None:
    copy, packed = tmp_path / "copy", tmp_path / "altered.zst"
    book_file.copy_live(shop.book.path, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        raw.execute("UPDATE change_record SET hash = x'00' WHERE id = 5")
    book_file.pack(copy, packed)
    with pytest.raises(FileDamaged) as refused:
        verify(packed)
    assert refused.value.text.id == "log.chain_broken"
    assert refused.value.text.params["number"] == 5


def test_a_backup_of_a_newer_program_is_refused(shop: Shop, tmp_path: Path) -> None:
    copy, packed = tmp_path / "copy", tmp_path / "newer.zst"
    book_file.copy_live(shop.book.path, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    book_file.pack(copy, packed)
    with pytest.raises(NewerVersion) as refused:
        verify(packed)
    assert refused.value.text.params == {"file": str(packed), "revision": "9999"}


def test_a_restored_book_replaces_the_other_which_is_kept(shop: Shop, packed: Path) -> None:
    at_backup = shop.book.read(digest)
    customer = shop.find("party", "C1")
    pen = shop.find("item", "P1")
    assert customer is not None
    assert pen is not None
    shop.post(delivery(7, customer.id, [line(pen.id, "1", "5.00")]))
    now = shop.book.read(digest)
    shop.book.close()
    done = restore(packed, shop.book.path)
    assert done.path == shop.book.path
    assert done.kept is not None
    assert done.replaced is not None
    assert done.summary.documents == 2
    assert (done.replaced.documents, done.replaced.last_number) == (3, "XS-20260107-0001")
    with Book.open(done.path) as book, Book.open(done.kept) as kept:
        assert book.read(digest) == at_backup
        assert kept.read(digest) == now
    assert restore(packed, shop.book.path).kept != done.kept


def test_a_restored_book_begins_a_new_stream(shop: Shop, packed: Path) -> None:
    shop.book.close()
    done = restore(packed, shop.book.path)
    with Book.open(done.path) as book:
        book.do(set_setting, key="company_name", value="还原的店")
        streams = book.read(lambda session: session.rows("SELECT id, is_own FROM stream ORDER BY ordinal"))
    assert [row[1] for row in streams] == [0, 1]
    assert streams[0][0] == 1


def test_a_book_restored_beside_leaves_the_other_alone_even_while_it_is_open(shop: Shop, packed: Path) -> None:
    done = restore(packed, shop.book.path, beside=True)
    assert done.path == shop.book.path.with_name("shop.restored.jxc")
    assert (done.replaced, done.kept) == (None, None)
    with Book.open(done.path) as book:
        assert book.read(digest) == shop.book.read(digest)
    assert restore(packed, shop.book.path, beside=True).path.name == "shop.restored-2.jxc"


def test_a_book_that_is_lost_is_restored_in_its_place(shop: Shop, packed: Path) -> None:
    before = shop.book.read(digest)
    shop.book.close()
    shop.book.path.unlink()
    done = restore(packed, shop.book.path)
    assert (done.path, done.kept) == (shop.book.path, None)
    with Book.open(done.path) as book:
        assert book.read(digest) == before


def test_a_damaged_book_is_replaced_and_kept(shop: Shop, packed: Path) -> None:
    before = shop.book.read(digest)
    shop.book.close()
    shop.book.path.write_bytes(b"\0" * 20_000)
    shutil.copyfile(packed, shop.book.path.with_name("shop.jxc-wal"))
    done = restore(packed, shop.book.path)
    assert done.replaced is None
    assert done.kept is not None
    assert done.kept.read_bytes() == b"\0" * 20_000
    with Book.open(done.path) as book:
        assert book.read(digest) == before


def test_a_book_that_is_open_is_not_replaced(shop: Shop, packed: Path) -> None:
    before = shop.book.read(digest)
    with pytest.raises(FileLocked) as refused:
        restore(packed, shop.book.path)
    assert refused.value.text.id == "book.in_use"
    assert shop.book.read(digest) == before
    assert not list(shop.book.path.parent.glob("*replaced*"))
    assert not list(shop.book.path.parent.glob("*restoring*"))


def test_nothing_is_restored_into_a_cloud_folder(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "坚果云").mkdir()
    with pytest.raises(UnsafePlace):
        restore(packed, tmp_path / "坚果云" / "shop.jxc")
