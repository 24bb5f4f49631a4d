"""Rows for the table: pages of them, kept as long as there is room, asked for when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

if TYPE_CHECKING:
    from array import array

    from .source import Answer, Line, ListColumn

PAGE = 200
KEPT_PAGES = 60
_DISPLAY, _TIP, _ALIGN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.TextAlignmentRole
_SHOWN = frozenset({_DISPLAY, _TIP})
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ListModel(QAbstractTableModel):
    """The answer of a source."""

    wanted = Signal(int)
    """A page that is looked at and not there."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[ListColumn, ...] = ()
        self._keys: array[int] | None = None
        self._count = 0
        self._pages: OrderedDict[int, list[Line]] = OrderedDict()
        self._asked: set[int] = set()

    def show(self, answer: Answer) -> None:
        """Show an answer from its top; what is there of its first page stays."""
        first = self._pages.get(0) if answer.keys is not None and answer.columns == self.columns else None
        self.beginResetModel()
        self.columns = answer.columns
        self._keys = answer.keys
        self._pages.clear()
        self._asked.clear()
        if answer.keys is None:
            self._count = len(answer.lines)
            for number in range(0, self._count, PAGE):
                self._pages[number // PAGE] = answer.lines[number : number + PAGE]
        else:
            self._count = len(answer.keys)
            if first is not None:
                self._pages[0] = first
        self.endResetModel()

    @property
    def keys(self) -> array[int] | None:
        """The local numbers of all rows, None where they came whole."""
        return self._keys

    def keys_of(self, number: int) -> array[int]:
        """The local numbers of a page."""
        assert self._keys is not None
        return self._keys[number * PAGE : (number + 1) * PAGE]

    def fill(self, number: int, lines: list[Line]) -> None:
        """A page that was wanted came."""
        self._asked.discard(number)
        self._pages[number] = lines
        while self._keys is not None and len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        top, bottom = number * PAGE, min((number + 1) * PAGE, self._count) - 1
        if top <= bottom:
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, max(len(self.columns) - 1, 0)))

    def line(self, row: int) -> Line | None:
        """A row, None while its page is on the way."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            if number not in self._asked:
                self._asked.add(number)
                self.wanted.emit(number)
            return None
        place = row % PAGE
        return page[place] if place < len(page) else None

    def lines(self) -> list[Line]:
        """All rows that are here."""
        return [line for page in self._pages.values() for line in page]

    def sort_by(self, column: int, *, is_falling: bool) -> None:
        """Order rows that came whole by a column."""
        if self._keys is not None or not 0 <= column < len(self.columns):
            return
        name, is_number = self.columns[column].name, self.columns[column].is_number
        lines = self.lines()

        def place(line: Line) -> tuple[bool, float | str]:
            value = line.values.get(name)
            is_empty = value is None or value == ""
            if is_number:
                return is_empty, 0.0 if is_empty else float(str(value))
            return is_empty, str(value or "")

        lines.sort(key=place, reverse=is_falling)
        self.layoutAboutToBeChanged.emit()
        for number in range(0, self._count, PAGE):
            self._pages[number // PAGE] = lines[number : number + PAGE]
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are, here or not."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The text of a cell, whole as its tool tip."""
        if role not in _SHOWN:
            return None
        line = self.line(index.row())
        return None if line is None else line.cells[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The titles, above their numbers at the right."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGN:
            return _RIGHT if self.columns[section].is_number else _LEFT
        return None
