"""Every rule of cost is held by a figure: a costing module with one rule broken fails at least one numeric case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.domain.inventory.cost_cases import CASES
from tests.domain.inventory.count_cases import COUNT_CASES
from tests.domain.inventory.fifo_cases import FIFO_CASES
from tests.domain.inventory.late_cases import LATE_CASES
from tests.domain.inventory.passing_cases import PASSING_CASES
from tests.domain.inventory.walk_cases import WALK_CASES
from tests.mutation.damaged import NO_DAMAGE, Damage, damaged, source_of

if TYPE_CHECKING:
    from tests.domain.inventory.walk import Engine

METHOD = "costing.moving_average"
FIFO = "costing.fifo"
HALF_UP = "from jxc_desktop.kernel.rounding import half_up"
CUT = "def half_up(n, d): return n // d"
CUT_PART = "worth = layer.value * quantity // layer.quantity"
KEEP_LAST = "        pool.add_layer(held"
OPENS = "if self.quantity > 0:\n            quantity, value"
HALF_DOWN = "def half_up(n, d): return -((d - 2 * n) // (2 * d)) if d > 0 else 0"

DAMAGES = [
    Damage("an issue adds to the quantity", METHOD, "there - quantity\n        pool", "there + quantity\n        pool"),
    Damage("an issue adds to the value", METHOD, "pool.value -= value", "pool.value += value"),
    Damage("a shortage adds to the quantity", "covering", "pool.quantity -= short", "pool.quantity += short"),
    Damage("a shortage adds to the value", "covering", "pool.value -= provisional", "pool.value += provisional"),
    Damage("a receipt takes value out", METHOD, "pool.value += value\n", "pool.value -= value\n"),
    Damage("the last issue does not take the rest", METHOD, "value = pool.value\n", "value = pool.value - 1\n"),
    Damage("the emptied pool keeps its value", METHOD, "pool.quantity = pool.value = 0", "pool.quantity = 0"),
    Damage("shares are cut", METHOD, HALF_UP, CUT),
    Damage("halves are rounded down", METHOD, HALF_UP, HALF_DOWN),
    Damage("shares of covers are cut", "covering", HALF_UP, CUT),
    Damage("the average ignores the quantity", METHOD, "half_up(pool.value * quantity, there)", "pool.value"),
    Damage("no last known cost", "covering", "if pool.last_quantity:", "if False:"),
    Damage("no reference cost", "covering", "return half_up(quantity * reference, FEN_PER_UNIT_PRICE)", "return 0"),
    Damage("the last cost is not kept", METHOD, "pool.set_last(value, pool.quantity)", "pass"),
    Damage("the covering receipt's cost is not kept", "covering", "pool.set_last(value, quantity)", "pass"),
    Damage("the last cost is never forgotten", METHOD, "pool.forget_last()", "pass"),
    Damage("the last cost is never forgotten after covering", "covering", "pool.forget_last()", "pass"),
    Damage("the newest is covered first", "covering", "        return shortages\n", "        return shortages[::-1]\n"),
    Damage("a return covers the oldest", "covering", "shortage.key != own", "0"),
    Damage("a return covers its own line last", "covering", "shortage.key != own", "shortage.key == own"),
    Damage(
        "each cover takes its share of the whole",
        "covering",
        "half_up(worth * covered, left)",
        "value * covered // quantity",
    ),
    Damage("covers leave the receipt's value", "covering", "worth -= share", "worth -= 0"),
    Damage(
        "a part covers the whole provisional value",
        "covering",
        "half_up(shortage.value * covered, shortage.quantity)",
        "shortage.value",
    ),
    Damage("a variance is negative when it adds", "covering", "share - provisional", "provisional - share"),
    Damage("a cover adds its own cost", "covering", "pool.value += provisional", "pool.value += share"),
    Damage("covered shortages stay", "covering", "pool.drop_covered()", "pass"),
    Damage("new shortages stand first", "pool", "self._queue.append(shortage)", "self._queue.insert(0, shortage)"),
    Damage("stored shortages stand last", "pool", "[*load(), *self._queue]", "[*self._queue, *load()]"),
    Damage(
        "stored shortages are not read",
        "pool",
        "if self._load is not None:\n            load",
        "if False:\n            load",
    ),
    Damage(
        "the line's key is its stream",
        "movement",
        "self.position[4], self.position[5], self.position[6]",
        "self.position[3], self.position[5], self.position[6]",
    ),
    Damage("a supplier return is not capped", METHOD, "min(wanted, pool.value)", "wanted"),
    Damage("a supplier return takes what is there", METHOD, "min(wanted, pool.value)", "pool.value"),
    Damage("a supplier return leaves a rest", METHOD, "if quantity >= pool.quantity", "if quantity > pool.quantity"),
    Damage("no variance of a supplier return", "lane", "move.variance = -move.own_value - wanted", "pass"),
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
    Damage("the newest layer leaves first", FIFO, "pool.layers[0]", "pool.layers[-1]"),
    Damage("the last of a layer leaves its rest", "layer", "worth = layer.value\n", "worth = layer.value - 1\n"),
    Damage("the last layer's cost is not kept", "layer", "self.set_last(layer.value, quantity)", "pass"),
    Damage("every layer's cost is kept", "layer", "if quantity == self.quantity:", "if True:"),
    Damage("parts of layers are cut", "layer", "worth = half_up(layer.value * quantity, layer.quantity)", CUT_PART),
    Damage("a return is the oldest layer", "layer", "self._layers.append(layer)", "self._layers.appendleft(layer)"),
    Damage("stored layers are not read", "layer", "extendleft(reversed(list(load())))", "extendleft(())"),
    Damage("stored layers stand in the wrong order", "layer", "reversed(list(load()))", "list(load())"),
    Damage("stored layers are the newest", "layer", "extendleft(reversed(list(load())))", "extend(load())"),
    Damage("what is not read is kept twice", "layer", "            self._layers.clear()", "            pass"),
    Damage("layers handed over are one", "layer", "self._parts or ((quantity, value),)", "((quantity, value),)"),
    Damage("a fee is lost on the way", "layer", "yield pieces, worth + share", "yield pieces, worth"),
    Damage("a supplier return takes the oldest", "layer", "layer.position[4:7] == key", "False"),
    Damage("a supplier return takes any layer", "layer", "layer.position[4:7] == key", "True"),
    Damage("an addition is spread by value", "layer", "if change > 0", "if change == 0"),
    Damage("a reduction is spread by quantity", "layer", "if change > 0", "if change"),
    Damage(
        "a new value changes the wrong way", "layer", "self._change(layer, 0, -share)", "self._change(layer, 0, share)"
    ),
    Damage("what a layer gave is not told", "layer", "before[0] + quantity, before[1] + value", "0, 0"),
    Damage(
        "only the last take of a layer is told", "layer", "before[0] + quantity, before[1] + value", "quantity, value"
    ),
    Damage("a layer's supplier return is not capped", FIFO, "min(wanted - worth, layer.value)", "wanted - worth"),
    Damage("a layer's supplier return is an issue", FIFO, ", min(wanted - worth, layer.value))", ")"),
    Damage(
        "the cost found is kept after a count",
        FIFO,
        "        pool.forget_last()\n        pool.add_layer(held",
        KEEP_LAST,
    ),
    Damage("a count with a cost keeps the layers", FIFO, "if is_whole:", "if False:"),
    Damage("a count of a part values the whole anew", FIFO, "if is_whole:", "if True:"),
    Damage("found pieces are worth what all gained", FIFO, "half_up(worth * quantity, held)", "max(value, 0)"),
    Damage("lost pieces take their value twice", FIFO, "pool.revalue(value + _take", "pool.revalue(value - _take"),
    Damage("a reversal leaves its own layer", FIFO, "pool.layers_of(source)", "[]"),
    Damage("a reversal keeps the value of other layers", FIFO, "rest += _take_back", "rest = 0 * _take_back"),
    Damage("a reversed loss is worth nothing", FIFO, "max(value, 0)", "0"),
    Damage("a reversed loss is worth it twice", FIFO, "min(value, 0)", "value"),
    Damage("several layers cover an issue several times", FIFO, "return _one_of_each(covers)", "return covers"),
    Damage(
        "covers of layers do not add up", FIFO, "before[1] + provisional, before[2] + variance", "provisional, variance"
    ),
    Damage("a transfer inside a pool moves its layers", "lane", "self._shift(move", "self._change(move"),
    Damage("layers are not handed over", "layer", "move.position, move.parts", "move.position, ()"),
    Damage("what was short is not handed over", "movement", "if self.short_quantity:", "if False:"),
    Damage("a late fee is spread over what others brought", "landed_cost", "min(max(left, 0), received)", "left"),
    Damage("all of a late fee finds its goods", "landed_cost", "min(max(left, 0), received)", "received"),
    Damage("shares of late fees are cut", "landed_cost", "return half_up(", "return int.__floordiv__("),
    Damage("a late fee is lost", METHOD, "pool.value += share", "pass"),
    Damage("a late fee taken back takes too much", METHOD, "-pool.value)", "-pool.value - 100)"),
    Damage("a late fee's rest is not told", "lane", "move.variance = move.given_value - share", "pass"),
    Damage("a late fee lies on nothing", "lane", "if received > 0 and pool.quantity > 0:", "if received > 0:"),
    Damage("a late fee joins every layer", FIFO, "pool.revalue(share, layers)", "pool.revalue(share)"),
    Damage("a late fee finds any layer", FIFO, "sum(layer.quantity for layer in layers)", "pool.quantity"),
    Damage("a layer's fee takes too much back", FIFO, "-sum(layer.value for layer in layers))", "-pool.value)"),
    Damage("what passes over is no layer", "lane", "following.open_layer()", "pass"),
    Damage(
        "what passes over counts twice", "layer", "self.quantity = self.value = 0\n            self.add", "self.add"
    ),
    Damage("layers do not end where another method begins", "lane", "pool.close_layers()", "pass"),
    Damage("what ends is not told", "lane", "move.made, move.taken = (), pool.taken", "pass"),
    Damage("the next method never begins", "lane", "self._turn_to(move.position[0])", "pass"),
    Damage("shortages do not pass over", "pool", "other._load, other._queue", "other._load, []"),
    Damage(
        "what is short is a layer",
        "layer",
        "        if self.quantity > 0:\n            quantity, v",
        "        if True:\n            quantity, v",
    ),
    Damage("all pools are one", "lane", "self.pools.get(move.pool)", "next(iter(self.pools.values()), None)"),
]


def _first_failing(engines: tuple[Engine, Engine]) -> str | None:
    for engine, cases in zip(
        engines, ((*CASES, *COUNT_CASES, *WALK_CASES, *LATE_CASES), (*FIFO_CASES, *PASSING_CASES)), strict=True
    ):
        for case in cases:
            try:
                case(engine)
            except (ArithmeticError, AssertionError, LookupError, ValueError):
                return case.__name__
    return None


def test_an_undamaged_copy_passes_every_case() -> None:
    with damaged(NO_DAMAGE) as engines:
        assert _first_failing(engines) is None


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_broken_rule_fails_a_figure(damage: Damage) -> None:
    assert damage.old in source_of(damage.module), "the code has changed: write this damage anew"
    with damaged(damage) as engines:
        assert _first_failing(engines) is not None


def test_no_damage_is_written_twice() -> None:
    assert len({damage.name for damage in DAMAGES}) == len(DAMAGES)
    assert len({damage[1:] for damage in DAMAGES}) == len(DAMAGES)
