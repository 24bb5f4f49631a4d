"""The lives of serial numbers: every movement of them, and where each is now."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.doctypes.registry import document_type

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


class SerialState(StrEnum):
    """Where a serial number is in its life."""

    IN_STOCK = "in_stock"
    RETURNED = "returned"
    """In stock again: a customer brought it back."""
    SOLD = "sold"
    SENT_BACK = "sent_back"
    """Gone back to the supplier."""
    GONE = "gone"
    """Used, scrapped, built in or not found by a count."""


class SerialStep(NamedTuple):
    """One movement of a serial number; `quantity` is 10⁶ in, −10⁶ out, the day YYYYMMDD."""

    item_code: str
    item_name: str
    serial: str
    date: int
    number: str
    kind: str
    party: str
    warehouse: str
    batch: str
    bin: str
    quantity: int
    is_reversal: int

    @property
    def state(self) -> SerialState:
        """What it is after this movement."""
        declared = document_type(self.kind)
        is_sale, is_reversal = declared.price_of == "sale", bool(self.is_reversal)
        if self.quantity > 0:
            return SerialState.RETURNED if is_sale and not is_reversal else SerialState.IN_STOCK
        if is_sale:
            return SerialState.SOLD
        is_sent_back = declared.price_of == "purchase" and not is_reversal
        return SerialState.SENT_BACK if is_sent_back else SerialState.GONE


_STEPS = (
    "SELECT i.code, i.name, m.serial, d.date, d.number, d.type, d.party_name, w.name, m.batch, m.bin, m.quantity,"
    " d.reverses <> 0{more} FROM tracked_move m JOIN document d ON d.id = m.document JOIN item i ON i.id = m.item"
    " JOIN warehouse w ON w.id = m.warehouse WHERE m.serial <> '' AND m.quantity <> 0"
)
_ORDER = "m.effective_period{0}, m.effective_date{0}, m.hlc{0}, m.stream{0}, m.document{0}, m.leg{0}, m.quantity{0}"
_LIVES = f"{_STEPS.format(more='')} AND {{serial}} AND {{item}} ORDER BY i.code, m.item, m.serial, {_ORDER.format('')}"
LIFE = _LIVES.format(serial="m.serial = ?1", item="(?2 IS NULL OR m.item = ?2)")
LIVES = _LIVES.format(serial="?1 IS NULL", item="(?2 IS NULL OR m.item = ?2)")
_FROM_THE_END = f", row_number() OVER (PARTITION BY m.item, m.serial ORDER BY {_ORDER.format(' DESC')})"
_LAST = f"{_STEPS.format(more=_FROM_THE_END)} AND {{item}}"


def serial_lives(session: Session, *, serial: str | None = None, item: int | None = None) -> list[SerialStep]:
    """Every movement of a serial number, or of all, in the order of the books, one number after another."""
    return [SerialStep._make(row) for row in session.rows(LIVES if serial is None else LIFE, (serial, item))]


def serial_ends(session: Session, *, item: int | None = None) -> list[SerialStep]:
    """The last movement of every serial number, of all items or of one (its local number), by item and number."""
    text = _LAST.format(item="?1 IS NULL" if item is None else "m.item = ?1")
    return sorted(SerialStep._make(row[:-1]) for row in session.each(text, (item,)) if row[-1] == 1)
