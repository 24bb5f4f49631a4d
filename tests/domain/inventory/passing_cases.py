"""From one costing method to the next in numbers: layers begin as one, and end, at the start of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.inventory.costing import moving_average
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.domain.inventory.regime import Regimes
from tests.domain.inventory.walk import Engine, Stored

if TYPE_CHECKING:
    from types import ModuleType

    from jxc_desktop.domain.inventory.movement import Move
    from jxc_desktop.domain.inventory.pool import Pool, PoolKey
    from tests.domain.inventory.cost_cases import Case

JANUARY, FEBRUARY = 202601, 202602


class _Empty(Stored):
    """Nothing was walked yet; pools turn from one method to the other."""

    def __init__(self, engine: Engine, first: ModuleType) -> None:
        super().__init__(engine, [])
        self._first = first

    def pool(self, _item: int, _key: PoolKey) -> Pool:
        made: Pool = self._first.POOL()
        return made

    def turned(self, item: int, pool: Pool, method: ModuleType) -> Pool:
        """The pool of the other method in the same state."""
        del item
        following: Pool = method.POOL()
        following.take_over(pool)
        return following


def _walk(engine: Engine, regimes: Regimes, *steps: tuple[int, Basis, int, int]) -> list[Move]:
    """Steps: (period, basis, pieces, fen)."""
    lane = engine.lane.Lane(7, _Empty(engine, regimes.method(JANUARY)), regimes)
    moves: list[Move] = []
    for number, (period, basis, pieces, fen) in enumerate(steps, 1):
        given: dict[str, Any] = dict.fromkeys(("posting", "stock_account", "counter_account", "reference_cost"), 0)
        given |= {"item": 7, "pool": 0, "warehouse": 1, "counted": None, "unit_cost": None, "source": None}
        position = (period, number, number, 1, number, 0 if pieces < 0 else 1, 1)
        given |= {"position": position, "basis": basis, "quantity": pieces * 1_000_000, "given_value": fen}
        moves.append(engine.movement.Move(**given))
        lane.step(moves[-1])
    return moves


def what_an_average_left_is_one_layer(engine: Engine) -> None:
    regimes = Regimes(moving_average, [(FEBRUARY, engine.method)])
    moves = _walk(
        engine,
        regimes,
        (JANUARY, Basis.GIVEN, 2, 600),
        (JANUARY, Basis.GIVEN, 2, 1000),
        (FEBRUARY, Basis.PASSED_OVER, 0, 0),
        (FEBRUARY, Basis.GIVEN, 1, 900),
        (FEBRUARY, Basis.CURRENT, -3, 0),
        (FEBRUARY, Basis.CURRENT, -2, 0),
    )
    assert [list(move.made) for move in moves[1:4]] == [[], [(4_000_000, 1600)], [(1_000_000, 900)]]
    assert [move.value for move in moves] == [600, 1000, 0, 900, -1200, -1300]
    assert moves[-1].pool_value == moves[-1].pool_quantity == 0


def all_layers_end_where_an_average_takes_over(engine: Engine) -> None:
    regimes = Regimes(engine.method, [(FEBRUARY, moving_average)])
    moves = _walk(
        engine,
        regimes,
        (JANUARY, Basis.GIVEN, 2, 600),
        (JANUARY, Basis.GIVEN, 2, 1000),
        (FEBRUARY, Basis.PASSED_OVER, 0, 0),
        (FEBRUARY, Basis.CURRENT, -1, 0),
    )
    assert [taken[2:] for taken in moves[2].taken] == [(2_000_000, 600), (2_000_000, 1000)]
    assert [move.value for move in moves] == [600, 1000, 0, -400]
    assert list(moves[3].taken) == []


def what_is_short_is_covered_under_the_next_method(engine: Engine) -> None:
    regimes = Regimes(moving_average, [(FEBRUARY, engine.method)])
    moves = _walk(
        engine,
        regimes,
        (JANUARY, Basis.GIVEN, 1, 300),
        (JANUARY, Basis.CURRENT, -2, 0),
        (FEBRUARY, Basis.PASSED_OVER, 0, 0),
        (FEBRUARY, Basis.GIVEN, 2, 1000),
    )
    assert [tuple(cover[1:]) for cover in moves[3].covers] == [(1_000_000, 300, 200)]
    assert (moves[3].pool_quantity, moves[3].pool_value) == (1_000_000, 500)
    assert list(moves[2].made) == []


PASSING_CASES: list[Case] = [
    what_an_average_left_is_one_layer,
    all_layers_end_where_an_average_takes_over,
    what_is_short_is_covered_under_the_next_method,
]
