"""How each document that moves an item stood after each of its records, in the order in which this file got them.

A document nobody corrected stands as it does today: its movements are read from the ledger. The versions of the others
are read from the log. Where two devices posted the same document, the post that counts today is the only one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.changelog import DOCUMENT_AMEND, DOCUMENT_POST, DOCUMENT_VOID, READER, Log
from jxc_desktop.db.codec import decode_document
from jxc_desktop.db.engine import placeholders
from jxc_desktop.db.projections.additions import JOINED, JOINED_ACROSS
from jxc_desktop.db.projections.identity import Identities
from jxc_desktop.db.projections.move_rows import FROM, IN, START, move_of, to_move
from jxc_desktop.db.projections.period import Periods
from jxc_desktop.db.rules import shipped_rules
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.inventory.movement import Move
from jxc_desktop.domain.inventory.pool import Key
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.db.changelog import Record
    from jxc_desktop.db.engine import Session

MOST_MOVES = 20_000
"""An item that moved more often has no history of costs: working it out would take minutes."""

MOST_CORRECTIONS = 20_000
"""Records read from the log for one answer."""

_GROUP = 500
_ACTIONS = {DOCUMENT_POST: "post", DOCUMENT_AMEND: "amend", DOCUMENT_VOID: "void"}


class Version(NamedTuple):
    """A document after one of its records: its movements of the item, in the form the replay takes them.

    A fee moves nothing: it says what it `added` to which movements of receipts.
    """

    row: int
    hlc: int
    action: str
    document: int
    moves: list[Move]
    added: tuple[tuple[Key, int], ...] = ()


POSTED = (
    "SELECT d.id, d.posted_by, r.hlc FROM document d JOIN change_record r ON r.id = d.posted_by WHERE d.id IN ({marks})"
)
CORRECTED = (
    "SELECT DISTINCT d.id, d.uuid, d.posted_by FROM change_record r JOIN document d ON d.uuid = r.subject"
    " WHERE r.subject IS NOT NULL AND r.kind <> 'document.post' AND (r.kind = 'document.amend' OR (r.kind ="
    " 'document.void' AND EXISTS (SELECT 1 FROM item_line l WHERE l.document = d.id AND l.item = ?1)))"
)
FEES = (
    "SELECT a.document, r.id, r.hlc, r.kind, a.target_document, a.target_line, a.amount FROM value_addition a"  # noqa: S608
    " JOIN document f ON f.id = a.document JOIN change_record r ON r.id = f.record"
    f" WHERE a.item = ? AND a.state IN ({JOINED}, {JOINED_ACROSS}) ORDER BY r.id, a.line"
)
CORRECTIONS = (
    "WHERE subject = ? AND kind <> 'document.post' AND subject IS NOT NULL"
    " AND kind IN ('document.amend', 'document.void') ORDER BY id"
)


def versions(session: Session, item: int) -> list[Version]:
    """All versions of the documents that move an item or once did. Raises UserError where they are too many."""
    stored = session.rows(f"{FROM} LIMIT ?", (item, *START, MOST_MOVES + 1))
    corrected = session.rows(CORRECTED, (item,))
    if len(stored) > MOST_MOVES or len(corrected) > MOST_CORRECTIONS:
        raise UserError(Text("why.history.too_many", {"count": MOST_MOVES}))
    several = {row[0] for row in corrected}
    standing: dict[int, list[Move]] = {}
    for row in stored:
        move = move_of(row)
        if move.position[4] not in several:
            standing.setdefault(move.position[4], []).append(move)
    reader = _Reader(session, item)
    fees = _fees(session, item)
    _without_fees(standing, fees)
    found = [*_uncorrected(session, standing), *fees]
    for document, uuid, posted_by in corrected:
        found += reader.versions(document, uuid, posted_by)
    return sorted(found, key=lambda version: version.row)


def _fees(session: Session, item: int) -> list[Version]:
    """The fees that joined receipts of the item, as they stand: from the record that says so now."""
    found: dict[int, Version] = {}
    for document, row, hlc, kind, target, line, amount in session.rows(FEES, (item,)):
        before = found.get(document) or Version(row, hlc, _ACTIONS[kind], document, [])
        found[document] = before._replace(added=(*before.added, ((target, IN, line), amount)))
    return list(found.values())


def _without_fees(standing: dict[int, list[Move]], fees: list[Version]) -> None:
    """Receipts as they were before the fees joined them."""
    for key, amount in (each for fee in fees for each in fee.added):
        for move in standing.get(key[0], ()):
            if move.key == key:
                move.given_value -= amount


def _uncorrected(session: Session, standing: dict[int, list[Move]]) -> Iterator[Version]:
    keys = list(standing)
    for start in range(0, len(keys), _GROUP):
        some = keys[start : start + _GROUP]
        for document, row, hlc in session.rows(POSTED.format(marks=placeholders(len(some))), some):
            yield Version(row, hlc, "post", document, standing[document])


class _Reader:
    """Reads documents from the log and works out their movements of the item, as the projections do."""

    def __init__(self, session: Session, item: int) -> None:
        self._log = Log(session)
        self._item = item
        self._item_id = Id(session.value("SELECT uuid FROM item WHERE id = ?", (item,)).hex())
        self._ids: dict[str, Identities] = {
            kind: _Known(session, kind) for kind in ("item", "warehouse", "account", "document")
        }
        self._periods = Periods(session)
        self._rules = shipped_rules()

    def versions(self, document: int, uuid: bytes, posted_by: int) -> list[Version]:
        """The versions of a document, none where it never moved the item."""
        post = self._log.record(posted_by)
        found, is_void = [], False
        for record in (post, *self._log.read(CORRECTIONS, (uuid,))):
            if record.min_reader > READER:
                continue
            is_void = is_void or record.kind == DOCUMENT_VOID
            moves = [] if is_void else self._moves(document, post, record)
            found.append(Version(record.row, record.hlc, _ACTIONS[record.kind], document, moves))
        return found if any(version.moves for version in found) else []

    def _moves(self, document: int, post: Record, record: Record) -> list[Move]:
        content = decode_document(record.body)
        if all(line.item != self._item_id for line in content.lines):
            return []
        declared = document_type(content.type)
        day = content.date.year * 10_000 + content.date.month * 100 + content.date.day
        place = self._periods.place(day, record.stream, record.seq, is_opening=declared.is_opening)
        return [
            to_move(document, place, (post.hlc, post.stream), each, self._ids)
            for each in declared.effects(content, self._rules).movements
            if each.item == self._item_id
        ]


class _Known(Identities):
    """Local keys for what only reads: an id that this file has no card for gets a number of its own, below 0."""

    __slots__ = ()

    def introduce(self, uuid: Id) -> int:
        """The next number below 0."""
        key = self[uuid] = -len(self)
        return key
