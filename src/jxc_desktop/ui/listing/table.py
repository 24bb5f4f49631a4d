"""The table of a list: painted cells without grid lines, a fixed strip of totals, columns that are remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jxc_desktop.ui.widgets.figures import MINUS
from jxc_desktop.ui.widgets.fonts import font, metrics
from jxc_desktop.ui.widgets.theme import Size, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QPoint, QSettings

    from .model import ListModel

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SELECTED = QStyle.StateFlag.State_Selected
NARROWEST, WIDEST, PADDING = 56, 300, 10


class Cells(QStyledItemDelegate):
    """Paints a cell: text, the line below, the selection; fonts and colours are looked up once."""

    def __init__(self, model: ListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._font, self._metrics = font(), metrics()
        colours = tokens()
        self._ink, self._red, self._off = QColor(colours.ink), QColor(colours.red), QColor(colours.ink3)
        self._line, self._sel, self._accent = QColor(colours.line), QColor(colours.sel), QColor(colours.accent)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        if option.state & _SELECTED:
            painter.fillRect(rect, self._sel)
            if rect.x() <= 0:
                painter.fillRect(rect.x(), rect.y(), 3, rect.height(), self._accent)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._line)
        line = self._model.line(row)
        if line is None:
            return
        text = line.cells[column]
        if not text:
            return
        is_number = self._model.columns[column].is_number
        room = rect.width() - 2 * PADDING
        if len(text) * 6 > room:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._font)
        painter.setPen(self._red if is_number and text[0] == MINUS else self._ink)
        painter.drawText(
            rect.x() + PADDING, rect.y(), room, rect.height() - 1, int(_RIGHT if is_number else _LEFT), text
        )


class TotalsStrip(QWidget):
    """The totals below a table, each under its column."""

    def __init__(self, table: ListTable) -> None:
        super().__init__()
        self._table = table
        self._totals: Mapping[str, str] = {}
        self._word = ""
        self.setFixedHeight(Size.TOTALS)

    def show_totals(self, totals: Mapping[str, str], word: str) -> None:
        """Show totals by column name, with a word at the left."""
        self._totals, self._word = totals, word
        self.setVisible(bool(word))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The strip."""
        del event
        colours = tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.total))
        painter.fillRect(0, 0, self.width(), 1, QColor(colours.line2))
        painter.setFont(font(weight=600))
        header = self._table.horizontalHeader()
        first = True
        for visual in range(header.count()):
            place = header.logicalIndex(visual)
            if header.isSectionHidden(place):
                continue
            column = self._table.list_model.columns[place]
            text = self._totals.get(column.name, "")
            x, width = header.sectionViewportPosition(place), header.sectionSize(place)
            if first:
                painter.setPen(QColor(colours.ink))
                painter.drawText(x + PADDING, 0, 400, self.height(), int(_LEFT), self._word)
            elif text:
                painter.setPen(QColor(colours.red if text.startswith(MINUS) else colours.ink))
                painter.drawText(x, 0, width - PADDING, self.height(), int(_RIGHT), text)
            first = False
        painter.end()


