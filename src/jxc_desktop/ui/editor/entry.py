"""The draft being entered, with its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from jxc_desktop.domain.documents.draft import Draft

if TYPE_CHECKING:
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document

MOST_STEPS = 200


class Steps(NamedTuple):
    """A draft, the ones before it and the ones that were undone, the last last."""

    draft: Draft
    done: tuple[Draft, ...]
    undone: tuple[Draft, ...]


class Entry(QObject):
    """Every edit puts a new draft in; `changed` tells everybody who shows it."""

    changed = Signal()

    def __init__(self, declared: DocumentType, document: Document) -> None:
        super().__init__()
        self.declared = declared
        self.draft: Draft = declared.draft(document)
        self._undone: list[Draft] = []
        self._done: list[Draft] = []

    @property
    def is_touched(self) -> bool:
        """Whether anything was entered."""
        return bool(self._done)

    def put(self, draft: Draft) -> None:
        """Take an edited draft."""
        if draft is self.draft:
            return
        self._done.append(self.draft)
        del self._done[:-MOST_STEPS]
        self._undone.clear()
        self._show(draft)

    def begin(self, document: Document) -> None:
        """Start over with another document."""
        self.show(self.declared.draft(document))

    def show(self, draft: Draft) -> None:
        """Start over with a draft that is opened already."""
        self._done.clear()
        self._undone.clear()
        self._show(draft)

    def steps(self) -> Steps:
        """The draft with its undo, to go on with elsewhere."""
        return Steps(self.draft, tuple(self._done), tuple(self._undone))

    def go_on(self, steps: Steps) -> None:
        """Take over a draft with its undo."""
        self._done, self._undone = list(steps.done), list(steps.undone)
        self._show(steps.draft)

    def undo(self) -> None:
        """The draft before the last edit."""
        if self._done:
            self._undone.append(self.draft)
            self._show(self._done.pop())

    def redo(self) -> None:
        """The edit that was undone."""
        if self._undone:
            self._done.append(self.draft)
            self._show(self._undone.pop())

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        self.changed.emit()
