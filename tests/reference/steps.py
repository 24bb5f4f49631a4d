"""What each document asks of the stock, line by line; a reversing document asks the contrary of its original."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.reference.arithmetic import MICRO
from tests.reference.figures import worth_of
from tests.reference.pool import Key
from tests.reference.records import Line

if TYPE_CHECKING:
    from tests.reference.records import Document

OUT, IN = 0, 1
KITS = ("assembly", "disassembly")
DIRECTIONS = {
    "opening_stock": IN,
    "goods_receipt": IN,
    "purchase_return": OUT,
    "delivery_note": OUT,
    "sales_return": IN,
}


@dataclass(frozen=True)
class Step:
    """One movement to be valued. `worth` None = at the cost of `source`, without one at the current cost.

    `quantity` is at least 0; for a count it is the quantity found. `fed_by`: the lines whose cost joins this one, each
    with where its share begins and ends in 10⁻⁶. What comes in of a transfer has the number of its line below 0.
    """

    key: Key
    line: Line
    leg: int
    quantity: int
    worth: int | None = None
    source: Key | None = None
    is_count: bool = False
    is_uncount: bool = False
    is_revaluation: bool = False
    is_transfer: bool = False
    fed_by: tuple[tuple[Key, int, int], ...] = ()


def steps_of(document: Document, taxpayer: str) -> list[Step]:
    """The steps of a document in canonical order: all that goes out before all that comes in, then by line."""
    if document.type == "stock_transfer":
        steps = [step for line in document.lines for step in _transfer(document, line)]
    else:
        steps = [_step(document, line, taxpayer) for line in document.lines if line.is_stocked]
    return sorted(steps, key=lambda step: (step.leg, abs(step.key[1])))


def _transfer(document: Document, line: Line) -> tuple[Step, Step]:
    there = replace(line, warehouse=document.to_warehouse)
    giver, taker = (there, line) if document.reverses else (line, there)
    source = (document.reverses, -line.key) if document.reverses else None
    out = Step((document.id, line.key), giver, OUT, line.quantity, None, source, is_transfer=True)
    feeder = ((document.id, line.key), 0, MICRO)
    return out, Step((document.id, -line.key), taker, IN, line.quantity, fed_by=(feeder,), is_transfer=True)


def _step(document: Document, line: Line, taxpayer: str) -> Step:
    key = (document.id, line.key)
    original = (document.reverses, line.key) if document.reverses else None
    if document.type == "stock_count":
        return Step(key, line, IN, line.quantity, None, original, original is None, original is not None)
    if document.type == "cost_adjustment":
        return Step(key, line, IN, 0, line.value, original, is_revaluation=True)
    leg = OUT + IN - _direction(document, line) if document.is_contrary else _direction(document, line)
    if original is not None:
        return Step(key, line, leg, abs(line.quantity), None, original)
    if document.type in KITS and leg == IN:
        return Step(key, line, leg, line.quantity, fed_by=_feeders(document, line))
    worth = worth_of(document, line, taxpayer) if leg == IN else None
    return Step(key, line, leg, abs(line.quantity), worth, line.source)


def _feeders(document: Document, taker: Line) -> tuple[tuple[Key, int, int], ...]:
    takers = [line for line in document.lines if line.is_product == taker.is_product]
    place = takers.index(taker)
    begin = sum(line.share or 0 for line in takers[:place])
    end = MICRO if place == len(takers) - 1 else begin + (taker.share or 0)
    givers = [line for line in document.lines if line.is_product != taker.is_product]
    return tuple(((document.id, line.key), begin, end) for line in givers)


def _direction(document: Document, line: Line) -> int:
    if document.type == "retail_sale":
        return OUT if line.quantity > 0 else IN
    if document.type == "stock_adjustment":
        return IN if document.direction == "in" else OUT
    if document.type in KITS:
        return IN if line.is_product == (document.type == "assembly") else OUT
    return DIRECTIONS[document.type]


def moves_stock(document: Document) -> bool:
    """Whether documents of this type move stock at all."""
    others = ("retail_sale", "stock_adjustment", "stock_count", "stock_transfer", "cost_adjustment")
    return document.type in {*DIRECTIONS, *others, *KITS}
