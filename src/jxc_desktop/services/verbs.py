"""What may be done with a posted document now, and why the rest may not: the window greys what this refuses.

The use cases refuse by themselves; what only trying would show (stock going short, a settlement taken meanwhile) is
told by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.document_record import posted_content

from .derived_drafts import followers
from .guards import closed_period_text, dependents_text

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document

AMEND, COPY, FOLLOW, VOID, REVERSE = "amend", "copy", "follow", "void", "reverse"


class Possible(NamedTuple):
    """A document, the verbs that are refused with the reason of each, and the types that may follow from it."""

    id: Id
    type: str
    number: str
    refused: dict[str, Text]
    followers: list[str]


def possible(session: Session, *, document_id: Id) -> Possible:
    """What may be done with a document. Raises NotFound."""
    posted = posted_content(session, document_id=document_id)
    document, number = posted.document, {"number": posted.document.number}
    next_types = followers(session, document_id=document_id)
    refused: dict[str, Text] = {}
    if not next_types:
        refused[FOLLOW] = Text("document.follows_nothing", number)
    if document.reverses:
        refused[COPY] = Text("document.reversal_not_copied", number)
    if posted.status != "posted":
        refused |= dict.fromkeys((AMEND, VOID, REVERSE), Text("document.is_voided", number))
    else:
        refused |= _refused_changes(session, document)
    return Possible(document_id, document.type, document.number, refused, next_types)


def _refused_changes(session: Session, document: Document) -> dict[str, Text]:
    found: dict[str, Text] = {}
    number = {"number": document.number}
    if document.reverses:
        found[AMEND] = Text("document.reversal_not_amended", number)
        found[REVERSE] = Text("document.reversal_not_reversed", number)
    elif document_type(document.type).is_opening:
        found[REVERSE] = Text("document.opening_not_reversible", number)
    closed = closed_period_text(session, document)
    if closed is not None:
        found = {AMEND: closed, VOID: closed} | found
    standing = dependents_text(session, document)
    return found if standing is None else dict.fromkeys((AMEND, VOID, REVERSE), standing) | found
