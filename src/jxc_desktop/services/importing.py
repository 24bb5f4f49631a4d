"""Taking in what an import has read: new cards and documents, all of it or nothing, and a line in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.value import value

from .documents import post
from .masters import CardChange, set_cards
from .work import use_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jxc_desktop.domain.documents.document import Document

    from .work import Work


@value
class ImportEntry:
    """A line of the import history of this file on this machine; `report` is JSON."""

    kind: str
    source: str
    file_name: str
    report: str


@use_case(right="import.run")
def take_in(work: Work, *, cards: Sequence[CardChange], drafts: Iterable[Document], entry: ImportEntry) -> None:
    """Make the cards, post the drafts in their order. `drafts` may be made one by one while they are taken.

    Raises what `set_cards` and `post` raise; then nothing was taken in.
    """
    if cards:
        set_cards(work, changes=cards)
        for kind in dict.fromkeys(card.kind for card in cards):
            work.catalog.prefetch(kind, [card.id for card in cards if card.kind == kind and card.id])
    post(work, drafts=drafts)  # type: ignore[arg-type]
    row = (work.clock.now_ms(), entry.kind, entry.source, entry.file_name, entry.report)
    text = "INSERT INTO import_history (imported_at, kind, source, file_name, report) VALUES (?, ?, ?, ?, ?)"
    work.session.run(text, row)
