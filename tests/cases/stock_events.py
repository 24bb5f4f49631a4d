"""What an event of a case means: a draft with one line, dated by a day of the book's calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.value import changed
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine

LINE = 1
"""The key of the one line of every document."""

FIRST_DAY, DAY_0, LAST_DAY = date(2021, 1, 1), date(2026, 6, 15), date(2030, 12, 31)
NOON_OF_LAST_DAY = 1_924_920_000_000

_CALENDAR = (
    *range(DAY_0.toordinal(), LAST_DAY.toordinal()),
    *range(FIRST_DAY.toordinal(), DAY_0.toordinal()),
)
"""Day 0 and what follows, then what comes before it: day -1 stands last."""


class Event(NamedTuple):
    """An event whose warehouses and source are documents and cards of the book; none is empty."""

    given: Any
    warehouse: Id
    to_warehouse: Id
    source: Id
    quantity: str


class Cards(NamedTuple):
    """Who and what every event is about."""

    item: Id
    customer: Id
    supplier: Id


def day_of(given: Any) -> date:
    """The date of a relative day. Raises IndexError outside the calendar."""
    return date.fromordinal(_CALENDAR[int(given.get("date", "0"))])


def receive(cards: Cards, event: Event) -> Document:
    """A purchase at a price or for an amount; without either, stock that comes in at the current cost."""
    given = event.given
    if "value" in given:
        line = _line(cards, event, amount=given["value"])
    elif "unit_cost" in given:
        line = _line(cards, event, price=given["unit_cost"])
    else:
        return builders.adjustment(day_of(given), "other_in", [_line(cards, event)])
    return builders.receipt(day_of(given), cards.supplier, [line])


def issue(cards: Cards, event: Event) -> Document:
    """A delivery; what the customer pays does not matter."""
    return builders.delivery(day_of(event.given), cards.customer, [_line(cards, event)])


def return_in(cards: Cards, event: Event) -> Document:
    """A return from the customer, of a delivery or of none."""
    return builders.sales_return(day_of(event.given), cards.customer, [_line(cards, event)])


def return_out(cards: Cards, event: Event) -> Document:
    """A return to the supplier, of a receipt or of none; what the supplier pays back does not matter."""
    return builders.purchase_return(day_of(event.given), cards.supplier, [_line(cards, event)])


def set_count(cards: Cards, event: Event) -> Document:
    """A stock count, with the cost of what is there where the event gives it."""
    given = event.given
    more = {"unit_cost": given["unit_cost"]} if "unit_cost" in given else {}
    return builders.count(day_of(given), [_line(cards, event, **more)])


def revalue(cards: Cards, event: Event) -> Document:
    """What is there is worth so much more."""
    line = builders.line(cards.item, "0", warehouse=event.warehouse, amount=event.given["amount"])
    return builders.cost_change(day_of(event.given), [changed(line, key=LINE)])


def transfer(cards: Cards, event: Event) -> Document:
    """Goods from one warehouse to another."""
    return builders.transfer(day_of(event.given), [_line(cards, event)], event.to_warehouse)


def landed_cost(cards: Cards, event: Event) -> Document:
    """A fee for a receipt."""
    part = builders.carries(event.source, LINE)
    return builders.fees(day_of(event.given), cards.supplier, event.given["amount"], [part], spread_by="quantity")


def _line(cards: Cards, event: Event, **more: Any) -> ItemLine:
    line = builders.line(cards.item, event.quantity, warehouse=event.warehouse, **more)
    return changed(line, key=LINE, source_document=event.source, source_line=LINE if event.source else 0)


DRAFTS: dict[str, Callable[[Cards, Event], Document]] = {
    "receive": receive,
    "issue": issue,
    "return_in": return_in,
    "return_out": return_out,
    "set_count": set_count,
    "revalue": revalue,
    "transfer": transfer,
    "landed_cost": landed_cost,
}
"""Operation → the document it means."""
