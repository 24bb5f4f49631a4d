"""Drafts that are kept in this file: what is being entered survives a power cut, and is gone once it is posted.

A draft is a row of its own on this machine: not in the log, not synced, not in the digest. The id it is kept under is
the id the document will have, so that a draft that was posted can never be posted again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db.codec import canonical, decode_document, document_body
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.kernel.errors import NotFound
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.text import Text

from .work import use_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.db.engine import Session

    from .work import Work

SAVE = (
    "INSERT INTO draft (document, type, saved_at, content, base_hash) VALUES (?, ?, ?, ?, ?) ON CONFLICT (document)"
    " DO UPDATE SET type = excluded.type, saved_at = excluded.saved_at, content = excluded.content,"
    " base_hash = excluded.base_hash"
)
KEPT = "SELECT document, type, saved_at, content, base_hash FROM draft"


class KeptDraft(NamedTuple):
    """A draft and when it was saved, in milliseconds since 1970; `base_hash` of an amendment names what it replaces."""

    id: Id
    type: str
    saved_at: int
    document: Document
    base_hash: str = ""


@use_case(right="documents.post")
def save_drafts(work: Work, *, drafts: Sequence[Document]) -> None:
    """Keep drafts as they are, each under its id, in the place of what was kept there before.

    Nothing is checked and nothing filled in. A draft whose document is posted already is not kept.
    """
    for draft in drafts:
        if not work.transaction.projector.document_ids.find(draft.id):
            _save(work, draft, None)


@use_case(right="documents.amend")
def keep_amendment(work: Work, *, content: Document, base_hash: str) -> None:
    """Keep what a posted document is to be replaced by, under its id, until that is done or dropped.

    Nothing is checked and nothing filled in. Raises NotFound where there is no posted document of that id.
    """
    if not work.session.value("SELECT count(*) FROM document WHERE uuid = ? AND status = 'posted'", (_key(content),)):
        raise NotFound(Text("document.not_found", {"reference": content.number or content.id}))
    _save(work, content, bytes.fromhex(base_hash))


def _save(work: Work, draft: Document, base_hash: bytes | None) -> None:
    content = canonical({"document": document_body(draft)}).decode()
    work.session.run(SAVE, (_key(draft), draft.type, work.clock.now_ms(), content, base_hash))


def _key(draft: Document) -> bytes:
    return bytes.fromhex(draft.id)


@use_case(right="documents.post")
def drop_draft(work: Work, *, draft: Id) -> None:
    """Forget a draft. Raises NotFound."""
    if not forget(work.session, draft):
        raise NotFound(Text("draft.not_found", {"draft": draft}))


def forget(session: Session, draft: Id) -> bool:
    """Take the draft of this id out, whether there is one or not; whether there was."""
    found = session.first("SELECT id FROM draft WHERE document = ?", (bytes.fromhex(draft),))
    if found is not None:
        session.run("DELETE FROM draft WHERE id = ?", (found[0],))
    return found is not None


def kept_drafts(session: Session, *, type: str = "") -> list[KeptDraft]:  # noqa: A002 — the field's name
    """The drafts that are kept, the newest first, amendments among them; of one type where it is named."""
    where, row = (" WHERE type = ?", (type,)) if type else ("", ())
    rows = session.rows(f"{KEPT}{where} ORDER BY saved_at DESC, id DESC", row)
    return [
        KeptDraft(Id(key.hex()), name, at, decode_document(text.encode()), base.hex() if base else "")
        for key, name, at, text, base in rows
    ]


def kept_draft(session: Session, *, reference: str) -> KeptDraft:
    """The draft whose id is, or begins with, the reference. Raises NotFound."""
    found = [each for each in kept_drafts(session) if each.id.startswith(reference.lower())]
    if len(found) != 1 or not reference:
        raise NotFound(Text("draft.not_found", {"draft": reference}))
    return found[0]
