"""What was paid before: the last price of an item with a party, read from posted lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id


class PriceRow(NamedTuple):
    """A posted price: 10⁻⁶ yuan of the entered unit, its ratio to the base unit, the share paid, the document's mode.

    `typed_amount` (fen) stands instead of the price where it was typed.
    """

    price: int
    discount: int
    ratio_num: int
    ratio_den: int
    price_mode: str
    typed_amount: int | None
    quantity: int


class SourcePriceRow(NamedTuple):
    """What a line that is taken back was priced with."""

    line: int
    price: int
    discount: int
    tax_rate: int
    typed_amount: int | None
    quantity: int
    ratio_num: int
    ratio_den: int
    is_gift: int
    price_mode: str


_PRICE = "l.price, l.discount, l.ratio_num, l.ratio_den, d.price_mode, l.typed_amount, l.quantity"


def last_price_text(types: int) -> str:
    """The question for the last price among so many document types, by the index of the party's documents."""
    return (
        f"SELECT {_PRICE} FROM document d INDEXED BY document_party CROSS JOIN item_line l ON l.document = d.id"  # noqa: S608
        " WHERE d.party = (SELECT id FROM party WHERE uuid = ?) AND l.item = (SELECT id FROM item WHERE uuid = ?)"
        f" AND d.type IN ({placeholders(types)}) AND d.status = 'posted' AND d.reverses = 0 AND l.is_gift = 0"
        " AND l.quantity > 0 AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses = d.id AND r.reverses <> 0"
        " AND r.status = 'posted') ORDER BY d.date DESC, d.id DESC, l.position DESC LIMIT 1"
    )


SOURCE_LINES = (
    "SELECT l.line, l.price, l.discount, l.tax_rate, l.typed_amount, l.quantity, l.ratio_num, l.ratio_den, l.is_gift,"
    " d.price_mode FROM document d JOIN item_line l ON l.document = d.id WHERE d.uuid = ?"
    " AND l.item = (SELECT id FROM item WHERE uuid = ?) ORDER BY l.line"
)


def last_price(session: Session, *, item: Id, party: Id, types: Sequence[str]) -> PriceRow | None:
    """The newest price of an item in a party's documents of these types, but for voided and reversed ones and gifts."""
    text = last_price_text(len(types))
    row = session.first(text, (bytes.fromhex(party), bytes.fromhex(item), *types))
    return None if row is None else PriceRow(*row)


def source_lines(session: Session, *, document: Id, item: Id) -> list[SourcePriceRow]:
    """The lines of a document with an item, as they were priced."""
    rows = session.rows(SOURCE_LINES, (bytes.fromhex(document), bytes.fromhex(item)))
    return [SourcePriceRow(*row) for row in rows]
