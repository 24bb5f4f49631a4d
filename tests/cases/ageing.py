"""Kinds stock_aging, batch_pick_age: how old the stock is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.ageing import AgeingMove, age_of_layers, stock_age, stock_age_by_batch
from jxc_desktop.kernel.quantity import line_amount
from tests.cases import read

if TYPE_CHECKING:
    from jxc_desktop.domain.inventory.ageing import StockAge
    from tests.cases.case import Case, Figures


def stock_aging(case: Case) -> Figures:
    """One stock; moves [date, quantity, value]."""
    moves = [_move(*row) for row in case.given["moves"]]
    return _figures(stock_age(moves, _day(case), _bounds(case)))


def batch_pick_age(case: Case) -> Figures:
    """One queue per batch; moves [date, batch, quantity], all at one unit cost."""
    price = read.price(case.given.get("unit_cost", "0"))
    moves = [
        AgeingMove(date.fromisoformat(on), read.quantity(size), line_amount(read.quantity(size), price), batch)
        for on, batch, size in case.given["moves"]
    ]
    ages = stock_age_by_batch(moves, _day(case), _bounds(case))
    layers = [layer for age in ages.values() for layer in age.layers]
    together = age_of_layers(layers, _day(case), _bounds(case))
    return {**_figures(together), "left": {batch: age.quantity for batch, age in ages.items()}}


def _move(on: str, size: str, amount: str = "0") -> AgeingMove:
    return AgeingMove(date.fromisoformat(on), read.quantity(size), read.money(amount))


def _day(case: Case) -> date:
    return date.fromisoformat(case.given["as_of"])


def _bounds(case: Case) -> list[int]:
    return [int(days) for days in case.given["bucket_days"]]


def _figures(age: StockAge) -> Figures:
    return {
        "qty_layers": [layer.quantity for layer in age.layers],
        "value_layers": [layer.value for layer in age.layers],
        "qty_by_bucket": [bucket.quantity for bucket in age.buckets],
        "value_by_bucket": [bucket.value for bucket in age.buckets],
        "total_qty": age.quantity,
        "total_value": age.value,
    }


KINDS = {"stock_aging": stock_aging, "batch_pick_age": batch_pick_age}
