"""What an import asks the book: which cards there are, what was imported before, what may still be returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.ids import Id

from .reversed import is_reversed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session


NO_ID = Id("")


class CardRow(NamedTuple):
    """A card by its human names."""

    id: Id
    code: str
    name: str


class ItemRow(NamedTuple):
    """An item with what a line needs of it; `reference_cost` in 10⁻⁶ yuan."""

    id: Id
    code: str
    name: str
    base_unit: str
    kind: str
    reference_cost: int


class AccountRow(NamedTuple):
    """An account with what an opening balance needs of it."""

    id: Id
    code: str
    name: str
    normal_balance: str
    is_leaf: bool
    control: str
    money_account: Id


class ReturnableRow(NamedTuple):
    """A posted line and what is left of it in 10⁻⁶ base units; `date` as YYYYMMDD."""

    document: Id
    line: int
    date: int
    left: int


class OpeningRow(NamedTuple):
    """A line of opening stock in the book."""

    item: Id
    warehouse: Id
    batch: str


def import_cards(session: Session, *, kind: str) -> list[CardRow]:
    """The active cards of a kind, oldest first."""
    text = f"SELECT uuid, code, name FROM {kind} WHERE is_active = 1 ORDER BY id"  # noqa: S608 — declared kinds
    return [CardRow(Id(uuid.hex()), code, name) for uuid, code, name in session.rows(text)]


def import_items(session: Session) -> list[ItemRow]:
    """The active items, oldest first."""
    text = "SELECT uuid, code, name, base_unit, kind, reference_cost FROM item WHERE is_active = 1 ORDER BY id"
    return [ItemRow(Id(uuid.hex()), *rest) for uuid, *rest in session.rows(text)]


def import_barcodes(session: Session) -> list[tuple[str, Id]]:
    """Every barcode with its item."""
    text = "SELECT b.barcode, i.uuid FROM item_barcode b JOIN item i ON i.id = b.item WHERE i.is_active = 1"
    return [(barcode, Id(uuid.hex())) for barcode, uuid in session.rows(text)]


def import_item_units(session: Session) -> list[tuple[Id, str, int, int]]:
    """Every larger unit of an item with the ratio to its base unit."""
    text = "SELECT i.uuid, u.unit, u.num, u.den FROM item_unit u JOIN item i ON i.id = u.item WHERE i.is_active = 1"
    return [(Id(uuid.hex()), unit, num, den) for uuid, unit, num, den in session.rows(text)]


def import_units(session: Session) -> list[tuple[str, str]]:
    """Code and name of every unit."""
    return [(code, name) for code, name in session.rows("SELECT code, name FROM unit WHERE is_active = 1 ORDER BY id")]


def import_accounts(session: Session) -> list[AccountRow]:
    """The active accounts, each with the money account that belongs to it."""
    text = (
        "SELECT a.uuid, a.code, a.name, a.normal_balance, a.is_leaf, a.control,"
        " (SELECT m.uuid FROM money_account m WHERE m.account = a.id AND m.is_active = 1 ORDER BY m.id LIMIT 1)"
        " FROM account a WHERE a.is_active = 1 ORDER BY a.code"
    )
    return [
        AccountRow(Id(uuid.hex()), code, name, normal, bool(is_leaf), control, Id(money.hex() if money else ""))
        for uuid, code, name, normal, is_leaf, control, money in session.rows(text)
    ]


def imported_documents(session: Session, *, source: str) -> set[tuple[str, str, str]]:
    """(type, external number, reason) of the posted documents of a source."""
    text = (
        "SELECT type, external_number, reason FROM document"
        " WHERE source = ? AND external_number <> '' AND status = 'posted'"
    )
    return set(session.rows(text, (source,)))


def imported_opening_stock(session: Session, *, source: str) -> set[OpeningRow]:
    """The lines of the opening stock that came from a source."""
    text = (
        "SELECT i.uuid, w.uuid, coalesce((SELECT t.batch FROM item_line_tracking t"
        " WHERE t.document = d.id AND t.item_line = l.line LIMIT 1), '')"
        " FROM document d JOIN item_line l ON l.document = d.id JOIN item i ON i.id = l.item"
        " JOIN warehouse w ON w.id = l.warehouse"
        " WHERE d.source = ? AND d.status = 'posted' AND d.effective_date % 100 = 0"
    )
    return {OpeningRow(Id(item.hex()), Id(house.hex()), batch) for item, house, batch in session.rows(text, (source,))}


def imported_opening_accounts(session: Session, *, source: str) -> set[Id]:
    """The accounts whose opening balance came from a source."""
    text = (
        "SELECT DISTINCT a.uuid FROM document d JOIN voucher_line v ON v.document = d.id JOIN account a"
        " ON a.id = v.account WHERE d.source = ? AND d.status = 'posted'"
    )
    return {Id(uuid.hex()) for (uuid,) in session.rows(text, (source,))}


def has_documents_of(session: Session, *, types: Sequence[str]) -> bool:
    """Whether anything of these types is posted, from which something could come back."""
    marks = ", ".join("?" * len(types))
    text = f"SELECT 1 FROM document WHERE type IN ({marks}) AND status = 'posted' LIMIT 1"  # noqa: S608 — marks only
    return session.first(text, tuple(types)) is not None


_RETURNABLE = (
    "SELECT d.uuid, l.line, d.date, abs(l.base_quantity) - (SELECT coalesce(sum(abs(r.base_quantity)), 0)"  # noqa: S608
    " FROM item_line r JOIN document b ON b.id = r.document AND b.status = 'posted'"
    f" WHERE r.source_document = d.id AND r.source_document <> 0 AND r.source_line = l.line AND NOT {is_reversed('b')})"
    " FROM document d JOIN item_line l ON l.document = d.id"
)
_OF_DOCUMENT = "d.external_number = ? AND d.source = ?"
_OF_PARTY = "d.party = (SELECT id FROM party WHERE uuid = ?)"
_OF_ITEM = (
    "d.status = 'posted' AND d.reverses = 0 AND l.item = (SELECT id FROM item WHERE uuid = ?)"
    " AND l.base_quantity > 0 ORDER BY d.date, d.hlc, l.line"
)


def returnable_lines(
    session: Session, *, types: Sequence[str], item: Id, party: Id = NO_ID, number: str = "", source: str = ""
) -> list[ReturnableRow]:
    """The lines of an item that something is left of, of one party or of one imported document, earliest first."""
    marks = ", ".join("?" * len(types))
    where = _OF_DOCUMENT if number else _OF_PARTY
    text = f"{_RETURNABLE} WHERE {where} AND d.type IN ({marks}) AND {_OF_ITEM}"
    wanted = (number, source) if number else (bytes.fromhex(party),)
    rows = session.rows(text, (*wanted, *types, bytes.fromhex(item)))
    return [ReturnableRow(Id(uuid.hex()), line, on, left) for uuid, line, on, left in rows if left > 0]


def last_record(session: Session) -> int:
    """The local key of the last change record."""
    return int(session.value("SELECT coalesce(max(id), 0) FROM change_record"))


def cards_written(session: Session, *, since: int) -> int:
    """How many cards were made or changed after a record."""
    return int(session.value("SELECT count(*) FROM change_record WHERE id > ? AND kind = 'master.set'", (since,)))
