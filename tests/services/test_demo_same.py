"""The demo book is the same book on every machine, and stays what it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop import resource_files
from jxc_desktop.kernel.errors import FileExists
from jxc_desktop.kernel.money import Money
from jxc_desktop.services.book import Book
from jxc_desktop.services.book_digest import book_digest
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.demo import make_demo
from jxc_desktop.services.demo.chance import STREAM, Dice
from jxc_desktop.services.tokens import FileTokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.db.engine import Session

MAKE = """
import sys
from pathlib import Path
from jxc_desktop.services.book_digest import book_digest
from jxc_desktop.services.demo import make_demo
with make_demo(Path(sys.argv[1]), golden=sys.argv[2] == "golden") as book:
    print(book.read(book_digest))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The demo book with its month of business."""
    with make_demo(tmp_path_factory.mktemp("demo") / "demo.jxc") as book:
        yield book


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The demo book with the golden vouchers."""
    with make_demo(tmp_path_factory.mktemp("golden") / "golden.jxc", golden=True) as book:
        yield book


def _rows(session: Session, text: str) -> list[tuple[Any, ...]]:
    return session.rows(text)


def _opening(book: Book, account: str) -> str:
    """The opening balance of an account, debit less credit."""
    text = (
        "SELECT coalesce(sum(l.debit - l.credit), 0) FROM voucher_line l JOIN account a ON a.id = l.account"
        f" JOIN document d ON d.id = l.document WHERE a.code = '{account}' AND d.effective_date = 20260100"
    )
    return str(Money(book.read(_rows, text=text)[0][0]))


def _fen(text: str) -> int:
    return int(Decimal(text or "0") * 100)


@pytest.mark.parametrize("kind", ["demo", "golden"])
def test_the_same_book_whatever_the_machine(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    here: str = request.getfixturevalue(kind).read(book_digest)
    surroundings = (
        {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "1", "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"},
        {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "4242", "LANG": "zh_TW.UTF-8", "LANGUAGE": "zh_TW"},
    )
    for number, chosen in enumerate(surroundings):
        made = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", MAKE, str(tmp_path / f"{number}.jxc"), kind],
            env={**os.environ, **chosen},
            capture_output=True,
            text=True,
            check=True,
        )
        assert made.stdout.strip() == here


def test_nothing_random_of_the_machine_reaches_the_log(demo: Book) -> None:
    records = demo.read(_rows, text="SELECT hex(uuid), stream FROM change_record")
    assert {stream for _uuid, stream in records} == {STREAM}
    assert len({uuid for uuid, _stream in records}) == len(records)
    text = "SELECT min(hlc >> 16), max(hlc >> 16) FROM change_record"
    first, last = demo.read(_rows, text=text)[0]
    assert (first, last // 1000 < 1_769_875_200) == (1_767_229_200_000, True)


def test_whoever_goes_on_writing_gets_a_stream_of_his_own(demo: Book, tmp_path: Path) -> None:
    path = tmp_path / "copy.jxc"
    demo.checkpoint()
    path.write_bytes(demo.path.read_bytes())
    with Book.open(path, tokens=FileTokens(tmp_path / "tokens")) as book:
        before = book.read(book_digest)
        assert book.read(_rows, text="SELECT count(*) FROM stream") == [(1,)]
        assert before == demo.read(book_digest)
        book.do(set_setting, key="company_name", value="我的店")
        streams = book.read(_rows, text="SELECT id, is_own FROM stream ORDER BY is_own")
        assert streams[0] == (STREAM, 0)
        assert streams[1][1] == 1


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "shop.jxc"
    path.write_bytes(b"mine")
    with pytest.raises(FileExists):
        make_demo(path)
    assert path.read_bytes() == b"mine"


def test_dice_throw_the_same_in_every_run_and_every_python() -> None:
    dice = Dice(7)
    thrown = [dice.between(1, 6) for _ in range(10)]
    again = Dice(7)
    assert thrown == [again.between(1, 6) for _ in range(10)]
    assert set(thrown) <= {1, 2, 3, 4, 5, 6}
    assert sorted(Dice(3).several([("a", 1), ("b", 5), ("c", 1)], 5)) == ["a", "b", "c"]


def test_the_notes_of_the_month_are_in_the_language_of_the_book() -> None:
    told = resource_files.read_json("demo", "january_2026.json")["happenings"]
    assert all(each["note"] for each in told)
    assert json.dumps(told, ensure_ascii=True) != json.dumps(told, ensure_ascii=False)
