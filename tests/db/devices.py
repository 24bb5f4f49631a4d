"""Several devices with the same book: each writes its own stream, records go from one to the other.

A device that took records in says so before it writes again, as sync does: its next record carries what it has seen.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jxc_desktop.db import migrate
from jxc_desktop.db.changelog import STREAM_BEGIN, Log, stream_name
from jxc_desktop.db.digest import digest
from jxc_desktop.db.engine import Session, open_engine
from jxc_desktop.db.rules import shipped_rules
from jxc_desktop.db.transaction import Transaction
from jxc_desktop.kernel.clock import FixedClock
from jxc_desktop.services.book import Book
from jxc_desktop.services.token_store import NoTokens
from tests.builders import NOW, CountedIds, Shop

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from jxc_desktop.db.changelog import Record
    from jxc_desktop.services.work import Work


class NumberedStream(NoTokens):
    """A device that always writes the stream of its number."""

    def __init__(self, number: int) -> None:
        self._number = number

    def new_stream(self) -> int:
        """The stream of this device."""
        return self._number


def take_in(work: Work, *, records: Sequence[Record]) -> None:
    """Receive records of other devices and remember having seen them."""
    work.transaction.receive(records)


def say_what_is_seen(work: Work) -> None:
    """A record that changes nothing and carries what this device knows of the others."""
    own = work.log.own_stream()
    seen = {stream_name(each): seq for each, seq in work.session.rows("SELECT id, last_seq FROM stream") if each != own}
    work.append([(work.record(STREAM_BEGIN, {"reason": "merged"}, seen=seen), None)])


take_in.right = say_what_is_seen.right = "sync"  # type: ignore[attr-defined]


def records_of(book: Book) -> list[Record]:
    """All records in the order in which this file got them."""
    return book.read(lambda session: list(Log(session).read("ORDER BY id")))


def device(folder: Path, number: int, records: Sequence[Record]) -> Shop:
    """A new device that starts from the records of another one."""
    path = folder / f"device{number}.jxc"
    migrate.create_file(path)
    clock = FixedClock(NOW + number)
    book = Book.open(path, clock=clock, ids=CountedIds(number * 1_000_000), tokens=NumberedStream(number))
    shop = Shop(book, clock)
    merge(shop, records)
    return shop


def merge(shop: Shop, records: Sequence[Record]) -> None:
    """Give a device the records of another one."""
    shop.book.do(take_in, records=records)
    shop.book.do(say_what_is_seen)


def fresh_digest(path: Path, batches: Sequence[Sequence[Record]]) -> str:
    """The digest of a new file that received these batches one after the other."""
    return str(fresh(path, batches, digest))


def fresh(path: Path, batches: Sequence[Sequence[Record]], look: Callable[[Session], Any]) -> Any:
    """What `look` finds in a new file that received these batches, each in a transaction of its own."""
    migrate.create_file(path)
    engine = open_engine(path)
    session = Session(engine.connect())
    rules = shipped_rules()
    session.run("PRAGMA synchronous=OFF")
    try:
        for batch in batches:
            with session.transaction():
                transaction = Transaction(session, rules)
                transaction.receive(batch)
                transaction.finish()
        return look(session)
    finally:
        session.close()
        engine.dispose()


def causal_shuffle(records: Sequence[Record], chance: random.Random) -> list[Record]:
    """The records in a random order in which each stands behind everything it had seen."""
    waiting: dict[int, list[Record]] = {}
    for record in sorted(records, key=lambda each: (each.stream, each.seq), reverse=True):
        waiting.setdefault(record.stream, []).append(record)
    done: dict[int, int] = {}
    ordered = []
    while waiting:
        stream = chance.choice(sorted(stream for stream, left in waiting.items() if _is_ready(left[-1], done)))
        # A few at once, so that streams do not only alternate.
        for _ in range(chance.choice((1, 1, 3, 20))):
            if waiting.get(stream) and _is_ready(waiting[stream][-1], done):
                record = waiting[stream].pop()
                done[stream] = record.seq
                ordered.append(record)
        if not waiting[stream]:
            del waiting[stream]
    return ordered


def _is_ready(record: Record, done: dict[int, int]) -> bool:
    seen = json.loads(record.seen) if record.seen else {}
    return all(done.get(int(stream, 16), 0) >= seq for stream, seq in seen.items())


def in_batches(records: Sequence[Record], size: int, chance: random.Random) -> Iterator[Sequence[Record]]:
    """Batches of this size; of random sizes for 0."""
    start = 0
    while start < len(records):
        step = size or chance.randint(1, 40)
        yield records[start : start + step]
        start += step
