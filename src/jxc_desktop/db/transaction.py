"""One writing transaction: the log, the projections and the session they share.

`append` is the door for records made here, `receive` the one for records made elsewhere; both store them and hand them
to the same projector, so local posting, import, sync and rebuild cannot differ. Both take many records at once.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jxc_desktop.masters.registry import KINDS

from .changelog import Compressor, Log
from .projections.identity import Identities
from .projections.method import Costing
from .projections.period import Periods
from .projections.projector import Projector

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.doctypes.spec import Rules
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.changes import Changes

    from .changelog import Record
    from .engine import Session


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the cyclic garbage collector out of a transaction: a long import makes millions of values and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Memory:
    """What a connection may remember from one transaction to the next.

    Local keys of cards never change and the dictionaries of the log are only added to; periods are read again as soon
    as anything outside documents changed. After a rollback nothing of it may be kept.
    """

    def __init__(self, session: Session) -> None:
        self.compressor = Compressor(session)
        self.ids = {kind.code: Identities(session, kind.code) for kind in KINDS}
        self.periods = Periods(session)
        self.costing = Costing(session)


class Transaction:
    """Everything that is written until the commit."""

    def __init__(self, session: Session, rules: Rules, memory: Memory | None = None) -> None:
        memory = memory or Memory(session)
        self.session = session
        self.log = Log(session, memory.compressor)
        self.projector = Projector(session, self.log, rules, memory.ids, periods=memory.periods, costing=memory.costing)

    def append(self, records: Sequence[tuple[Record, Document | None]]) -> None:
        """Store and apply records made here, each with its document where it has one."""
        keys = self.log.store(record for record, _document in records)
        self.projector.apply((record, key, document) for (record, document), key in zip(records, keys, strict=True))

    def receive(self, records: Sequence[Record]) -> None:
        """Store and apply records made elsewhere, in the order given, which must be causal; known ones are skipped."""
        known = "SELECT 1 FROM change_record WHERE stream = ? AND seq = ?"
        new = [each for each in records if not self.session.first(known, (each.stream, each.seq))]
        self.append([(record, None) for record in new])

    def finish(self) -> Changes:
        """Write what is only written once per transaction; what changed."""
        return self.projector.finish()
