"""Explains the cost of a movement: the tree of what it took, what that was made of, and what was found out later.

Kinds of parts: `issue` what left with a line, `pool` what it took of what lay there, `short` what was not there,
`cover` the movement that brought it later (`estimate` what was assumed, `variance` how much it differed), `provisional`
what is still assumed; sources of a pool are `receipt`, `return`, `supplier_return`, `count`, `revaluation`,
`handed_over` (what came in for what went out, its children, and a `fee`), `late_addition` (a fee that came when the
month of its receipt was closed), `current_cost`, `earlier` stock and `more`, the rest of many. A receipt that fees
joined is its `price` and each `addition`. A movement that takes a line back has that line as its child, and a
`return_variance` where it could not take all of that. To explain a new basis: one function in `_OF_BASIS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.projections.method import read_regimes
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.rounding import MICRO, half_up

from .cost_moves import LAST, covers_of_line, feeders_of, fees_of, move_at, moves_before
from .cost_part import Part, fewer
from .layer_sources import layer_shares, taken_layers
from .pool_composition import shares, source_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.db.engine import Session

    from .cost_moves import CostMove, Place

MOST_MOVES = 2_000
"""Movements read back in one pool; older stock is summed up."""

MOST_WALKS = 4
"""Pools read back in full for one tree: that of the line and of lines it took back."""

EXPLAINED_DEEPER = frozenset({"receipt", "return", "handed_over"})
"""The sources of a pool that are made of something themselves."""

DEEPEST = 3
"""Lines explained inside each other."""


class Explainer:
    """Explains movements of one tree; what was read so far limits how far it goes on."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._regimes = read_regimes(session)
        self._left = MOST_MOVES * MOST_WALKS

    def explain(self, move: CostMove, *, until: Place = LAST, depth: int = 0) -> Part:
        """The cost of a movement in its own direction, as it was known before a place."""
        explain = _OF_BASIS.get(Basis(move.basis), Explainer._at_current_cost)
        return explain(self, move, until, depth)

    def _as_given(self, move: CostMove, _until: Place, _depth: int) -> Part:
        return Part(source_kind(move), move.quantity, move.own_value, move)

    def _received(self, move: CostMove, _until: Place, _depth: int) -> Part:
        """What was paid for the goods, and the fees that joined it."""
        fees = [Part("addition", 0, amount, by) for by, amount in fees_of(self._session, move)]
        price = move.own_value - sum(fee.value for fee in fees)
        children = [Part("price", move.quantity, price), *fees] if fees else []
        return Part(source_kind(move), move.quantity, move.own_value, move, children=fewer(children))

    def _at_current_cost(self, move: CostMove, until: Place, depth: int) -> Part:
        if move.quantity < 0:
            return self._issue(move, until, depth)
        part = Part(source_kind(move), move.quantity, move.own_value, move)
        if move.quantity and move.quantity_before > 0:
            part.children = self._sources(move, move.quantity, move.own_value, depth)
        return part

    def _handed_over(self, move: CostMove, _until: Place, depth: int) -> Part:
        """What comes in at the cost of what went out of its document, and the fee that was paid for it."""
        children = []
        for feeder, begin, end in feeders_of(self._session, move):
            part = self._whole(feeder, feeder.place, depth)
            share = half_up(-feeder.own_value * end, MICRO) - half_up(-feeder.own_value * begin, MICRO)
            quantity = half_up(-feeder.quantity * end, MICRO) - half_up(-feeder.quantity * begin, MICRO)
            children.append(part.take_share(quantity, share))
        fee = move.own_value - sum(child.value for child in children)
        if fee:
            children.append(Part("fee", 0, fee))
        return Part(source_kind(move), move.quantity, move.own_value, move, children=fewer(children))

    def _by_count(self, move: CostMove, until: Place, depth: int) -> Part:
        if not move.sets_cost:
            return self._at_current_cost(move, until, depth)
        sign = -1 if move.quantity < 0 else 1
        return Part("count", sign * move.quantity, sign * move.own_value, move)

    def _issue(self, move: CostMove, until: Place, depth: int) -> Part:
        taken, worth = -move.quantity - move.short_quantity, -move.own_value - move.short_value
        whole = move.quantity_before, move.value_before
        children = []
        if taken:
            children.append(Part("pool", taken, worth, whole=whole, children=self._sources(move, taken, worth, depth)))
        if move.short_quantity:
            children.append(self._short(move, until))
        return Part("issue", -move.quantity, sum(child.value for child in children), move, children=children)

    def _sources(self, move: CostMove, quantity: int, worth: int, depth: int) -> list[Part]:
        """What a pool was made of just before a movement, as shares of what it took."""
        parts = fewer(self._pool_parts(move, quantity, worth))
        for part in parts:
            if part.kind in EXPLAINED_DEEPER and part.move is not None and depth + 1 < DEEPEST:
                # A share of what came back, or was made, is made of what all of it was made of.
                whole = self.explain(part.move, until=part.move.place, depth=depth + 1)
                part.children = whole.take_share(part.quantity, part.value).children
        return parts

    def _pool_parts(self, move: CostMove, quantity: int, worth: int) -> list[Part]:
        if self._regimes.method(move.period).IS_LAYERED:
            if move.quantity < 0:
                return taken_layers(self._session, move)
            return layer_shares(self._session, move, quantity, worth)
        most = min(self._left, MOST_MOVES)
        if most <= 0:
            return []
        before = _Counted(self._session, move, most)
        parts = shares(iter(before), quantity, worth)
        self._left -= before.read
        return parts

    def _short(self, move: CostMove, until: Place) -> Part:
        covers = covers_of_line(self._session, move, until)
        children = []
        for cover in covers:
            by = move_at(self._session, move.item, cover.key)
            known = [Part("estimate", cover.quantity, cover.value)]
            if cover.variance:
                known.append(Part("variance", 0, cover.variance))
            children.append(Part("cover", cover.quantity, cover.value + cover.variance, by, children=known))
        still = move.short_quantity - sum(cover.quantity for cover in covers)
        if still:
            assumed = move.short_value - sum(cover.value for cover in covers)
            children.append(Part("provisional", still, assumed))
        worth = sum(child.value for child in children)
        return Part("short", move.short_quantity, worth, children=fewer(children))

    def _take_back(self, move: CostMove, until: Place, depth: int) -> Part:
        """A return or reversal: its share of what the line it takes back came in or left with."""
        source = self._source_of(move)
        if source is None:
            return self._at_current_cost(move, until, depth)
        sign = -1 if move.quantity < 0 else 1
        wanted = sign * (move.own_value + move.variance)
        children = [self._whole(source, move.place, depth).take_share(sign * move.quantity, wanted)]
        if move.variance:
            children.append(Part("return_variance", 0, -sign * move.variance))
        children += self._differences(move, until) if move.short_quantity else []
        kind = "return" if sign > 0 else "supplier_return"
        return Part(kind, sign * move.quantity, sum(child.value for child in children), move, children=children)

    def _whole(self, source: CostMove, until: Place, depth: int) -> Part:
        """A line that is taken back, at all that it cost when that happened."""
        return self.explain(source, until=until, depth=depth + 1) if depth + 1 < DEEPEST else self.total(source, until)

    def total(self, move: CostMove, until: Place = LAST) -> Part:
        """The cost of a movement in its own direction without what it is made of."""
        sign = -1 if move.quantity < 0 else 1
        later = (
            sum(cover.variance for cover in covers_of_line(self._session, move, until)) if move.short_quantity else 0
        )
        kind = "issue" if sign < 0 else source_kind(move)
        return Part(kind, sign * move.quantity, sign * move.own_value + later, move)

    def _differences(self, move: CostMove, until: Place) -> list[Part]:
        """What covers of its own shortage were found to differ by."""
        covers = covers_of_line(self._session, move, until)
        return [
            Part("variance", 0, cover.variance, move_at(self._session, move.item, cover.key))
            for cover in covers
            if cover.variance
        ]

    def _source_of(self, move: CostMove) -> CostMove | None:
        """The line a movement takes back; one that stands behind it, or moved nothing, gave it no cost."""
        if move.source is None:
            return None
        source = move_at(self._session, move.item, move.source)
        return source if source is not None and source.quantity and source.place < move.place else None


class _Counted:
    """The movements before one, counting how many were read."""

    def __init__(self, session: Session, move: CostMove, most: int) -> None:
        self._moves = moves_before(session, move, most)
        self.read = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> CostMove:
        self.read += 1
        return next(self._moves)


_OF_BASIS: dict[Basis, Callable[[Explainer, CostMove, Place, int], Part]] = {
    Basis.GIVEN: Explainer._received,  # noqa: SLF001 — its own
    Basis.LATE_ADDITION: Explainer._as_given,  # noqa: SLF001
    Basis.CURRENT: Explainer._at_current_cost,  # noqa: SLF001
    Basis.REVALUE: Explainer._as_given,  # noqa: SLF001
    Basis.HANDED_OVER: Explainer._handed_over,  # noqa: SLF001
    Basis.OF_ISSUE: Explainer._take_back,  # noqa: SLF001
    Basis.OF_RECEIPT: Explainer._take_back,  # noqa: SLF001
    Basis.COUNT: Explainer._by_count,  # noqa: SLF001
    Basis.OF_COUNT: Explainer._take_back,  # noqa: SLF001
}
