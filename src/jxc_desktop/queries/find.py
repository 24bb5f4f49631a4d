"""What one box finds: items, parties and documents by anything one remembers of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.search import read_terms
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money

from .cards import find_card
from .found_cards import MOST, CardMatch, found_cards
from .found_documents import DocumentMatch, found_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session

ITEM, PARTY, DOCUMENT = "item", "party", "document"
KINDS = (ITEM, PARTY, DOCUMENT)
PARTIES = 5
"""Documents are shown of so many of the parties that match."""


class FoundRow(NamedTuple):
    """One thing that was found, the same shape for every kind.

    `kind` item, party or document; `code` a document's number; `title` its party; `detail` the spec of an item, the
    phone of a party, the date of a document; `type` and `amount` of documents only; `why` the field that matched and
    `matched` what stands in it.
    """

    kind: str
    id: Id
    code: str
    title: str
    detail: str
    type: str
    amount: Money | None
    why: str
    matched: str


def find(
    session: Session, *, text: str, kinds: Sequence[str] = KINDS, party: str = "", limit: int = 20
) -> list[FoundRow]:
    """What the text finds, at most `limit` of each kind: exact codes and numbers first, then items, parties, documents.

    `limit` 0 is as many as are looked at; `party` (an id, code or name) puts first what that party traded. Raises
    NotFound, or Ambiguous, for it.
    """
    favoured = find_card(session, PARTY, party) if party else 0
    limit = limit if limit > 0 else MOST
    terms = read_terms(text)
    if not terms:
        return []
    found: list[tuple[bool, FoundRow]] = []
    if ITEM in kinds:
        found += _cards(ITEM, found_cards(session, ITEM, terms, typed=text, party=favoured, limit=limit))
    parties: list[CardMatch] = []
    if PARTY in kinds or DOCUMENT in kinds:
        parties = found_cards(session, PARTY, terms, typed=text, limit=max(limit, PARTIES))
    if PARTY in kinds:
        found += _cards(PARTY, parties[:limit])
    if DOCUMENT in kinds:
        named = [each.key for each in parties[:PARTIES]]
        found += [
            (each.is_exact, _document(each)) for each in found_documents(session, text, parties=named, limit=limit)
        ]
    return [row for _is_exact, row in sorted(found, key=lambda each: not each[0])]


def _cards(kind: str, matches: Sequence[CardMatch]) -> list[tuple[bool, FoundRow]]:
    return [
        (
            each.is_exact,
            FoundRow(kind, each.id, each.code, each.name, each.detail, "", None, each.why, each.matched),
        )
        for each in matches
    ]


def _document(match: DocumentMatch) -> FoundRow:
    row = match.document
    return FoundRow(DOCUMENT, row.id, row.number, row.party, row.date, row.kind, row.amount, match.why, match.matched)
