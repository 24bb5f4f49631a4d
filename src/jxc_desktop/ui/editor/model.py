"""The lines of the draft as a table, with an empty row for the next one."""

from __future__ import annotations

import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from jxc_desktop.domain.pricing.line_price import derived_price
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import ZERO
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.services.intake_values import read_value
from jxc_desktop.ui.widgets.theme import tokens

from .clipboard import without_signs
from .columns import ITEM, Column, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.domain.documents.line import ItemLine

    from .entry import Entry

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NOT_TYPED = frozenset({ITEM})
"""An item is found, not typed."""

_ROLE, _FLAG, _SIDE = Qt.ItemDataRole, Qt.ItemFlag, Qt.AlignmentFlag
_DISPLAY, _EDIT, _ALIGN = _ROLE.DisplayRole, _ROLE.EditRole, _ROLE.TextAlignmentRole
_BACKGROUND, _FOREGROUND = _ROLE.BackgroundRole, _ROLE.ForegroundRole
_USED = frozenset({_DISPLAY, _EDIT, _ALIGN, _BACKGROUND, _FOREGROUND})
_READ = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable
_OPEN = _READ | _FLAG.ItemIsEditable
_RIGHT, _LEFT = _SIDE.AlignRight | _SIDE.AlignVCenter, _SIDE.AlignLeft | _SIDE.AlignVCenter
"""Every cell that is painted asks for these: they are combined once."""
BLANK_ROWS = 12
"""So many empty rows are drawn under the lines, as on paper; only the first of them takes an item."""


class LinesModel(QAbstractTableModel):
    """What the grid shows. A line is named by its key, a row by its place."""

    refused = Signal(object)
    """What a cell cannot take, as a text."""

    def __init__(self, entry: Entry, words: Callable[[Text], str]) -> None:
        super().__init__(entry)
        self.entry = entry
        self.columns: tuple[Column, ...] = columns_of(entry.declared)
        self._lines: list[ItemLine] = list(entry.draft.lines.values())
        self.keys: list[int] = [line.key for line in self._lines]
        self.wrong: frozenset[tuple[int, str]] = frozenset()
        self._titles = [words(Text(f"field.{column.name}")) for column in self.columns]
        entry.changed.connect(self._changed)

    def _changed(self) -> None:
        before, lines = self._lines, list(self.entry.draft.lines.values())
        keys = [line.key for line in lines]
        if keys == self.keys:
            self._lines = lines
            for row, (old, new) in enumerate(zip(before, lines, strict=True)):
                if old is not new:
                    self._repaint_row(row)
            return
        self._move_rows(lines, keys)

    def _move_rows(self, lines: list[ItemLine], keys: list[int]) -> None:
        """Take rows out and put rows in where the lines differ: a cell that is open elsewhere stays open."""
        same = sum(1 for _pair in takewhile(_is_same, zip(self.keys, keys, strict=False)))
        rest = min(len(self.keys), len(keys)) - same
        tail = sum(1 for _pair in takewhile(_is_same, zip(self.keys[::-1][:rest], keys[::-1][:rest], strict=True)))
        gone, new = len(self.keys) - same - tail, len(keys) - same - tail
        if gone:
            self.beginRemoveRows(NOWHERE, same, same + gone - 1)
            self._lines[same : same + gone] = []
            self.keys[same : same + gone] = []
            self.endRemoveRows()
        if new:
            self.beginInsertRows(NOWHERE, same, same + new - 1)
        self._lines, self.keys = lines, keys
        if new:
            self.endInsertRows()
        self._repaint()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, same, self.rowCount() - 1)

    def _repaint_row(self, row: int) -> None:
        """Cell by cell: told of a range of cells, a table paints all it shows."""
        for place in range(len(self.columns)):
            index = self.index(row, place)
            self.dataChanged.emit(index, index)

    def mark(self, wrong: frozenset[tuple[int, str]]) -> None:
        """Paint these cells, by key and field, as wrong."""
        self.wrong = wrong
        self._repaint()

    def _repaint(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def line(self, row: int) -> ItemLine | None:
        """The line in a row; None for an empty one."""
        return self._lines[row] if row < len(self._lines) else None

    def row_of(self, key: int) -> int:
        """The row of a line."""
        return self.keys.index(key)

    def place(self, name: str) -> int:
        """The column of that name."""
        return [column.name for column in self.columns].index(name)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Lines and empty rows."""
        return 0 if parent.isValid() else len(self.keys) + BLANK_ROWS

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as the type declares."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles above, numbers at the left."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return self._side(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._titles[section]
        return str(section + 1) if section <= len(self.keys) else ""

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Text, side and colour of a cell."""
        if role not in _USED:
            return None
        place = index.column()
        if role == _ALIGN:
            return self._side(place)
        line, column = self.line(index.row()), self.columns[place]
        if line is None:
            return None
        if role in {_DISPLAY, _EDIT}:
            return f"{line.gross.fen / 100:,.2f}" if column.name == "gross" else column.text(line)
        if role == _BACKGROUND:
            return QColor(tokens().redsoft) if self.wrong and (line.key, column.name) in self.wrong else None
        return QColor(tokens().red) if column.name == "gross" and line.gross < ZERO else None

    def _side(self, place: int) -> Qt.AlignmentFlag:
        return _RIGHT if self.columns[place].is_number else _LEFT

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is entered can be edited, in lines and in the first empty row."""
        row, column, count = index.row(), self.columns[index.column()], len(self.keys)
        is_open = row < count or (row == count and column.name == "item")
        return _OPEN if column.field is not None and is_open else _READ

    def enter(self, row: int, name: str, text: str) -> bool:
        """Put what was typed into a line; False, and `refused`, where it cannot be read."""
        line = self.line(row)
        if line is None:
            return True
        try:
            made = self.entered(line, name, text)
        except UserError as error:
            self.refused.emit(error.text)
            return False
        if made is not line:
            self.entry.put(self.entry.draft.with_line(made))
        return True

    def entered(self, line: ItemLine, name: str, text: str) -> ItemLine:
        """The line with what was typed or pasted into one of its cells. Raises UserError where it cannot be read."""
        place = [column for column in self.columns if column.name == name and column.field is not None]
        typed = unicodedata.normalize("NFKC", text).strip()
        if not place or name in NOT_TYPED or typed == place[0].text(line):
            return line
        assert place[0].field is not None
        if not typed:
            value = type(line).__dataclass_fields__[name].default
        else:
            value = read_value(place[0].field, without_signs(typed) if place[0].is_number else typed)
        return changed(line, **_entered(line, name, value))


def _is_same(pair: tuple[int, int]) -> bool:
    return pair[0] == pair[1]


def _entered(line: ItemLine, name: str, value: Any) -> dict[str, Any]:
    """What an edit of one cell changes: a typed price ends the typed amount, and so does another quantity."""
    if name == "price":
        return {"price": value, "price_source": "", "typed_amount": None}
    if name == "quantity" and line.typed_amount is not None:
        price = line.price or derived_price(line.typed_amount, line.quantity, line.discount) or line.price
        return {"quantity": value, "price": price, "typed_amount": None}
    return {name: value}
