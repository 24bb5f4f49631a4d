"""What drafts come to, in the shape of posted documents: for paper and previews, nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.ids import Id
from jxc_desktop.queries.document import document_content

from .documents import post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document

    from .book import Book

LAST = "SELECT uuid FROM document ORDER BY id DESC LIMIT ?"


def draft_contents(book: Book, drafts: Sequence[Document]) -> list[dict[str, Any]]:
    """The content of each draft as if it were posted, its status `draft`. Raises what posting refuses with."""

    def look(session: Session) -> list[dict[str, Any]]:
        found = session.rows(LAST, (len(drafts),))
        return [document_content(session, Id(uuid.hex())) for (uuid,) in reversed(found)]

    contents = book.preview(post, look, drafts=list(drafts))
    for content in contents:
        content["head"]["status"] = "draft"
    return contents
