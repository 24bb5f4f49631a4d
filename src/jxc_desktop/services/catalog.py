"""Master cards as the services look them up: by id, code, name or barcode, one at a time and remembered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from jxc_desktop.db.codec import plain
from jxc_desktop.db.engine import placeholders
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.errors import Ambiguous, NotFound
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import KINDS, master_kind
from jxc_desktop.masters.spec import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.db.engine import Session

T = TypeVar("T")

MOST_AT_ONCE = 500
"""Cards that are looked up in one statement."""

_ID = re.compile(r"[0-9a-f]{32}")
_COLUMNS = {kind.code: ("id", "uuid", *(field.name for field in kind.fields)) for kind in KINDS}
_JSON = {kind.code: {field.name for field in kind.fields if field.type is FieldType.JSON} for kind in KINDS}
_REFERENCES = {
    kind.code: {field.name: field.to for field in kind.fields if field.type is FieldType.REFERENCE} for kind in KINDS
}


class Card:
    """One card: its id, its local key and its fields; references are ids, lists are decoded."""

    __slots__ = ("fields", "id", "key", "kind")

    def __init__(self, kind: str, key: int, card_id: Id, fields: dict[str, Any]) -> None:
        self.kind = kind
        self.key = key
        self.id = card_id
        self.fields = fields

    def __getattr__(self, name: str) -> Any:
        try:
            return self.fields[name]
        except KeyError:
            raise AttributeError(name) from None


class Catalog:
    """Looks cards up and remembers them until a master changes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_id: dict[tuple[str, Id], Card | None] = {}
        self._by_code: dict[tuple[str, str], Card | None] = {}
        self._ids: dict[tuple[str, int], Id] = {}
        self.derived: dict[Any, Any] = {}

    def forget(self) -> None:
        """A card changed: look everything up again."""
        self._by_id.clear()
        self._by_code.clear()
        self.derived.clear()

    def card(self, kind: str, card_id: Id) -> Card | None:
        """The card with that id."""
        known = self._by_id.get((kind, card_id), self)
        if known is not self:
            return known  # type: ignore[return-value]
        found = self._select(kind, "uuid = ?", bytes.fromhex(card_id)) if card_id else []
        card = found[0] if found else None
        self._by_id[kind, card_id] = card
        return card

    def prefetch(self, kind: str, ids: Sequence[Id]) -> None:
        """Look many cards up together; `card` then knows them, and which of them there are not."""
        for some in _portions(ids):
            found = self._select(kind, f"uuid IN ({placeholders(len(some))})", *map(bytes.fromhex, some))
            self._by_id |= dict.fromkeys((kind, each) for each in some)
            self._by_id |= {(kind, card.id): card for card in found}

    def prefetch_codes(self, kind: str, codes: Sequence[str]) -> None:
        """The same by code, for `by_code`."""
        for some in _portions(codes):
            where = f"code IN ({placeholders(len(some))}) ORDER BY is_active, id DESC"
            found = self._select(kind, where, *some)
            self._by_code |= dict.fromkeys((kind, each) for each in some)
            self._by_code |= {(kind, card.code): card for card in found}

    def by_code(self, kind: str, code: str) -> Card | None:
        """The active card with that code, else any card with it."""
        known = self._by_code.get((kind, code), self)
        if known is not self:
            return known  # type: ignore[return-value]
        found = self._select(kind, "code = ? ORDER BY is_active DESC, id", code)
        card = self._by_code[kind, code] = found[0] if found else None
        return card

    def by_name(self, kind: str, name: str) -> list[Card]:
        """The cards with that name."""
        return self._select(kind, "name = ? ORDER BY is_active DESC, id", name)

    def by_barcode(self, barcode: str) -> list[tuple[Card, str]]:
        """The items a barcode belongs to, each with the unit it stands for."""
        rows = self._session.rows(
            "SELECT i.uuid, b.unit FROM item_barcode b JOIN item i ON i.id = b.item WHERE b.barcode = ?", (barcode,)
        )
        cards = ((self.card("item", Id(uuid.hex())), unit) for uuid, unit in rows)
        return [(card, unit) for card, unit in cards if card is not None]

    def find(self, kind: str, reference: str) -> Card:
        """The card that an id, a code, a name or (for items) a barcode means.

        Raises NotFound, or Ambiguous with the candidates.
        """
        if _ID.fullmatch(reference) and (card := self.card(kind, Id(reference))) is not None:
            return card
        if (card := self.by_code(kind, reference)) is not None:
            return card
        found = self.by_name(kind, reference)
        if not found and kind == "item":
            found = [each for each, _unit in self.by_barcode(reference)]
        params = {"kind": Text(f"master.kind.{kind}"), "reference": reference}
        if not found:
            raise NotFound(Text("master.not_found", params))
        if len(found) > 1:
            candidates = ", ".join(each.code for each in found)
            raise Ambiguous(Text("master.ambiguous", {**params, "candidates": candidates}))
        return found[0]

    def all(self, kind: str) -> list[Card]:
        """Every card of a kind, in the order they were made."""
        return self._select(kind, "1 ORDER BY id")

    def id_of(self, kind: str, key: int) -> Id:
        """The id behind a local key."""
        if not key:
            return NO_ID
        known = self._ids.get((kind, key))
        if known is None:
            uuid = self._session.value(f"SELECT uuid FROM {kind} WHERE id = ?", (key,))  # noqa: S608 — declared kinds
            known = self._ids[kind, key] = Id(uuid.hex())
        return known

    def _select(self, kind: str, where: str, *row: Any) -> list[Card]:
        names = _COLUMNS[kind]
        text = f"SELECT {', '.join(names)} FROM {kind} WHERE {where}"  # noqa: S608 — declared names
        return [self._card(kind, names, found) for found in self._session.rows(text, row)]

    def _card(self, kind: str, names: tuple[str, ...], row: tuple[Any, ...]) -> Card:
        fields = dict(zip(names[2:], row[2:], strict=True))
        for name in _JSON[kind]:
            fields[name] = plain(fields[name]) if fields[name] else None
        for name, to in _REFERENCES[kind].items():
            fields[name] = self.id_of(to, fields[name])
        return Card(kind, row[0], Id(row[1].hex()), fields)


def _portions(wanted: Sequence[T]) -> Iterator[Sequence[T]]:
    return (wanted[start : start + MOST_AT_ONCE] for start in range(0, len(wanted), MOST_AT_ONCE))


def declared_fields(kind: str) -> tuple[str, ...]:
    """The names of the fields of a kind."""
    return tuple(field.name for field in master_kind(kind).fields)
