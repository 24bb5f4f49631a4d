"""The page of a document being entered: finds cards, puts lines in, posts, and is ready for the next document."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from jxc_desktop.doctypes.fields import DUE_DATE, INVOICE_KIND, PRICE_MODE
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.document import NO_DATE, Document
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.domain.field import FieldType
from jxc_desktop.kernel.problems import errors_in
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.document import document_content
from jxc_desktop.queries.find import PARTY, find
from jxc_desktop.queries.items import pick_items
from jxc_desktop.services.documents import post
from jxc_desktop.services.drafting import begin, known_line
from jxc_desktop.services.drafts import drop_draft, kept_drafts
from jxc_desktop.ui.ops import Lane
from jxc_desktop.ui.widgets.page import PRINT, Address, Desk, Page
from jxc_desktop.ui.widgets.parts import button, card, column, label, row
from jxc_desktop.ui.widgets.theme import Size

from .columns import with_two_places
from .entry import Entry
from .footer import TENDER, Tender, Totals
from .grid import LinesGrid
from .head import HeadFields
from .line_keys import LineKeys
from .model import LinesModel
from .pasting import Pasting
from .picker import Offer, Picker
from .saving import Saving
from .scanning import Scanning
from .told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jxc_desktop.domain.documents.draft import Draft
    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.kernel.problems import Problem
    from jxc_desktop.queries.items import ItemFound
    from jxc_desktop.services.drafting import KnownLine, Start
    from jxc_desktop.services.reader import Reader

    from .entry import Steps

ONE = Quantity(1_000_000)
HIDDEN = (DUE_DATE, INVOICE_KIND, PRICE_MODE)
"""Left to the cards and settings; who buys says which invoice came."""
FOOT_WIDTH = 240
ITEM_TITLES = ("code", "name", "spec", "retail_price")


class EditorPage(Page):
    """A new document of the type its address names."""

    topics = frozenset()

    def __init__(self, desk: Desk, address: Address) -> None:
        super().__init__(desk, address)
        self.declared = document_type(address.name)
        self.entry = Entry(self.declared, Document(NO_ID, address.name, NO_DATE))
        self._start: Start | None = None
        self._resumed: Steps | None = None
        self._is_printed = False
        self._picker = Picker(self)
        self.lines = LinesModel(self.entry, desk.words)
        self.told = Told(self.lines, desk.words)
        self.lines.refused.connect(self.told.say)
        self.lines.mended.connect(self.told.hide)
        self.grid = LinesGrid(self.lines, desk.ops, self._picker, self._ask_items, self._titles())
        self.grid.decided.connect(self._decided)
        self.grid.finished.connect(self._finished)
        self.grid.stood.connect(self._assist)
        shown = [field for field in self.declared.head_fields if field not in HIDDEN]
        self.head = self._fields([field for field in shown if field.type is not FieldType.MONEY])
        self.foot = self._fields([field for field in shown if field.type is FieldType.MONEY])
        self.head.asked_party.connect(self._party_decided)
        self.head.left.connect(self.grid.open_next)
        self.tender = Tender(desk, self.entry) if TENDER in self.declared.money_kinds else None
        self.totals = Totals(desk, self.entry)
        self.assistant = label("", "hint")
        self._lay_out()
        self._keys()
        LineKeys(desk, self, self.grid, self.told)
        self.scanning = Scanning(desk, self, self.grid, self.told)
        self.scanning.known.connect(self._show_held)
        self.saving = Saving(self.entry, desk.ops)
        self.saving.saved.connect(self._saved)
        self.pasting = Pasting(desk, self.grid, self.told)

    def _fields(self, fields: list[Any]) -> HeadFields:
        made = HeadFields(self.desk, self.entry, fields, self._picker, self._ask_parties)
        made.refused.connect(self.told.say)
        return made

    def _lay_out(self) -> None:
        words = self.desk.words
        self.state = label(words(Text("ui.editor.new")), "hint")
        frame = card(column(self.grid))
        self.foot.setMaximumWidth(max(FOOT_WIDTH, self.foot.sizeHint().width()))
        bottom = row(*[each for each in (self.foot if self.foot.fields else None, self.tender) if each], self.totals)
        bottom.setStretchFactor(self.totals, 1)
        post_it = button(words(Text("ui.editor.post")), self.post, kind="primary", key="F10")
        settle = button(words(Text("ui.editor.settle")), self.settle, kind="action", key="F8")
        clear = button(words(Text("ui.editor.clear")), self._clear, kind="action")
        parts: list[Any] = [
            row(label(self.title, "title"), self.state, None),
            self.head,
            frame,
            self.told,
            self.assistant,
        ]
        print_it = button(words(Text("ui.editor.print")), self.post_and_print, kind="action", key="F11")
        keys = [clear, *([settle] if self.tender is not None else []), print_it, post_it]
        box = column(*parts, bottom, row(None, *keys), gap=Size.GAP)
        box.setStretchFactor(frame, 1)
        box.setContentsMargins(Size.MARGIN, Size.GAP, Size.MARGIN, Size.MARGIN)
        self.setLayout(box)

    def _titles(self) -> list[str]:
        words = self.desk.words
        return [*(words(Text(f"field.{name}")) for name in ITEM_TITLES), words(Text("ui.editor.on_hand"))]

    def _keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F10": self.post,
            "F11": self.post_and_print,
            "F8": self.settle,
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
    def title(self) -> str:
        """The name of the type."""
        return self.desk.words(Text("ui.editor.title", {"type": Text(f"document.type.{self.address.name}")}))

    def refresh(self) -> None:
        """Ask for the defaults of the book, once."""
        now = self.desk.ops.book.clock.now_ms()
        declared = self.declared

        def ask(reader: Reader) -> tuple[Start, Draft | None]:
            kept = reader.read(kept_drafts, type=declared.code)
            start = reader.read(begin, type=declared.code, now_ms=now)
            return start, declared.draft(kept[0].document) if kept else None

        if self._start is None:
            self.desk.ops.query_written(ask, self._begin)

    def _begin(self, answered: tuple[Start, Draft | None]) -> None:
        start, kept = answered
        self._start = start
        self.lines.warehouses = tuple(start.warehouses)
        for fields in (self.head, self.foot):
            for name in ("warehouse", "to_warehouse"):
                fields.choose_from(name, start.warehouses)
        if self.tender is not None:
            self.tender.choose_from(start.money_accounts)
        if self._resumed is not None:
            self.entry.go_on(self._resumed)
            self._focus_first()
            return
        if kept is None:
            self.entry.begin(self._new())
        else:
            self.entry.show(kept)
        self.saving.begun()
        self._focus_first()
        if kept is not None:
            self.told.say(Text("ui.editor.resumed"))

    def _new(self) -> Document:
        assert self._start is not None
        return changed(self._start.head, id=self.desk.ops.book.ids.new_id())

    def save(self) -> None:
        """Keep what was entered, the field that is open included."""
        self.grid.leave_cell()
        for fields in (self.head, self.foot, self.tender):
            if fields is not None:
                fields.take()
        self.saving.save()

    def _saved(self) -> None:
        self.state.setText(self.desk.words(Text("ui.editor.saved")))

    def _focus_first(self) -> None:
        if self.declared.is_party_required or (self.declared.party_role and not self.entry.draft.head.party):
            self._focus_party()
        else:
            self.grid.open_next()

    def _focus_party(self) -> None:
        part = self.head.fields.get(PARTY)
        if part is not None:
            part.setFocus()
            if hasattr(part, "selectAll"):
                part.selectAll()

    def _clear(self) -> None:
        if self._start is None:
            return
        dropped = self.entry.draft.head.id
        self._again()
        self.desk.ops.command(
            lambda book: book.do(drop_draft, draft=dropped), lambda _changes: None, failed=lambda _never_saved: None
        )

    def _again(self) -> None:
        """Begin another document of the type."""
        self.told.hide()
        self.state.setText(self.desk.words(Text("ui.editor.new")))
        self.entry.begin(self._new())
        self.saving.begun()
        self._focus_first()

    def may_close(self) -> bool:
        """It may: what was entered is kept and comes back with the page."""
        self.save()
        return True

    def entered(self) -> Steps | None:
        """What was entered, with its undo."""
        return self.entry.steps() if self._start is not None else self._resumed

    def resume(self, state: Steps) -> None:
        """Go on with it as soon as the defaults of the book are known."""
        self._resumed = state

    def _ask_items(self, reader: Reader, text: str) -> list[Offer]:
        found = reader.read(pick_items, text=text, party=self.entry.draft.head.party)
        return [_offer_of(each) for each in found]

    def _ask_parties(self, reader: Reader, text: str) -> list[Offer]:
        found = reader.read(find, text=text, kinds=(PARTY,), limit=20)
        return [Offer(each.id, (each.code, each.title, each.detail)) for each in found]

    def _party_decided(self, text: str, offer: Offer | None) -> None:
        if offer is not None:
            self._party_found(text, [offer])
        elif not text or text == self.entry.draft.head.party_name:
            self.grid.open_next()
        else:
            self._ask(lambda reader: self._ask_parties(reader, text), partial(self._party_found, text))

    def _party_found(self, text: str, offers: list[Offer]) -> None:
        if not offers:
            self.told.say(Text("ui.editor.no_party", {"text": text}))
            return
        found = offers[0]
        self.told.hide()
        self.entry.put(self.entry.draft.with_head(party=found.id, party_code=found.cells[0], party_name=found.cells[1]))
        self.grid.open_next()

    def _decided(self, row: int, text: str, offer: Offer | None) -> None:
        if offer is not None:
            self._found(row, text, [offer])
        else:
            self._ask(lambda reader: self._ask_items(reader, text), partial(self._found, row, text))

    def _found(self, row: int, text: str, offers: list[Offer]) -> None:
        if not offers:
            QApplication.beep()
            self.told.say(Text("ui.editor.no_item", {"text": text}))
            self.grid.open_cell(row, "item")
            return
        line = self.lines.line(row)
        quantity = ONE if line is None else line.quantity
        self._know(offers[0], quantity, 0 if line is None else line.key, self._put)

    def _know(self, offer: Offer, quantity: Quantity, key: int, then: Callable[[KnownLine], None]) -> None:
        head = self.entry.draft.head
        self._ask(
            lambda reader: reader.read(
                known_line, draft=head, item=offer.id, unit=offer.unit, quantity=quantity, key=key
            ),
            then,
        )

    def _ask(self, work: Callable[[Reader], Any], then: Callable[[Any], None]) -> None:
        self.desk.ops.query(work, then, lane=Lane.TYPING)

    def _put(self, known: KnownLine) -> None:
        self.told.hide()
        draft = self.entry.draft.with_line(known.line)
        key = known.line.key or draft.last_key
        self.entry.put(draft)
        self._show_held(known)
        self.grid.go_on(self.lines.row_of(key), "item")

    def _assist(self) -> None:
        if self.lines.line(self.grid.currentIndex().row()) is None:
            self.assistant.clear()

    def _show_held(self, known: KnownLine) -> None:
        words, line = self.desk.words, known.line
        places = "  ".join(f"{each.warehouse_name} {each.quantity}" for each in known.held) or "0"
        said = f"{line.item_name}   {words(Text('ui.editor.on_hand'))} {places}"
        if line.price_source:
            said += f"   {words(Text('ui.editor.price_from'))} {words(Text(f'ui.editor.source.{line.price_source}'))}"
        self.assistant.setText(said)

    def _finished(self) -> None:
        if self.tender is not None:
            self.tender.amount.setFocus()
            self.tender.amount.selectAll()

    def settle(self) -> None:
        """Pay what is due at once."""
        self.grid.leave_cell()
        if self.tender is not None:
            self.tender.settle()

    def post(self) -> None:
        """Post what was entered, or show all that is wrong with it."""
        self.grid.leave_cell()
        draft = self.entry.draft
        errors = errors_in(draft.problems)
        if errors:
            self._refuse(errors)
            return
        document = draft.document()
        self.saving.stop()
        self._mark(())
        self.desk.ops.command(
            lambda book: book.do(post, drafts=[document]), self._posted, initiator=self, failed=self._refused
        )

    def post_and_print(self) -> None:
        """Post, and only then show it on paper."""
        self._is_printed = True
        self.post()

    def _posted(self, changes: Changes) -> None:
        self._again()
        document = changes.document_ids[0]
        if self._is_printed:
            self._is_printed = False
            self.desk.open(Address(self.address.module, PRINT, document))
        warnings = [self.desk.words(each.text) for each in changes.warnings]

        def said(content: dict[str, Any]) -> None:
            number = content["head"]["number"]
            self.desk.say("  ".join([self.desk.words(Text("ui.editor.posted", {"number": number})), *warnings]))

        self.desk.ops.query(lambda reader: reader.read(document_content, document_id=document), said)

    def _refused(self, error: Exception) -> None:
        problems = getattr(error, "problems", ())
        if problems:
            self._refuse([changed(each, place=each.place[2:]) for each in problems])
        else:
            self.told.say(error.text)  # type: ignore[attr-defined]

    def _refuse(self, problems: Iterable[Problem]) -> None:
        self._is_printed = False
        problems = list(problems)
        self._mark(problems)
        self.told.tell(problems)
        first = problems[0].place
        if first[:1] == ("lines",) and len(first) > 2:
            row = self.lines.row_of(int(first[1]))
            name = str(first[2]) if any(each.name == first[2] for each in self.lines.columns) else "item"
            self.grid.open_cell(row, name)
        elif first[:1] == (PARTY,):
            self._focus_party()

    def _mark(self, problems: Iterable[Problem]) -> None:
        places = [each.place for each in problems]
        self.lines.mark(frozenset((int(p[1]), str(p[2])) for p in places if p[:1] == ("lines",) and len(p) > 2))
        wrong = frozenset(str(p[0]) for p in places if len(p) == 1)
        self.head.mark(wrong)
        self.foot.mark(wrong)


def _offer_of(found: ItemFound) -> Offer:
    price = with_two_places(str(found.retail_price))
    return Offer(found.id, (found.code, found.name, found.spec, price, str(found.on_hand)), found.unit)
