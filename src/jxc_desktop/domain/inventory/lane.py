"""One item's history walked forward: each movement gets its value from the state before it.

A lane holds the pools and warehouse quantities of an item at one position. `step` works out one movement and moves on.
Whoever drives it loads the state, feeds movements in canonical order and stores what came out; posting at the end of
the history and replaying from the middle of it are the same walk from another start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from jxc_desktop.kernel.rounding import half_up

from .layer import LayeredPool
from .movement import Basis, Move

if TYPE_CHECKING:
    from types import ModuleType

    from .covering import Taken
    from .pool import Key, Pool, PoolKey
    from .regime import Regimes

FEN_PER_UNIT_PRICE = 10**10
CURRENT, GIVEN = int(Basis.CURRENT), int(Basis.GIVEN)


class Source:
    """A line others take back: its cost so far and what already came back of it (10⁻⁶, fen).

    `sign` is 1 where it came in and -1 where it went out; quantity and cost are those of that direction.
    """

    __slots__ = ("cost", "quantity", "returned_quantity", "returned_value", "sign")

    def __init__(
        self, cost: int, quantity: int, sign: int, *, returned_quantity: int = 0, returned_value: int = 0
    ) -> None:
        self.cost = cost
        self.quantity = quantity
        self.sign = sign
        self.returned_quantity = returned_quantity
        self.returned_value = returned_value


class LaneStore(Protocol):
    """What a lane asks for when it meets something that happened before its start."""

    def pool(self, item: int, pool: PoolKey) -> Pool:
        """The state of a pool at the start of the walk."""
        ...

    def warehouse_quantity(self, item: int, warehouse: int) -> int:
        """What a warehouse held at the start of the walk."""
        ...

    def turned(self, item: int, pool: Pool, method: ModuleType) -> Pool:
        """The pool of another method in the state of this one."""
        ...

    def source(self, item: int, key: Key) -> Source:
        """A source line as it stood at the start of the walk; a line nobody knows has quantity 0."""
        ...


class Lane:
    """The walk of one item."""

    __slots__ = (
        "_begins",
        "_changes",
        "_covered",
        "_is_layered",
        "_method",
        "_period",
        "_regimes",
        "_sources",
        "_store",
        "_walked",
        "item",
        "pools",
        "warehouses",
    )

    def __init__(self, item: int, store: LaneStore, regimes: Regimes) -> None:
        self.item = item
        self._store = store
        self._regimes = regimes
        self._changes = bool(regimes.changes)
        self._turn_to(0)
        self.pools: dict[PoolKey, Pool] = {}
        self.warehouses: dict[int, int] = {}
        self._walked: dict[Key, tuple[int, int]] = {}
        self._sources: dict[Key, Source] = {}
        self._covered: dict[Key, int] = {}

    def forget_sources(self) -> None:
        """Everything walked so far is stored now: sources are read from the store again when they are needed."""
        self._walked.clear()
        self._sources.clear()
        self._covered.clear()

    def _turn_to(self, period: int) -> None:
        """The movements of another month follow."""
        self._period = period
        self._method = self._regimes.method(period)
        self._is_layered: bool = self._method.IS_LAYERED
        self._begins: bool = self._is_layered or self._method.IS_MONTHLY

    def step(self, move: Move) -> None:
        """Work out one movement and advance the state."""
        if self._changes and move.position[0] != self._period:
            self._turn_to(move.position[0])
        pool = self.pools.get(move.pool)
        if pool is None:
            pool = self.pools[move.pool] = self._store.pool(self.item, move.pool)
        warehouse = move.warehouse
        there = self.warehouses.get(warehouse)
        if there is None:
            there = self._store.warehouse_quantity(self.item, warehouse)
        move.variance = move.short_quantity = move.short_value = 0
        move.covers = move.cover_accounts = ()
        if self._changes and pool.__class__ is not self._method.POOL:
            pool = self._pass_over(move, pool)
        elif self._begins:
            pool.begin(move)  # type: ignore[attr-defined]
        basis = move.basis
        if basis == CURRENT and move.quantity < 0:
            self._issue(move, pool)
        elif basis == GIVEN:
            self._bring(move, pool, move.given_value)
        else:
            self._special(move, pool, there)
        if self._is_layered:
            move.made, move.taken = pool.made, pool.taken  # type: ignore[attr-defined]
        self.warehouses[warehouse] = move.warehouse_quantity = there + move.quantity
        move.pool_quantity = pool.quantity
        move.pool_value = pool.value
        move.last_value = pool.last_value
        move.last_quantity = pool.last_quantity

    def _pass_over(self, move: Move, pool: Pool) -> Pool:
        """What a pool holds passes over at its value; where the next method keeps layers, as one."""
        following = self.pools[move.pool] = self._store.turned(self.item, pool, self._method)
        if self._begins:
            following.begin(move)  # type: ignore[attr-defined]
        if isinstance(pool, LayeredPool):
            pool.begin(move)
            pool.close_layers()
            move.made, move.taken = (), pool.taken
        if isinstance(following, LayeredPool):
            following.open_layer()
        return following

    def _special(self, move: Move, pool: Pool, there: int) -> None:
        basis = move.basis
        if basis == Basis.CURRENT:
            self._bring(move, pool, self._method.current_value(pool, move.quantity, move.reference_cost))
        elif basis == Basis.OF_ISSUE:
            self._take_back(move, pool)
        elif basis == Basis.OF_RECEIPT:
            self._give_back(move, pool)
        elif basis == Basis.COUNT:
            self._count(move, pool, there)
        elif basis == Basis.HANDED_OVER:
            self._bring(move, pool, move.given_value + move.handed)
        elif basis == Basis.WITHIN:
            self._shift(move, pool, move.handed if move.quantity > 0 else -_share(pool, -move.quantity))
        elif basis == Basis.REVALUE:
            self._revalue(move, pool)
        elif basis == Basis.LATE_ADDITION:
            self._add_late(move, pool)
        elif basis == Basis.PASSED_OVER:
            self._note_change(move, 0)
        else:
            self._uncount(move, pool)

    def _issue(self, move: Move, pool: Pool) -> None:
        self._leave(move, pool, self._method.issue(pool, move.key, -move.quantity, move.reference_cost))

    def _leave(self, move: Move, pool: Pool, taken: Taken) -> None:
        key = move.key
        value, short, move.short_value = taken
        move.own_value = move.value = -value
        if short:
            move.short_quantity = short
            pool.touched[key].account = move.counter_account
        self._walk(key, move)

    def _bring(self, move: Move, pool: Pool, value: int, own: Key | None = None) -> None:
        before = pool.value
        covers = self._method.receive(pool, move.quantity, value, own)
        move.own_value = value
        move.value = pool.value - before
        if covers:
            move.covers = covers
            move.cover_accounts = [pool.touched[cover[0]].account for cover in covers]
            for key, _quantity, _provisional, variance in covers:
                self._cover(key, variance)
        self._walk(move.key, move)

    def _walk(self, key: Key, move: Move) -> None:
        """Note what a line is worth as a source; a `Source` is made of it when something takes it back."""
        self._walked[key] = (move.own_value, move.quantity)
        if self._sources:
            self._sources.pop(key, None)

    def _cover(self, key: Key, variance: int) -> None:
        source = self._sources.get(key)
        if source is None:
            self._covered[key] = self._covered.get(key, 0) + variance
        else:
            source.cost += variance

    def _source(self, key: Key) -> Source:
        source = self._sources.get(key)
        if source is None:
            walked = self._walked.get(key)
            source = self._store.source(self.item, key) if walked is None else _source_of(*walked)
            source.cost += self._covered.pop(key, 0)
            self._sources[key] = source
        return source

    def _take_back(self, move: Move, pool: Pool) -> None:
        assert move.source is not None
        source = self._source(move.source)
        if source.quantity <= 0:
            self._bring(move, pool, self._method.current_value(pool, move.quantity, move.reference_cost))
            return
        back = source.returned_quantity + move.quantity
        # Covers may have lowered the cost since an earlier return: nothing comes in at less than 0.
        value = max(half_up(source.cost * back, source.quantity) - source.returned_value, 0)
        source.returned_quantity = back
        source.returned_value += value
        self._bring(move, pool, value, move.source)

    def _give_back(self, move: Move, pool: Pool) -> None:
        assert move.source is not None
        source = self._source(move.source)
        wanted = None
        if source.quantity > 0:
            back = source.returned_quantity - move.quantity
            wanted = half_up(source.cost * back, source.quantity) - half_up(
                source.cost * source.returned_quantity, source.quantity
            )
            source.returned_quantity = back
        if wanted is None:
            self._issue(move, pool)
        else:
            quantity, key, reference = -move.quantity, move.key, move.reference_cost
            self._leave(move, pool, self._method.give_back(pool, key, quantity, wanted, move.source, reference))
            move.variance = -move.own_value - wanted

    def _count(self, move: Move, pool: Pool, there: int) -> None:
        assert move.counted is not None
        move.quantity = move.counted - there
        if move.unit_cost is None:
            self._adjust(move, pool)
        else:
            self._adjust_to_cost(move, pool, there, move.unit_cost)

    def _adjust(self, move: Move, pool: Pool) -> None:
        if move.quantity < 0:
            self._issue(move, pool)
        elif move.quantity > 0:
            self._bring(move, pool, self._method.current_value(pool, move.quantity, move.reference_cost))
        else:
            self._change(move, pool, 0)

    def _adjust_to_cost(self, move: Move, pool: Pool, there: int, unit_cost: int) -> None:
        if pool.quantity > 0 and there > 0 and pool.quantity + move.quantity > 0:
            # Where other warehouses are short, the pool holds less than lies here.
            held = min(there, pool.quantity)
            worth = half_up((held + move.quantity) * unit_cost, FEN_PER_UNIT_PRICE)
            value = worth - half_up(pool.value * held, pool.quantity)
            self._method.set_cost(pool, move.quantity, value, is_whole=held == pool.quantity)
            self._note_change(move, value)
        elif move.quantity > 0:
            is_whole_pool = there == pool.quantity
            self._bring(move, pool, half_up(move.quantity * unit_cost, FEN_PER_UNIT_PRICE))
            if is_whole_pool:
                self._top_up(move, pool, half_up(pool.quantity * unit_cost, FEN_PER_UNIT_PRICE))
        else:
            self._adjust(move, pool)

    def _top_up(self, move: Move, pool: Pool, worth: int) -> None:
        """What is left after covering is worth what was counted; the shares of the covers may be a fen off it."""
        change = worth - pool.value
        self._method.change(pool, 0, change, None)
        move.value += change
        move.own_value += change
        self._walked[move.key] = (move.own_value, move.quantity)

    def _shift(self, move: Move, pool: Pool, value: int) -> None:
        """What stays in the pool is the same to its layers, whichever warehouse it lies in."""
        pool.quantity += move.quantity
        pool.value += value
        self._note_change(move, value)

    def _change(self, move: Move, pool: Pool, value: int) -> None:
        self._method.change(pool, move.quantity, value, move.source)
        self._note_change(move, value)

    def _note_change(self, move: Move, value: int) -> None:
        move.own_value = move.value = value
        self._walk(move.key, move)

    def _revalue(self, move: Move, pool: Pool) -> None:
        """As far as the pool may hold it: never below 0, and nothing where no goods are."""
        there = max(pool.quantity, 0)
        if move.source is not None:
            wanted = -self._source(move.source).cost
        elif move.unit_cost is not None:
            wanted = half_up(there * move.unit_cost, FEN_PER_UNIT_PRICE) - (pool.value if there else 0)
        else:
            wanted = move.given_value
        self._change(move, pool, max(wanted, -pool.value) if there else 0)
        move.variance = wanted - move.own_value

    def _add_late(self, move: Move, pool: Pool) -> None:
        """What of a fee finds the goods it was for; the variance is what came too late for them."""
        assert move.source is not None
        received = self._source(move.source).quantity
        share = 0
        if received > 0 and pool.quantity > 0:
            share = self._method.add_late(pool, move.given_value, received, move.source)
        self._note_change(move, share)
        move.variance = move.given_value - share

    def _uncount(self, move: Move, pool: Pool) -> None:
        assert move.source is not None
        source = self._source(move.source)
        wanted = -source.sign * source.cost
        move.quantity = -source.sign * source.quantity
        if move.quantity < 0 and pool.quantity + move.quantity <= 0:
            self._issue(move, pool)
        elif move.quantity > 0 and pool.quantity <= 0:
            self._bring(move, pool, max(wanted, 0), move.source)
        else:
            self._change(move, pool, max(wanted, -pool.value) if pool.quantity > 0 else 0)
        move.variance = wanted - move.own_value


def _share(pool: Pool, quantity: int) -> int:
    """What of a pool's value goes along with a quantity that comes back into it: never more than is there."""
    return half_up(pool.value * min(quantity, pool.quantity), pool.quantity) if pool.quantity > 0 else 0


def _source_of(own_value: int, quantity: int) -> Source:
    sign = -1 if quantity < 0 else 1
    return Source(sign * own_value, sign * quantity, sign)
