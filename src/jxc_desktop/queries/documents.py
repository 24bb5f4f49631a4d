"""Lists of documents: of all types, of one type or of one party, newest first, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money

from .plain import day_of, day_text

if TYPE_CHECKING:
    from datetime import date

    from jxc_desktop.db.engine import Row, Session


class DocumentRow(NamedTuple):
    """A document as lists show it: `kind` is its type, `date` ISO, `party` the printed name, `key` its local number."""

    id: Id
    kind: str
    number: str
    external_number: str
    date: str
    party: str
    status: str
    amount: Money
    key: int


DOCUMENT_COLUMNS = "d.uuid, d.type, d.number, d.external_number, d.date, d.party_name, d.status, d.amount, d.id"
Condition = tuple[str, list[Any]]
"""What stands behind AND, and the values of its question marks."""

_FROM = f"SELECT {DOCUMENT_COLUMNS} FROM document d WHERE"  # noqa: S608 — own column names
_NEWEST = "ORDER BY d.date DESC, d.id DESC"
_CONTAINS = (
    "(d.number LIKE ? ESCAPE '\\' OR d.external_number LIKE ? ESCAPE '\\' OR d.party_name LIKE ? ESCAPE '\\'"
    " OR d.note LIKE ? ESCAPE '\\')"
)


def list_documents(  # noqa: PLR0913 — the filters of the list
    session: Session,
    *,
    type: str = "",  # noqa: A002 — the name of the column
    party: str = "",
    date_from: date | None = None,
    date_to: date | None = None,
    status: str = "",
    text: str = "",
    limit: int = 0,
    keyset: tuple[str, int] | None = None,
) -> list[DocumentRow]:
    """Documents, newest first; `party` is an id, code or name, `text` stands in a number, a name or the note.

    `limit` 0 is no limit; `keyset` is (date, key) of the last row of the page before.
    """
    where = conditions(date_from, date_to, status, text, keyset)
    if limit and not party:
        query, row = _newest_of([type] if type else [each.code for each in all_types()], where, limit)
    else:
        where += [("+d.type = ?" if party else "d.type = ?", [type])] if type else []
        where += [("d.party IN (SELECT id FROM party WHERE uuid = ? OR code = ? OR name = ?)", _names(party))] * bool(
            party
        )
        query = f"{_FROM} d.status <> 'missing'{and_all(where)} {_NEWEST}{' LIMIT ?' if limit else ''}"
        row = [*values_of(where), *([limit] if limit else [])]
    return [document_row(found) for found in session.rows(query, row)]


def _newest_of(types: list[str], where: list[Condition], limit: int) -> tuple[str, list[Any]]:
    """The newest of each type, in the order of its index, merged: a page costs the same in a book of any size."""
    part = f"SELECT * FROM ({_FROM} d.type = ? AND d.status <> 'missing'{and_all(where)} {_NEWEST} LIMIT ?)"  # noqa: S608 — own text
    row = [given for each in types for given in (each, *values_of(where), limit)]
    return f"{' UNION ALL '.join([part] * len(types))} ORDER BY 5 DESC, 9 DESC LIMIT ?", [*row, limit]


def conditions(
    date_from: date | None, date_to: date | None, status: str, text: str, keyset: tuple[str, int] | None
) -> list[Condition]:
    """What the filters of a list ask of its rows."""
    found: list[Condition] = []
    if date_from is not None:
        found.append(("d.date >= ?", [day_of(date_from)]))
    if date_to is not None:
        found.append(("d.date <= ?", [day_of(date_to)]))
    if status:
        found.append(("d.status = ?", [status]))
    if text:
        found.append((_CONTAINS, [like(text)] * 4))
    if keyset is not None:
        found.append(("(d.date, d.id) < (?, ?)", [int(keyset[0].replace("-", "")), keyset[1]]))
    return found


def and_all(where: list[Condition]) -> str:
    """The conditions behind what stands before them."""
    return "".join(f" AND {text}" for text, _values in where)


def values_of(where: list[Condition]) -> list[Any]:
    """The values of their question marks."""
    return [value for _text, values in where for value in values]


def _names(reference: str) -> list[Any]:
    """A reference as an id, a code and a name."""
    try:
        return [bytes.fromhex(reference), reference, reference]
    except ValueError:
        return [b"", reference, reference]


def like(text: str) -> str:
    """The LIKE pattern of texts that contain `text`; its own % and _ are ordinary signs (escape is the backslash)."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def document_row(row: Row) -> DocumentRow:
    """A row of `DOCUMENT_COLUMNS`."""
    uuid, kind, number, external, day, party, status, amount, key = row
    return DocumentRow(Id(uuid.hex()), kind, number, external, day_text(day) or "", party, status, Money(amount), key)
