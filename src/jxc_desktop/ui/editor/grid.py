"""The grid and the Enter path: item, quantity, price, next row; read-only cells are passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jxc_desktop.ui.widgets.theme import Size

from .columns import ITEM
from .picker import Ask, Offer, Picker, PickField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.ui.ops import Ops

    from .model import LinesModel

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """The fields that open in cells."""

    confirmed = Signal(object, bool)
    """Enter in the field of this widget; whether back."""

    def __init__(self, grid: LinesGrid, ops: Ops, picker: Picker, ask: Ask, titles: Sequence[str]) -> None:
        super().__init__(grid)
        self._grid = grid
        self._ops = ops
        self._picker = picker
        self._ask = ask
        self._titles = titles

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field that finds items, or a plain one."""
        del option
        column = self._grid.lines.columns[index.column()]
        field: QLineEdit
        if column.name == ITEM:
            field = PickField(self._ops, self._picker, self._ask, self._titles, parent)
            field.decided.connect(lambda _text, offer, made=field: self._grid.decide(made, offer))
        else:
            field = QLineEdit(parent)
        field.setFrame(False)
        field.setStyleSheet("min-height: 0; border-radius: 0;")
        if column.is_number:
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The text of the cell, selected, unless typing has begun."""
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Leaving a cell keeps what was typed in it; an item counts only when it was decided."""
        del model
        assert isinstance(editor, QLineEdit)
        name = self._grid.lines.columns[index.column()].name
        if name != ITEM and editor.isModified():
            self._grid.lines.enter(index.row(), name, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter belongs to the grid, not to Qt's idea of it; undo to the document where nothing was typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
            assert isinstance(watched, QLineEdit)
            if not watched.isModified():
                event.ignore()
                return True
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste) and _has_rows():
            if event.type() == QEvent.Type.KeyPress:
                self._grid.pasted.emit()
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if isinstance(watched, PickField) and not is_back:
                return False
            self.confirmed.emit(watched, is_back)
            return True
        return super().eventFilter(watched, event)


def _is_undo(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    return event.matches(keys.Undo) or event.matches(keys.Redo)


def _has_rows() -> bool:
    """Whether the clipboard holds more than one cell: one is for the field that is open."""
    text = QGuiApplication.clipboard().text().strip("\r\n")
    return "\t" in text or "\n" in text


class LinesGrid(QTableView):
    """The lines of a document."""

    decided = Signal(int, str, object)
    """In this row an item was decided on: what was typed, and the offer if it is known."""
    finished = Signal()
    """Enter in the empty row."""
    copied = Signal()
    pasted = Signal()
    """Rows of the clipboard are to be put in."""
    stood = Signal()
    """Another line is current."""

    def __init__(self, lines: LinesModel, ops: Ops, picker: Picker, ask: Ask, titles: Sequence[str]) -> None:
        super().__init__()
        self.lines = lines
        self.setModel(lines)
        self.cells = Cells(self, ops, picker, ask, titles)
        self.cells.confirmed.connect(self._confirmed)
        self.setItemDelegate(self.cells)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(Size.ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setFixedWidth(36)
        header = self.horizontalHeader()
        header.setFixedHeight(Size.HEADER)
        header.setHighlightSections(False)
        for place, column in enumerate(lines.columns):
            header.resizeSection(place, column.width)
        header.setSectionResizeMode(lines.place("item_name"), QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(lambda *_given: self.stood.emit())

    def open_cell(self, row: int, name: str) -> None:
        """Make a cell current and open it for typing."""
        index = self.lines.index(row, self.lines.place(name))
        if self._open_field() is not None and self.currentIndex() == index:
            return
        self.setFocus()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def open_next(self) -> None:
        """Open the item cell of the first empty row."""
        self.open_cell(len(self.lines.keys), ITEM)

    def leave_cell(self) -> None:
        """Close the open cell and keep what was typed in it."""
        field = self._open_field()
        if field is not None:
            self.commitData(field)
            self.closeEditor(field, QAbstractItemDelegate.EndEditHint.NoHint)

    def drop_cell(self) -> None:
        """Close the open cell and forget what was typed in it."""
        field = self._open_field()
        if field is not None:
            self.closeEditor(field, QAbstractItemDelegate.EndEditHint.NoHint)

    def _open_field(self) -> QLineEdit | None:
        field = self.viewport().focusWidget()
        is_open = isinstance(field, QLineEdit) and self.state() is QAbstractItemView.State.EditingState
        return field if is_open else None  # type: ignore[return-value]

    def decide(self, field: PickField, offer: Offer | None) -> None:
        """Enter in an item cell."""
        row, text = self.currentIndex().row(), field.text().strip()
        is_same = (line := self.lines.line(row)) is not None and text == line.item_code
        self.closeEditor(field, QAbstractItemDelegate.EndEditHint.NoHint)
        if is_same:
            self.go_on(row, ITEM)
        elif text:
            self.decided.emit(row, text, offer)
        else:
            self.finished.emit()

    def _confirmed(self, field: QLineEdit, is_back: bool) -> None:  # noqa: FBT001 — a signal's argument
        index = self.currentIndex()
        row, name = index.row(), self.lines.columns[index.column()].name
        is_read = name == ITEM or not field.isModified() or self.lines.enter(row, name, field.text())
        if not is_read:
            field.selectAll()
            return
        self.closeEditor(field, QAbstractItemDelegate.EndEditHint.NoHint)
        self.go_on(row, name, is_back=is_back)

    def go_on(self, row: int, name: str, *, is_back: bool = False) -> None:
        """The next cell of the path, or the one before."""
        path = [(each.name, each.is_stop) for each in self.lines.columns]
        at = self.lines.place(name)
        places = range(at - 1, -1, -1) if is_back else range(at + 1, len(path))
        found = next((place for place in places if path[place][1]), None)
        if found is not None:
            self.open_cell(row, path[found][0])
        elif is_back:
            last = [each for each, is_stop in path if is_stop][-1]
            self.open_cell(max(row - 1, 0), last if row else ITEM)
        else:
            self.open_cell(min(row + 1, len(self.lines.keys)), ITEM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell or goes on; Ctrl+Delete takes the line out."""
        index = self.currentIndex()
        if event.key() in ENTER and index.isValid():
            if self.lines.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self.go_on(min(index.row(), len(self.lines.keys)), self.lines.columns[index.column()].name)
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.remove_line()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        else:
            super().keyPressEvent(event)

    def remove_line(self) -> None:
        """Take the current line out."""
        row = self.currentIndex().row()
        line = self.lines.line(row)
        if line is not None:
            entry = self.lines.entry
            entry.put(entry.draft.without_line(line.key))
            self.setFocus()
            self.setCurrentIndex(self.lines.index(row, 0))
