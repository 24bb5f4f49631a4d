"""The fields over the lines (and those under them), made from the declaration of the type."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from jxc_desktop.domain.documents.document import NO_DATE
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.services.intake_values import read_value
from jxc_desktop.ui.widgets.parts import column, label, restyle

from .picker import Ask, Picker, PickField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.services.drafting import Choice
    from jxc_desktop.ui.widgets.page import Desk

    from .entry import Entry

ACROSS = 4
PARTY = "party"
PARTY_TITLES = ("code", "name", "phone")


class HeadFields(QWidget):
    """Fields of the head; each edit goes into the draft at once."""

    asked_party = Signal(str, object)
    refused = Signal(object)
    left = Signal()
    """Enter in the last field."""

    def __init__(self, desk: Desk, entry: Entry, fields: Sequence[Field], picker: Picker, ask_party: Ask) -> None:
        super().__init__()
        self._desk = desk
        self._entry = entry
        self._picker = picker
        self._ask_party = ask_party
        self._declared = {field.name: field for field in fields}
        self.fields: dict[str, QLineEdit | QComboBox] = {field.name: self._made(field) for field in fields}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (name, part) in enumerate(self.fields.items()):
            grid.addLayout(column(label(self._title(name), "label"), part, gap=4), place // ACROSS, place % ACROSS)
        for each in range(ACROSS):
            grid.setColumnStretch(each, 1 if each < len(self.fields) else 0)
        entry.changed.connect(self.show_head)

    def _title(self, name: str) -> str:
        role = self._entry.declared.party_role
        return self._desk.words(Text(f"ui.editor.{role}" if name == PARTY and role else f"field.{name}"))

    def _made(self, field: Field) -> QLineEdit | QComboBox:
        if field.name == PARTY:
            party = PickField(
                self._desk.ops,
                self._picker,
                self._ask_party,
                [self._desk.words(Text(f"field.{name}")) for name in PARTY_TITLES],
            )
            party.decided.connect(self.asked_party)
            return party
        choices = [each for each in (*field.choices, *self._reasons(field)) if each]
        if field.type is FieldType.REFERENCE or choices:
            combo = QComboBox()
            for each in choices:
                combo.addItem(self._desk.words(Text(f"choice.{field.name}.{each}")), each)
            combo.activated.connect(lambda _place, name=field.name, of=combo: self._put(name, of.currentData()))
            return combo
        line = QLineEdit()
        line.editingFinished.connect(lambda name=field.name, of=line: self._entered(name, of))
        line.returnPressed.connect(lambda of=line: self._next(of))
        return line

    def _reasons(self, field: Field) -> tuple[str, ...]:
        return self._entry.declared.reasons if field.name == "reason" else ()

    def choose_from(self, name: str, choices: Sequence[Choice]) -> None:
        """Fill the box of a reference."""
        combo = self.fields.get(name)
        if isinstance(combo, QComboBox):
            combo.clear()
            combo.addItem("", NO_ID)
            for each in choices:
                combo.addItem(each.name, each.id)
            self.show_head()

    def show_head(self) -> None:
        """What the draft says."""
        head = self._entry.draft.head
        for name, part in self.fields.items():
            value = getattr(head, name)
            if isinstance(part, QComboBox):
                part.setCurrentIndex(part.findData(value))
            elif name == PARTY:
                part.setText(head.party_name)
            elif not part.isModified() or not part.hasFocus():
                part.setText(_text(value))

    def focus(self, name: str) -> None:
        """Go to a field, if it is here, with all its text to be typed over."""
        part = self.fields.get(name)
        if part is not None:
            part.setFocus()
            if isinstance(part, QLineEdit):
                part.selectAll()

    def mark(self, wrong: frozenset[str]) -> None:
        """Paint these fields as wrong."""
        for name, part in self.fields.items():
            if isinstance(part, QLineEdit):
                restyle(part, bad="true" if name in wrong else "false")

    def take(self) -> None:
        """Put what stands in a field that was not left yet into the draft; a party counts when it was decided."""
        for name, part in self.fields.items():
            if isinstance(part, QLineEdit) and name != PARTY:
                self._entered(name, part)

    def _entered(self, name: str, part: QLineEdit) -> None:
        if not part.isModified():
            return
        typed = unicodedata.normalize("NFKC", part.text()).strip()
        field = self._declared[name]
        try:
            value = read_value(field, typed.replace(",", "") if field.type is FieldType.MONEY else typed)
        except UserError as error:
            if typed or field.is_required:
                restyle(part, bad="true")
                self.refused.emit(error.text)
                return
            value = type(self._entry.draft.head).__dataclass_fields__[name].default
        part.setModified(False)
        restyle(part, bad="false")
        self._put(name, value)

    def _put(self, name: str, value: Any) -> None:
        draft = self._entry.draft.with_head(**{name: value})
        if name == "warehouse" and value:
            for line in draft.lines.values():
                draft = draft.with_line(changed(line, warehouse=NO_ID)) if line.warehouse else draft
        self._entry.put(draft)

    def _next(self, part: QWidget) -> None:
        parts = list(self.fields.values())
        at = parts.index(part)  # type: ignore[arg-type]
        if at + 1 < len(parts):
            parts[at + 1].setFocus()
        else:
            self.left.emit()


def _text(value: object) -> str:
    if value in (NO_DATE, NO_ID, None):
        return ""
    text = str(value)
    return "" if text == "0.00" else text
