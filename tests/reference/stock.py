"""All movements of a book in canonical order, valued in one pass from the first to the last."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.reference.arithmetic import MICRO, half_up, spread
from tests.reference.layers import LayeredPool
from tests.reference.pool import Cover, Key, Piece, Pool, Taken
from tests.reference.steps import IN, OUT, Step, moves_stock, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.reference.records import Document

METHODS: dict[str, type[Pool]] = {"moving_average": Pool, "fifo": LayeredPool}


@dataclass
class Move:
    """A valued movement: signed quantity and value as they changed the stock when it happened.

    `own_value` is what the movement is worth by its own cost (a return: of the line it takes back), `variance` the
    difference of a supplier return, `cover_variance` what later receipts added to its provisional part.
    """

    key: Key
    item: str
    warehouse: str
    pool: str
    leg: int
    quantity: int
    own_value: int
    value: int
    variance: int = 0
    cover_variance: int = 0
    short_quantity: int = 0
    short_value: int = 0
    pool_quantity: int = 0
    pool_value: int = 0
    warehouse_quantity: int = 0
    covers: tuple[Cover, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def cost(self) -> int:
        """What the line cost by now: what left, with the differences of its covered shortage."""
        return self.cover_variance - self.value if self.leg == OUT else self.own_value


@dataclass
class Returned:
    """How much of a line has come back (or left again) so far, and at what cost."""

    quantity: int = 0
    value: int = 0


def fees_of(documents: Iterable[Document]) -> dict[Key, list[tuple[Document, int]]]:
    """Line of a receipt → the fees that joined it, each with the share of the line by quantity."""
    by_id = {document.id: document for document in documents}
    found: dict[Key, list[tuple[Document, int]]] = defaultdict(list)
    for fee in by_id.values():
        for allocation in fee.allocations if fee.type == "landed_cost" else ():
            lines = by_id[allocation.target].lines
            amount = -allocation.amount if fee.is_contrary else allocation.amount
            for line, share in zip(lines, spread(amount, [each.quantity for each in lines]), strict=True):
                found[allocation.target, line.key].append((fee, share))
    return found


class Stock:
    """The stock of a book: `moves` in canonical order, pools and quantities at the end."""

    def __init__(
        self, documents: Iterable[Document], *, taxpayer: str, is_pool_per_warehouse: bool, method: str
    ) -> None:
        self.moves: dict[Key, Move] = {}
        self.pools: dict[tuple[str, str], Pool] = defaultdict(METHODS[method])
        self.on_hand: dict[tuple[str, str], int] = defaultdict(int)
        self.went_short: list[Key] = []
        self.unheld: set[str] = set()
        self._returned: dict[Key, Returned] = defaultdict(Returned)
        self._is_pool_per_warehouse = is_pool_per_warehouse
        posted = list(documents)
        self.fees = fees_of(posted)
        for document in sorted(posted, key=lambda one: one.position):
            for step in steps_of(document, taxpayer) if moves_stock(document) else ():
                self._walk(step)

    def pool_of(self, warehouse: str) -> str:
        """The pool a warehouse's goods are costed in."""
        return warehouse if self._is_pool_per_warehouse else "book"

    def _walk(self, step: Step) -> None:
        line = step.line
        pool = self.pools[line.item, self.pool_of(line.warehouse)]
        move = self._valued(step, pool, Fraction(line.reference_cost * 100, MICRO * MICRO))
        for cover in move.covers:
            self.moves[cover.issue].cover_variance += cover.variance
        self.on_hand[line.item, line.warehouse] += move.quantity
        move.pool_quantity, move.pool_value = pool.quantity, pool.value
        move.warehouse_quantity = self.on_hand[line.item, line.warehouse]
        if move.warehouse_quantity < 0:
            self.went_short.append(move.key)
        self.moves[step.key] = move

    def _valued(self, step: Step, pool: Pool, reference: Fraction) -> Move:
        if step.is_count:
            return self._count(step, pool, reference)
        if step.is_transfer and not self._is_pool_per_warehouse:
            return self._shift(step, pool)
        source = self.moves.get(step.source) if step.source else None
        if step.is_revaluation:
            return self._revalue(step, source, pool)
        if step.is_uncount and source is not None:
            return self._uncount(step, source, pool, reference)
        if step.leg == OUT:
            return self._out(step, source, pool, reference)
        if step.fed_by:
            step = replace(step, worth=sum(self._handed(*feeder) for feeder in step.fed_by))
        return self._in(step, source, pool, reference)

    def _handed(self, key: Key, begin: int, end: int) -> int:
        """The share of what a line left with."""
        cost = -self.moves[key].value
        return half_up(Fraction(cost * end, MICRO)) - half_up(Fraction(cost * begin, MICRO))

    def _shift(self, step: Step, pool: Pool) -> Move:
        """From one place to another inside a pool: its share of the value goes along."""
        if step.leg == IN:
            quantity, value = step.quantity, sum(self._handed(*feeder) for feeder in step.fed_by)
        else:
            there = max(min(step.quantity, pool.quantity), 0)
            quantity, value = -step.quantity, -half_up(Fraction(pool.value * there, pool.quantity)) if there else 0
        pool.shift(quantity, value)
        return self._move(step, quantity, value)

    def _out(self, step: Step, source: Move | None, pool: Pool, reference: Fraction) -> Move:
        if source is None:
            return self._taken(step, pool.take(step.key, step.quantity, reference))
        asked = self._share_of_source(step, source, source.own_value)
        self._note_return(step, asked)
        taken = pool.take(step.key, step.quantity, reference, asked=asked, of=step.source)
        return self._taken(step, taken, asked)

    def _in(self, step: Step, source: Move | None, pool: Pool, reference: Fraction) -> Move:
        if source is not None:
            value = pool.capped(self._share_of_source(step, source, source.cost))
            self._note_return(step, value)
        elif step.worth is not None:
            value = step.worth + sum(amount for _fee, amount in self.fees.get(step.key, ()))
        else:
            value = half_up(step.quantity * pool.unit_cost(reference))
        pieces = self.moves[step.fed_by[0][0]].pieces if step.is_transfer else ()
        covers = pool.put(step.key, step.quantity, value, first=step.source, pieces=pieces)
        return self._move(step, step.quantity, value, covers=tuple(covers))

    def _count(self, step: Step, pool: Pool, reference: Fraction) -> Move:
        on_hand = self.on_hand[step.line.item, step.line.warehouse]
        given = step.line.unit_cost
        unit_cost = None if given is None else Fraction(given * 100, MICRO * MICRO)
        done = pool.count(step.key, step.quantity, on_hand, unit_cost=unit_cost, reference=reference)
        move = self._move(step, step.quantity - on_hand, done.value, covers=done.covers)
        return replace(move, short_quantity=done.short_quantity, short_value=done.short_value)

    def _uncount(self, step: Step, source: Move, pool: Pool, reference: Fraction) -> Move:
        """Move minus the difference of a count at its value, as far as the pool may hold that."""
        if source.quantity > 0:
            taken = pool.take_again(step.key, source.quantity, reference, source.value, source.key)
            return self._taken(step, taken, source.value, quantity=source.quantity)
        if source.quantity == 0:
            return self._move(step, 0, pool.revalue(pool.value - source.value), own=-source.value)
        value = pool.capped(source.cover_variance - source.value)
        covers = pool.put(step.key, -source.quantity, value, first=source.key)
        return self._move(step, -source.quantity, value, covers=tuple(covers))

    def _revalue(self, step: Step, source: Move | None, pool: Pool) -> Move:
        """Change the value of what is there: by an amount, to a unit cost, or by what the source changed it, back."""
        if source is not None:
            wanted = -source.value
        elif step.line.unit_cost is not None:
            wanted = half_up(Fraction(max(pool.quantity, 0) * step.line.unit_cost * 100, MICRO * MICRO)) - max(
                pool.value, 0
            )
        else:
            wanted = step.worth or 0
        done = pool.revalue(pool.value + wanted)
        if done != wanted or pool.quantity <= 0:
            self.unheld.add(step.key[0])
        move = self._move(step, 0, done)
        move.variance = wanted - done
        return move

    def _share_of_source(self, step: Step, source: Move, cost: int) -> int:
        before = self._returned[source.key]
        so_far = before.quantity + step.quantity
        return half_up(Fraction(cost * so_far, abs(source.quantity))) - before.value

    def _note_return(self, step: Step, value: int) -> None:
        assert step.source is not None
        returned = self._returned[step.source]
        returned.quantity += step.quantity
        returned.value += value

    def _taken(self, step: Step, taken: Taken, asked: int | None = None, *, quantity: int | None = None) -> Move:
        out = step.quantity if quantity is None else quantity
        own = taken.value if asked is None else asked
        move = self._move(step, -out, -taken.value, own=-own)
        move.variance = taken.value - own
        move.short_quantity, move.short_value = taken.short_quantity, taken.short_value
        move.pieces = taken.pieces
        return move

    def _move(
        self, step: Step, quantity: int, value: int, *, own: int | None = None, covers: tuple[Cover, ...] = ()
    ) -> Move:
        line = step.line
        return Move(
            key=step.key,
            item=line.item,
            warehouse=line.warehouse,
            pool=self.pool_of(line.warehouse),
            leg=step.leg,
            quantity=quantity,
            own_value=value if own is None else own,
            value=value,
            covers=covers,
        )
