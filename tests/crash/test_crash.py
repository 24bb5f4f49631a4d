"""A process that posts or imports is killed at seeded moments; afterwards the book is whole.

Half of the traders die after a seeded time, half after a seeded number of SQLite's steps inside a transaction.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.services.book import Book
from jxc_desktop.services.doctor import run_checks
from tests.builders import line, open_shop, opening_stock
from tests.conftest import PROFILE
from tests.crash.children import CAN_FORK, Nursery, nursery
from tests.crash.work import BATCH, Task

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20_260_131
ROUNDS = 200 if PROFILE == "nightly" else 9
KILLS_OF_A_BOOK = 6
IMPORT_KILLS = 6
PATIENCE = 60
"""Seconds: on a slow machine the last child of a book gets so long to say its first word."""
KILLED = -9
"""How a process ends that was killed."""
DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(scope="module")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    home = tmp_path_factory.mktemp("home")
    with nursery({**os.environ, "JXC_HOME": str(home), "JXC_LANG": "zh_CN"}) as made:
        yield made


@pytest.fixture(scope="module")
def new_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shop = open_shop(tmp_path_factory.mktemp("new"))
    pen, tea = shop.item("P1"), shop.item("T1")
    shop.customer("K1")
    shop.supplier("G1")
    shop.post(opening_stock([line(pen, "50", unit_cost="2"), line(tea, "5", unit_cost="30")]))
    shop.book.close()
    return shop.book.path


@pytest.fixture(scope="module")
def old_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty book that begins before the file that is imported."""
    shop = open_shop(tmp_path_factory.mktemp("old"), start=200_912)
    shop.book.close()
    return shop.book.path


class Aftermath:
    """What is left of a book after a kill."""

    def __init__(self, path: Path) -> None:
        with Book.open(path) as book:
            self.bad = [
                (check.name, check.detail)
                for check in run_checks(book)
                if not check.ok and check.name != "opening_balances_zero"
            ]
            self.status = dict(book.read(lambda session: session.rows("SELECT number, status FROM document")))
            self.batches = book.read(
                lambda session: session.rows("SELECT note, count(*) FROM document WHERE note <> '' GROUP BY note")
            )


def _said(out: Path) -> list[list[str]]:
    """What the children said was done, word by word; a line cut off was never said."""
    words = out.read_text(encoding="utf-8") if out.exists() else ""
    return [spoken.split() for spoken in words.splitlines(keepends=True) if spoken.endswith("\n")]


def _let_die(children: Nursery, task: Task, delay: float, *, after: Path | None = None) -> int:
    """Kill a child after a delay, and not before something was said in the file `after`; how it ended."""
    child = children.child(task)
    if not task.steps:
        time.sleep(delay)
        patience = time.monotonic() + PATIENCE
        while after is not None and not _said(after) and time.monotonic() < patience:
            time.sleep(0.01)
        child.kill()
    return child.wait()


def _broken_promises(said: list[list[str]], status: dict[str, str]) -> list[tuple[str, str]]:
    """What was said and is not so; what was posted may be voided already, by a child that died before it said so."""
    return [
        (verb, number)
        for verb, *numbers in said
        for number in numbers
        if status.get(number) not in ({"voided"} if verb == "voided" else {"posted", "voided"})
    ]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_killed_trader_leaves_all_it_said_and_nothing_half(
    children: Nursery, new_book: Path, tmp_path: Path, number: int
) -> None:
    chance = Random(SEED + number)
    book = Path(shutil.copy(new_book, tmp_path / "shop.jxc"))
    out = tmp_path / "said.txt"
    for kill in range(1, KILLS_OF_A_BOOK + 1):
        steps = chance.randrange(1, 4_000) if CAN_FORK and chance.random() < 0.5 else 0
        is_last = kill == KILLS_OF_A_BOOK and not _said(out)
        task = Task("trade", str(book), str(out), chance.randrange(10**9), 0 if is_last else steps)
        ended = _let_die(children, task, chance.uniform(0.02, 0.25), after=out if is_last else None)
        assert ended == KILLED or not CAN_FORK
        left = Aftermath(book)
        assert left.bad == []
        assert _broken_promises(_said(out), left.status) == []
        assert {count for _note, count in left.batches} <= {BATCH}
    assert _said(out)


IMPORT = (
    "documents",
    str(DATA / "imports" / "online_retail_extract.csv"),
    "--map",
    str(DATA / "maps" / "online_retail.toml"),
)


@pytest.fixture(scope="module")
def whole_import(
    children: Nursery, old_book: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[float, dict[str, str]]:
    """How long an import takes that nobody disturbs, and the documents it leaves."""
    folder = tmp_path_factory.mktemp("whole")
    book = Path(shutil.copy(old_book, folder / "shop.jxc"))
    begun = time.monotonic()
    assert children.child(Task("import", str(book), str(folder / "said.txt"), 0, 0, IMPORT)).wait() == 0
    taken = time.monotonic() - begun
    left = Aftermath(book)
    assert left.bad == []
    assert _said(folder / "said.txt") == [["imported"]]
    return taken, left.status


@pytest.mark.parametrize("number", range(IMPORT_KILLS))
def test_a_killed_import_is_there_whole_or_not_at_all(
    children: Nursery,
    old_book: Path,
    whole_import: tuple[float, dict[str, str]],
    tmp_path: Path,
    number: int,
) -> None:
    book = Path(shutil.copy(old_book, tmp_path / "shop.jxc"))
    before, out = Aftermath(book).status, tmp_path / "said.txt"
    taken, whole = whole_import
    chance = Random(SEED + number)
    _let_die(children, Task("import", str(book), str(out), 0, 0, IMPORT), chance.uniform(0.1, 1.1) * taken)
    left = Aftermath(book)
    assert left.bad == []
    assert left.status == whole or (left.status == before and not _said(out))
