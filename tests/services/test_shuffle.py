"""The same records in any causal order and any batches give the same books, to the last row.

Three devices work on copies of one book without seeing each other, exchange their records and go on: they post, amend,
void, reverse, rename cards, correct the same documents and close a month behind each other's back. Every order in which
the records may arrive anywhere must end in one digest.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from jxc_desktop.db.changelog import Record
from jxc_desktop.db.digest import digest, table_digests
from jxc_desktop.db.migrate import create_file
from jxc_desktop.kernel.clock import FixedClock
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.services.book import Book
from jxc_desktop.services.documents import amend, post, reverse, void
from jxc_desktop.services.masters import CardChange, set_cards
from jxc_desktop.services.periods import close_period
from tests.reference.book import BookModel, Refused
from tests.reference.business import ITEMS, KINDS, Business
from tests.services.twin import NOON, Corner, SteadyIds, Twin, card_id, make_template, receive, records_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.services.token_store import Token
    from tests.reference.records import Document

DEVICES = 3
ROUNDS = 3
ACTS = 12
ORDERS = 20
MINUTE = 60_000


class OwnStream:
    """Keeps the token of one file in memory: the copy of a book begins a stream of its own."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._token: Token | None = None

    def find(self, _path: Path) -> Token | None:
        return self._token

    def keep(self, _path: Path, token: Token) -> None:
        self._token = token

    def written(self, _path: Path, _session: object) -> None: ...

    def closed(self, _path: Path) -> None: ...

    def new_stream(self) -> int:
        return self._number


class Sent(NamedTuple):
    """A record and what its device had seen of every stream when it made it."""

    record: Record
    seen: dict[int, int]


class Device(Twin):
    """One of several computers with a copy of the book; the model only helps to think of something to do."""

    def __init__(self, template: Path, path: Path, corner: Corner, number: int, *, seed: int = 0) -> None:
        super().__init__(template, path, corner)
        self.book.close()
        self.clock = FixedClock(NOON)
        self.book = Book.open(
            path, clock=self.clock, ids=SteadyIds(number * 10_000_000), tokens=OwnStream(number * 1_000)
        )
        self.business = Business(self.model, Random(seed * DEVICES + number), number * 1_000)
        self._row = self.book.read(lambda session: session.value("SELECT max(id) FROM change_record"))
        self.seen: dict[int, int] = {}
        for record in self.book.read(records_after):
            self.seen[record.stream] = record.seq

    def work(self, *, is_last_round: bool) -> list[Sent]:
        """Do something, alone; the records that came of it."""
        for _ in range(ACTS):
            self.clock.put(self.clock.now_ms() + self.business.chance.randint(0, MINUTE))
            try:
                self._act()
            except UserError:
                continue
        if is_last_round and self.business.chance.random() < 0.5:
            self.book.do(close_period, period=202601)
        made = []
        for record in self.book.read(records_after, row=self._row):
            made.append(Sent(record, dict(self.seen)))
            self.seen[record.stream] = record.seq
        return made

    def _act(self) -> None:
        chance = self.business.chance
        act = chance.choice((*KINDS, *KINDS, "amend", "amend", "void", "reverse", "rename"))
        posted = self.model.posted()
        if act in KINDS:
            document = self.business.document(act)
            if document is not None:
                self._name(document.id, card_id(document.id))
                self.book.do(post, drafts=[self.draft(document)])
                self.model.post(document)
        elif act == "rename":
            item = chance.choice(sorted(ITEMS))
            field, value = chance.choice((("name", f"{item}{chance.random()}"), ("reference_cost", 7_000_000)))
            self.book.do(set_cards, changes=[CardChange("item", {field: value}, card_id(item))])
        elif posted:
            self._correct(act, chance.choice(posted))

    def _correct(self, act: str, target: Document) -> None:
        document_id = self._documents[target.id]
        if act == "amend":
            changed = self.business.changed(target)
            self.book.do(amend, document_id=document_id, content=self.draft(changed))
            self.model.documents[target.id] = changed
        elif act == "void":
            self.book.do(void, document_id=document_id, reason="wrong")
            self.model.void(target.id)
        else:
            self.book.do(reverse, document_id=document_id, on=max(self.business.day(), target.date))

    def hear(self, sent: list[Sent], others: list[Device]) -> None:
        """Take in what the others did."""
        self.book.do(receive, records=[each.record for each in sent])
        for each in sent:
            self.seen[each.record.stream] = max(self.seen.get(each.record.stream, 0), each.record.seq)
        self._row = self.book.read(lambda session: session.value("SELECT max(id) FROM change_record"))
        for other in others:
            self._documents.update(other._documents)


