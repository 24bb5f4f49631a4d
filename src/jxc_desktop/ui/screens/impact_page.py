"""The impact sheet (影响): what amending, voiding or reversing a document would change, why, and doing it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.kernel.changes import Changes
from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.document import FoundDocument, find_document
from jxc_desktop.queries.document_record import posted_content
from jxc_desktop.services.documents import amend, reverse, void
from jxc_desktop.services.drafts import kept_draft
from jxc_desktop.services.impact import SHOWN, Impact, impact_of
from jxc_desktop.services.verbs import AMEND, REVERSE, VOID
from jxc_desktop.ui.listing.section import section
from jxc_desktop.ui.listing.shown import shown
from jxc_desktop.ui.listing.source import Line, ListColumn
from jxc_desktop.ui.widgets.notice import Act, Notice
from jxc_desktop.ui.widgets.page import DOCUMENT, Address, Desk, Page
from jxc_desktop.ui.widgets.parts import button, column, emptied, label, restyle, row
from jxc_desktop.ui.widgets.theme import Size
from jxc_desktop.ui.widgets.verbs import COPIES, edit_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.services.book import Book
    from jxc_desktop.services.impact import RowChange

USE_CASES: dict[str, Callable[..., Any]] = {AMEND: amend, VOID: void, REVERSE: reverse}
WORDS = {"type": "document.type", "status": "document.status", "kind": "open_item"}
NOT_THERE = "—"
REASON_WIDTH, DATE_WIDTH = 420, 130


class Shown(NamedTuple):
    """What the sheet is about: the document, what else the use case takes, what it would change."""

    found: FoundDocument
    params: dict[str, Any]
    impact: Impact


class Done(NamedTuple):
    """What was done, to which document, and the content before."""

    changes: Changes
    document: FoundDocument
    before: Document


class ImpactPage(Page):
    """The sheet of one correction; its address names the document and the verb."""

    topics = frozenset()

    def __init__(self, desk: Desk, address: Address) -> None:
        super().__init__(desk, address)
        self.verb = dict(address.given)["verb"]
        self.shown: Shown | None = None
        self._name = label(self.title, "title")
        self._told = label("", "red")
        self._told.setWordWrap(True)
        self._told.hide()
        self.reason = QLineEdit()
        self.reason.setMinimumWidth(REASON_WIDTH)
        self.reason.returnPressed.connect(self.confirm)
        self.on = QLineEdit()
        self.on.setFixedWidth(DATE_WIDTH)
        self.on.editingFinished.connect(self._dated)
        self.confirm_button = button(self._word("confirm"), self.confirm, kind="primary", key="F10")
        self.confirm_button.setEnabled(False)
        self.back = button(self._say("ui.impact.back"), self.done.emit, kind="action", key="Esc")
        self._sections: QVBoxLayout = column(gap=Size.FIELD_GAP)
        self.setLayout(self._laid_out())
        for key, act in (("F10", self.confirm), ("Esc", self.done.emit)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.setFocusProxy(self.reason)

    def _laid_out(self) -> QVBoxLayout:
        asked: list[QWidget] = [label(self._say("field.reason"), "label"), self.reason]
        self.reason.setPlaceholderText(
            self._say("ui.impact.reason_needed" if self.verb == VOID else "ui.impact.reason")
        )
        if self.verb == REVERSE:
            self.on.setPlaceholderText(self._say("ui.impact.own_day"))
            asked += [label(self._say("ui.impact.on"), "label"), self.on]
        inside = QWidget()
        inside.setLayout(self._sections)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        hint = label(self._word("hint"), "hint")
        hint.setWordWrap(True)
        foot = row(*asked, None, self.back, self.confirm_button)
        box = column(self._name, hint, self._told, area, foot, gap=Size.GAP)
        box.setStretchFactor(area, 1)
        box.setContentsMargins(Size.MARGIN, Size.GAP, Size.MARGIN, Size.MARGIN)
        return box

    def _say(self, name: str, **params: object) -> str:
        return self.desk.words(Text(name, params))

    def _word(self, name: str) -> str:
        return self._say(f"ui.impact.{name}.{self.verb}")

    @property
    def title(self) -> str:
        """The verb and the number, as soon as that is known."""
        number = self.shown.found.number if self.shown else ""
        return self._say("ui.impact.title", verb=Text(f"ui.verbs.{self.verb}"), number=number).strip()

    def refresh(self) -> None:
        """Work out what would change."""
        try:
            on = date.fromisoformat(self.on.text().strip()) if self.on.text().strip() else None
        except ValueError:
            restyle(self.on, bad="true")
            self._tell(Text("report.bad_date", {"value": self.on.text()}))
            return
        restyle(self.on, bad="false")
        self.desk.ops.command(partial(self._worked_out, on), self._show, failed=self._refused)

    def _worked_out(self, on: date | None, book: Book) -> Shown:
        """On the writer's thread."""
        found = book.read(find_document, reference=self.address.name)
        params: dict[str, Any] = {"document_id": found.id}
        if self.verb == AMEND:
            kept = book.read(kept_draft, reference=found.id)
            params |= {"content": kept.document, "base_hash": kept.base_hash}
        elif self.verb == REVERSE:
            params["on"] = on
        reason = self._say(f"ui.verbs.{self.verb}")
        return Shown(found, params, impact_of(book, USE_CASES[self.verb], **params, reason=reason))

    def _show(self, shown_: Shown) -> None:
        self.shown = shown_
        self._told.hide()
        self._name.setText(self.title)
        self.titled.emit(self.title)
        self.confirm_button.setEnabled(True)
        emptied(self._sections)
        for name, (labels, figures) in SHOWN.items():
            changes = getattr(shown_.impact, name)
            if changes:
                self._sections.addWidget(label(self._say(f"cli.impact.{name}", count=len(changes)), "card"))
                self._sections.addWidget(self._table(name, changes, labels, figures))
        if not self._sections.count():
            self._sections.addWidget(label(self._say("cli.impact.nothing"), "hint"))
        self._sections.addStretch(1)

    def _table(
        self, name: str, changes: tuple[RowChange[Any], ...], labels: tuple[str, ...], figures: tuple[str, ...]
    ) -> QFrame:
        columns = [ListColumn(each, self._say(f"field.{each}")) for each in labels]
        for each in figures:
            type_ = "quantity" if each == "quantity" else "money"
            for side in ("before", "after"):
                title = f"{self._say(f'field.{each}')} {self._say(f'cli.impact.{side}')}"
                columns.append(ListColumn(f"{each}_{side}", title, type_))
        lines = [self._line(change, labels, figures) for change in changes]
        return section(columns, lines, self.desk.settings, f"impact-{name}")[0]

    def _line(self, change: RowChange[Any], labels: tuple[str, ...], figures: tuple[str, ...]) -> Line:
        there = change.before if change.after is None else change.after
        cells = []
        for name in labels:
            value = getattr(there, name)
            cells.append(self._say(f"{WORDS[name]}.{value}") if name in WORDS else str(value or ""))
        for name in figures:
            for side in (change.before, change.after):
                value = None if side is None else getattr(side, name)
                type_ = "quantity" if isinstance(value, Quantity) else "money"
                told = shown(str(value), type_, self.desk.words) if isinstance(value, Money | Quantity) else ""
                cells.append(NOT_THERE if side is None else told)
        return Line(tuple(cells), {})

    def _dated(self) -> None:
        if self.on.isModified():
            self.on.setModified(False)
            self.confirm_button.setEnabled(False)
            self.refresh()

    def _refused(self, error: Exception) -> None:
        problems = error.problems if isinstance(error, HasProblems) else ()
        texts = [each.text for each in problems] or [error.text]  # type: ignore[attr-defined]
        self._tell(*texts)

    def _tell(self, *texts: Text) -> None:
        self._told.setText("\n".join(self.desk.words(each) for each in texts))
        self._told.show()

    def confirm(self) -> None:
        """Do it, once it is known what it changes and, for a void, why."""
        reason = self.reason.text().strip()
        if self.shown is None or not self.confirm_button.isEnabled():
            return
        if self.verb == VOID and not reason:
            restyle(self.reason, bad="true")
            self._tell(Text("document.void_needs_reason", {"number": self.shown.found.number}))
            self.reason.setFocus()
            return
        self.confirm_button.setEnabled(False)
        use_case, found, params = USE_CASES[self.verb], self.shown.found, self.shown.params

        def work(book: Book) -> Done:
            before = book.read(posted_content, document_id=found.id).document
            changes = book.do(use_case, **params, reason=reason)
            reference = changes.document_ids[0] if self.verb == REVERSE else found.id
            return Done(changes, book.read(find_document, reference=reference), before)

        self.desk.ops.command(work, self._finished, failed=self._not_done)

    def _not_done(self, error: Exception) -> None:
        self.confirm_button.setEnabled(True)
        self._refused(error)

    def _finished(self, done: Done) -> None:
        assert self.shown is not None
        desk, verb, found = self.desk, self.verb, self.shown.found
        desk.ops.tell(done.changes, self)
        desk.open(Address(self.address.module, DOCUMENT, found.id))
        number, type_ = done.document.number, Text(f"document.type.{found.type}")
        said = desk.words(Text(f"cli.document.{verb}", {"type": type_, "number": number, "of": found.number}))
        warnings = [desk.words(each.text) for each in done.changes.warnings]
        desk.tell(Notice("  ".join([said, *warnings]), acts=(_undo(desk, verb, done, found),)))
        self.done.emit()


def _undo(desk: Desk, verb: str, done: Done, found: FoundDocument) -> Act:
    """What takes it back: a voided document stays so, but its copy can be posted."""
    words = desk.words
    if verb == VOID:
        return Act(words(Text("ui.impact.copy")), lambda: desk.open(edit_address(found.type, COPIES, found.id)))
    reason = words(Text(f"ui.impact.undone.{verb}"))

    def work(book: Book) -> Changes:
        if verb == REVERSE:
            return book.do(void, document_id=done.document.id, reason=reason)
        return book.do(amend, document_id=found.id, content=done.before, reason=reason)

    def told(_changes: Changes) -> None:
        desk.tell(Notice(words(Text(f"ui.impact.undone.{verb}"))))

    return Act(words(Text("ui.impact.undo")), lambda: desk.ops.command(work, told))
