"""One card of any kind: to see, to change, to make; beside it what the book holds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from jxc_desktop.kernel.errors import ExternalError, UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import master_kind
from jxc_desktop.queries.cards import list_masters
from jxc_desktop.queries.items import item_on_hand
from jxc_desktop.services.card_values import card_content, new_card_fields, read_card_fields
from jxc_desktop.services.masters import CardChange, set_cards
from jxc_desktop.ui.listing.shown import shown
from jxc_desktop.ui.widgets.card_fields import CardFields
from jxc_desktop.ui.widgets.notice import Act, Notice, Tone
from jxc_desktop.ui.widgets.page import REPORT, Address, Desk, Page
from jxc_desktop.ui.widgets.parts import button, card, column, emptied, label, row
from jxc_desktop.ui.widgets.theme import Size

if TYPE_CHECKING:
    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.services.book import Book
    from jxc_desktop.services.reader import Reader

SIDE = 276
LEADS = {
    "item": (("stock-ledger", "item"), ("batch-history", "item")),
    "party": (("receivables", "party"), ("payables", "party"), ("ageing", "party")),
    "account": (("general-ledger", "account"),),
}
"""The reports about a card, and the parameter that takes its code."""

Stock = list[tuple[str, str]]


class CardPage(Page):
    """The card whose id is given, or a new one."""

    topics = frozenset({"masters", "stock"})

    def __init__(self, desk: Desk, address: Address) -> None:
        super().__init__(desk, address)
        words = desk.words
        self._name = ""
        self.fields = CardFields(master_kind(address.name), words)
        self.fields.edited.connect(self._edited)
        self._title = label("", "title")
        self._state = label("", "amber")
        self._problem = label("", "red")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.save_button = button(words(Text("ui.card.save")), self.save, kind="primary", key="F9")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(card(column(self.fields, None), Size.PAD, Size.PAD))
        self._side: QVBoxLayout = column(gap=Size.FIELD_GAP)
        self._beside = card(self._side, Size.PAD, Size.PAD)
        self._beside.setFixedWidth(SIDE)
        self._beside.hide()
        both = row(area, self._beside, gap=Size.GAP)
        both.setAlignment(self._beside, Qt.AlignmentFlag.AlignTop)
        box = column(row(self._title, self._state, None, self.save_button), self._problem, both, gap=Size.GAP)
        box.setStretchFactor(both, 1)
        box.setContentsMargins(Size.MARGIN, Size.GAP, Size.MARGIN, Size.MARGIN)
        self.setLayout(box)
        for key in ("F9", "Ctrl+S"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)
        self._title.setText(self.title)
        if not self._id:
            self.fields.show_card(new_card_fields(address.name))
            self._edited()
        self.setFocusProxy(self.fields.widgets["code" if not self._id else "name"])

    @property
    def _id(self) -> str:
        return dict(self.address.given).get("id", "")

    @property
    def title(self) -> str:
        """The kind, and the card's name as soon as it is known."""
        kind = Text(f"master.kind.{self.address.name}")
        if not self._id:
            return self.desk.words(Text("ui.card.new", {"kind": kind}))
        return f"{self.desk.words(kind)} {self._name}".strip()

    def refresh(self) -> None:
        """Read the card again; what is being changed stays."""
        kind, card_id = self.address.name, self._id
        if not card_id:
            return

        def ask(reader: Reader) -> tuple[dict[str, Any], Stock]:
            content = reader.read(card_content, kind=kind, reference=card_id)
            if content.get("accounts"):
                codes = {each["id"]: each["code"] for each in reader.read(list_masters, kind="account")}
                content["accounts"] = {role: codes.get(each, each) for role, each in content["accounts"].items()}
            held = reader.read(item_on_hand, item=content["id"]) if kind == "item" else []
            return content, [(each.warehouse_name, str(each.quantity)) for each in held]

        self.desk.ops.query(ask, self._show, kind=f"card-{id(self)}")

    def _show(self, found: tuple[dict[str, Any], Stock]) -> None:
        content, stock = found
        if not self.fields.changed():
            self.fields.show_card(content)
        self._name = str(content.get("name") or content["code"])
        self._title.setText(self.title)
        self.titled.emit(self.title)
        self._edited()
        self._show_beside(content, stock)

    def _show_beside(self, content: dict[str, Any], stock: Stock) -> None:
        words, kind = self.desk.words, self.address.name
        emptied(self._side)
        if kind == "item":
            self._side.addWidget(label(words(Text("ui.card.stock")), "card"))
            for name, quantity in stock or [("", "0")]:
                told = f"{shown(quantity, 'quantity', words)} {content['base_unit']}"
                self._side.addLayout(row(label(name, "hint"), None, label(told)))
        for report, parameter in LEADS.get(kind, ()):
            title = words(Text(f"report.{report.replace('-', '_')}"))
            address = Address(self.address.module, REPORT, report, ((parameter, str(content["code"])),))
            lead = button(f"{title} ›", kind="link")
            lead.clicked.connect(lambda _checked=False, to=address: self.desk.open(to))
            self._side.addLayout(row(lead, None))
        self._beside.setVisible(kind in LEADS)

    def _edited(self) -> None:
        is_changed = bool(self.fields.changed())
        self._state.setText(self.desk.words(Text("ui.card.unsaved")) if is_changed else "")

    def save(self) -> None:
        """Write what was changed, or the new card."""
        given, kind, card_id = self.fields.changed(), self.address.name, self._id
        if card_id and not given:
            return

        def work(book: Book) -> Changes:
            fields = book.read(read_card_fields, kind=kind, given=given)
            if not card_id:
                fields = {**new_card_fields(kind), **fields}
            return book.do(set_cards, changes=[CardChange(kind, fields, card_id)])  # type: ignore[arg-type]

        self.save_button.setEnabled(False)
        self.desk.ops.command(work, self._saved, failed=self._refused)

    def _saved(self, changes: Changes) -> None:
        self.save_button.setEnabled(True)
        self._problem.hide()
        if not self._id:
            made = changes.master_ids[0]
            self.address = Address(self.address.module, self.address.kind, self.address.name, (("id", str(made)),))
        self.fields.keep()
        self.desk.say(self.desk.words(Text("ui.card.saved")))
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        assert isinstance(error, (UserError, ExternalError))
        problems = error.problems if isinstance(error, UserError) else ()
        told = [self.desk.words(each.text) for each in problems] or [self.desk.words(error.text)]
        self._problem.setText("\n".join(told))
        self._problem.show()
        self.fields.mark({str(each.place[-1]) for each in problems if each.place})

    def may_close(self) -> bool:
        """Not while something is typed that is neither saved nor given up."""
        if not self.fields.changed():
            return True
        words = self.desk.words
        self.desk.open(self.address)
        acts = (Act(words(Text("ui.card.save")), self.save), Act(words(Text("ui.card.give_up")), self._give_up))
        self.desk.tell(Notice(words(Text("ui.card.not_saved", {"card": self.title})), Tone.CAREFUL, acts=acts))
        return False

    def _give_up(self) -> None:
        self.fields.show_card(new_card_fields(self.address.name))
        self._problem.hide()
        self._edited()
        self.refresh()

    def beside(self) -> QWidget:
        """What stands beside the fields."""
        return self._beside