class ListTable(QTableView):
    """The table itself; Enter and double click lead on."""

    chosen = Signal(int, str)
    """A row was asked to lead on, from the column of that name."""

    def __init__(self, model: ListModel, settings: QSettings, key: str) -> None:
        super().__init__()
        self.list_model = model
        self._settings = settings
        self._key = f"columns/{key}"
        self._is_sized = False
        self._natural: dict[int, int] = {}
        self.setModel(model)
        self.setItemDelegate(Cells(model, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFont(font())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(Size.ROW)
        header = self.horizontalHeader()
        header.setFixedHeight(Size.HEADER)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._ask_columns)
        header.sectionClicked.connect(self._sort)
        header.sectionResized.connect(lambda *_given: self._remember())
        header.sectionMoved.connect(lambda *_given: self._remember())
        self.doubleClicked.connect(self._lead)

    def size_columns(self) -> None:
        """Columns as wide as what they hold at first, or as the user left them."""
        if self._is_sized or not self.list_model.columns:
            return
        kept = self._settings.value(self._key)
        header = self.horizontalHeader()
        header.blockSignals(True)
        self._natural = {}
        if not (isinstance(kept, QByteArray) and header.restoreState(kept) and header.count() == self._columns()):
            for place, column in enumerate(self.list_model.columns):
                texts = [column.title + "  ", *(line.cells[place] for line in self.list_model.lines()[:60])]
                widest = max(metrics().horizontalAdvance(text) for text in texts)
                self._natural[place] = min(max(widest + 2 * PADDING + 4, NARROWEST), WIDEST)
                is_empty = all(not text for text in texts[1:]) and len(texts) > 1
                header.setSectionHidden(place, is_empty and place > 0)
        header.blockSignals(False)
        self._is_sized = True
        self._fill()

    def make_room(self, totals: Mapping[str, str]) -> None:
        """Widen the columns whose total is wider than what they hold: half a figure reads as another figure."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        for place, column in enumerate(self.list_model.columns):
            wanted = metrics(weight=600).horizontalAdvance(totals.get(column.name, "")) + 2 * PADDING
            if place in self._natural:
                self._natural[place] = max(self._natural[place], wanted)
            header.resizeSection(place, max(header.sectionSize(place), wanted))
        header.blockSignals(False)
        self._fill()

    def _fill(self) -> None:
        """Give the room that is left to the columns of words, as long as the user left the widths alone."""
        if not self._natural:
            return
        header = self.horizontalHeader()
        seen = {place: width for place, width in self._natural.items() if not header.isSectionHidden(place)}
        left = self.viewport().width() - sum(seen.values())
        wordy = {p: width for p, width in seen.items() if not self.list_model.columns[p].is_number} or seen
        share = left / sum(wordy.values()) if wordy and left > 0 else 0
        header.blockSignals(True)
        for place, width in seen.items():
            header.resizeSection(place, width + int(width * share) if place in wordy else width)
        header.blockSignals(False)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._fill()

    def _columns(self) -> int:
        return len(self.list_model.columns)

    def forget_sizes(self) -> None:
        """Size the columns again: another answer has other columns."""
        self._is_sized = False

    def shown_columns(self) -> list[int]:
        """The places of the columns that are seen, in the order they are seen in."""
        header = self.horizontalHeader()
        places = [header.logicalIndex(visual) for visual in range(header.count())]
        return [place for place in places if not header.isSectionHidden(place)]

    def columns_menu(self) -> QMenu:
        """Which columns are shown."""
        menu = QMenu(self)
        header = self.horizontalHeader()
        for place, column in enumerate(self.list_model.columns):
            action = QAction(column.title, menu, checkable=True)
            action.setChecked(not header.isSectionHidden(place))
            action.toggled.connect(lambda shown, at=place: self._show_column(at, is_shown=shown))
            menu.addAction(action)
        return menu

    def _show_column(self, place: int, *, is_shown: bool) -> None:
        header = self.horizontalHeader()
        if not is_shown and header.count() - header.hiddenSectionCount() <= 1:
            return
        header.setSectionHidden(place, not is_shown)
        self._remember()

    def _ask_columns(self, at: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _remember(self) -> None:
        if self._is_sized:
            self._natural = {}
            self._settings.setValue(self._key, self.horizontalHeader().saveState())

    def _sort(self, place: int) -> None:
        header = self.horizontalHeader()
        is_falling = header.isSortIndicatorShown() and header.sortIndicatorSection() == place
        is_falling = is_falling and header.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        header.setSortIndicator(place, Qt.SortOrder.DescendingOrder if is_falling else Qt.SortOrder.AscendingOrder)
        self.list_model.sort_by(place, is_falling=is_falling)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._lead(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _lead(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row(), self.list_model.columns[index.column()].name)


class TableWithTotals(QWidget):
    """A table over its strip of totals."""

    def __init__(self, model: ListModel, settings: QSettings, key: str) -> None:
        super().__init__()
        self.table = ListTable(model, settings, key)
        self.strip = TotalsStrip(self.table)
        header = self.table.horizontalHeader()
        for signal in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            signal.connect(lambda *_given: self.strip.update())
        self.table.horizontalScrollBar().valueChanged.connect(lambda _value: self.strip.update())
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 4, 1, 4)
        box.setSpacing(0)
        box.addWidget(self.table, 1)
        box.addWidget(self.strip)
