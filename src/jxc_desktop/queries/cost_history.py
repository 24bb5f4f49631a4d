"""What the cost of a line was before, and which document changed it.

Earlier costs are stored nowhere: they are worked out again. The records of all that moves the item are taken in the
order in which this file got them, and after each that may matter the history of the item is walked as it stood then.
Periods are taken as they are closed today.
"""

from __future__ import annotations

from bisect import insort
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.projections.handover import is_handed
from jxc_desktop.db.projections.method import read_regimes
from jxc_desktop.db.projections.move_rows import END
from jxc_desktop.domain.inventory.lane import Lane, Source
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.clock import Hlc, hlc_ms
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.text import Text

from .cost_moves import moves_of_document
from .cost_tree import Explainer
from .cost_versions import versions
from .document import find_document
from .plain import day_text
from .why import chosen_moves, direction_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.movement import Move, Position
    from jxc_desktop.domain.inventory.pool import Key, Pool, PoolKey
    from jxc_desktop.domain.inventory.regime import Regimes

    from .cost_moves import CostMove
    from .cost_versions import Version
    from .document import FoundDocument

MOST_STEPS = 3_000_000
"""Movements worked out for one answer: some ten seconds."""

_position = attrgetter("position")


class CostChange(NamedTuple):
    """A change of the cost: `before` is None where the line was posted, `cost` where it was taken out of the document.

    `action` is post, amend or void of the document named; a merge of two devices' records, which no single document
    made, has no document. `written_ms` is when the record was written.
    """

    written_ms: int
    action: str
    document: str
    type: str
    date: int
    before: Money | None
    cost: Money | None


HANDED_NOW = (
    "SELECT document, leg, line, own_value - given_value FROM stock_move"  # noqa: S608 — own number
    f" WHERE item = ? AND basis = {int(Basis.HANDED_OVER)}"
)
DOCUMENT = "SELECT number, type, date FROM document WHERE id = ?"


def cost_history(session: Session, *, reference: str, line: int = 0) -> list[CostChange]:
    """Every cost a line ever had, with the document whose record brought it, oldest first.

    Raises NotFound, Ambiguous, UserError where the document moved no stock, several lines of it did and none is
    named, or the item has moved too often to work it all out again.
    """
    found = find_document(session, reference)
    moves = moves_of_document(session, found.key)
    lines = sorted({move.line for move in chosen_moves(found, moves, line)})
    if len(lines) > 1:
        raise UserError(Text("why.history.which_line", {"number": found.number, "lines": lines}))
    move = next(move for move in moves if move.line == lines[0])
    direction = direction_of(found.type, moves)
    known = versions(session, move.item)
    handed_now = {(row[0], row[1], row[2]): row[3] for row in session.rows(HANDED_NOW, (move.item,))}
    past = Past(move.item, move.key, direction, read_regimes(session), handed_now)
    changes = list(_changes(session, known, past, found))
    return [*changes, *_unexplained(session, move, direction, changes)]


def _changes(session: Session, known: Sequence[Version], past: Past, found: FoundDocument) -> Sequence[CostChange]:
    changes: list[CostChange] = []
    before: int | None = None
    for version in known:
        if not past.take(version):
            continue
        cost = past.cost()
        if past.steps > MOST_STEPS:
            raise UserError(Text("why.history.too_long", {"number": found.number}))
        if cost != before:
            number, type_code, day = session.first(DOCUMENT, (version.document,)) or ("", "", 0)
            written = hlc_ms(Hlc(version.hlc))
            changes.append(CostChange(written, version.action, number, type_code, day, _money(before), _money(cost)))
            before = cost
    return changes


def _unexplained(
    session: Session, move: CostMove, direction: int, changes: Sequence[CostChange]
) -> Sequence[CostChange]:
    """Where records of several devices were merged, the cost now may be that of no order of them."""
    part = Explainer(session).total(move)
    now = Money(part.value if (move.quantity < 0) == (direction < 0) else -part.value)
    last = changes[-1] if changes else CostChange(0, "", "", "", 0, None, None)
    if last.cost == now:
        return ()
    return (CostChange(last.written_ms, "merge", "", "", 0, last.cost, now),)


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


