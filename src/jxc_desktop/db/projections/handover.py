"""What goes out of a document hands its cost over to what comes in: transfers from place to place, parts to products.

The shares stand on the cost edges. What comes in is told what it takes before it is worked out: by the document that is
being posted, in a replay by what is stored and by what that walk has already worked out anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.domain.inventory.pool import Key
from jxc_desktop.kernel.rounding import MICRO, half_up

from .layers import stored_pieces
from .move_rows import IN, OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.effects import Handover
    from jxc_desktop.domain.inventory.movement import Move, Piece

HANDOVER = "handover"
_BASES = frozenset({int(Basis.HANDED_OVER), int(Basis.WITHIN)})
FEEDERS = (
    "SELECT e.target_document, e.target_leg, e.target_line, e.item, e.document, e.leg, e.line, e.share_begin,"
    " e.share_end, m.own_value, m.quantity FROM cost_edge e JOIN document d ON d.id = e.document"
    " JOIN stock_move m ON m.item = e.item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " AND m.leg = e.leg AND m.line = e.line WHERE e.target_item = ? AND e.kind = 'handover'"
)


def is_handed(move: Move) -> bool:
    """Whether the movement takes its value from others of its document."""
    return move.basis in _BASES and move.quantity > 0


def handed_share(own_value: int, begin: int, end: int) -> int:
    """The share of what left (an own value of 0 or less) between two marks in 10⁻⁶."""
    return half_up(-own_value * end, MICRO) - half_up(-own_value * begin, MICRO)


class _Feeder(NamedTuple):
    """A movement that goes out, by its item and key, and the share of it that is handed over."""

    item: int
    key: Key
    begin: int
    end: int
    own_value: int
    quantity: int

    def is_same(self, move: Move) -> bool:
        """Whether it hands all that it took over to a movement of the same goods: its layers go along."""
        return self.item == move.item and self.quantity == -move.quantity and (self.begin, self.end) == (0, MICRO)


class PostedHandovers:
    """The handovers of a document that is being posted."""

    def __init__(self, moves: Iterable[Move], handovers: Iterable[Handover]) -> None:
        by_place = {(move.position[5], move.position[6]): move for move in moves}
        self._feeders: dict[Key, list[tuple[Move, int, int]]] = {}
        self.edges: list[tuple[object, ...]] = []
        for each in handovers:
            feeder, target = by_place[OUT, each.line], by_place[IN, each.target]
            shares = each.begin.micro, each.end.micro
            self._feeders.setdefault(target.key, []).append((feeder, *shares))
            self.edges.append((feeder.item, *feeder.key, target.item, *target.key, HANDOVER, *shares))

    def feeding_items(self, move: Move) -> set[int]:
        """The items whose movements feed this one."""
        return {feeder.item for feeder, _begin, _end in self._feeders.get(move.key, ())}

    def handed(self, move: Move) -> int:
        """What is handed over to a movement, where all that feeds it is worked out."""
        return sum(handed_share(feeder.own_value, begin, end) for feeder, begin, end in self._feeders[move.key])

    def parts(self, move: Move) -> Sequence[Piece]:
        """The layers that are handed over with the same goods."""
        (feeder, begin, end), *others = self._feeders[move.key]
        as_stored = _Feeder(feeder.item, feeder.key, begin, end, feeder.own_value, feeder.quantity)
        return feeder.pieces_out if not others and as_stored.is_same(move) else ()


class StoredHandovers:
    """All handovers to the movements of one item, with what their feeders are worth in the book."""

    def __init__(self, session: Session, item: int) -> None:
        self._item = item
        self._feeders: dict[Key, list[_Feeder]] = {}
        self._own: set[Key] = set()
        self._session = session
        self._walked: dict[Key, Move] = {}
        for row in session.rows(FEEDERS, (item,)):
            feeder = _Feeder(row[3], (row[4], row[5], row[6]), row[7], row[8], row[9], row[10])
            self._feeders.setdefault((row[0], row[1], row[2]), []).append(feeder)
            if feeder.item == item:
                self._own.add(feeder.key)

    def note(self, move: Move) -> None:
        """A movement of the item was worked out anew."""
        if move.key in self._own:
            self._walked[move.key] = move

    def handed(self, move: Move) -> int:
        """What is handed over to a movement of the item."""
        return sum(
            handed_share(self._own_value(feeder), feeder.begin, feeder.end)
            for feeder in self._feeders.get(move.key, ())
        )

    def parts(self, move: Move) -> Sequence[Piece]:
        """The layers that are handed over with the same goods."""
        feeders = self._feeders.get(move.key, [])
        if len(feeders) != 1 or not feeders[0].is_same(move):
            return ()
        walked = self._walked.get(feeders[0].key)
        if walked is not None:
            return walked.pieces_out
        place = (*move.position[:5], *feeders[0].key[1:])
        return stored_pieces(self._session, self._item, place)

    def _own_value(self, feeder: _Feeder) -> int:
        walked = self._walked.get(feeder.key) if feeder.item == self._item else None
        return feeder.own_value if walked is None else walked.own_value
