"""A document as its records hold it: the content an amendment starts from, and what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db import changelog
from jxc_desktop.db.changelog import Log
from jxc_desktop.db.codec import decode_document
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.kernel.clock import hlc_ms
from jxc_desktop.kernel.errors import NotFound
from jxc_desktop.kernel.text import Text

from .reversed import is_reversed

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id

VERBS = {
    changelog.DOCUMENT_POST: "post",
    changelog.DOCUMENT_AMEND: "amend",
    changelog.DOCUMENT_VOID: "void",
    changelog.DOCUMENT_CLOSE_SHORT: "close_short",
}
CURRENT = (
    f"SELECT d.record, d.status, {is_reversed('d')}, r.hash FROM document d JOIN change_record r ON r.id = d.record"  # noqa: S608
    " WHERE d.uuid = ? AND d.status <> 'missing'"
)


class PostedContent(NamedTuple):
    """The content in force, `posted` or `voided`, whether another took it back, and its hash for an amendment."""

    document: Document
    status: str
    is_reversed: bool
    base_hash: str


class Step(NamedTuple):
    """What was done to a document: post, amend, void or close_short; when, in milliseconds since 1970, and why."""

    verb: str
    at_ms: int
    reason: str


def posted_content(session: Session, *, document_id: Id) -> PostedContent:
    """The content of a posted document. Raises NotFound."""
    row = session.first(CURRENT, (bytes.fromhex(document_id),))
    if row is None:
        raise NotFound(Text("document.not_found", {"reference": document_id}))
    return PostedContent(decode_document(Log(session).body(row[0])), row[1], bool(row[2]), row[3].hex())


def document_steps(session: Session, *, document_id: Id) -> list[Step]:
    """What was done to a document, in the order of the clock; empty for one nobody knows."""
    records = Log(session).read("WHERE subject = ? ORDER BY hlc, stream, seq", (bytes.fromhex(document_id),))
    return [
        Step(VERBS[record.kind], hlc_ms(record.hlc), str(record.content().get("reason", "")))
        for record in records
        if record.kind in VERBS
    ]
