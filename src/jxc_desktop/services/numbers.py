"""Numbers taken inside the posting transaction, without gaps per stream and series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.projections.book_rows import voucher_series
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.numbering import numbered, series_key

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

    from .work import Work


def take_number(work: Work, document: Document) -> str:
    """The next number of the document's series on its business date."""
    declared = document_type(document.type)
    reset = work.settings.get("number_reset").get(declared.code, "day")
    ordinal = work.log.head(work.log.own_stream()).ordinal
    key = series_key(declared.prefix, document.date, reset=reset, ordinal=ordinal)
    return numbered(key, _next(work, key))


def take_voucher_number(work: Work, document: Document) -> int:
    """The next voucher number of the period and word; a document keeps one it has."""
    return document.voucher_number or _next(work, voucher_series(document))


def _next(work: Work, key: str) -> int:
    last = work.numbers.get(key)
    if last is None:
        last = work.session.value("SELECT last FROM series WHERE key = ?", (key,)) or 0
    work.numbers[key] = last + 1
    return last + 1
