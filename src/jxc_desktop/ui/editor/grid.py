"""The grid and the Enter path: item, quantity, price, next row; read-only cells are passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QLineEdit, QTableView

from jxc_desktop.ui.widgets.fonts import metrics
from jxc_desktop.ui.widgets.theme import Size, tokens

from .cells import ENTER, Cells
from .columns import ITEM, SELDOM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.ui.ops import Ops

    from .model import LinesModel
    from .picker import Ask, Offer, Picker, PickField

Index = QModelIndex | QPersistentModelIndex
TITLE_PADDING = 10


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
        self.cells = Cells(lines, self, ops, picker, ask, titles)
        self.cells.confirmed.connect(self._confirmed)
        self.cells.decided.connect(self.decide)
        self.cells.pasted.connect(self.pasted)
        self.setItemDelegate(self.cells)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(Size.ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setFixedWidth(36)
        header = self.horizontalHeader()
        header.setFixedHeight(Size.HEADER)
        header.setHighlightSections(False)
        for place, column in enumerate(lines.columns):
            title = str(lines.headerData(place, Qt.Orientation.Horizontal))
            wanted = metrics(Size.SMALL).horizontalAdvance(title) + 2 * TITLE_PADDING
            header.resizeSection(place, max(column.width, wanted))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for each in (header, self.verticalHeader()):
            each.setSelectionModel(QItemSelectionModel(lines, each))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._ground, self._rule = QColor(tokens().surface), QColor(tokens().line)
        self._seldom = [place for place, column in enumerate(lines.columns) if column.name in SELDOM]
        lines.used_more.connect(self.show_columns)
        self.show_columns()
        self.selectionModel().currentChanged.connect(self._stand)
        lines.rowsInserted.connect(lambda *_given: self._stand(self.currentIndex()))
        lines.rowsRemoved.connect(lambda *_given: self._stand(self.currentIndex()))
        lines.modelReset.connect(lambda: self._stand(self.currentIndex()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name takes the room that is left, and never less than it needs."""
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        header, place = self.horizontalHeader(), self.lines.place("item_name")
        others = sum(header.sectionSize(each) for each in range(header.count()) if each != place)
        header.resizeSection(place, max(self.lines.columns[place].width, self.viewport().width() - others))

    def show_columns(self) -> None:
        """Columns that few documents need are there as soon as a line says something in them."""
        header = self.horizontalHeader()
        for place in self._seldom:
            is_hidden = self.lines.columns[place].name not in self.lines.used
            if header.isSectionHidden(place) != is_hidden:
                header.setSectionHidden(place, is_hidden)
        self._fit_name()

    def _stand(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        """Another cell is current: the rows it leaves and comes to are painted, nothing else."""
        left, self.cells.row, self.cells.place = self.cells.row, index.row(), index.column()
        if left != index.row():
            self._paint_row(left)
        self._paint_row(index.row())
        self.stood.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground first: what the table fills itself need not be painted by all that is below it.

        Under the lines it is ruled like paper.
        """
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._ground)
        count, width = self.lines.rowCount(), self.viewport().width()
        top = self.rowViewportPosition(count - 1) + Size.ROW if count else 0
        if event.rect().bottom() > top:
            header = self.horizontalHeader()
            for bottom in range(top + Size.ROW - 1, self.viewport().height() + Size.ROW, Size.ROW):
                painter.fillRect(0, bottom, width, 1, self._rule)
            for place in range(header.count()):
                right = header.sectionViewportPosition(place) + header.sectionSize(place) - 1
                painter.fillRect(right, top, 1, self.viewport().height() - top, self._rule)
        painter.end()
        super().paintEvent(event)

    def _paint_row(self, row: int) -> None:
        if row >= 0:
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only what is selected looks different with the focus; Qt would paint the whole table and its headers."""
        if not self.currentIndex().isValid():
            super().focusInEvent(event)
            return
        is_open = bool(self.lines.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, is_open)
        self._paint_selected()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The same the other way round."""
        del event
        self._paint_selected()

    def _paint_selected(self) -> None:
        region: QRegion = self.visualRegionForSelection(self.selectionModel().selection())
        self.viewport().update(region)
        self._paint_row(self.cells.row)

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

    def keep_cell(self) -> None:
        """Keep what was typed in the open cell, and leave it open."""
        field = self._open_field()
        if field is not None and field.isModified():
            self.commitData(field)
            field.setModified(False)

    def show_again(self) -> None:
        """Show in the open cell what the line says now."""
        field = self._open_field()
        if field is not None:
            self.cells.setEditorData(field, self.currentIndex())

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
