"""The fields of a card, one widget for each that is declared; they hold texts as the command line takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from jxc_desktop.domain.field import FieldType
from jxc_desktop.kernel.text import Text

from .card_lists import list_line, list_text
from .parts import label, restyle_once
from .theme import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jxc_desktop.domain.field import Field
    from jxc_desktop.masters.spec import MasterKind

ACROSS = 2
NOTHING = frozenset({"", "0", "0.00"})
HINTS = frozenset({"units", "barcodes", "prices", "parts"})


class CardFields(QWidget):
    """All fields of one kind of cards, in the order they are declared in."""

    edited = Signal()

    def __init__(self, kind: MasterKind, words: Callable[[Text], str]) -> None:
        super().__init__()
        self._kind, self._words = kind, words
        self._card: Mapping[str, Any] = {}
        self._shown: dict[str, str] = {}
        self.widgets = {field.name: self._widget(field) for field in kind.fields}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Size.FIELD_GAP)
        grid.setVerticalSpacing(Size.FIELD_GAP)
        rows = -(-len(kind.fields) // ACROSS)
        for place, field in enumerate(kind.fields):
            across, down = divmod(place, rows)
            title = words(Text(f"field.{field.name}")) + (" *" if field.is_required else "")
            is_ticked = field.type is FieldType.YES_NO
            grid.addWidget(label("" if is_ticked else title, "label"), down, 3 * across)
            grid.addWidget(self.widgets[field.name], down, 3 * across + 1)
        self._shown = self.texts()
        for each in range(ACROSS):
            grid.setColumnStretch(3 * each + 1, 1)
            grid.setColumnMinimumWidth(3 * each + 2, Size.PAD)

    def show_card(self, card: Mapping[str, Any]) -> None:
        """Fill them with what a card says."""
        self._card = card
        for field in self._kind.fields:
            self._fill(field, card)
        self.keep()

    def keep(self) -> None:
        """What they hold now is what the card says."""
        self._shown = self.texts()
        self.mark(set())

    def changed(self) -> dict[str, str]:
        """What was changed since, as it is written for a card."""
        found = {}
        for field in self._kind.fields:
            text = self._text(field)
            if text != self._shown[field.name]:
                is_list = field.type is FieldType.JSON
                found[field.name] = list_text(field.name, text, self._card.get(field.name)) if is_list else text
        return found

    def texts(self) -> dict[str, str]:
        """What the fields hold."""
        return {field.name: self._text(field) for field in self._kind.fields}

    def put(self, texts: Mapping[str, str]) -> None:
        """Go on with what other fields held."""
        for field in self._kind.fields:
            _put(self.widgets[field.name], texts[field.name])

    def mark(self, names: set[str]) -> None:
        """Mark what cannot be taken, and go to the first of it."""
        for name, widget in self.widgets.items():
            restyle_once(widget, bad="true" if name in names else "false")
        first = next((widget for name, widget in self.widgets.items() if name in names), None)
        if first is not None:
            first.setFocus()

    def _widget(self, field: Field) -> QWidget:
        title = self._words(Text(f"field.{field.name}"))
        if field.type is FieldType.YES_NO:
            ticked = QCheckBox(title)
            ticked.toggled.connect(lambda _on: self.edited.emit())
            return ticked
        if field.type is FieldType.CHOICE:
            chosen = QComboBox()
            for choice in field.choices:
                told = Text(f"choice.{self._kind.code}.{field.name}.{choice}")
                chosen.addItem(self._words(told) if choice else "", choice)
            chosen.currentIndexChanged.connect(lambda _place: self.edited.emit())
            chosen.setAccessibleName(title)
            return chosen
        typed = QLineEdit()
        typed.setAccessibleName(title)
        if field.type is FieldType.REFERENCE:
            typed.setPlaceholderText(self._words(Text("ui.list.code_or_name")))
        elif field.name in HINTS:
            typed.setPlaceholderText(self._words(Text(f"ui.card.hint.{field.name}")))
        typed.textChanged.connect(lambda _text: self.edited.emit())
        return typed

    def _fill(self, field: Field, card: Mapping[str, Any]) -> None:
        value = card.get(field.name)
        if field.type is FieldType.JSON:
            text = list_line(field.name, value)
        elif field.type is FieldType.REFERENCE:
            text = str(card.get(f"{field.name}_code") or "")
        elif field.type is FieldType.YES_NO:
            text = "yes" if value else "no"
        else:
            text = "" if value is None else str(value)
            if field.type not in {FieldType.TEXT, FieldType.CHOICE} and text in NOTHING:
                text = ""
        _put(self.widgets[field.name], text)

    def _text(self, field: Field) -> str:
        widget = self.widgets[field.name]
        if isinstance(widget, QCheckBox):
            return "yes" if widget.isChecked() else "no"
        if isinstance(widget, QComboBox):
            return str(widget.currentData() or "")
        assert isinstance(widget, QLineEdit)
        return widget.text().strip()


def _put(widget: QWidget, text: str) -> None:
    if isinstance(widget, QCheckBox):
        widget.setChecked(text == "yes")
    elif isinstance(widget, QComboBox):
        widget.setCurrentIndex(max(widget.findData(text), 0))
    else:
        assert isinstance(widget, QLineEdit)
        widget.setText(text)
