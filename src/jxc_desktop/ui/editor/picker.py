"""Finding a card as one types: a field, and the list under it that never takes the keys away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget
from shiboken6 import isValid

from jxc_desktop.kernel.ids import Id
from jxc_desktop.ui.ops import Lane
from jxc_desktop.ui.widgets.theme import Size, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from jxc_desktop.services.reader import Reader
    from jxc_desktop.ui.ops import Ops

MOST_ROWS = 9
WIDE = 560
FIGURES_FROM = 3
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -MOST_ROWS, Qt.Key.Key_PageDown: MOST_ROWS}


@dataclass(frozen=True)
class Offer:
    """One card that may be meant; `cells` are shown, `unit` is the one its barcode stands for."""

    id: Id
    cells: tuple[str, ...]
    unit: str = ""


Ask = Callable[["Reader", str], "list[Offer]"]


class Picker(QTableWidget):
    """The list of offers over the page."""

    taken = Signal(object)
    """An offer was clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offers: Sequence[Offer] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.horizontalHeader().setFixedHeight(Size.ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Size.ROW)
        self.setStyleSheet(
            f"Picker {{ border: 1px solid {tokens().line2}; border-radius: {Size.RADIUS}px;"
            f" selection-background-color: {tokens().sel}; selection-color: {tokens().ink}; }}"
            "QTableView::item { padding: 0 8px; border: none; } QHeaderView::section { border: none; }"
        )
        self.cellClicked.connect(lambda row, _column: self.taken.emit(self._offers[row]))
        self.hide()

    def offer(self, offers: Sequence[Offer], field: QWidget, titles: Sequence[str]) -> None:
        """Show offers under a field, or over it where there is no room."""
        self._offers = offers
        if not offers:
            self.hide()
            return
        self.setRowCount(len(offers))
        self.setColumnCount(len(titles))
        for place, title in enumerate(titles):
            heading = QTableWidgetItem(title)
            heading.setTextAlignment(_side(place))
            self.setHorizontalHeaderItem(place, heading)
        for row, each in enumerate(offers):
            for place, text in enumerate(each.cells):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(_side(place))
                self.setItem(row, place, cell)
        self.resizeColumnsToContents()
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.selectRow(0)
        height = (min(len(offers), MOST_ROWS) + 1) * Size.ROW + 4
        parent = self.parentWidget()
        assert parent is not None
        self.resize(min(max(field.width(), WIDE), parent.width() - 2 * Size.GAP), height)
        at = field.mapTo(parent, QPoint(0, field.height()))
        left = min(at.x(), parent.width() - self.width() - Size.GAP)
        top = at.y() if at.y() + height < parent.height() else at.y() - field.height() - height
        self.move(max(left, 0), max(top, 0))
        self.show()
        self.raise_()

    def current(self) -> Offer | None:
        """The offer Enter would take."""
        return self._offers[self.currentRow()] if self.isVisible() and self.currentRow() >= 0 else None

    def step(self, by: int) -> None:
        """Go up or down."""
        self.selectRow(min(max(self.currentRow() + by, 0), self.rowCount() - 1))


def _side(place: int) -> Qt.AlignmentFlag:
    """Words to the left, figures to the right: those from the fourth column on."""
    side = Qt.AlignmentFlag.AlignRight if place >= FIGURES_FROM else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class PickField(QLineEdit):
    """A field for a card; Enter says what was typed and the offer it means, if that is known yet."""

    decided = Signal(str, object)
    left = Signal()
    """The focus is elsewhere."""

    def __init__(
        self, ops: Ops, picker: Picker, ask: Ask, titles: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ops = ops
        self._picker = picker
        self._asked = ask
        self._titles = titles
        self._answered = ""
        self.textEdited.connect(self._typed)
        picker.taken.connect(self._clicked)

    def _typed(self, text: str) -> None:
        wanted = text.strip()
        self._answered = ""
        if not wanted:
            self._picker.hide()
            return
        self._ops.query(
            lambda reader: self._asked(reader, wanted),
            lambda offers: self._show(wanted, offers),
            kind="picker",
            lane=Lane.TYPING,
            failed=lambda _error: None,
        )

    def _show(self, wanted: str, offers: list[Offer]) -> None:
        if isValid(self) and self.hasFocus() and self.text().strip() == wanted:
            self._answered = wanted
            self._picker.offer(offers, self, self._titles)

    def _clicked(self, offer: Offer) -> None:
        if isValid(self) and self.hasFocus():
            self._picker.hide()
            self.decided.emit(self.text().strip(), offer)

    def meant(self) -> Offer | None:
        """The offer that stands out for what is typed now."""
        return self._picker.current() if self._answered and self._answered == self.text().strip() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the list, Escape puts it away, Enter decides."""
        key = Qt.Key(event.key())
        if key in STEPS and self._picker.isVisible():
            self._picker.step(STEPS[key])
        elif key == Qt.Key.Key_Escape and self._picker.isVisible():
            self._picker.hide()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            offer = self.meant()
            self._picker.hide()
            self.decided.emit(self.text().strip(), offer)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Elsewhere now: the list goes."""
        self._picker.hide()
        super().focusOutEvent(event)
        self.left.emit()
