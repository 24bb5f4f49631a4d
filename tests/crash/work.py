"""What a child process does until it dies: trade without end, or import a file. It says what is committed.

One line per committed transaction goes to the file `out`: `posted NUMBER…`, `voided NUMBER`, `imported`. `steps` > 0
kills the process after that many steps of SQLite's engine, in the middle of whatever it is doing then.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.__main__ import main
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.services import documents
from jxc_desktop.services.book import Book
from jxc_desktop.services.catalog import Catalog
from tests.builders import count, delivery, line, receipt, retail, sales_return, tender

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id

BATCH = 20
"""Documents of a long transaction; all carry the same note."""
STEP = 50
"""Instructions of SQLite's engine per step."""


class Task(NamedTuple):
    """What a child is told."""

    work: str
    book: str
    out: str
    seed: int
    steps: int = 0
    words: tuple[str, ...] = ()


def perform(task: Task) -> None:
    """Do it; the process ends here or is killed."""
    file = os.open(task.out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def say(words: str) -> None:
        os.write(file, f"{words}\n".encode())

    if task.work == "trade":
        with Book.open(Path(task.book)) as book:
            _die_after(book, task.steps)
            _Trader(book, Random(task.seed), say).run()
    else:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 — for the rest of the process
        if main(["import", *task.words, "--book", task.book, "--json"]) == 0:
            say("imported")
            os._exit(0)


def _die_after(book: Book, steps: int) -> None:
    if not steps:
        return
    left = [steps]

    def step() -> int:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        return 0

    session = book._writing()._session
    session._raw.set_progress_handler(step, STEP)


class _Trader:
    """Buys, sells, takes back, counts and voids, one transaction after the other."""

    def __init__(self, book: Book, chance: Random, say: Callable[[str], None]) -> None:
        self._book = book
        self._chance = chance
        self._say = say
        self._own: list[tuple[Id, str]] = []
        self._round = 0
        self._pen, self._tea = (self._card("item", code) for code in ("P1", "T1"))
        self._customer, self._supplier = self._card("party", "K1"), self._card("party", "G1")
        self._cash = self._card("money_account", "01")

    def _card(self, kind: str, code: str) -> Id:
        def find(session: Session) -> Id:
            card = Catalog(session).by_code(kind, code)
            assert card is not None
            return card.id

        return self._book.read(find)

    def run(self) -> None:
        """Go on for ever."""
        while True:
            self._round += 1
            what = self._chance.random()
            if what < 0.1 and self._own:
                self._void()
            elif what < 0.15:
                self._book.checkpoint()
            elif what < 0.25:
                note = f"batch {os.getpid()} {self._round}"
                self._post([self._draft(note=note) for _each in range(BATCH)])
            else:
                self._post([self._draft()])

    def _draft(self, note: str = "") -> Document:
        day, item = self._chance.randint(1, 28), self._chance.choice((self._pen, self._tea))
        lines = [line(item, str(self._chance.randint(1, 9)), "3.70")]
        kind = self._chance.randrange(5)
        if kind == 0:
            return receipt(day, self._supplier, lines, note=note)
        if kind == 1:
            return sales_return(day, self._customer, lines, note=note)
        if kind == 2:
            return retail(day, lines, [tender(self._cash, "1")], party=self._customer, note=note)
        if kind == 3:
            return count(day, [line(item, str(self._chance.randint(0, 30)))], note=note)
        return delivery(day, self._customer, lines, note=note)

    def _post(self, drafts: list[Document]) -> None:
        made = self._book.do(documents.post, drafts=drafts).document_ids
        named = [(each, self._number(each)) for each in made]
        self._say(" ".join(["posted", *(number for _id, number in named)]))
        self._own += named

    def _number(self, document: Id) -> str:
        text = "SELECT number FROM document WHERE uuid = ?"
        return str(self._book.read(lambda session: session.value(text, (bytes.fromhex(document),))))

    def _void(self) -> None:
        document, number = self._own.pop(self._chance.randrange(len(self._own)))
        try:
            self._book.do(documents.void, document_id=document, reason="试")
        except UserError:
            return
        self._say(f"voided {number}")
