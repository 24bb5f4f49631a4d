"""The tables of the index, and keeping them in step with the cards.

A transaction notes the cards whose texts changed and writes them once at its end, whichever door the records came in
by; a card whose tokens stay as they were is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.codec import plain
from jxc_desktop.db.engine import placeholders
from jxc_desktop.masters.registry import NUMBERS

from .tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jxc_desktop.db.engine import Session

GROUP = 500
"""Cards that are read together."""


class Searched(NamedTuple):
    """How a kind of card is found: by these texts, and by the last signs of these."""

    texts: tuple[str, ...]
    endings: tuple[str, ...]
    has_barcodes: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the tokens are made of."""
        return tuple(dict.fromkeys([*self.texts, *self.endings, *(["barcodes"] if self.has_barcodes else [])]))


SEARCHED: dict[str, Searched] = {
    "party": Searched(("name", "short_name", "code", "mnemonic"), ("code", "phone", "tax_id"), has_barcodes=False),
    "item": Searched(("name", "spec", "code", "mnemonic"), ("code",), has_barcodes=True),
}
"""Kind of card → how it is found. The first text is the one that the card is called by; what it was called before
stands in `former_name`."""


def create_texts() -> list[str]:
    """The statements that make the tables of the index."""
    return [
        f"CREATE VIRTUAL TABLE {kind}_search USING fts5(tokens, tokenize = 'ascii', columnsize = 0)"
        for kind in SEARCHED
    ]


def stored_tokens_text(kind: str) -> str:
    """The question for what the index holds of each card."""
    return f"SELECT rowid, tokens FROM {kind}_search"  # noqa: S608 — own table names


def barcodes_of(stored: str) -> list[str]:
    """The barcodes in the list that a card keeps."""
    return [each["barcode"] for each in plain(stored) or []] if stored else []


def expected_tokens(
    session: Session, kind: str, where: str = "1", row: Iterable[Any] = ()
) -> Iterator[tuple[int, str]]:
    """What the index should hold of each card that the condition takes; of a card without a name nothing."""
    searched = SEARCHED[kind]
    former: dict[int, list[str]] = {}
    row = tuple(row)
    for key, name in session.rows(
        f"SELECT f.master, f.name FROM former_name f JOIN {kind} c ON c.id = f.master"  # noqa: S608 — own names
        f" WHERE f.kind_number = ? AND {where} ORDER BY f.master, f.name",
        (NUMBERS[kind], *row),
    ):
        former.setdefault(key, []).append(name)
    columns = searched.columns
    for key, *values in session.each(
        f"SELECT c.id, {', '.join(f'c.{name}' for name in columns)} FROM {kind} c WHERE c.name <> '' AND {where}",  # noqa: S608
        row,
    ):
        card = dict(zip(columns, values, strict=True))
        endings = [card[name] for name in searched.endings]
        if searched.has_barcodes:
            endings += barcodes_of(card["barcodes"])
        yield key, tokens([*(card[name] for name in searched.texts), *former.get(key, ())], endings)


class SearchIndex:
    """Collects the cards that changed and writes what the index says of them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._noted: dict[str, dict[int, None]] = {kind: {} for kind in SEARCHED}

    def note(self, kind: str, key: int, fields: Mapping[str, Any]) -> None:
        """Fields of a card were written."""
        searched = SEARCHED.get(kind)
        if searched is not None and not fields.keys().isdisjoint(searched.columns):
            self._noted[kind][key] = None

    def finish(self) -> None:
        """Write the cards that were noted."""
        for kind, noted in self._noted.items():
            keys = sorted(noted)
            for start in range(0, len(keys), GROUP):
                self._write(kind, keys[start : start + GROUP])
            noted.clear()

    def _write(self, kind: str, keys: list[int]) -> None:
        marks = placeholders(len(keys))
        held: dict[int, str] = dict(self._session.rows(f"{stored_tokens_text(kind)} WHERE rowid IN ({marks})", keys))
        made = dict(expected_tokens(self._session, kind, f"c.id IN ({marks})", keys))
        changed = [key for key in keys if held.get(key) != made.get(key)]
        self._session.many(
            f"DELETE FROM {kind}_search WHERE rowid = ?",  # noqa: S608 — own table names
            [(key,) for key in changed if key in held],
        )
        self._session.many(
            f"INSERT INTO {kind}_search (rowid, tokens) VALUES (?, ?)",  # noqa: S608 — own table names
            [(key, made[key]) for key in changed if key in made],
        )
