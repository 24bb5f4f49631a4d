"""The cells of the grid: painted at once from the line, and the two fields that open in them, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget
from shiboken6 import isValid

from jxc_desktop.ui.widgets.fonts import font, metrics
from jxc_desktop.ui.widgets.parts import restyle_once
from jxc_desktop.ui.widgets.theme import tokens

from .columns import ITEM
from .picker import Ask, Picker, PickField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.ui.ops import Ops

    from .model import LinesModel

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
PADDING, CORNER, NARROWEST_SIGN = 8, 6, 6
MINUS = "−"
Index = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SIDES = {True: int(_RIGHT), False: int(_LEFT)}
_SELECTED = QStyle.StateFlag.State_Selected


class Look:
    """Fonts and colours of cells, looked up once."""

    def __init__(self) -> None:
        colours = tokens()
        self.font, self.bold = font(), font(weight=600)
        self.ink, self.dim, self.red = QColor(colours.ink), QColor(colours.ink3), QColor(colours.red)
        self.soft, self.sel, self.wrong = QColor(colours.soft), QColor(colours.sel), QColor(colours.redsoft)
        self.accent, self.line = QColor(colours.accent), QColor(colours.line)


class Cells(QStyledItemDelegate):
    """Paints cells, and lends a field to the one that is open.

    A field is made once and lent again: making and styling one costs more than all else a key does.
    """

    confirmed = Signal(object, bool)
    """Enter in the field of this widget; whether back."""
    decided = Signal(object, object)
    """Enter in a field that finds items: the field, and the offer if one stands out."""
    pasted = Signal()
    """Rows of the clipboard are to be put in."""

    def __init__(
        self, lines: LinesModel, view: QTableView, ops: Ops, picker: Picker, ask: Ask, titles: Sequence[str]
    ) -> None:
        super().__init__(view)
        self.row = self.place = -1
        """The current cell."""
        self._view = view
        self._lines = lines
        self._ops = ops
        self._picker = picker
        self._ask = ask
        self._titles = titles
        self._look = Look()
        self._fields: dict[bool, QLineEdit] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell: what is wrong stands out even where it is selected; the current row is tinted."""
        rect: QRect = option.rect
        row, place = index.row(), index.column()
        look, lines = self._look, self._lines
        is_wrong = bool(lines.wrong) and lines.is_wrong(row, place)
        is_current = row == self.row
        if is_wrong or is_current or option.state & _SELECTED:
            ground = look.wrong if is_wrong else look.sel if option.state & _SELECTED else look.soft
            painter.fillRect(rect, ground)
        if is_wrong:
            painter.fillRect(rect.x(), rect.bottom() - 1, rect.width(), 2, look.red)
            painter.fillRect(rect.right() - CORNER + 1, rect.y(), CORNER, CORNER, look.red)
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), look.line)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.line)
        if is_current and place == self.place and self._view.hasFocus():
            self._frame(painter, rect)
        text, is_number = lines.shown(row, place)
        if not text:
            return
        room = rect.width() - 2 * PADDING
        if len(text) * NARROWEST_SIGN > room:
            text = metrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(look.bold if is_wrong else look.font)
        painter.setPen(look.red if is_wrong or (is_number and text[0] == MINUS) else look.ink)
        painter.drawText(rect.x() + PADDING, rect.y(), room, rect.height() - 1, _SIDES[is_number], text)

    def _frame(self, painter: QPainter, rect: QRect) -> None:
        colour = self._look.accent
        x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        painter.fillRect(x, y, width, 2, colour)
        painter.fillRect(x, y + height - 2, width, 2, colour)
        painter.fillRect(x, y, 2, height, colour)
        painter.fillRect(x + width - 2, y, 2, height, colour)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field that finds items, or a plain one."""
        del option
        column = self._lines.columns[index.column()]
        is_item = column.name == ITEM
        field = self._fields.get(is_item)
        if field is None or not isValid(field) or field.parent() is not parent:
            field = self._fields[is_item] = self._made(parent, is_item=is_item)
        field.clear()
        field.setModified(False)
        side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
        if field.alignment() != side:
            field.setAlignment(side)
        restyle_once(field, bad="true" if self._lines.is_wrong(index.row(), index.column()) else "false")
        return field

    def _made(self, parent: QWidget, *, is_item: bool) -> QLineEdit:
        field: QLineEdit
        if is_item:
            field = PickField(self._ops, self._picker, self._ask, self._titles, parent)
            field.decided.connect(lambda _text, offer, made=field: self.decided.emit(made, offer))
        else:
            field = QLineEdit(parent)
        field.setProperty("cell", "true")
        field.setProperty("bad", "false")
        return field

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """It is only put away: the next cell gets it."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """A field covers its cell but the lines."""
        del index
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

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
        name = self._lines.columns[index.column()].name
        if name != ITEM and editor.isModified():
            self._lines.enter(index.row(), name, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter belongs to the grid, not to Qt's idea of it; undo to the document where nothing was typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
            assert isinstance(watched, QLineEdit)
            if not watched.isModified():
                event.ignore()
                return True
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste) and _has_rows():
            if event.type() == QEvent.Type.KeyPress:
                self.pasted.emit()
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
