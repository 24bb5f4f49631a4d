"""What a document being entered begins with: the defaults, a draft that was kept, or a posted document.

An address without more goes on with the newest draft of its type that no other page has; `amends`, `copies` and
`follows` name the posted document it begins with, `draft` the draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.domain.documents.draft import Draft
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.ids import Id
from jxc_desktop.queries.document_record import posted_content
from jxc_desktop.services.derived_drafts import copied_draft, following_draft
from jxc_desktop.services.drafting import Start, begin
from jxc_desktop.services.drafts import kept_drafts
from jxc_desktop.ui.widgets.verbs import AMENDS, COPIES, FOLLOWS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.services.drafts import KeptDraft
    from jxc_desktop.services.reader import Reader

DRAFT = "draft"


class Beginning(NamedTuple):
    """The defaults of the book, the draft to go on with, and what it is.

    `base_hash` of an amendment names what it replaces; `is_kept` where it was entered before.
    """

    start: Start
    draft: Draft | None = None
    base_hash: str = ""
    is_kept: bool = False


def beginning(
    reader: Reader, declared: DocumentType, given: Mapping[str, str], elsewhere: Collection[Id], now_ms: int
) -> Beginning:
    """What a page of this type begins with; `elsewhere` are the drafts that other pages have."""
    start = reader.read(begin, type=declared.code, now_ms=now_ms)
    kept = reader.read(kept_drafts, type=declared.code)
    if AMENDS in given:
        return _amendment(reader, declared, Id(given[AMENDS]), start, kept)
    made = _derived(reader, declared, given, now_ms)
    if made is not None:
        return Beginning(start, declared.draft(made))
    for each in kept:
        if not each.base_hash and (each.id == given[DRAFT] if DRAFT in given else each.id not in elsewhere):
            return Beginning(start, declared.draft(each.document), is_kept=True)
    return Beginning(start)


def _amendment(reader: Reader, declared: DocumentType, document: Id, start: Start, kept: list[KeptDraft]) -> Beginning:
    for each in kept:
        if each.id == document and each.base_hash:
            return Beginning(start, declared.draft(each.document), each.base_hash, is_kept=True)
    posted = reader.read(posted_content, document_id=document)
    return Beginning(start, declared.draft(posted.document), posted.base_hash)


def _derived(reader: Reader, declared: DocumentType, given: Mapping[str, str], now_ms: int) -> Document | None:
    """What follows from a document, or its copy; it has no id yet."""
    if COPIES in given:
        return reader.read(copied_draft, document_id=Id(given[COPIES]), now_ms=now_ms)
    if FOLLOWS in given:
        return reader.read(following_draft, document_id=Id(given[FOLLOWS]), type=declared.code, now_ms=now_ms)
    return None


def with_id(draft: Draft, new: Id) -> Draft:
    """A draft that has an id to be kept and posted under."""
    return draft if draft.head.id != NO_ID else draft.with_head(id=new)
