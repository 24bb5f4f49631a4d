"""Documents by what was typed: a number, an outside number, an amount, or the name of a party.

Whole numbers and parties are found by their indexes in the whole book. Fragments and amounts are looked for among the
newest documents, and among all only where those hold none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.search.parts import fold

from .documents import DOCUMENT_COLUMNS, DocumentRow, document_row, like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.db.engine import Row, Session

NEWEST = 20_000
"""Fragments are looked for among so many documents first."""

OF_A_PARTY = 5
"""So many documents are shown of each party that matches."""

SHORTEST_FRAGMENT = 3
"""A fragment has a digit among so many signs at least."""
_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,2}))?")

NUMBER, EXTERNAL_NUMBER, AMOUNT, PARTY = "number", "external_number", "amount", "party"

BY_NUMBER = f"SELECT {DOCUMENT_COLUMNS} FROM document d WHERE d.number = ? AND d.status <> 'missing'"  # noqa: S608
BY_EXTERNAL_NUMBER = (
    f"SELECT {DOCUMENT_COLUMNS} FROM document d WHERE d.external_number = ? AND d.external_number <> ''"  # noqa: S608
    " AND d.status <> 'missing' ORDER BY d.date DESC, d.id DESC LIMIT ?"
)
BY_PARTY = (
    f"SELECT {DOCUMENT_COLUMNS} FROM document d INDEXED BY document_party WHERE d.party = ? AND d.status <> 'missing'"  # noqa: S608
    " ORDER BY d.date DESC, d.id DESC LIMIT ?"
)
_HOLDS = "(d.number LIKE ?2 ESCAPE '\\' OR d.external_number LIKE ?2 ESCAPE '\\')"
AMONG = (
    f"SELECT {DOCUMENT_COLUMNS}, CASE WHEN d.amount = ?3 THEN '{AMOUNT}' WHEN d.number LIKE ?2 ESCAPE '\\'"  # noqa: S608
    f" THEN '{NUMBER}' ELSE '{EXTERNAL_NUMBER}' END FROM document d"
    " WHERE d.id > ?4 AND d.id <= ?5 AND d.status <> 'missing'"
    f" AND (d.amount = ?3 OR (?1 AND {_HOLDS})) ORDER BY d.id DESC LIMIT ?6"
)


class DocumentMatch(NamedTuple):
    """A document and what of it matches."""

    document: DocumentRow
    why: str
    matched: str
    is_exact: bool


def found_documents(session: Session, typed: str, *, parties: Sequence[int], limit: int) -> list[DocumentMatch]:
    """Documents by number, outside number, amount or party (local keys of those that match), the newest first."""
    found: dict[int, DocumentMatch] = {}
    for match in _matches(session, typed.strip(), parties, limit):
        found.setdefault(match.document.key, match)
        if len(found) == limit:
            break
    return list(found.values())


def _matches(session: Session, typed: str, parties: Sequence[int], limit: int) -> Iterator[DocumentMatch]:
    folded = fold(typed)
    for row in session.rows(BY_NUMBER, (folded.upper(),)):
        yield _made(row, NUMBER, is_exact=True)
    for written in dict.fromkeys((typed, folded, folded.upper())):
        for row in session.rows(BY_EXTERNAL_NUMBER, (written, limit)):
            yield _made(row, EXTERNAL_NUMBER, is_exact=True)
    yield from _by_fragment(session, folded, limit)
    for party in parties:
        for row in session.rows(BY_PARTY, (party, OF_A_PARTY)):
            yield _made(row, PARTY)


def _by_fragment(session: Session, folded: str, limit: int) -> Iterator[DocumentMatch]:
    is_fragment = len(folded) >= SHORTEST_FRAGMENT and any(each.isdigit() for each in folded)
    amount = _AMOUNT.fullmatch(folded)
    fen = int(amount[1]) * 100 + int((amount[2] or "").ljust(2, "0")) if amount else None
    if not is_fragment and fen is None:
        return
    last = session.value("SELECT max(id) FROM document") or 0
    before = max(last - NEWEST, 0)
    wanted = (int(is_fragment), like(folded), fen)
    rows = session.rows(AMONG, (*wanted, before, last, limit)) or session.rows(AMONG, (*wanted, 0, before, limit))
    for *row, why in rows:
        yield _made(tuple(row), why)


def _made(row: Row, why: str, *, is_exact: bool = False) -> DocumentMatch:
    document = document_row(row)
    matched = {
        NUMBER: document.number,
        EXTERNAL_NUMBER: document.external_number,
        AMOUNT: str(document.amount),
        PARTY: document.party,
    }
    return DocumentMatch(document, why, matched[why], is_exact)
