"""Posting what was entered, or showing all that is wrong with it; of an amendment, first what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from jxc_desktop.kernel.problems import errors_in
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.find import PARTY
from jxc_desktop.services.documents import amend, post
from jxc_desktop.services.drafts import keep_amendment
from jxc_desktop.services.impact import impact_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.kernel.problems import Problem
    from jxc_desktop.services.book import Book
    from jxc_desktop.ui.widgets.page import Desk

    from .grid import LinesGrid
    from .head import HeadFields
    from .saving import Saving
    from .told import Told


class Posting(QObject):
    """Posts the draft of one page."""

    posted = Signal(object)
    """It is posted: what that changed."""
    amendable = Signal()
    """The amendment is kept and would be taken: what it changes can be looked at."""

    marked = Signal(object)
    """These problems are to be painted, and no others."""

    def __init__(
        self, desk: Desk, page: QWidget, grid: LinesGrid, told: Told, saving: Saving, fields: Sequence[HeadFields]
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._grid = grid
        self._told = told
        self._saving = saving
        self._fields = fields

    def post(self) -> None:
        """Post, unless something is wrong already on the screen."""
        self._grid.leave_cell()
        draft = self._grid.lines.entry.draft
        errors = errors_in(draft.problems)
        if errors:
            self.refuse(errors)
            return
        document, base_hash = draft.document(), self._saving.base_hash
        self._saving.stop()
        self.mark(())

        def work(book: Book) -> Changes:
            return book.do(post, drafts=[document])

        def examine(book: Book) -> None:
            book.do(keep_amendment, content=document, base_hash=base_hash)
            impact_of(book, amend, document_id=document.id, content=document, base_hash=base_hash)

        if base_hash:
            self._command(examine, lambda _nothing: self.amendable.emit())
        else:
            self._command(work, self.posted.emit)

    def _command(self, work: Callable[[Book], Any], then: Callable[[Any], None]) -> None:
        self._desk.ops.command(work, then, initiator=self._page, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        problems = getattr(error, "problems", ())
        if problems:
            cut = 2 if problems[0].place[:1] == ("documents",) else 0
            self.refuse([changed(each, place=each.place[cut:]) for each in problems])
        else:
            self._told.say(error.text)  # type: ignore[attr-defined]

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Paint and tell all problems, and go to the first."""
        problems = list(problems)
        self.mark(problems)
        self._told.tell(problems)
        first = problems[0].place
        if first[:1] == ("lines",) and len(first) > 2:
            lines = self._grid.lines
            name = str(first[2]) if any(each.name == first[2] for each in lines.columns) else "item"
            self._grid.open_cell(lines.row_of(int(first[1])), name)
        elif first[:1] == (PARTY,):
            for fields in self._fields:
                fields.focus(PARTY)

    def mark(self, problems: Iterable[Problem]) -> None:
        """Paint what these problems are about, and nothing else."""
        problems = list(problems)
        self.marked.emit(problems)
        places = [each.place for each in problems]
        wrong = frozenset((int(p[1]), str(p[2])) for p in places if p[:1] == ("lines",) and len(p) > 2)
        self._grid.lines.mark(wrong)
        named = frozenset(str(p[0]) for p in places if len(p) == 1)
        for fields in self._fields:
            fields.mark(named)
