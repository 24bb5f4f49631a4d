"""What the money of a document settles: the open items of its party, oldest due first, each with what goes to it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from jxc_desktop.doctypes.fields import AMOUNT
from jxc_desktop.domain.documents.allocation import oldest_first
from jxc_desktop.domain.documents.line import Allocation
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.open_items import OpenItemRow, open_items
from jxc_desktop.services.intake_values import read_value
from jxc_desktop.ui.widgets.figures import number
from jxc_desktop.ui.widgets.theme import Size

if TYPE_CHECKING:
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.reader import Reader
    from jxc_desktop.ui.widgets.page import Desk

    from .entry import Entry

TITLES = ("type", "number", "date", "due_date", "amount", "open", "settles_now")
NOW = len(TITLES) - 1
FIRST_FIGURE = TITLES.index("amount")


class Settling(QTableWidget):
    """One row for each open item; the last column is typed or filled by F8."""

    refused = Signal(object)

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(0, len(TITLES))
        self._desk = desk
        self._entry = entry
        self._party: Id | None = None
        self.open_rows: list[OpenItemRow] = []
        self.setHorizontalHeaderLabels([desk.words(Text(f"field.{name}")) for name in TITLES])
        for place in range(len(TITLES)):
            heading = self.horizontalHeaderItem(place)
            assert heading is not None
            heading.setTextAlignment(_side(place))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setStyleSheet("QTableView::item { padding: 0 8px; border: none; }")
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Size.ROW)
        self.horizontalHeader().setFixedHeight(Size.HEADER)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._typed)
        entry.changed.connect(self.show_draft)

    def show_draft(self) -> None:
        """The open items of the party of the draft, and what goes to each."""
        party = self._entry.draft.head.party
        if party == self._party:
            self._show_amounts()
            return
        self._party = party
        kinds = self._entry.declared.allocation_kinds

        def ask(reader: Reader) -> tuple[Id, list[OpenItemRow]]:
            found = [reader.read(open_items, party=party, kind=kind) for kind in kinds] if party else []
            return party, [row for rows in found for row in rows]

        self._desk.ops.query(ask, self._show)

    def _show(self, answered: tuple[Id, list[OpenItemRow]]) -> None:
        party, self.open_rows = answered
        if party != self._entry.draft.head.party:
            return
        known = {(each.document, each.line, each.kind) for each in self.open_rows}
        for key, line in self._entry.draft.allocations.items():
            if (line.target_document, line.target_line, line.target_kind) in known:
                continue
            if self._entry.draft.head.number:
                self.open_rows.append(_of_amendment(line))
            else:
                self._entry.put(self._entry.draft.without_allocation(key))
        self.blockSignals(True)
        self.setRowCount(len(self.open_rows))
        words = self._desk.words
        for place, item in enumerate(self.open_rows):
            name = words(Text(f"document.type.{item.type}")) if item.type else ""
            cells = (name, item.number, item.date, item.due_date, _shown(item.amount), _shown(item.open), "")
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(_side(column))
                if column != NOW:
                    cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.setItem(place, column, cell)
        self.blockSignals(False)
        self._show_amounts()

    def _show_amounts(self) -> None:
        self.blockSignals(True)
        for place, item in enumerate(self.open_rows[: self.rowCount()]):
            line = self._line(item)
            cell = self.item(place, NOW)
            assert cell is not None
            cell.setText(_shown(line.amount) if line is not None else "")
        self.blockSignals(False)

    def _line(self, item: OpenItemRow) -> Allocation | None:
        return next(
            (
                each
                for each in self._entry.draft.allocations.values()
                if (each.target_document, each.target_line, each.target_kind) == (item.document, item.line, item.kind)
            ),
            None,
        )

    def _typed(self, cell: QTableWidgetItem) -> None:
        if cell.column() != NOW:
            return
        typed = unicodedata.normalize("NFKC", cell.text()).strip().replace(",", "").replace("\u2212", "-")
        try:
            amount: Money = read_value(AMOUNT, typed) if typed else ZERO
        except UserError as error:
            self.refused.emit(error.text)
            self._show_amounts()
            return
        self._give({self.open_rows[cell.row()]: amount})

    def _give(self, amounts: dict[OpenItemRow, Money]) -> None:
        """Put what goes to these items into the draft."""
        draft = self._entry.draft
        for item, amount in amounts.items():
            line = self._line(item)
            if amount:
                made = Allocation(line.key if line else 0, item.document, item.line, item.kind, item.number, amount)
                draft = draft.with_allocation(made)
            elif line is not None:
                draft = draft.without_allocation(line.key)
        self._entry.put(draft)
        self._show_amounts()

    @property
    def open(self) -> Money:
        """What is open on the items that a payment settles: those of its sign."""
        return Money(sum(each.open.fen for each in self.open_rows if each.open > ZERO))

    def settle(self, amount: Money) -> None:
        """Give an amount to the items, oldest first."""
        spread = oldest_first([each.open for each in self.open_rows], amount)
        self._give(dict(zip(self.open_rows, spread.paid, strict=True)))


def _of_amendment(line: Allocation) -> OpenItemRow:
    """What the document that is amended settles in full: it is open as far as that goes."""
    names = ("", line.target_number, "", "", "")
    return OpenItemRow(line.target_document, line.target_line, line.target_kind, *names, line.amount, ZERO, line.amount)


def _shown(amount: Money) -> str:
    return number(str(amount), 2)


def _side(place: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if place >= FIRST_FIGURE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
