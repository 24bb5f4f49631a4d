"""What one wants to know about an item while it is being sold or bought: where it lies, the prices of before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.quantity import Quantity, UnitPrice

from .items import HeldRow, item_on_hand
from .plain import day_text
from .reversed import is_reversed

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Row, Session
    from jxc_desktop.kernel.ids import Id


MOST_PRICES = 3


class PaidRow(NamedTuple):
    """A posted price: the day as ISO, the party, how many of which unit, the price of one."""

    date: str
    party: str
    quantity: Quantity
    unit: str
    price: UnitPrice


class ItemFacts(NamedTuple):
    """Where an item lies, what this party paid or got for it, newest first, and what was paid for it last."""

    held: list[HeldRow]
    paid: list[PaidRow]
    bought: PaidRow | None


_PAID = "SELECT d.date, d.party_name, l.quantity, l.unit, l.price"
_COUNTS = f"d.status = 'posted' AND d.reverses = 0 AND l.is_gift = 0 AND l.quantity > 0 AND NOT {is_reversed('d')}"


def _with_party(types: int) -> str:
    return (
        f"{_PAID} FROM document d INDEXED BY document_party CROSS JOIN item_line l ON l.document = d.id"  # noqa: S608
        " WHERE d.party = (SELECT id FROM party WHERE uuid = ?) AND l.item = (SELECT id FROM item WHERE uuid = ?)"
        f" AND d.type IN ({placeholders(types)}) AND {_COUNTS} ORDER BY d.date DESC, d.id DESC, l.position DESC LIMIT ?"
    )


def _last_bought(types: int) -> str:
    return (
        f"{_PAID} FROM stock_move m CROSS JOIN document d ON d.id = m.document"  # noqa: S608
        " CROSS JOIN item_line l ON l.document = m.document AND l.line = m.line"
        f" WHERE m.item = (SELECT id FROM item WHERE uuid = ?) AND d.type IN ({placeholders(types)}) AND {_COUNTS}"
        " ORDER BY m.effective_period DESC, m.effective_date DESC, m.hlc DESC LIMIT 1"
    )


def item_facts(session: Session, *, item: Id, party: Id, price_of: str) -> ItemFacts:
    """What is known of an item; `price_of`: sales or purchases with the party, nothing where it is empty."""
    key = bytes.fromhex(item)
    paid: list[PaidRow] = []
    if party and price_of:
        types = _types(price_of)
        rows = session.rows(_with_party(len(types)), (bytes.fromhex(party), key, *types, MOST_PRICES))
        paid = [_paid(row) for row in rows]
    types = _types("purchase")
    found = session.first(_last_bought(len(types)), (key, *types))
    return ItemFacts(item_on_hand(session, item), paid, None if found is None else _paid(found))


def _types(price_of: str) -> list[str]:
    """The types that move goods the way they are traded: no returns."""
    way = -1 if price_of == "sale" else 1
    return [each.code for each in all_types() if each.price_of == price_of and each.moves_stock == way]


def _paid(row: Row) -> PaidRow:
    on, party, quantity, unit, price = row
    return PaidRow(day_text(on) or "", party, Quantity(quantity), unit, UnitPrice(price))
