"""A program killed while it rebuilds or restores leaves a whole book at its place: the old one or the new one."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db.digest import digest
from jxc_desktop.services.backup import backup
from jxc_desktop.services.book import Book
from jxc_desktop.services.rebuild import rebuild_check
from tests.builders import delivery, line, open_shop, receipt

if TYPE_CHECKING:
    from pathlib import Path

POINTS = 8

PROGRAM = """
import sys
from pathlib import Path
from jxc_desktop.services.backup import restore
from jxc_desktop.services.rebuild import rebuild
book, packed = Path(sys.argv[1]), Path(sys.argv[2])
print("ready", flush=True)
while True:
    rebuild(book)
    restore(packed, book)
    for kept in (*book.parent.glob("*.before-rebuild*"), *book.parent.glob("*.replaced*")):
        kept.unlink()
"""


@pytest.mark.parametrize("seed", range(POINTS))
def test_a_kill_while_a_book_is_swapped_leaves_a_whole_book(tmp_path: Path, seed: int) -> None:
    (tmp_path / "books").mkdir()
    shop = open_shop(tmp_path / "books")
    pen, supplier, customer = shop.item("P1"), shop.supplier("S1"), shop.customer("C1")
    shop.post(receipt(5, supplier, [line(pen, "10", "2.26")]), delivery(6, customer, [line(pen, "4", "5.00")]))
    before = shop.book.read(digest)
    packed = backup(shop.book, tmp_path / "backups")
    shop.book.close()
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(shop.book.path), str(packed)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    try:
        assert running.stdout.readline() == "ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(random.Random(seed).uniform(0.0, 1.5))
    finally:
        running.kill()
        running.wait()
        running.stdout.close()
    with Book.open(shop.book.path) as book:
        assert book.read(digest) == before
    assert rebuild_check(shop.book.path).is_equal
