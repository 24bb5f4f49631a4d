"""A long list of documents page by page: the local numbers of all of them in order, then any page by its numbers."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.kernel.money import Money

from .documents import DOCUMENT_COLUMNS, and_all, conditions, document_row, values_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jxc_desktop.db.engine import Session

    from .documents import DocumentRow


class DocumentKeys(NamedTuple):
    """The local numbers of a list, newest first, and the sum of what is not voided."""

    keys: array[int]
    amount: Money


def document_keys(
    session: Session,
    *,
    type: str = "",  # noqa: A002 — the field's name
    date_from: date | None = None,
    date_to: date | None = None,
    status: str = "",
    text: str = "",
) -> DocumentKeys:
    """Which documents a list holds. Eight bytes a row: a million take 8 MB."""
    where = conditions(date_from, date_to, status, text, None)
    if type:
        where.append(("d.type = ?", [type]))
    tail = f"FROM document d WHERE d.status <> 'missing'{and_all(where)}"
    found = array(
        "q", (key for (key,) in session.each(f"SELECT d.id {tail} ORDER BY d.date DESC, d.id DESC", values_of(where)))
    )
    total = session.value(f"SELECT sum(d.amount) {tail} AND d.status = 'posted'", values_of(where))
    return DocumentKeys(found, Money(total or 0))


def documents_by_key(session: Session, *, keys: Sequence[int]) -> list[DocumentRow]:
    """The documents of these local numbers, in their order."""
    text = f"SELECT {DOCUMENT_COLUMNS} FROM document d WHERE d.id IN ({placeholders(len(keys))})"  # noqa: S608 — marks only
    found = {row[8]: document_row(row) for row in session.rows(text, list(keys))}
    return [found[key] for key in keys if key in found]
