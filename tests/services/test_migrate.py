"""A book of an older program is brought up to date on a copy when it is opened; the old file stays."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db import migrate, upgrade
from jxc_desktop.db.book_file import alone
from jxc_desktop.db.digest import digest
from jxc_desktop.db.revision import HEAD, revision_of
from jxc_desktop.kernel.errors import FileDamaged, FileLocked, NewerVersion
from jxc_desktop.services.book import Book
from jxc_desktop.services.rebuild import rebuild_check
from tests.builders import delivery, line, open_shop, receipt
from tests.migrations.older import EARLIER, OLDER, as_of, chain, make_older

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    (tmp_path / "books").mkdir()
    shop = open_shop(tmp_path / "books")
    pen, supplier, customer = shop.item("P1"), shop.supplier("S1"), shop.customer("C1")
    shop.post(delivery(9, customer, [line(pen, "12", "5.00")]), receipt(5, supplier, [line(pen, "10", "2.26")]))
    return shop


@pytest.fixture
def older(shop: Shop) -> tuple[Path, str]:
    """A closed book of the older revision, with a draft and an import in it, and the digest it must have again."""
    before = shop.book.read(digest)
    shop.book.close()
    with closing(sqlite3.connect(shop.book.path, isolation_level=None)) as raw:
        raw.execute("INSERT INTO draft (document, type, saved_at, content) VALUES (x'01', 'voucher', 7, '{\"a\": 1}')")
        raw.execute("INSERT INTO import_history VALUES (1, 8, 'items', 's', 'f', '{}')")
    make_older(shop.book.path)
    return shop.book.path, before


def _use(monkeypatch: pytest.MonkeyPatch, migrations: Path) -> None:
    """Let the program know the revisions in this folder."""
    monkeypatch.setattr(upgrade, "upgrade_book", partial(upgrade.upgrade_book, migrations=migrations))


def _files(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if not each.name.endswith(("-wal", "-shm")))


def test_an_older_book_is_migrated_when_it_is_opened_and_the_old_file_stays(
    older: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = older
    content = path.read_bytes()
    _use(monkeypatch, chain(tmp_path))
    with Book.open(path) as book:
        assert book.read(digest) == before
        assert book.read(lambda session: session.rows("SELECT type, saved_at, base_hash, content FROM draft")) == [
            ("voucher", 7, None, '{"a": 1}')
        ]
        assert book.read(lambda session: session.rows("SELECT imported_at, kind FROM import_history")) == [(8, "items")]
        assert book.read(lambda session: session.value("SELECT DISTINCT min_reader FROM change_record")) == 1
    assert revision_of(path) == HEAD
    assert rebuild_check(path).is_equal
    assert _files(path) == ["shop.0000.jxc", "shop.jxc"]
    kept = path.with_name("shop.0000.jxc")
    assert kept.read_bytes() == content
    assert revision_of(kept) == OLDER
    assert migrate.bring_up_to_date(path) is None


@pytest.mark.parametrize("revision", EARLIER)
def test_a_book_of_every_earlier_revision_is_brought_up_to_date(shop: Shop, tmp_path: Path, revision: str) -> None:
    before = shop.book.read(digest)
    shop.book.close()
    path = as_of(shop.book.path, tmp_path / "earlier.jxc", revision)
    with Book.open(path) as book:
        assert book.read(digest) == before
    assert revision_of(path) == HEAD
    assert rebuild_check(path).is_equal


def test_a_book_of_an_unknown_or_newer_revision_is_refused_untouched(shop: Shop) -> None:
    shop.book.close()
    with closing(sqlite3.connect(shop.book.path, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    content = shop.book.path.read_bytes()
    with pytest.raises(NewerVersion) as refused:
        Book.open(shop.book.path)
    assert refused.value.text.params == {"file": str(shop.book.path), "revision": "9999"}
    assert shop.book.path.read_bytes() == content
    assert _files(shop.book.path) == ["shop.jxc"]


def test_a_migration_that_fails_leaves_the_book_as_it_was(
    older: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _before = older
    content = path.read_bytes()
    _use(monkeypatch, chain(tmp_path, "raise ZeroDivisionError"))
    with pytest.raises(ZeroDivisionError):
        Book.open(path)
    assert path.read_bytes() == content
    assert _files(path) == ["shop.jxc"]


@pytest.mark.parametrize(
    ("harm", "tables"),
    [
        ("DELETE FROM draft", "draft"),
        ("DELETE FROM change_record WHERE id = (SELECT max(id) FROM change_record)", "change_record"),
        ("UPDATE stream SET last_seq = last_seq - 1", "stream"),
    ],
)
def test_a_migration_that_loses_something_is_not_accepted(
    older: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str, tables: str
) -> None:
    path, _before = older
    content = path.read_bytes()
    folder = chain(tmp_path)
    first = folder / "versions" / "0001_first.py"
    first.write_text(first.read_text(encoding="utf-8") + f"\n    op.execute({harm!r})\n", encoding="utf-8")
    _use(monkeypatch, folder)
    with pytest.raises(FileDamaged) as refused:
        Book.open(path)
    assert refused.value.text.id == "migrate.differs"
    assert tables in str(refused.value.text.params["tables"])
    assert path.read_bytes() == content
    assert _files(path) == ["shop.jxc"]


def test_an_older_book_whose_log_was_altered_is_not_migrated(
    older: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _before = older
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE change_record SET hlc = hlc + 1 WHERE id = 9")
    _use(monkeypatch, chain(tmp_path))
    with pytest.raises(FileDamaged) as refused:
        Book.open(path)
    assert refused.value.text.id == "log.chain_broken"
    assert _files(path) == ["shop.jxc"]


def test_a_book_that_shows_other_figures_than_its_log_makes_is_not_swapped_silently(
    older: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _before = older
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE voucher_line SET debit = debit + 1")
    _use(monkeypatch, chain(tmp_path))
    with pytest.raises(FileDamaged) as refused:
        Book.open(path)
    assert refused.value.text.params["tables"] == "voucher_line"


def test_an_older_book_that_is_open_elsewhere_is_not_migrated(
    older: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = older
    _use(monkeypatch, chain(tmp_path))
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT count(*) FROM document").fetchone()
        with pytest.raises(FileLocked):
            Book.open(path)
    with Book.open(path) as book:
        assert book.read(digest) == before


def test_what_a_killed_migration_left_behind_is_no_hindrance(
    older: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = older
    for suffix in (".migrating", ".migrated"):
        path.with_name(path.name + suffix).write_bytes(b"half a file")
    _use(monkeypatch, chain(tmp_path))
    with Book.open(path) as book:
        assert book.read(digest) == before
    assert _files(path) == ["shop.0000.jxc", "shop.jxc"]


def test_opening_a_book_of_today_does_not_load_alembic(shop: Shop) -> None:
    shop.book.close()
    program = (
        "import sys; from pathlib import Path; from jxc_desktop.services.book import Book\n"
        "with Book.open(Path(sys.argv[1])) as book: book.read(lambda session: session.value('SELECT 1'))\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(shop.book.path)], check=False).returncode == 0


def test_a_file_that_is_no_book_is_told_from_one_that_is_locked(shop: Shop, tmp_path: Path) -> None:
    for name, content in (("text.jxc", b"no database at all" * 100), ("empty.jxc", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(FileDamaged) as refused:
            Book.open(tmp_path / name)
        assert refused.value.text.id == "book.not_a_book"
    shop.book.close()
    with alone(shop.book.path), pytest.raises(FileLocked):
        Book.open(shop.book.path)
