"""Keeping the draft while it is entered: soon after the last key, and at once when the page or the window closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from jxc_desktop.services.drafts import keep_amendment, save_drafts

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.draft import Draft
    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.services.book import Book
    from jxc_desktop.ui.ops import Ops

    from .entry import Entry

SAVE_MS = 600
"""A draft is saved so soon after the last key."""


class Saving(QObject):
    """Saves the draft of an entry where it is not what was saved last; `base_hash` of an amendment is what it replaces.

    What another document was made into is only saved when it was edited, or on demand.
    """

    saved = Signal()

    def __init__(self, entry: Entry, ops: Ops) -> None:
        super().__init__(entry)
        self.base_hash = ""
        self._entry = entry
        self._ops = ops
        self._kept: Draft = entry.draft
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)
        entry.changed.connect(self._timer.start)

    def begun(self) -> None:
        """Another document is being entered: there is nothing of it to save yet."""
        self.stop()
        self._kept = self._entry.draft

    def stop(self) -> None:
        """Wait for the next edit: what stands there is being posted."""
        self._timer.stop()

    def save(self, *, is_wanted: bool = False) -> None:
        """Keep the draft as it is now, where that is new or `is_wanted`."""
        self.stop()
        draft = self._entry.draft
        if draft is self._kept and not is_wanted:
            return
        self._kept = draft
        document, base_hash = draft.document(), self.base_hash

        def work(book: Book) -> Changes:
            if base_hash:
                return book.do(keep_amendment, content=document, base_hash=base_hash)
            return book.do(save_drafts, drafts=[document])

        self._ops.command(work, self._saved, initiator=self)

    def _saved(self, _changes: Changes) -> None:
        self.saved.emit()
