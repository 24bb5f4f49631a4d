"""Ctrl+K: one field that finds functions, items, parties and documents, and opens what Enter takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from jxc_desktop.doctypes.registry import all_types, document_type
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.find import DOCUMENT as FOUND_DOCUMENT
from jxc_desktop.queries.find import ITEM, find
from jxc_desktop.queries.items import item_on_hand
from jxc_desktop.ui.editor.picker import Offer, Picker, PickField
from jxc_desktop.ui.ops import Lane
from jxc_desktop.ui.widgets.page import DOCUMENT, EDITOR, REPORT, Address, Desk
from jxc_desktop.ui.widgets.parts import column, label
from jxc_desktop.ui.widgets.theme import Size
from jxc_desktop.ui.widgets.verbs import is_entered

from .modules import MODULES, groups_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from jxc_desktop.queries.find import FoundRow
    from jxc_desktop.services.reader import Reader

WIDTH, TOP = 640, 72
MOST_FUNCTIONS, MOST_FOUND = 6, 8


def functions(desk: Desk) -> dict[str, Address]:
    """What the window can open, by its name in the window's language."""
    made: dict[str, Address] = {}
    for each in all_types():
        if is_entered(each.code):
            title = Text("ui.editor.title", {"type": Text(f"document.type.{each.code}")})
            made[desk.words(title)] = Address(each.area, EDITOR, each.code)
    for module in MODULES:
        if module.is_ready:
            made.update(
                {desk.words(entry.title): entry.address for group in groups_of(module) for entry in group.entries}
            )
    return made


class FindField(PickField):
    """One Escape is enough: it puts list and field away."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is the palette's."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class Palette(QFrame):
    """Lies over the window until something is chosen or Escape is pressed."""

    chosen = Signal(object)
    """The address of what was taken."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._functions: Mapping[str, Address] = functions(desk)
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        self._picker = Picker(parent)
        titles = [desk.words(Text(f"field.{name}")) for name in ("kind", "name", "code", "detail")]
        self.field = FindField(desk.ops, self._picker, self._offers, titles)
        self.field.setPlaceholderText(desk.words(Text("ui.palette.hint")))
        self.field.decided.connect(self._decided)
        self.destroyed.connect(self._picker.deleteLater)
        self.field.left.connect(self.hide)
        self.field.escaped.connect(self._escape)
        self._before: QWidget | None = None
        box = column(self.field, label(desk.words(Text("ui.palette.keys")), "hint"))
        box.setContentsMargins(Size.GAP, Size.GAP, Size.GAP, Size.GAP)
        self.setLayout(box)
        self.hide()

    def open(self) -> None:
        """Show the empty field."""
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry((parent.width() - WIDTH) // 2, TOP, WIDTH, self.sizeHint().height())
        self._before = QApplication.focusWidget()
        self.field.clear()
        self.show()
        self.raise_()
        self.field.setFocus()

    def _offers(self, reader: Reader, text: str) -> list[Offer]:
        """Functions whose name holds the text, then what the book holds."""
        wanted = text.casefold()
        named = [name for name in self._functions if wanted in name.casefold()][:MOST_FUNCTIONS]
        kind = self._desk.words(Text("ui.palette.function"))
        offers = [Offer(Id(f"function|{name}"), (kind, name, "", "")) for name in named]
        return offers + [self._offer(reader, each) for each in reader.read(find, text=text, limit=MOST_FOUND)]

    def _offer(self, reader: Reader, row: FoundRow) -> Offer:
        if row.kind == FOUND_DOCUMENT:
            kind, detail = Text(f"document.type.{row.type}"), str(row.amount)
        else:
            kind, detail = Text(f"master.kind.{row.kind}"), row.detail
        if row.kind == ITEM:
            held = reader.read(item_on_hand, item=row.id)
            detail = "  ".join(f"{each.warehouse_name} {each.quantity}" for each in held) or "0"
        key = Id(f"{row.kind}|{row.type}|{row.id}|{row.code}")
        return Offer(key, (self._desk.words(kind), row.title, row.code, detail))

    def _decided(self, text: str, offer: Offer | None) -> None:
        if offer is not None:
            self._open([offer])
        elif text:
            self._desk.ops.query(lambda reader: self._offers(reader, text), self._open, lane=Lane.TYPING)

    def _open(self, offers: list[Offer]) -> None:
        if offers:
            self.hide()
            self.chosen.emit(self._address(offers[0]))

    def _address(self, offer: Offer) -> Address:
        kind, _bar, rest = offer.id.partition("|")
        if kind == "function":
            return self._functions[rest]
        type_, card, code = rest.split("|", 2)
        if kind == FOUND_DOCUMENT:
            return Address(document_type(type_).area, DOCUMENT, card)
        if kind == ITEM:
            return Address("inventory", REPORT, "stock-ledger", (("item", code),))
        return Address("sales", REPORT, "receivables", (("party", code),))

    def _escape(self) -> None:
        """Away with it; the focus goes back to where it was."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
