"""Looking items up: by what is typed or scanned, and what of one lies where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.db.search import read_terms
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import Quantity, UnitPrice

from .cards import find_card
from .documents import like
from .found_cards import found_cards

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


class ItemFound(NamedTuple):
    """An item as a look-up shows it; `unit` is the one its barcode stands for, else the base unit."""

    id: Id
    code: str
    name: str
    spec: str
    unit: str
    retail_price: UnitPrice
    on_hand: Quantity


class HeldRow(NamedTuple):
    """How much of an item lies in a warehouse."""

    warehouse_code: str
    warehouse_name: str
    quantity: Quantity


_COLUMNS = (
    "i.uuid, i.code, i.name, i.spec, {unit}, i.retail_price,"
    " (SELECT coalesce(sum(s.quantity), 0) FROM stock_on_hand s WHERE s.item = i.id)"
)
BY_BARCODE = (
    f"SELECT {_COLUMNS.format(unit='b.unit')} FROM item_barcode b JOIN item i ON i.id = b.item"  # noqa: S608
    " WHERE b.barcode = ? ORDER BY i.is_active DESC, i.code"
)
BY_TEXT = (
    f"SELECT {_COLUMNS.format(unit='i.base_unit')} FROM item i WHERE i.is_active = 1 AND (i.code LIKE ?1 ESCAPE '\\'"  # noqa: S608
    " OR i.name LIKE ?1 ESCAPE '\\' OR i.spec LIKE ?1 ESCAPE '\\' OR i.mnemonic LIKE ?1 ESCAPE '\\')"
    " ORDER BY i.code <> ?2, i.name <> ?2, i.code LIMIT ?3"
)
BY_KEYS = f"SELECT i.id, {_COLUMNS.format(unit='i.base_unit')} FROM item i WHERE i.id IN ({{}})"  # noqa: S608
HELD = (
    "SELECT w.code, w.name, s.quantity FROM item i JOIN stock_on_hand s ON s.item = i.id"
    " JOIN warehouse w ON w.id = s.warehouse WHERE i.uuid = ? AND s.quantity <> 0 ORDER BY w.code, w.id"
)


def search_items(session: Session, text: str, *, limit: int = 50) -> list[ItemFound]:
    """Items a barcode belongs to, else those whose code, name, spec or mnemonic holds the text, exact ones first."""
    wanted = text.strip()
    rows = session.rows(BY_BARCODE, (wanted,)) or session.rows(BY_TEXT, (like(wanted), wanted, limit))
    return [
        ItemFound(Id(row[0].hex()), row[1], row[2], row[3], row[4], UnitPrice(row[5]), Quantity(row[6])) for row in rows
    ]


def pick_items(session: Session, *, text: str, party: str = "", limit: int = 20) -> list[ItemFound]:
    """Items for a line: those a barcode belongs to, else what the search finds, a party's usual ones first.

    A card whose code was typed stands alone.
    """
    wanted = text.strip()
    rows = session.rows(BY_BARCODE, (wanted,))
    if not rows:
        terms = read_terms(wanted)
        favoured = find_card(session, "party", party) if party else 0
        found = found_cards(session, "item", terms, typed=wanted, party=favoured, limit=limit) if terms else []
        coded = [each for each in found if each.is_exact and each.code.casefold() == wanted.casefold()]
        keys = [each.key for each in (coded[:1] or found)]
        by_key = {row[0]: row[1:] for row in session.rows(BY_KEYS.format(placeholders(len(keys))), keys)}
        rows = [by_key[key] for key in keys]
    return [
        ItemFound(Id(row[0].hex()), row[1], row[2], row[3], row[4], UnitPrice(row[5]), Quantity(row[6])) for row in rows
    ]


def item_on_hand(session: Session, item: Id) -> list[HeldRow]:
    """Where an item lies, by warehouse."""
    return [HeldRow(code, name, Quantity(held)) for code, name, held in session.rows(HELD, (bytes.fromhex(item),))]
