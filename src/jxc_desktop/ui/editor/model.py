"""The lines of the draft as a table, with an empty row for the next one."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from jxc_desktop.domain.pricing.line_price import derived_price
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.services.intake_values import read_value

from .columns import GIFT, ITEM, SELDOM, WAREHOUSE, Column, columns_of
from .typed import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.drafting import Choice

    from .entry import Entry

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NOT_TYPED = frozenset({ITEM})
"""An item is found, not typed."""

_ROLE, _FLAG, _SIDE = Qt.ItemDataRole, Qt.ItemFlag, Qt.AlignmentFlag
_DISPLAY, _EDIT, _ALIGN = _ROLE.DisplayRole, _ROLE.EditRole, _ROLE.TextAlignmentRole
_TEXTS = frozenset({_DISPLAY, _EDIT})
_READ = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable
_OPEN = _READ | _FLAG.ItemIsEditable
_RIGHT, _LEFT = _SIDE.AlignRight | _SIDE.AlignVCenter, _SIDE.AlignLeft | _SIDE.AlignVCenter
"""Every cell that is painted asks for these: they are combined once."""
MOST_MOVED = 400
"""So many rows that come, go or change are told of one by one; more of most of the document are a new document."""
BLANK_ROWS = 1
"""The row for the next line stands under the lines."""


class LinesModel(QAbstractTableModel):
    """What the grid shows. A line is named by its key, a row by its place."""

    refused = Signal(object)
    """What a cell cannot take, as a text."""
    used_more = Signal()
    """A line says something in a column that none has used before, or nobody uses one any more."""
    mended = Signal()
    """Nothing is painted as wrong any more."""

    def __init__(self, entry: Entry, words: Callable[[Text], str]) -> None:
        super().__init__(entry)
        self.entry = entry
        self.columns: tuple[Column, ...] = columns_of(entry.declared)
        self._lines = entry.draft.lines
        self.keys: list[int] = list(self._lines)
        self.wrong: frozenset[tuple[int, str]] = frozenset()
        self.used: set[str] = set()
        """The columns of `SELDOM` that are shown."""
        self.warehouses: tuple[Choice, ...] = ()
        self._gift = words(Text("ui.editor.gift"))
        self._titles = [words(Text(f"field.{column.name}")) for column in self.columns]
        entry.changed.connect(self._changed)

    def _changed(self) -> None:
        """Lines stand in the order of their keys. Where rows come and go, a cell that is open elsewhere stays open."""
        before, self._lines = self._lines, self.entry.draft.lines
        differing = list(self._lines.changed_keys(before))
        if not self._lines:
            self.used = set()
            self.used_more.emit()
        touched = [line for key in differing if (line := self._lines.get(key)) is not None]
        self._use({name for name in SELDOM - self.used if any(getattr(line, name) for line in touched)})
        if len(differing) > MOST_MOVED and len(differing) * 2 > len(self.keys):
            self.beginResetModel()
            self.keys = list(self._lines)
            self.endResetModel()
            return
        gone = [key for key in differing if key not in self._lines]
        new = [key for key in differing if key not in before]
        for key in reversed(gone):
            row = self.row_of(key)
            self.beginRemoveRows(NOWHERE, row, row)
            del self.keys[row]
            self.endRemoveRows()
        for row, keys in _groups(self.keys, new):
            self.beginInsertRows(NOWHERE, row, row + len(keys) - 1)
            self.keys[row:row] = keys
            self.endInsertRows()
        if gone or new:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
        for key in differing:
            if key in before and key in self._lines:
                self._repaint_row(self.row_of(key))

    def _repaint_row(self, row: int) -> None:
        """Cell by cell: told of a range of cells, a table paints all it shows."""
        for place in range(len(self.columns)):
            index = self.index(row, place)
            self.dataChanged.emit(index, index)

    def mark(self, wrong: frozenset[tuple[int, str]]) -> None:
        """Paint these cells, by key and field, as wrong."""
        self.wrong = wrong
        self._use({name for _key, name in wrong} & SELDOM)
        self._repaint()

    def _repaint(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def line(self, row: int) -> ItemLine | None:
        """The line in a row; None for an empty one."""
        return self._lines.get(self.keys[row]) if 0 <= row < len(self.keys) else None

    def row_of(self, key: int) -> int:
        """The row of a line. Raises KeyError where there is none of that key."""
        row = bisect_left(self.keys, key)
        if row == len(self.keys) or self.keys[row] != key:
            raise KeyError(key)
        return row

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
        """The text of a cell, and its side; the delegate paints without asking."""
        if role == _ALIGN:
            return self._side(index.column())
        return self.shown(index.row(), index.column())[0] if role in _TEXTS else None

    def shown(self, row: int, place: int) -> tuple[str, bool]:
        """The text of a cell, and whether it is a number."""
        column = self.columns[place]
        line = self.line(row)
        return ("" if line is None else self._text(column, line)), column.is_number

    def _text(self, column: Column, line: ItemLine) -> str:
        if column.name == GIFT:
            return self._gift if line.is_gift else ""
        if column.name == WAREHOUSE:
            return next((each.name for each in self.warehouses if each.id == line.warehouse), "")
        return column.text(line)

    def _use(self, names: set[str]) -> None:
        """Columns that few documents need are used from now on."""
        if not names <= self.used:
            self.used |= names
            self.used_more.emit()

    def is_wrong(self, row: int, place: int) -> bool:
        """Whether a cell is painted as wrong."""
        return row < len(self.keys) and (self.keys[row], self.columns[place].name) in self.wrong

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
            self._mend(line.key, name)
        return True

    def _mend(self, key: int, name: str) -> None:
        """A cell that was entered anew is no longer painted as wrong; posting looks at it again."""
        if (key, name) in self.wrong:
            self.mark(self.wrong - {(key, name)})
            if not self.wrong:
                self.mended.emit()

    def entered(self, line: ItemLine, name: str, text: str) -> ItemLine:
        """The line with what was typed or pasted into one of its cells. Raises UserError where it cannot be read."""
        place = [column for column in self.columns if column.name == name and column.field is not None]
        if not place or name in NOT_TYPED or text.strip() == self._text(place[0], line):
            return line
        assert place[0].field is not None
        typed = plain(place[0].field, text)
        if not typed:
            value = type(line).__dataclass_fields__[name].default
        elif name == GIFT and typed == self._gift:
            value = True
        elif name == WAREHOUSE:
            value = self._warehouse(typed)
        else:
            value = read_value(place[0].field, typed)
        return changed(line, **_entered(line, name, value))

    def _warehouse(self, typed: str) -> Id:
        """The warehouse of that code or name, or the only one that begins like that. Raises UserError."""
        wanted = typed.casefold()
        exact = [each for each in self.warehouses if wanted in {each.code.casefold(), each.name.casefold()}]
        begun = [each for each in self.warehouses if each.name.casefold().startswith(wanted)]
        found = exact or begun
        if len(found) != 1:
            params = {"text": typed, "names": [each.name for each in self.warehouses]}
            raise UserError(Text("ui.editor.no_warehouse", params))
        return found[0].id


def _groups(keys: Sequence[int], new: Sequence[int]) -> list[tuple[int, list[int]]]:
    """New keys by the row they begin at, the last first, those that follow each other together."""
    found: dict[int, list[int]] = {}
    for key in new:
        found.setdefault(bisect_left(keys, key), []).append(key)
    return sorted(found.items(), reverse=True)


def _entered(line: ItemLine, name: str, value: Any) -> dict[str, Any]:
    """What an edit of one cell changes: a typed price ends the typed amount, and so does another quantity."""
    if name == "price":
        return {"price": value, "price_source": "", "typed_amount": None}
    if name == "quantity" and line.typed_amount is not None:
        price = line.price or derived_price(line.typed_amount, line.quantity, line.discount) or line.price
        return {"quantity": value, "price": price, "typed_amount": None}
    return {name: value}