def _share_models(devices: list[Device]) -> None:
    """Let every device think of the documents of all; what is gone or stands on too little is left out."""
    known: dict[str, Document] = {}
    for device in devices:
        for name, document in device.model.documents.items():
            if name not in known or document.status == "voided":
                known[name] = document
    model = BookModel(devices[0].model.taxpayer, is_pool_per_warehouse=devices[0].model.is_pool_per_warehouse)
    for document in sorted(known.values(), key=lambda one: (one.order, one.id)):
        if document.status == "posted":
            with suppress(Refused):
                model.post(document)
    for device in devices:
        device.model.take_over(model.copy())


def _history(folder: Path, corner: Corner, seed: int = 0) -> tuple[list[Sent], list[dict[str, str]]]:
    """Everything three devices wrote, and the digests of the tables they ended with."""
    template = folder / "template.jxc"
    make_template(template, corner)
    devices = [
        Device(template, folder / f"{number}.jxc", corner, number, seed=seed) for number in range(1, DEVICES + 1)
    ]
    sent = [Sent(record, {}) for record in devices[0].book.read(records_after)]
    sent = [Sent(each.record, {each.record.stream: each.record.seq - 1}) for each in sent]
    for turn in range(ROUNDS):
        made = [device.work(is_last_round=turn == ROUNDS - 1) for device in devices]
        for device in devices:
            heard = [part for other, part in zip(devices, made, strict=True) if other is not device]
            device.hear([each for part in heard for each in part], devices)
        _share_models(devices)
        sent += [each for part in made for each in part]
    digests = [device.book.read(table_digests) for device in devices]
    for device in devices:
        device.close()
    return sent, digests


def _shuffled(sent: list[Sent], chance: Random) -> Iterator[Record]:
    """A random order in which no record comes before one its device had seen."""
    streams: dict[int, list[Sent]] = {}
    for each in sent:
        streams.setdefault(each.record.stream, []).append(each)
    known: dict[int, int] = {}
    while streams:
        ready = [
            stream
            for stream, rest in streams.items()
            if all(known.get(other, 0) >= seq for other, seq in rest[0].seen.items())
        ]
        stream = chance.choice(ready)
        for _ in range(chance.randint(1, 8)):
            rest = streams[stream]
            if any(known.get(other, 0) < seq for other, seq in rest[0].seen.items()):
                break
            first = rest.pop(0)
            known[stream] = first.record.seq
            yield first.record
            if not rest:
                del streams[stream]
                break


def _batches(records: list[Record], chance: Random) -> Iterator[list[Record]]:
    start = 0
    while start < len(records):
        size = chance.choice((1, 2, 5, 20, 100, 1_000))
        yield records[start : start + size]
        start += size


def _arrived(empty: Path, path: Path, sent: list[Sent], chance: Random) -> tuple[str, dict[str, str]]:
    """The digest of a new file that the records reach in some order, and those of its tables."""
    shutil.copyfile(empty, path)
    with Book(path, clock=FixedClock(NOON), ids=SteadyIds()) as book:
        for batch in _batches(list(_shuffled(sent, chance)), chance):
            book.do(receive, records=batch)
        found = book.read(digest), book.read(table_digests)
    path.unlink()
    return found


def _differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return [table for table in one if one[table] != other[table]]


@pytest.mark.parametrize(
    "corner",
    [
        Corner("small"),
        Corner("general", is_pool_per_warehouse=True),
        Corner("small", is_pool_per_warehouse=True, method="fifo"),
    ],
)
def test_any_causal_order_and_any_batches_give_one_digest(corner: Corner, tmp_path: Path) -> None:
    sent, ends = _history(tmp_path, corner)
    empty = tmp_path / "empty.jxc"
    create_file(empty)
    first, tables = _arrived(empty, tmp_path / "first.jxc", sent, Random(0))
    assert [_differing(tables, end) for end in ends] == [[]] * DEVICES
    for seed in range(1, ORDERS):
        found, rows = _arrived(empty, tmp_path / f"{seed}.jxc", sent, Random(seed))
        assert (_differing(tables, rows), found) == ([], first), f"order {seed}"
