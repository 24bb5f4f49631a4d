"""One document: how it is found by what people call it, and everything it holds in the shape that `show` prints.

The names are those of the columns; amounts and quantities are decimal strings, dates ISO, no date None. What is printed
beside the declared fields (names, base quantities, amounts, effects) follows from them; `services.intake` takes the
same shape back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.changelog import Log
from jxc_desktop.db.codec import decode_document
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.kernel.errors import Ambiguous, NotFound
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money, total
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text

from .document_effects import document_effects
from .document_links import document_links, linked_documents
from .plain import id_text, plain_row, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jxc_desktop.db.engine import Row, Session
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.field import Field


class FoundDocument(NamedTuple):
    """A document with what people call it; `key` is its local number."""

    key: int
    id: Id
    type: str
    number: str
    external_number: str
    status: str


class StoredHead(NamedTuple):
    """What the head holds beside the content of its record."""

    key: int
    record: int
    status: str
    is_late: int
    revision: int
    voucher_number: int
    warehouse_code: str
    warehouse_name: str
    to_warehouse_code: str
    to_warehouse_name: str
    hash: bytes


_COLUMNS = "id, uuid, type, number, external_number, status"
BY_ID = f"SELECT {_COLUMNS} FROM document WHERE uuid = ? AND status <> 'missing'"  # noqa: S608 — own column names
BY_NAME = (
    f"SELECT {_COLUMNS} FROM document WHERE number = ?1 AND status <> 'missing'"  # noqa: S608 — own column names
    f" UNION SELECT {_COLUMNS} FROM document WHERE external_number = ?1 AND external_number <> ''"
    " AND status <> 'missing'"
    " ORDER BY 1"
)
HEAD = (
    "SELECT d.id, d.record, d.status, d.is_late, d.revision, coalesce(v.number, 0), coalesce(w.code, ''),"
    " coalesce(w.name, ''), coalesce(t.code, ''), coalesce(t.name, ''), r.hash"
    " FROM document d JOIN change_record r ON r.id = d.record"
    " LEFT JOIN voucher v ON v.document = d.id LEFT JOIN warehouse w ON w.id = d.warehouse"
    " LEFT JOIN warehouse t ON t.id = d.to_warehouse"
    " WHERE d.uuid = ? AND d.status <> 'missing'"
)
WAREHOUSES = "SELECT uuid, code, name FROM warehouse WHERE id IN (SELECT warehouse FROM item_line WHERE document = ?)"
SOURCES = (
    "SELECT s.uuid, s.number FROM item_line l JOIN document s ON s.id = l.source_document"
    " WHERE l.document = ? AND l.source_document <> 0"
)


def find_document(session: Session, reference: str) -> FoundDocument:
    """The document that a number, an external number or an id means.

    Several of that name: the one that is not voided. Raises NotFound, or Ambiguous with the candidates.
    """
    wanted = reference.strip()
    found = _by_id(session, wanted) or [_found(row) for row in session.rows(BY_NAME, (wanted,))]
    if len(found) > 1:
        found = [each for each in found if each.status == "posted"] or found
    if not found:
        raise NotFound(Text("document.not_found", {"reference": reference}))
    if len(found) > 1:
        names = [
            Text("document.named", {"type": Text(f"document.type.{each.type}"), "number": f"{each.number} ({each.id})"})
            for each in found
        ]
        raise Ambiguous(Text("document.ambiguous", {"reference": reference, "candidates": names}))
    return found[0]


def _by_id(session: Session, reference: str) -> list[FoundDocument]:
    digits = reference.replace("-", "").lower()
    if len(digits) != 32 or not set(digits) <= set("0123456789abcdef"):
        return []
    return [_found(row) for row in session.rows(BY_ID, (bytes.fromhex(digits),))]


def _found(row: Row) -> FoundDocument:
    return FoundDocument(row[0], Id(row[1].hex()), *row[2:])


def document_content(session: Session, document_id: Id, *, chain: bool = False) -> dict[str, Any]:
    """Everything a document holds, as plain values.

    Keys: head, lines, tracking, tenders, allocations, entries, totals, links, effects; with `chain` also every document
    it is linked to, directly or through others. Raises NotFound.
    """
    row = session.first(HEAD, (bytes.fromhex(document_id),))
    if row is None:
        raise NotFound(Text("document.not_found", {"reference": document_id}))
    stored = StoredHead(*row)
    content = decode_document(Log(session).body(stored.record))
    declared = document_type(content.type)
    effects = document_effects(session, stored.key)
    shown = {
        "head": _head(content, declared, stored),
        "lines": list(_lines(session, content, declared, stored.key)),
        "tracking": [_declared(line, declared.tracking_fields, ("line",)) for line in content.tracking],
        "tenders": [_money(line) for line in content.money],
        "allocations": [_allocation(line) for line in content.allocations],
        "entries": [_entry(line) for line in content.entries],
        "totals": _totals(content, effects["open_items"]),
        "links": document_links(session, stored.key),
        "effects": effects,
    }
    if chain:
        shown["chain"] = [plain_row(each) for each in linked_documents(session, stored.key)]
    return shown


def _head(content: Document, declared: DocumentType, stored: StoredHead) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": content.id,
        "type": content.type,
        "status": stored.status,
        "number": content.number,
        "source": content.source,
    }
    for field in declared.head_fields:
        shown[field.name] = plain_value(getattr(content, field.name))
        if field.name == "party":
            shown |= {"party_code": content.party_code, "party_name": content.party_name}
            shown |= {"party_tax_id": content.party_tax_id, "is_walk_in": content.is_walk_in}
        elif field.name == "warehouse":
            shown |= {"warehouse_code": stored.warehouse_code, "warehouse_name": stored.warehouse_name}
        elif field.name == "to_warehouse":
            shown |= {"to_warehouse_code": stored.to_warehouse_code, "to_warehouse_name": stored.to_warehouse_name}
    for name in ("taxpayer", "amount", "gross", "net", "tax", "reverses", "summary", "voucher_word"):
        shown[name] = plain_value(getattr(content, name))
    shown["voucher_number"] = stored.voucher_number
    shown["is_late"] = bool(stored.is_late)
    shown["revision"] = stored.revision
    shown["base_hash"] = stored.hash.hex()
    return shown


def _declared(part: Any, fields: Iterable[Field], first: Iterable[str]) -> dict[str, Any]:
    """The declared fields of a line after `first`; `line` is its key, the line of a batch is `item_line`."""
    shown: dict[str, Any] = {}
    for name in (*first, *(field.name for field in fields)):
        attribute = {"line": "key", "item_line": "line"}.get(name, name)
        shown[name] = plain_value(getattr(part, attribute))
    return shown


_ITEM = (
    "line",
    "item",
    "item_code",
    "item_name",
    "item_spec",
    "item_kind",
)
_COUNTED = (*_ITEM, "unit", "ratio", "quantity", "base_quantity")


def _lines(session: Session, content: Document, declared: DocumentType, key: int) -> Iterator[dict[str, Any]]:
    if not content.lines:
        return
    warehouses = {id_text(row[0]): row for row in session.rows(WAREHOUSES, (key,))}
    sources = {id_text(uuid): number for uuid, number in session.rows(SOURCES, (key,))}
    is_counted = any(field.name == "quantity" for field in declared.line_fields)
    for line in content.lines:
        shown = _declared(line, declared.line_fields, _COUNTED if is_counted else _ITEM)
        _, code, name = warehouses.get(line.warehouse, (b"", "", ""))
        shown |= {"warehouse_code": code, "warehouse_name": name}
        if "source_document" in shown:
            shown["source_number"] = sources.get(line.source_document, "")
        if declared.price_of:
            shown |= {name: str(getattr(line, name)) for name in ("gross", "net", "tax")}
            shown["price_source"] = line.price_source
        yield shown


_MONEY = [
    "line",
    "kind",
    "money_account",
    "money_account_name",
    "account",
    "account_code",
    "account_name",
    "amount",
    "net",
    "tax",
    "tax_rate",
    "note",
]
_ALLOCATION = ["line", "target_document", "target_number", "target_line", "target_kind", "amount"]
_ENTRY = [
    "line",
    "account",
    "account_code",
    "account_name",
    "party",
    "party_name",
    "money_account",
    "debit",
    "credit",
    "summary",
    "cash_flow_item",
]


def _money(line: Any) -> dict[str, Any]:
    return _declared(line, (), _MONEY)


def _allocation(line: Any) -> dict[str, Any]:
    return _declared(line, (), _ALLOCATION)


def _entry(line: Any) -> dict[str, Any]:
    return _declared(line, (), _ENTRY)


def _totals(content: Document, open_items: list[dict[str, Any]]) -> dict[str, str]:
    quantity = Quantity(sum(line.quantity.micro for line in content.lines))
    return {
        "quantity": str(quantity),
        "gross": str(content.gross),
        "net": str(content.net),
        "tax": str(content.tax),
        "header_discount": str(content.header_discount),
        "write_off": str(content.write_off),
        "due": str(content.due if content.gross else ZERO),
        "tendered": str(content.tendered),
        "paid": str(total(line.amount for line in content.money if line.kind == "payment")),
        "settled": str(total(line.amount for line in content.allocations)),
        "open": str(total(Money.parse(each["open"]) for each in open_items)),
        "debit": str(total(line.debit for line in content.entries)),
        "credit": str(total(line.credit for line in content.entries)),
    }