class Past:
    """The history of an item as it stood after some of the records, and the cost of one line in it."""

    def __init__(self, item: int, key: Key, direction: int, regimes: Regimes, handed_now: Mapping[Key, int]) -> None:
        self._handed_now = handed_now
        self._item = item
        self._key = key
        self._direction = direction
        self._regimes = regimes
        self._moves: list[Move] = []
        self._standing: dict[int, list[Move]] = {}
        self._added: dict[Key, int] = {}
        self._horizon: Position = END
        self.steps = 0

    def take(self, version: Version) -> bool:
        """Let a document stand as one of its records says; whether that may change the cost of the line."""
        if version.added:
            return self._add(version)
        old = self._standing.get(version.document, [])
        self._standing[version.document] = version.moves
        if old:
            gone = {id(move) for move in old}
            self._moves = [move for move in self._moves if id(move) not in gone]
        for move in version.moves:
            move.given_value += self._added.get(move.key, 0)
            insort(self._moves, move, key=_position)
        first = min((move.position for move in (*old, *version.moves)), default=END)
        return self._key[0] in self._standing and (version.document == self._key[0] or first <= self._horizon)

    def _add(self, fee: Version) -> bool:
        """Let a fee join the receipts it is for; whether that may change the cost of the line."""
        first = END
        for key, amount in fee.added:
            self._added[key] = self._added.get(key, 0) + amount
            for move in self._standing.get(key[0], ()):
                if move.key == key:
                    move.given_value += amount
                    first = min(first, move.position)
        return self._key[0] in self._standing and first <= self._horizon

    def _hand_over(self, move: Move, feeder: Move | None) -> None:
        """What comes in takes what went out of its own line; of other items' lines what they hand over today."""
        if feeder is None:
            move.handed, move.parts = self._handed_now.get(move.key, 0), ()
        else:
            move.handed = -feeder.own_value
            move.parts = feeder.pieces_out if feeder.quantity == -move.quantity else ()

    def cost(self) -> int | None:
        """The cost of the line, positive in the direction of its document; None where the line is not there."""
        lane = Lane(self._item, _Nothing(self._regimes), self._regimes)
        line: Move | None = None
        variance = open_quantity = 0
        self._horizon = END
        out: dict[tuple[int, int], Move] = {}
        for move in self._moves:
            if is_handed(move):
                self._hand_over(move, out.get((move.position[4], move.position[6])))
            lane.step(move)
            self.steps += 1
            if move.quantity < 0:
                out[move.position[4], move.position[6]] = move
            for key, quantity, _provisional, difference in move.covers:
                if key == self._key:
                    variance += difference
                    open_quantity -= quantity
            if line is None and move.key == self._key:
                line, open_quantity = move, move.short_quantity
            if line is not None and not open_quantity:
                self._horizon = move.position
                break
        if line is None:
            return None
        # What goes out has a value below 0; what its shortage was found to cost more makes it dearer.
        return self._direction * (line.own_value - variance)


class _Nothing:
    """What a lane that starts at the first movement finds before it (`LaneStore`)."""

    def __init__(self, regimes: Regimes) -> None:
        self._regimes = regimes

    def pool(self, item: int, pool: PoolKey) -> Pool:
        """An empty pool."""
        del item, pool
        empty: Pool = self._regimes.method(0).POOL()
        return empty

    def turned(self, item: int, pool: Pool, method: ModuleType) -> Pool:
        """The pool of another method in the state of this one."""
        del item
        following: Pool = method.POOL()
        following.take_over(pool)
        return following

    def warehouse_quantity(self, item: int, warehouse: int) -> int:
        """Nothing."""
        del item, warehouse
        return 0

    def source(self, item: int, key: Key) -> Source:
        """A line nobody knows."""
        del item, key
        return Source(0, 0, 1)


def history_json(changes: Sequence[CostChange]) -> list[dict[str, Any]]:
    """The shape that --json prints; `written_at` is an instant in UTC."""
    return [
        {
            "written_at": datetime.fromtimestamp(each.written_ms // 1000, tz=UTC).isoformat(),
            "action": each.action,
            "document": each.document or None,
            "type": each.type or None,
            "date": day_text(each.date),
            "before": None if each.before is None else str(each.before),
            "cost": None if each.cost is None else str(each.cost),
        }
        for each in changes
    ]
