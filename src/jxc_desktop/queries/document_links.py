"""How documents hang together: made from, settled by, reversed by, and the whole chain of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .documents import DOCUMENT_COLUMNS, DocumentRow, document_row
from .plain import id_text

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

LONGEST_CHAIN = 1_000
"""A chain that grows beyond this many documents is cut: nobody reads it."""

_NAMED = "d.uuid, d.type, d.number, d.status"
LINKS = {
    "made_from": (
        f"SELECT DISTINCT {_NAMED} FROM item_line l JOIN document d ON d.id = l.source_document"  # noqa: S608
        " WHERE l.document = ? AND l.source_document <> 0 ORDER BY d.id"
    ),
    "made_into": (
        f"SELECT DISTINCT {_NAMED} FROM item_line l JOIN document d ON d.id = l.document"  # noqa: S608
        " WHERE l.source_document = ? AND l.source_document <> 0 ORDER BY d.id"
    ),
    "settles": (
        f"SELECT DISTINCT {_NAMED} FROM allocation a JOIN document d ON d.id = a.target_document"  # noqa: S608
        " WHERE a.document = ? ORDER BY d.id"
    ),
    "settled_by": (
        f"SELECT DISTINCT {_NAMED} FROM allocation a JOIN document d ON d.id = a.document"  # noqa: S608
        " WHERE a.target_document = ? ORDER BY d.id"
    ),
    "reverses": (
        f"SELECT {_NAMED} FROM document s JOIN document d ON d.id = s.reverses WHERE s.id = ? AND s.reverses <> 0"  # noqa: S608
    ),
    "reversed_by": (
        f"SELECT {_NAMED} FROM document d WHERE d.reverses = ? AND d.reverses <> 0 ORDER BY d.id"  # noqa: S608
    ),
}
NEIGHBOURS = (
    "SELECT source_document FROM item_line WHERE document = ?1 AND source_document <> 0"
    " UNION SELECT document FROM item_line WHERE source_document = ?1 AND source_document <> 0"
    " UNION SELECT target_document FROM allocation WHERE document = ?1"
    " UNION SELECT document FROM allocation WHERE target_document = ?1"
    " UNION SELECT reverses FROM document WHERE id = ?1 AND reverses <> 0"
    " UNION SELECT id FROM document WHERE reverses = ?1 AND reverses <> 0"
)
ONE = f"SELECT {DOCUMENT_COLUMNS} FROM document d WHERE d.id = ? AND d.status <> 'missing'"  # noqa: S608


def document_links(session: Session, key: int) -> dict[str, list[dict[str, Any]]]:
    """The documents next to one, by how they hang together."""
    return {
        name: [
            {"id": id_text(uuid), "type": kind, "number": number, "status": status}
            for uuid, kind, number, status in session.rows(text, (key,))
        ]
        for name, text in LINKS.items()
    }


def linked_documents(session: Session, key: int) -> list[DocumentRow]:
    """Every document linked to one, directly or through others, by date; the document itself is not among them."""
    seen, waiting = {key}, [key]
    while waiting and len(seen) <= LONGEST_CHAIN:
        for (neighbour,) in session.rows(NEIGHBOURS, (waiting.pop(),)):
            if neighbour not in seen:
                seen.add(neighbour)
                waiting.append(neighbour)
    found = (session.first(ONE, (each,)) for each in seen - {key})
    return sorted((document_row(row) for row in found if row is not None), key=lambda row: (row.date, row.key))
