"""Parts side by side as long as there is room, then on the next line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from .parts import row
from .theme import Size

if TYPE_CHECKING:
    from collections.abc import Sequence


class Flow(QLayout):
    """A layout that breaks like words do; the last part stands at the right where its line has room."""

    def __init__(self, parts: Sequence[QWidget], *, is_last_at_right: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._is_last_at_right = is_last_at_right
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a part."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The part at that place, None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give that part away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at that width."""
        return self._laid_out(QRect(0, 0, width, 0), is_moved=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the parts into their places."""
        super().setGeometry(rect)
        self._laid_out(rect, is_moved=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        sizes = [item.sizeHint() for item in self._items]
        gaps = Size.FIELD_GAP * max(len(sizes) - 1, 0)
        return QSize(sum(each.width() for each in sizes) + gaps, max((each.height() for each in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest part alone."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _laid_out(self, rect: QRect, *, is_moved: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for place, item in enumerate(self._items):
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, high = rect.x(), y + high + Size.FIELD_GAP, 0
            if self._is_last_at_right and place == len(self._items) - 1:
                x = max(x, rect.x() + rect.width() - size.width())
            if is_moved:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, high = x + size.width() + Size.FIELD_GAP, max(high, size.height())
        return y + high - rect.y()


def together(*parts: QWidget) -> QWidget:
    """Parts that stay on one line."""
    made = QWidget()
    made.setLayout(row(*parts))
    return made
