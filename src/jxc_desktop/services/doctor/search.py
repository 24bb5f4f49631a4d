"""The check of the search index: what the cards say is what is found, nothing more and nothing less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.changelog import MASTER_SET
from jxc_desktop.db.search import SEARCHED, expected_tokens, expression, read_terms, stored_tokens_text
from jxc_desktop.kernel.text import Text

from .finding import MOST, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined import Examined

_RECENT = (
    "c.id IN (SELECT k.id FROM change_record r JOIN {kind} k ON k.uuid = r.subject WHERE r.id >= ? AND r.kind = ?)"
)
_LOOKED_FOR = 6
"""A card is looked for by the first signs of its name."""


def search_finds_cards(examined: Examined) -> Iterator[Finding]:
    """The index holds of every item and party what its card says, and finds it by its name."""
    for kind in SEARCHED:
        where = _RECENT.format(kind=kind) if examined.quick else "1"
        row = (examined.first_record, MASTER_SET) if examined.quick else ()
        expected = dict(expected_tokens(examined.session, kind, where, row))
        yield from _not_found(examined, kind, expected)
        if not examined.quick:
            yield from _of_nothing(examined, kind)


def _not_found(examined: Examined, kind: str, expected: dict[int, str]) -> Iterator[Finding]:
    session = examined.session
    held = f"{stored_tokens_text(kind)} WHERE rowid = ?"
    finds = f"SELECT 1 FROM {kind}_search WHERE tokens MATCH ? AND rowid = ?"  # noqa: S608 — own table names
    count = 0
    for key, tokens in expected.items():
        code, name = session.rows(f"SELECT code, name FROM {kind} WHERE id = ?", (key,))[0]  # noqa: S608
        terms = read_terms(name[:_LOOKED_FOR])
        is_held = session.first(held, (key,)) == (key, tokens)
        if not is_held or (terms and session.first(finds, (expression(terms), key)) is None):
            yield Finding(Text("doctor.not_found_by_search", {"kind": Text(f"master.kind.{kind}"), "code": code}))
            count += 1
            if count > MOST:
                return


def _of_nothing(examined: Examined, kind: str) -> Iterator[Finding]:
    count = examined.session.value(
        f"SELECT count(*) FROM {kind}_search s LEFT JOIN {kind} c ON c.id = s.rowid WHERE coalesce(c.name, '') = ''"  # noqa: S608
    )
    if count:
        yield Finding(Text("doctor.search_of_nothing", {"kind": Text(f"master.kind.{kind}"), "count": str(count)}))
