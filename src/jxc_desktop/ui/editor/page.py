"""The page of a document being entered: its parts, its keys, what it begins with and what comes after posting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget
from shiboken6 import isValid

from jxc_desktop.doctypes.fields import DUE_DATE, INVOICE_KIND, PRICE_MODE
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.document import NO_DATE, Document
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.domain.field import FieldType
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.document import document_content
from jxc_desktop.queries.find import PARTY
from jxc_desktop.services.derived_drafts import takes_lines
from jxc_desktop.services.drafts import drop_draft
from jxc_desktop.ui.widgets.notice import Notice
from jxc_desktop.ui.widgets.page import DOCUMENT, IMPACT, PRINT, Address, Desk, Page
from jxc_desktop.ui.widgets.parts import button, card, column, label, row
from jxc_desktop.ui.widgets.theme import Size
from jxc_desktop.ui.widgets.verbs import AMENDS

from .assistant import Assistant
from .beginning import beginning, with_id
from .drafts_menu import DraftsMenu
from .entry import Entry
from .finding import Finding
from .footer import TENDER, Tender, Totals
from .grid import LinesGrid
from .head import HeadFields
from .line_keys import LineKeys
from .model import LinesModel
from .money_part import MoneyPart
from .pasting import Pasting
from .picker import Picker
from .posting import Posting
from .saving import Saving
from .scanning import Scanning
from .sources import Sources
from .told import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.drafting import Start
    from jxc_desktop.services.reader import Reader

    from .beginning import Beginning
    from .entry import Steps
    from .picker import Offer

HIDDEN = (DUE_DATE, INVOICE_KIND, PRICE_MODE)
"""Left to the cards and settings; who buys says which invoice came."""
FOOT_WIDTH = 240
AMEND_VERB = (("verb", "amend"),)
_PAGES: WeakSet[EditorPage] = WeakSet()


class EditorPage(Page):
    """A document of the type its address names: a new one, or what the address says it begins with."""

    topics = frozenset()

    def __init__(self, desk: Desk, address: Address) -> None:
        super().__init__(desk, address)
        self.declared = document_type(address.name)
        self.entry = Entry(self.declared, Document(NO_ID, address.name, NO_DATE))
        self._given = dict(address.given)
        self._start: Start | None = None
        self._resumed: tuple[Steps, str] | None = None
        self._is_printed = False
        self._picker = Picker(self)
        self.lines = LinesModel(self.entry, desk.words)
        self.told = Told(self.lines, desk.words)
        self.lines.refused.connect(self.told.say)
        self.lines.mended.connect(self.told.hide)
        self.finding = Finding(desk, self.entry, self.told)
        titles = self.finding.item_titles()
        self.grid = LinesGrid(self.lines, desk.ops, self._picker, self.finding.ask_items, titles)
        self.finding.serve(self.grid)
        self.grid.finished.connect(self._finished)
        declared = sorted(self.declared.head_fields, key=lambda field: field.name != PARTY)
        shown = [field for field in declared if field not in HIDDEN]
        self.head = self._fields([field for field in shown if field.type is not FieldType.MONEY])
        self.foot = self._fields([field for field in shown if field.type is FieldType.MONEY])
        self.head.asked_party.connect(self._party_decided)
        self.head.left.connect(self._to_lines)
        has_items = bool(self.declared.line_fields)
        self.tender = Tender(desk, self.entry) if has_items and TENDER in self.declared.money_kinds else None
        self.money = None if has_items else MoneyPart(desk, self.entry)
        self.totals = Totals(desk, self.entry)
        self.assistant = Assistant(desk, self.grid)
        self.finding.known.connect(self.assistant.show_known)
        self.scanning = Scanning(desk, self, self.grid, self.told)
        self.scanning.known.connect(self.assistant.show_known)
        self.saving = Saving(self.entry, desk.ops)
        self.saving.saved.connect(self._saved)
        self.posting = Posting(desk, self, self.grid, self.told, self.saving, (self.head, self.foot))
        self.posting.posted.connect(self._posted)
        self.posting.amendable.connect(self._show_impact)
        if self.money is not None:
            self.money.refused.connect(self.told.say)
            self.posting.marked.connect(self.money.mark)
        self.pasting = Pasting(desk, self.grid, self.told)
        self.sources = Sources(desk, self, self.entry, self.told) if takes_lines(self.declared) else None
        if self.sources is not None:
            self.sources.taken.connect(self.grid.open_next)
            self.sources.left.connect(self.grid.open_next)
        self.drafts = DraftsMenu(desk, self, address)
        self._lay_out()
        self._keys()
        LineKeys(desk, self, self.grid, self.told)
        _PAGES.add(self)

    def _fields(self, fields: list[Any]) -> HeadFields:
        made = HeadFields(self.desk, self.entry, fields, self._picker, self.finding.ask_parties)
        made.refused.connect(self.told.say)
        return made

    def _lay_out(self) -> None:
        words = self.desk.words
        self.state = label(self._state_word(), "hint")
        self._name = label(self.title, "title")
        frame = self.money or card(column(self.grid))
        self.foot.setMaximumWidth(max(FOOT_WIDTH, self.foot.sizeHint().width()))
        parts = [each for each in (self.foot if self.foot.fields else None, self.tender) if each]
        bottom = row(*parts, None) if self.money else row(*parts, self.totals)
        bottom.setStretchFactor(self.totals, 1)
        is_amendment = self.is_amendment
        post_it = button(
            words(Text("ui.editor.amend" if is_amendment else "ui.editor.post")), self.post, kind="primary", key="F10"
        )
        settle = button(words(Text("ui.editor.settle")), self.settle, kind="action", key="F8")
        clear = button(
            words(Text("ui.editor.give_up" if is_amendment else "ui.editor.clear")), self._clear, kind="action"
        )
        print_it = button(words(Text("ui.editor.print")), self.post_and_print, kind="action", key="F11")
        above: list[Any] = [row(self._name, self.state, None), self.head, frame, self.told, self.assistant]
        pull = button(words(Text("ui.sources.open")), self.pull, kind="action", key="F3")
        offered = (
            (clear, True),
            (pull, self.sources),
            (settle, self.tender or self.money),
            (print_it, not is_amendment),
        )
        keys = [*(part for part, is_offered in offered if is_offered), post_it]
        box = column(*above, bottom, row(None, *keys), gap=Size.GAP)
        box.setStretchFactor(frame, 1)
        box.setContentsMargins(Size.MARGIN, Size.GAP, Size.MARGIN, Size.MARGIN)
        self.setLayout(box)

    def _keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F10": self.post,
            "F11": self.post_and_print,
            "F8": self.settle,
            "F3": self.pull,
            "F7": self.show_drafts,
            "F4": self._focus_party,
            "F9": self.save,
            "Ctrl+S": self.save,
            "Ctrl+Z": self.entry.undo,
            "Ctrl+Y": self.entry.redo,
            "Ctrl+Delete": self.grid.remove_line,
        }
        for keys_text, act in keys.items():
            shortcut = QShortcut(QKeySequence(keys_text), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def is_amendment(self) -> bool:
        """Whether a posted document is to be replaced."""
        return AMENDS in self._given

    @property
    def title(self) -> str:
        """The name of the type; of an amendment its number."""
        type_ = Text(f"document.type.{self.address.name}")
        if self.is_amendment:
            params = {"type": type_, "number": self.entry.draft.head.number}
            return self.desk.words(Text("ui.editor.amend_title", params)).strip()
        return self.desk.words(Text("ui.editor.title", {"type": type_}))

    def _state_word(self) -> str:
        return self.desk.words(Text("ui.editor.amending" if self.is_amendment else "ui.editor.new"))

    def refresh(self) -> None:
        """Ask for the defaults of the book and what the page begins with, once."""
        now, declared, given = self.desk.ops.book.clock.now_ms(), self.declared, self._given
        elsewhere = frozenset(_drafts_of_pages())

        def ask(reader: Reader) -> Beginning:
            return beginning(reader, declared, given, elsewhere, now)

        if self._start is None:
            self.desk.ops.query_written(ask, self._begin)

    def _begin(self, found: Beginning) -> None:
        self._start = found.start
        self.lines.warehouses = tuple(found.start.warehouses)
        for fields in (self.head, self.foot):
            for name in ("warehouse", "to_warehouse"):
                fields.choose_from(name, found.start.warehouses)
        if self.tender is not None:
            self.tender.choose_from(found.start.money_accounts)
        if self.money is not None:
            self.money.choose_from(found.start)
        if self._resumed is not None:
            steps, self.saving.base_hash = self._resumed
            self.entry.go_on(steps)
            self._begun()
            return
        self.saving.base_hash = found.base_hash
        if found.draft is None:
            self.entry.begin(self._new())
        else:
            self.entry.show(with_id(found.draft, self.desk.ops.book.ids.new_id()))
        self.saving.begun()
        self._begun()
        if found.is_kept:
            self.told.say(Text("ui.editor.resumed"))

    def _begun(self) -> None:
        if self.is_amendment:
            self._name.setText(self.title)
            self.titled.emit(self.title)
        self._focus_first()

    def _new(self) -> Document:
        assert self._start is not None
        return changed(self._start.head, id=self.desk.ops.book.ids.new_id())

    def _take(self) -> None:
        """Put what stands in open fields into the draft."""
        self.grid.leave_cell()
        for fields in (self.head, self.foot, self.tender, self.money):
            if fields is not None:
                fields.take()

    def save(self) -> None:
        """Keep what was entered, the field that is open included."""
        self._take()
        self.saving.save(is_wanted=bool(self._given))

    def _saved(self) -> None:
        self.state.setText(self.desk.words(Text("ui.editor.amending" if self.is_amendment else "ui.editor.saved")))

    def _focus_first(self) -> None:
        if self.declared.is_party_required or (self.declared.party_role and not self.entry.draft.head.party):
            self._focus_party()
        else:
            self._to_lines()

    def _to_lines(self) -> None:
        if self.money is not None:
            self.money.focus()
        else:
            self.grid.open_next()

    def _focus_party(self) -> None:
        self.head.focus(PARTY)

    def _clear(self) -> None:
        if self._start is None:
            return
        dropped = self.entry.draft.head.id
        if self._given:
            self.done.emit()
        else:
            self._again()
        self.desk.ops.command(
            lambda book: book.do(drop_draft, draft=dropped), lambda _changes: None, failed=lambda _never_saved: None
        )

    def _again(self) -> None:
        """Begin another document of the type."""
        self.told.hide()
        self.assistant.forget()
        self.state.setText(self._state_word())
        self.entry.begin(self._new())
        self.saving.begun()
        self._focus_first()

    def may_close(self) -> bool:
        """It may: what was entered is kept and comes back with the page."""
        self._take()
        self.saving.save()
        return True

    def entered(self) -> tuple[Steps, str] | None:
        """What was entered, with its undo, and what it replaces."""
        return (self.entry.steps(), self.saving.base_hash) if self._start is not None else self._resumed

    def resume(self, state: tuple[Steps, str]) -> None:
        """Go on with it as soon as the defaults of the book are known."""
        self._resumed = state

    def noticed(self, changes: Changes) -> None:
        """An amendment is over as soon as its document is another."""
        if self.is_amendment and self.entry.draft.head.id in changes.document_ids:
            self.done.emit()

    def _party_decided(self, text: str, offer: Offer | None) -> None:
        self.finding.party_decided(text, offer, self._to_lines)

    def _finished(self) -> None:
        if self.tender is not None:
            self.tender.amount.setFocus()
            self.tender.amount.selectAll()

    def show_drafts(self) -> None:
        """The other drafts of the type."""
        self.drafts.ask(_drafts_of_pages())

    def pull(self) -> None:
        """Choose lines that the document is made from."""
        if self.sources is not None:
            self._take()
            self.sources.open()

    def settle(self) -> None:
        """Pay what is due at once."""
        self.grid.leave_cell()
        for part in (self.tender, self.money):
            if part is not None:
                part.settle()

    def post(self) -> None:
        """Post what was entered, or show all that is wrong with it; of an amendment, first what it changes."""
        self._is_printed = False
        self._take()
        self.posting.post()

    def post_and_print(self) -> None:
        """Post, and only then show it on paper."""
        self._is_printed = not self.is_amendment
        self._take()
        self.posting.post()

    def _show_impact(self) -> None:
        self.saving.begun()
        self.desk.open(Address(self.address.module, IMPACT, self.entry.draft.head.id, AMEND_VERB))

    def _posted(self, changes: Changes) -> None:
        document, module = changes.document_ids[0], self.address.module
        warnings = [self.desk.words(each.text) for each in changes.warnings]
        is_once = bool(self._given)
        if not is_once:
            self._again()
        elif not self._is_printed:
            self.desk.open(Address(module, DOCUMENT, document))
        if self._is_printed:
            self.desk.open(Address(module, PRINT, document))
        desk = self.desk

        def said(content: dict[str, Any]) -> None:
            number = content["head"]["number"]
            text = "  ".join([desk.words(Text("ui.editor.posted", {"number": number})), *warnings])
            if is_once:
                desk.tell(Notice(text))
            else:
                desk.say(text)

        desk.ops.query(lambda reader: reader.read(document_content, document_id=document), said)
        if is_once:
            self.done.emit()


def _drafts_of_pages() -> list[Id]:
    """The drafts that stand on open pages."""
    return [page.entry.draft.head.id for page in list(_PAGES) if isValid(page) and _is_open(page)]


def _is_open(page: EditorPage) -> bool:
    parent = page.parentWidget()
    return isinstance(parent, QStackedWidget) and parent.indexOf(page) >= 0
