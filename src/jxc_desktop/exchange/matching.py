"""How lines of returns find the lines they give back: each sold piece is given back at most once.

Pure and on plain integers. A return looks only at what was sold before it in the order of the documents; it takes
as much as is left of a line and goes on with the next, so one line of the file may become several.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.rounding import half_up
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from .rules import ReturnOf

DAY_SECONDS = 86_400


@value
class EarlierLine:
    """A line that is in the book already: its document and key, when it was sold, what is left of it in 10⁻⁶."""

    document: Id
    line: int
    moment: int
    left: int


class Piece(NamedTuple):
    """A part of a returned line: how much, and the line it came from; None is unlinked."""

    quantity: int
    source: int | EarlierLine | None


class Sold(NamedTuple):
    """A line that may be given back, or the line that gives back: its key, its quantity, when."""

    line: int
    key: tuple[int, ...]
    quantity: int
    moment: int


Left = dict[int | EarlierLine, int]
"""What is left of each line, shared by the shelves of one import."""

Earlier = Callable[[tuple[int, ...]], Iterable[EarlierLine]]
"""Key → the lines in the book that a return with this key may give back, earliest first."""


def no_earlier(_key: tuple[int, ...]) -> Iterable[EarlierLine]:
    """A book that has sold nothing yet."""
    return ()


class Shelf:
    """What has been sold so far and not been given back, by key, earliest first."""

    def __init__(self, rule: ReturnOf, *, earlier: Earlier = no_earlier, left: Left | None = None) -> None:
        self._rule, self._earlier = rule, earlier
        self._lines: dict[tuple[int, ...], deque[tuple[int | EarlierLine, int]]] = {}
        self._left: Left = {} if left is None else left

    def put(self, sold: Sold) -> None:
        """A line has been sold. Lines come in the order of their moments."""
        self._of(sold.key).append((sold.line, sold.moment))
        self._left.setdefault(sold.line, sold.quantity)

    def take(self, back: Sold) -> list[Piece]:
        """Give a line back: the pieces add up to its quantity, the last may be unlinked."""
        pieces: list[Piece] = []
        open_quantity = back.quantity
        lines = self._of(back.key)
        is_latest_first = self._rule.order == "latest_first"
        while open_quantity and lines:
            source, moment = lines[-1 if is_latest_first else 0]
            is_too_old = self._is_too_old(moment, back.moment)
            if is_too_old and is_latest_first:
                break
            left = 0 if is_too_old else self._left[source]
            taken = min(left, open_quantity)
            if taken:
                pieces.append(Piece(taken, source))
                self._left[source] = left - taken
                open_quantity -= taken
            if taken == left:
                (lines.pop if is_latest_first else lines.popleft)()
        if open_quantity:
            pieces.append(Piece(open_quantity, None))
        return pieces

    def _of(self, key: tuple[int, ...]) -> deque[tuple[int | EarlierLine, int]]:
        found = self._lines.get(key)
        if found is None:
            earlier = [(line, line.moment) for line in self._earlier(key)]
            for line, _ in earlier:
                self._left.setdefault(line, line.left)
            found = self._lines[key] = deque(earlier)
        return found

    def _is_too_old(self, sold: int, back: int) -> bool:
        days = self._rule.within_days
        return bool(days) and back // DAY_SECONDS - sold // DAY_SECONDS > days


def split_amount(amount: int, pieces: Sequence[Piece]) -> list[int]:
    """Spread a line's amount over its pieces by cumulative rounding, so that they add up to it exactly."""
    whole = sum(piece.quantity for piece in pieces)
    parts: list[int] = []
    quantity = given = 0
    for piece in pieces:
        quantity += piece.quantity
        share = half_up(amount * quantity, whole)
        parts.append(share - given)
        given = share
    return parts


def counts(links: Mapping[int, Sequence[Piece]]) -> tuple[int, int]:
    """How many pieces are linked and how many are not."""
    linked = sum(piece.source is not None for pieces in links.values() for piece in pieces)
    return linked, sum(len(pieces) for pieces in links.values()) - linked
