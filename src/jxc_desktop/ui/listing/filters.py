"""The filter bar: quick ranges of days, a field for each parameter a list declares, and a search in what is shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QLineEdit, QWidget

from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.reports.spec import ParameterType
from jxc_desktop.ui.widgets.flow import Flow, together
from jxc_desktop.ui.widgets.icons import icon
from jxc_desktop.ui.widgets.parts import button, card, column, label
from jxc_desktop.ui.widgets.theme import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jxc_desktop.queries.reports.spec import Parameter

PAUSE_MS = 250
AROUND_HINT, SIGNS_IN_FIELD = 24, 44
DATES = (ParameterType.DATE, ParameterType.END_DATE)
RANGES = ("all", "today", "yesterday", "this_week", "this_month", "last_month", "this_year")
RANGE_TEXTS = {
    "all": Text("ui.range.all"),
    "today": Text("ui.range.today"),
    "yesterday": Text("ui.range.yesterday"),
    "this_week": Text("ui.range.this_week"),
    "this_month": Text("ui.range.this_month"),
    "last_month": Text("ui.range.last_month"),
    "this_year": Text("ui.range.this_year"),
}


def days_of(name: str, today: date) -> tuple[str, str]:
    """The first and last day of a quick range as ISO texts, empty for all."""
    if name == "all":
        return "", ""
    month = today.replace(day=1)
    first, last = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "this_week": (today - timedelta(days=today.weekday()), today),
        "this_month": (month, today),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
        "this_year": (today.replace(month=1, day=1), today),
    }[name]
    return first.isoformat(), last.isoformat()


class FilterBar(QWidget):
    """The filters of one list."""

    asked = Signal()
    """Something was filled in: ask again."""

    def __init__(
        self,
        parameters: Sequence[Parameter],
        words: Callable[[Text], str],
        *,
        has_search: bool,
        given: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._words = words
        self._fields: dict[str, QWidget] = {}
        self._titles: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.asked)
        self.today = date.min
        names = {each.name for each in parameters}
        first = self._ranges() if {"from", "to"} <= names else []
        asked = [together(*self._parameter(each, given.get(each.name, ""))) for each in parameters]
        parts: list[QWidget] = [*first, *asked]
        search = QLineEdit()
        search.setPlaceholderText(words(Text("ui.list.search")))
        search.setClearButtonEnabled(True)
        search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        search.textChanged.connect(lambda _text: self._pause.start())
        self.search = search
        search.setMinimumWidth(_room_for(search, 200) + SIGNS_IN_FIELD)
        if has_search:
            parts.append(search)
        frame = card(Flow(parts, is_last_at_right=has_search), Size.GAP, Size.FIELD_GAP)
        box = column(frame)
        self.setLayout(box)

    def given(self) -> dict[str, str]:
        """What is filled in, as texts."""
        found = {name: _text_of(widget) for name, widget in self._fields.items()}
        found["text"] = self.search.text().strip()
        return {name: text for name, text in found.items() if text}

    def told(self) -> list[str]:
        """What is filled in, in words."""
        said = [_in_words(self._titles[name], widget) for name, widget in self._fields.items() if _text_of(widget)]
        text = self.search.text().strip()
        return [*said, *([f"{self.search.placeholderText()} {text}"] if text else [])]

    def mark(self, names: set[str]) -> None:
        """Mark the fields that cannot be read."""
        for name, widget in self._fields.items():
            widget.setProperty("bad", "true" if name in names else "false")
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _ranges(self) -> list[QWidget]:
        group = QButtonGroup(self)
        made: list[QWidget] = []
        for name in RANGES:
            part = button(self._words(RANGE_TEXTS[name]), kind="segment")
            part.setCheckable(True)
            part.setChecked(name == "all")
            part.clicked.connect(lambda _checked=False, chosen=name: self._choose(chosen))
            group.addButton(part)
            made.append(part)
        self._group = group
        return made

    def _choose(self, name: str) -> None:
        for field, text in zip(("from", "to"), days_of(name, self.today), strict=True):
            widget = self._fields[field]
            assert isinstance(widget, QLineEdit)
            with QSignalBlocker(widget):
                widget.setText(text)
        self.asked.emit()

    def _parameter(self, parameter: Parameter, given: str) -> list[QWidget]:
        title = self._words(Text("field.status") if parameter.name == "status" else parameter.title)
        self._titles[parameter.name] = title
        widget: QWidget
        if parameter.type is ParameterType.YES_NO:
            widget = QCheckBox(title)
            widget.setChecked(given == "yes")
            widget.toggled.connect(lambda _on: self.asked.emit())
            self._fields[parameter.name] = widget
            return [widget]
        if parameter.type is ParameterType.CHOICE:
            widget = QComboBox()
            for choice in parameter.choices:
                widget.addItem(self._choice(parameter, choice), choice)
            widget.setCurrentIndex(max(widget.findData(given), 0))
            widget.currentIndexChanged.connect(lambda _place: self.asked.emit())
        else:
            widget = QLineEdit(given)
            if parameter.type in DATES:
                widget.setPlaceholderText("YYYY-MM-DD")
            elif parameter.type is ParameterType.CARD:
                widget.setPlaceholderText(self._words(Text("ui.list.code_or_name")))
            widget.setFixedWidth(_room_for(widget, 104 if parameter.type in DATES else 120))
            widget.editingFinished.connect(lambda field=widget: self._finished(field))
            widget.setProperty("asked", given)
        self._fields[parameter.name] = widget
        return [label(title, "label"), widget]

    def _finished(self, field: QLineEdit) -> None:
        if field.text() != field.property("asked"):
            field.setProperty("asked", field.text())
            self.asked.emit()

    def _choice(self, parameter: Parameter, choice: str) -> str:
        if parameter.name == "status":
            return self._words(Text(f"document.status.{choice}") if choice else Text("ui.range.all"))
        return self._words(Text(f"report.choice.{choice}"))


def _room_for(field: QLineEdit, least: int) -> int:
    """How wide a field is that shows its hint whole."""
    return max(least, field.fontMetrics().horizontalAdvance(field.placeholderText()) + AROUND_HINT)


def _in_words(title: str, widget: QWidget) -> str:
    if isinstance(widget, QCheckBox):
        return title
    return f"{title} {widget.currentText() if isinstance(widget, QComboBox) else _text_of(widget)}"


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QCheckBox):
        return "yes" if widget.isChecked() else ""
    if isinstance(widget, QComboBox):
        return str(widget.currentData() or "")
    assert isinstance(widget, QLineEdit)
    return widget.text().strip()
