"""The voucher's summary, written into the record in the book's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language, translator

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document

    from .work import Work


def voucher_word(work: Work, *, is_opening: bool) -> str:
    """The word of a document's voucher; openings have one of their own, so that the first real voucher is number 1."""
    if not is_opening:
        return str(work.settings.get("voucher_word"))
    cache = work.catalog.derived
    found: str | None = cache.get("opening_word")
    if found is None:
        words = translator(Language(work.settings.get("book_language")))
        found = cache["opening_word"] = words(Text("voucher.word.opening"))
    return found


def summary_of(work: Work, document: Document) -> str:
    """`销售出库单 客户` in the book's language; a reversal says what it takes back."""
    cache = work.catalog.derived
    key = ("summary", document.type, bool(document.reverses), document.party_name)
    found: str | None = cache.get(key)
    if found is None:
        title = Text(f"document.type.{document.type}")
        kind = "summary.reversal" if document.reverses else "summary.document"
        words = translator(Language(work.settings.get("book_language")))
        found = cache[key] = words(Text(kind, {"type": title, "party": document.party_name})).strip()
    return found
