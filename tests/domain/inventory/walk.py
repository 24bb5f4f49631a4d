"""A history of one item in a few words, and the walk over it: what the tests of costing speak.

Quantities are pieces and amounts yuan, both decimal strings. `Stored` answers a lane from the movements walked so far,
the way a book does it from its tables; `Engine` is the costing code under test, so that a damaged one can be tried too.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.domain.inventory import lane, layer, movement, pool
from jxc_desktop.domain.inventory.costing import fifo, moving_average
from jxc_desktop.domain.inventory.movement import Basis, Move
from jxc_desktop.domain.inventory.pool import PoolKey
from jxc_desktop.domain.inventory.regime import Regimes
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, UnitPrice

if TYPE_CHECKING:
    from collections.abc import Collection

    from jxc_desktop.domain.inventory.lane import Source
    from jxc_desktop.domain.inventory.layer import Layer, LayerKey
    from jxc_desktop.domain.inventory.pool import Key, Pool

ITEM = 7
NO_KEY = (0, 0, 0)


class Engine(NamedTuple):
    """The modules that work out costs."""

    pool: ModuleType = pool
    movement: ModuleType = movement
    lane: ModuleType = lane
    method: ModuleType = moving_average
    layer: ModuleType = layer


REAL = Engine()
REAL_FIFO = Engine(method=fifo)


class Stored:
    """What was walked, answering for the state after it (`LaneStore`)."""

    def __init__(self, engine: Engine, walked: list[Move]) -> None:
        self._engine = engine
        self.walked = walked

    def pool(self, _item: int, key: PoolKey) -> Pool:
        before = [move for move in self.walked if move.pool == key]
        if not before:
            empty: Pool = self._engine.method.POOL()
            return empty
        last = before[-1]
        state = last.pool_quantity, last.pool_value, (last.last_value, last.last_quantity)
        more = (lambda: self.layers(key),) if self._engine.method.IS_LAYERED else ()
        pool: Pool = self._engine.method.POOL(*state, lambda: self._shortages(key), *more)
        return pool

    def layers(self, key: PoolKey) -> list[Layer]:
        """What is left of what came into a pool, oldest first."""
        left: dict[LayerKey, list[int]] = {}
        for move in self.walked:
            if move.pool == key:
                left.update(((move.position, part), list(piece)) for part, piece in enumerate(move.made))
                for position, part, quantity, value in move.taken:
                    left[position, part][0] -= quantity
                    left[position, part][1] -= value
        return [self._engine.layer.Layer(*place, *rest) for place, rest in left.items() if any(rest)]

    def _shortages(self, key: PoolKey) -> list[Any]:
        before, still_open = [move for move in self.walked if move.pool == key], []
        for move in before:
            covers = self.covers_of(before, move.key)
            quantity = move.short_quantity - sum(cover[1] for cover in covers)
            if quantity:
                value = move.short_value - sum(cover[2] for cover in covers)
                still_open.append(self._engine.pool.Shortage(move.key, quantity, value, move.counter_account))
        return still_open

    @staticmethod
    def covers_of(walked: list[Move], key: Key) -> list[tuple[Key, int, int, int]]:
        """What was covered of an issue so far."""
        return [cover for move in walked for cover in move.covers if cover[0] == key]

    def warehouse_quantity(self, _item: int, warehouse: int) -> int:
        return sum(move.quantity for move in self.walked if move.warehouse == warehouse)

    def source(self, _item: int, key: Key) -> Source:
        found = [move for move in self.walked if move.key == key]
        if not found:
            nobody: Source = self._engine.lane.Source(0, 0, 1)
            return nobody
        move = found[0]
        sign = -1 if move.quantity < 0 else 1
        variance = sum(cover[3] for cover in self.covers_of(self.walked, key))
        # A return that stands before its line moved at the current cost: it took nothing of the line's back.
        back = [
            each
            for each in self.walked
            if each.source == key and each.basis != Basis.LATE_ADDITION and each.position > move.position
        ]
        made: Source = self._engine.lane.Source(
            sign * move.own_value + variance,
            sign * move.quantity,
            sign,
            returned_quantity=sum(abs(each.quantity) for each in back),
            returned_value=sum(each.own_value for each in back),
        )
        return made


class History:
    """Movements in the order they were entered, by name; `walk` works them out in canonical order."""

    def __init__(self, engine: Engine = REAL, *, by_warehouse: bool = False, reference: str = "0") -> None:
        self.engine = engine
        self._by_warehouse = by_warehouse
        self._reference = UnitPrice.parse(reference).micro
        self.moves: dict[str, Move] = {}
        self._inputs: dict[str, dict[str, Any]] = {}
        self._handed: dict[str, str] = {}

    def add(self, name: str, basis: Basis, quantity: int, /, **more: Any) -> None:
        """Enter a movement: `day`, `warehouse`, `of`, `value`, `counted`, `unit_cost`."""
        number = len(self.moves) + 1
        warehouse = more.get("warehouse", 1)
        source = more.get("of")
        self._inputs[name] = {
            "item": ITEM,
            "position": (202601, more.get("day", 0), number << 16, 1, number, 0 if quantity < 0 else 1, 1),
            "pool": warehouse if self._by_warehouse else pool.BOOK_POOL,
            "warehouse": warehouse,
            "basis": basis,
            "posting": 1,
            "quantity": quantity,
            "counted": more.get("counted"),
            "given_value": more.get("value", 0),
            "unit_cost": more.get("unit_cost"),
            "reference_cost": self._reference,
            "source": (self.moves[source].key if source in self.moves else NO_KEY) if source else None,
            "stock_account": 0,
            "counter_account": number,
        }
        self.moves[name] = self.engine.movement.Move(**self._inputs[name])

    def receive(self, name: str, pieces: str, yuan: str | None = None, **more: Any) -> None:
        """A receipt at the amount typed, or at the current cost."""
        if yuan is None:
            self.add(name, Basis.CURRENT, _micro(pieces), **more)
        else:
            self.add(name, Basis.GIVEN, _micro(pieces), value=Money.parse(yuan).fen, **more)

    def issue(self, name: str, pieces: str, **more: Any) -> None:
        """An issue: its cost is the lane's to find."""
        self.add(name, Basis.CURRENT, -_micro(pieces), **more)

    def sales_return(self, name: str, pieces: str, of: str | None = None, **more: Any) -> None:
        """A customer's return, linked or not; also the reversal of a delivery."""
        self.add(name, Basis.OF_ISSUE if of else Basis.CURRENT, _micro(pieces), of=of, **more)

    def purchase_return(self, name: str, pieces: str, of: str | None = None, **more: Any) -> None:
        """A return to the supplier, linked or not; also the reversal of a receipt."""
        self.add(name, Basis.OF_RECEIPT if of else Basis.CURRENT, -_micro(pieces), of=of, **more)

    def count(self, name: str, pieces: str, unit_cost: str | None = None, **more: Any) -> None:
        """A count to `pieces`, which may also set the unit cost."""
        cost = None if unit_cost is None else UnitPrice.parse(unit_cost).micro
        self.add(name, Basis.COUNT, 0, counted=_micro(pieces), unit_cost=cost, **more)

    def transfer(self, name: str, pieces: str, source: int, target: int, fee: str = "0", **more: Any) -> None:
        """From the pool of one warehouse into that of another, in one document."""
        self.add(f"{name}-", Basis.CURRENT, -_micro(pieces), warehouse=source, **more)
        self.add(name, Basis.HANDED_OVER, _micro(pieces), warehouse=target, value=Money.parse(fee).fen, **more)
        self._handed[name] = f"{name}-"

    def within(self, name: str, pieces: str, source: int, target: int, **more: Any) -> None:
        """From one warehouse into another of the same pool, in one document."""
        self.add(f"{name}-", Basis.WITHIN, -_micro(pieces), warehouse=source, **more)
        self.add(name, Basis.WITHIN, _micro(pieces), warehouse=target, **more)
        self._handed[name] = f"{name}-"

    def late(self, name: str, yuan: str, of: str, **more: Any) -> None:
        """A fee for a receipt whose month is closed."""
        self.add(name, Basis.LATE_ADDITION, 0, value=Money.parse(yuan).fen, of=of, **more)

    def reverse_count(self, name: str, of: str, **more: Any) -> None:
        """The reversal of a count."""
        self.add(name, Basis.OF_COUNT, 0, of=of, **more)

    def in_order(self) -> list[Move]:
        """The movements in canonical order."""
        return sorted(self.moves.values(), key=lambda move: move.position)

    def walk(self, *, cuts: Collection[int] = (), rests: Collection[int] = ()) -> None:
        """Work out everything from nothing; see `replay`."""
        self.moves = {name: self.engine.movement.Move(**self._inputs[name]) for name in self.moves}
        self.replay(cuts=cuts, rests=rests)

    def replay(self, *, cuts: Collection[int] = (), rests: Collection[int] = ()) -> None:
        """Work out everything anew; at a cut a new lane goes on from what is stored, at a rest the same one does."""
        moves = self.in_order()
        store = Stored(self.engine, [])
        walker = self.engine.lane.Lane(ITEM, store, Regimes(self.engine.method))
        for index, move in enumerate(moves):
            if index in cuts:
                store = Stored(self.engine, moves[:index])
                walker = self.engine.lane.Lane(ITEM, store, Regimes(self.engine.method))
            if index in rests:
                store.walked = moves[:index]
                walker.forget_sources()
                for each in walker.pools.values():
                    each.mark_stored()
            self._hand_over(move)
            walker.step(move)

    def _hand_over(self, move: Move) -> None:
        for target, feeder in self._handed.items():
            if self.moves[target] is move:
                left = self.moves[feeder]
                move.handed, move.parts = -left.own_value, left.pieces_out

    def pool(self, warehouse: int | None = None, *, after: str | None = None) -> tuple[str, str]:
        """(pieces, yuan) in the pool of a warehouse or of the book, at the end or after a movement."""
        moves = self.in_order()
        if after is not None:
            moves = moves[: moves.index(self.moves[after]) + 1]
        last = [move for move in moves if warehouse is None or move.warehouse == warehouse][-1]
        return str(Quantity(last.pool_quantity)), str(Money(last.pool_value))

    def layers(self, warehouse: int | None = None) -> list[tuple[str, str]]:
        """(pieces, yuan) of each layer in the pool of a warehouse or of the book at the end, oldest first."""
        key = PoolKey(warehouse if self._by_warehouse and warehouse else pool.BOOK_POOL)
        left = Stored(self.engine, self.in_order()).layers(key)
        return [(str(Quantity(each.quantity)), str(Money(each.value))) for each in left]

    def out(self, name: str) -> str:
        """What left the stock with a movement, in yuan."""
        return str(Money(-self.moves[name].own_value))

    def into(self, name: str) -> str:
        """What came in with a movement, in yuan."""
        return str(Money(self.moves[name].own_value))

    def pieces(self, name: str) -> str:
        """The signed quantity of a movement."""
        return str(Quantity(self.moves[name].quantity))

    def variance(self, name: str) -> str:
        """All variances that belong to a movement: its own and those of its shortage."""
        move = self.moves[name]
        covers = Stored.covers_of(self.in_order(), move.key)
        return str(Money(move.variance + sum(cover[3] for cover in covers)))

    def results(self) -> list[Any]:
        """Everything that was worked out, in canonical order."""
        return [(move.results, move.covers, move.cover_accounts) for move in self.in_order()]


def _micro(pieces: str) -> int:
    return Quantity.parse(pieces).micro
