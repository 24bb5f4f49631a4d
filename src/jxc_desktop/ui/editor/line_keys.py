"""Two keys for the line one stands on: Ctrl+G makes it a gift and back, Ctrl+U counts it in the item's next unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.services.drafting import in_next_unit
from jxc_desktop.ui.ops import Lane

from .columns import GIFT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.ui.widgets.page import Desk

    from .grid import LinesGrid
    from .told import Told

GIFT_KEY, UNIT_KEY = "Ctrl+G", "Ctrl+U"


class LineKeys(QObject):
    """The keys of one grid."""

    def __init__(self, desk: Desk, page: QWidget, grid: LinesGrid, told: Told) -> None:
        super().__init__(page)
        self._desk = desk
        self._grid = grid
        self._told = told
        self._entry = grid.lines.entry
        for keys, act in ((GIFT_KEY, self.turn_gift), (UNIT_KEY, self.next_unit)):
            shortcut = QShortcut(QKeySequence(keys), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _line(self) -> ItemLine | None:
        """The line one stands on, with what is typed in its open cell; in the empty row the last line."""
        grid = self._grid
        row = grid.currentIndex().row()
        grid.keep_cell()
        return grid.lines.line(min(row, len(grid.lines.keys) - 1))

    def turn_gift(self) -> None:
        """A gift costs nothing and keeps its price for when it is none again."""
        line = self._line()
        if line is None or not any(column.name == GIFT for column in self._grid.lines.columns):
            return
        self._entry.put(self._entry.draft.with_line(changed(line, is_gift=not line.is_gift)))

    def next_unit(self) -> None:
        """The same quantity in the next unit that the item has, at the price of that unit."""
        line = self._line()
        if line is None or not line.item:
            return
        head, key = self._entry.draft.head, line.key
        self._desk.ops.query(
            lambda reader: reader.read(in_next_unit, draft=head, line=line),
            lambda made: self._put(key, made),
            lane=Lane.TYPING,
        )

    def _put(self, key: int, made: ItemLine | None) -> None:
        now = self._entry.draft.lines.get(key)
        if made is None:
            self._told.say(Text("ui.editor.one_unit"))
        elif now is not None and now.item == made.item:
            self._told.hide()
            self._entry.put(self._entry.draft.with_line(changed(made, quantity=now.quantity)))
            self._grid.show_again()
