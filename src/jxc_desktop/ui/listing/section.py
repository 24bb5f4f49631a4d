"""A small table with its title on a page that shows more than one: as high as what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.ui.widgets.parts import card, column
from jxc_desktop.ui.widgets.theme import Size

from .model import ListModel
from .source import Answer
from .table import TableWithTotals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QFrame

    from .source import Line, ListColumn
    from .table import ListTable

FEWEST_ROWS = 3


def section(
    columns: Sequence[ListColumn], lines: list[Line], settings: QSettings, key: str
) -> tuple[QFrame, ListTable]:
    """The table in its card, and the table itself; widths that a user chose are kept under `key`."""
    model = ListModel()
    made = TableWithTotals(model, settings, key)
    model.setParent(made)
    model.show(Answer(tuple(columns), lines))
    made.table.size_columns()
    made.strip.hide()
    height = Size.HEADER + len(lines) * Size.ROW + Size.GAP
    made.setMinimumHeight(min(height, Size.HEADER + FEWEST_ROWS * Size.ROW))
    made.setMaximumHeight(height)
    return card(column(made)), made.table
