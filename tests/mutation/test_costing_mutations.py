"""Every rule of cost is held by a figure: a costing module with one rule broken fails at least one numeric case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.domain.inventory.cost_cases import CASES
from tests.domain.inventory.count_cases import COUNT_CASES
from tests.domain.inventory.walk_cases import WALK_CASES
from tests.mutation.damaged import NO_DAMAGE, Damage, damaged, source_of

if TYPE_CHECKING:
    from tests.domain.inventory.walk import Engine

METHOD = "costing.moving_average"
HALF_UP = "from jxc_desktop.kernel.rounding import half_up"
CUT = "def half_up(n, d): return n // d"
HALF_DOWN = "def half_up(n, d): return -((d - 2 * n) // (2 * d)) if d > 0 else 0"

DAMAGES = [
    Damage("an issue adds to the quantity", METHOD, "there - quantity\n        pool", "there + quantity\n        pool"),
    Damage("an issue adds to the value", METHOD, "pool.value -= value", "pool.value += value"),
    Damage("a shortage adds to the quantity", METHOD, "pool.quantity -= short", "pool.quantity += short"),
    Damage("a shortage adds to the value", METHOD, "pool.value -= provisional", "pool.value += provisional"),
    Damage("a receipt takes value out", METHOD, "pool.value += value\n", "pool.value -= value\n"),
    Damage("the last issue does not take the rest", METHOD, "value = pool.value\n", "value = pool.value - 1\n"),
    Damage("the emptied pool keeps its value", METHOD, "pool.quantity = pool.value = 0", "pool.quantity = 0"),
    Damage("shares are cut", METHOD, HALF_UP, CUT),
    Damage("halves are rounded down", METHOD, HALF_UP, HALF_DOWN),
    Damage("the average ignores the quantity", METHOD, "half_up(pool.value * quantity, there)", "pool.value"),
    Damage("no last known cost", METHOD, "if pool.last_quantity:", "if False:"),
    Damage("no reference cost", METHOD, "return half_up(quantity * reference, FEN_PER_UNIT_PRICE)", "return 0"),
    Damage("the last cost is not kept", METHOD, "pool.set_last(value, there)", "pass"),
    Damage("the covering receipt's cost is not kept", METHOD, "pool.set_last(value, quantity)", "pass"),
    Damage("the last cost is never forgotten", METHOD, "pool.forget_last()", "pass"),
    Damage("the newest is covered first", METHOD, "        return shortages\n", "        return shortages[::-1]\n"),
    Damage("a return covers the oldest", METHOD, "shortage.key != own", "0"),
    Damage("a return covers its own line last", METHOD, "shortage.key != own", "shortage.key == own"),
    Damage(
        "each cover takes its share of the whole",
        METHOD,
        "half_up(worth * covered, left)",
        "value * covered // quantity",
    ),
    Damage("covers leave the receipt's value", METHOD, "worth -= share", "worth -= 0"),
    Damage(
        "a part covers the whole provisional value",
        METHOD,
        "half_up(shortage.value * covered, shortage.quantity)",
        "shortage.value",
    ),
    Damage("a variance is negative when it adds", METHOD, "share - provisional", "provisional - share"),
    Damage("a cover adds its own cost", METHOD, "pool.value += provisional", "pool.value += share"),
    Damage("covered shortages stay", METHOD, "pool.drop_covered()", "pass"),
    Damage("new shortages stand first", "pool", "self._queue.append(shortage)", "self._queue.insert(0, shortage)"),
    Damage("stored shortages stand last", "pool", "[*load(), *self._queue]", "[*self._queue, *load()]"),
    Damage(
        "stored shortages are not read",
        "pool",
        "if self._load is not None:\n            load",
        "if False:\n            load",
    ),
    Damage("the date does not order", "movement", "self.position = position", "self.position = (0, 0, *position[2:])"),
    Damage(
        "the line's key is its stream",
        "movement",
        "self.position[4], self.position[5], self.position[6]",
        "self.position[3], self.position[5], self.position[6]",
    ),
    Damage("a supplier return is not capped", "lane", "-min(wanted, pool.value)", "-wanted"),
    Damage("a supplier return takes what is there", "lane", "-min(wanted, pool.value)", "-pool.value"),
    Damage(
        "a supplier return leaves a rest", "lane", "-move.quantity >= pool.quantity", "-move.quantity > pool.quantity"
    ),
    Damage("no variance of a supplier return", "lane", "else -move.own_value - wanted", "else 0"),
    Damage("supplier returns are rounded alone", "lane", "source.returned_quantity - move.quantity", "-move.quantity"),
    Damage("customer returns are rounded alone", "lane", "source.returned_quantity + move.quantity", "move.quantity"),
    Damage("customer returns forget the earlier value", "lane", ") - source.returned_value, 0)", "), 0)"),
    Damage("a customer return may be negative", "lane", "value = max(half_up(", "value = (lambda a, b: a)(half_up("),
    Damage("the cost of a line is without its covers", "lane", "source.cost += variance", "source.cost += 0"),
    Damage("covers before the source is read are lost", "lane", "self._covered.pop(key, 0)", "0"),
    Damage(
        "a return covers no line of its own",
        "lane",
        "self._bring(move, pool, value, move.source)",
        "self._bring(move, pool, value)",
    ),
    Damage("returned quantities do not add up", "lane", "source.returned_quantity = back", "pass"),
    Damage(
        "a receipt's change of value is its amount", "lane", "move.value = pool.value - before", "move.value = value"
    ),
    Damage("a count ignores what is there", "lane", "move.counted - there", "move.counted"),
    Damage("a count is of the pool", "lane", "move.counted - there", "move.counted - pool.quantity"),
    Damage("a count never sets the cost", "lane", "if move.unit_cost is None:", "if True:"),
    Damage("a count values all warehouses", "lane", "- half_up(pool.value * held, pool.quantity)", "- pool.value"),
    Damage("a count values what others lack", "lane", "held = min(there, pool.quantity)", "held = there"),
    Damage("a count leaves value in an empty pool", "lane", "pool.quantity + move.quantity > 0:", "True:"),
    Damage("a count with a cost is a fen off after covering", "lane", "if is_whole_pool:", "if False:"),
    Damage("a count values what others are short of", "lane", "if is_whole_pool:", "if True:"),
    Damage("a count's fen is missing from its value", "lane", "move.value += change", "pass"),
    Damage("a count's fen is missing from its own value", "lane", "move.own_value += change", "pass"),
    Damage(
        "a count's fen is not taken back", "lane", "self._walked[move.key] = (move.own_value, move.quantity)", "pass"
    ),
    Damage("amounts of counts are cut", "lane", HALF_UP, CUT),
    Damage(
        "a reversed count brings the difference again",
        "lane",
        "-source.sign * source.quantity",
        "source.sign * source.quantity",
    ),
    Damage(
        "a reversed count is an anchor",
        "lane",
        "            self._uncount(move, pool)",
        "            move.counted = 0\n            self._count(move, pool, there)",
    ),
    Damage("a reversed count is not capped", "lane", "max(wanted, -pool.value) if", "wanted if"),
    Damage("a reversed count fills an empty pool", "lane", " if pool.quantity > 0 else 0)", ")"),
    Damage("a reversed count has no variance", "lane", "move.variance = wanted - move.own_value", "pass"),
    Damage(
        "warehouses are not kept",
        "lane",
        "there + move.quantity\n        move.pool",
        "move.quantity\n        move.pool",
    ),
    Damage("all pools are one", "lane", "self.pools.get(move.pool)", "next(iter(self.pools.values()), None)"),
]


def _first_failing(engine: Engine) -> str | None:
    for case in (*CASES, *COUNT_CASES, *WALK_CASES):
        try:
            case(engine)
        except (AssertionError, ZeroDivisionError):
            return case.__name__
    return None


def test_an_undamaged_copy_passes_every_case() -> None:
    with damaged(NO_DAMAGE) as engine:
        assert _first_failing(engine) is None


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_broken_rule_fails_a_figure(damage: Damage) -> None:
    assert damage.old in source_of(damage.module), "the code has changed: write this damage anew"
    with damaged(damage) as engine:
        assert _first_failing(engine) is not None


def test_no_damage_is_written_twice() -> None:
    assert len({damage.name for damage in DAMAGES}) == len(DAMAGES)
    assert len({damage[1:] for damage in DAMAGES}) == len(DAMAGES)
