"""Items and parties by what was typed: the best first, whatever the size of the book.

The index names candidates, newest card first, and a card is looked at before it counts, those traded lately before
the others, until there are enough. Where it names more than are fetched, what was traded lately is looked at whether
named or not, so that what is asked for most is never cut off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.db.search import SEARCHED, Term, expression
from jxc_desktop.db.search.index import barcodes_of
from jxc_desktop.db.search.parts import fold, parts
from jxc_desktop.db.search.tokens import joined
from jxc_desktop.kernel.ids import Id
from jxc_desktop.masters.registry import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Row, Session

NAMED = 3_000
"""So many candidates are fetched from the index: a few milliseconds."""

FAVOURITES = 200
"""So many cards traded lately are put first."""

MOST = 40
"""So many matching cards are compared by how well their texts match; of more, the newest."""

AT_ONCE = 50
"""Cards that are read together."""

_MOST_DOCUMENTS, _MOST_LINES = 200, 2_000
"""So far back goes "lately"."""

FORMER_NAME = "former_name"
BARCODE = "barcode"

PARTY_ITEMS = (
    "SELECT l.item FROM (SELECT id FROM document INDEXED BY document_party WHERE party = ? AND status = 'posted'"  # noqa: S608
    f" ORDER BY date DESC, id DESC LIMIT {_MOST_DOCUMENTS}) d CROSS JOIN item_line l ON l.document = d.id"
    f" LIMIT {_MOST_LINES}"
)
RECENT_ITEMS = f"SELECT item FROM item_line ORDER BY document DESC, line DESC LIMIT {_MOST_LINES}"  # noqa: S608
RECENT_PARTIES = f"SELECT party FROM document ORDER BY id DESC LIMIT {_MOST_LINES}"  # noqa: S608


class CardMatch(NamedTuple):
    """A card that matches: by which field and text, and how well it ranks.

    `is_exact`: a card in use says exactly what was typed.
    """

    key: int
    id: Id
    code: str
    name: str
    detail: str
    why: str
    matched: str
    is_exact: bool
    rank: tuple[Any, ...]


def found_cards(
    session: Session, kind: str, terms: Sequence[Term], *, typed: str, party: int = 0, limit: int
) -> list[CardMatch]:
    """The cards of a kind that hold every term: exact codes first, then by the party's history, then by recency.

    Cards no longer in use come last. `party` is a local key, 0 for none.
    """
    look = _Look(session, kind, terms, typed)
    look.among_exact()
    named = look.named()
    if named:
        look.favourites = _favourites(session, kind, party)
        all_named = set(named)
        look.among([key for key in look.favourites if len(named) == NAMED or key in all_named], enough=limit)
        look.among(named, enough=max(limit, MOST))
        look.among(named, enough=limit, is_active=False)
    return sorted(look.found.values(), key=lambda match: match.rank)[:limit]


def _favourites(session: Session, kind: str, party: int) -> dict[int, int]:
    """The cards traded lately, the party's first, each with its rank."""
    if kind == "party":
        keys = [row[0] for row in session.rows(RECENT_PARTIES)]
    else:
        keys = [row[0] for row in session.rows(PARTY_ITEMS, (party,))] if party else []
        keys += [row[0] for row in session.rows(RECENT_ITEMS)]
    return {key: rank for rank, key in enumerate(list(dict.fromkeys(keys))[:FAVOURITES])}


class _Look:
    """Looking at candidates, each once."""

    def __init__(self, session: Session, kind: str, terms: Sequence[Term], typed: str) -> None:
        self._session = session
        self._kind = kind
        self._searched = SEARCHED[kind]
        self._terms = terms
        self._typed = fold(typed).strip()
        self._columns = self._searched.columns
        self._select = ", ".join(["c.id", "c.uuid", "c.is_active", *(f"c.{name}" for name in self._columns)])
        self._seen: set[int] = set()
        self.favourites: dict[int, int] = {}
        self.found: dict[int, CardMatch] = {}

    def among_exact(self) -> None:
        """Look at the cards whose code or barcode is what was typed."""
        typed = self._typed
        where = "c.code IN (?, ?)"
        row = [typed, typed.upper()]
        if self._searched.has_barcodes:
            where += " OR c.id IN (SELECT item FROM item_barcode WHERE barcode IN (?, ?))"
            row += row
        self._look(where, row)

    def named(self) -> list[int]:
        """What the index names, the newest card first."""
        text = f"SELECT rowid FROM {self._kind}_search WHERE tokens MATCH ? ORDER BY rowid DESC LIMIT {NAMED}"  # noqa: S608
        return [row[0] for row in self._session.rows(text, (expression(self._terms),))]

    def among(self, keys: Sequence[int], *, enough: int, is_active: bool = True) -> None:
        """Look at these cards, in use or not, in this order, until so many are found in all."""
        for start in range(0, len(keys), AT_ONCE):
            if len(self.found) >= enough:
                return
            some = [key for key in keys[start : start + AT_ONCE] if key not in self._seen]
            if some:
                self._look(f"c.is_active = ? AND c.id IN ({placeholders(len(some))})", [int(is_active), *some])

    def _look(self, where: str, row: Sequence[Any]) -> None:
        for found in self._session.rows(f"SELECT {self._select} FROM {self._kind} c WHERE {where}", row):  # noqa: S608
            if found[0] not in self._seen:
                self._seen.add(found[0])
                match = self._match(found)
                if match is not None:
                    self.found[found[0]] = match

    def _match(self, row: Row) -> CardMatch | None:
        key, uuid, is_active, *values = row
        card: dict[str, str] = dict(zip(self._columns, values, strict=True))
        hits = self._hits(key, card)
        if hits is None:
            return None
        why, matched, start = hits[0]
        is_exact = bool(is_active) and self._typed in {fold(matched), joined(matched)}
        recency = self.favourites.get(key, len(self.favourites))
        rank = (not is_active, not is_exact, recency, why != "name", start, len(card["name"]), -key)
        detail = card["spec"] if "spec" in card else card.get("phone", "")
        return CardMatch(key, Id(uuid.hex()), card["code"], card["name"], detail, why, matched, is_exact, rank)

    def _hits(self, key: int, card: dict[str, str]) -> list[tuple[str, str, int]] | None:
        """For each term the first field that holds it, with the text and the place; None where one is in none."""
        hits = []
        for term in self._terms:
            hit = self._hit(term, key, card)
            if hit is None:
                return None
            hits.append(hit)
        return hits

    def _hit(self, term: Term, key: int, card: dict[str, str]) -> tuple[str, str, int] | None:
        for name in self._searched.texts:
            start = term.place_in(parts(card[name])) if card[name] else -1
            if start >= 0:
                return name, card[name], start
        if term.ending:
            endings = [(name, card[name]) for name in self._searched.endings]
            if self._searched.has_barcodes:
                endings += [(BARCODE, each) for each in barcodes_of(card["barcodes"])]
            for name, text in endings:
                if joined(text).endswith(term.ending):
                    return name, text, 0
        former = "SELECT name FROM former_name WHERE kind_number = ? AND master = ? ORDER BY name"
        for (text,) in self._session.rows(former, (NUMBERS[self._kind], key)):
            start = term.place_in(parts(text))
            if start >= 0:
                return FORMER_NAME, text, start
        return None
