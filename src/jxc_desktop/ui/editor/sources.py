"""选源单: the lines that a document may still be made from, over the page; those that are chosen become its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from jxc_desktop.kernel.text import Text
from jxc_desktop.services.derived_drafts import lines_from, sources_of
from jxc_desktop.ui.widgets.figures import number
from jxc_desktop.ui.widgets.parts import button, column, label, row
from jxc_desktop.ui.widgets.theme import Size, tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.queries.open_source_lines import OpenSourceLine
    from jxc_desktop.services.reader import Reader
    from jxc_desktop.ui.widgets.page import Desk

    from .entry import Entry
    from .told import Told

TITLES = ("type", "number", "date", "item_code", "item_name", "item_spec", "left_over")
LEFT_OVER = TITLES.index("left_over")
MARGIN_ACROSS, TOP = 60, 90


class Sources(QFrame):
    """Hidden until F3; Enter takes the rows that are selected, Escape none."""

    taken = Signal()
    """Lines were made from what was chosen."""
    left = Signal()
    """Put away."""

    def __init__(self, desk: Desk, page: QWidget, entry: Entry, told: Told) -> None:
        super().__init__(page)
        self._desk = desk
        self._entry = entry
        self._told = told
        self.rows: list[OpenSourceLine] = []
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        words = desk.words
        self.table = QTableWidget(0, len(TITLES))
        self.table.setHorizontalHeaderLabels([words(Text(f"field.{name}")) for name in TITLES])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        colours = tokens()
        self.table.setStyleSheet(
            "QTableView::item { padding: 0 8px; border: none; }"
            f"QTableView::item:focus {{ background: {colours.soft}; color: {colours.ink}; }}"
            f"QTableView::item:selected {{ background: {colours.sel}; color: {colours.accent}; }}"
        )
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(Size.ROW)
        self.table.horizontalHeader().setFixedHeight(Size.HEADER)
        self.table.horizontalHeader().setHighlightSections(False)
        self.take_button = button(words(Text("ui.sources.take")), self.take, kind="primary", key="Enter")
        back = button(words(Text("ui.impact.back")), self.put_away, kind="action", key="Esc")
        title, hint = words(Text("ui.sources.title")), words(Text("ui.sources.hint"))
        head = row(label(title, "card"), label(hint, "hint"), None)
        box = column(head, self.table, row(None, back, self.take_button), gap=Size.FIELD_GAP)
        box.setStretchFactor(self.table, 1)
        box.setContentsMargins(Size.PAD, Size.GAP, Size.PAD, Size.GAP)
        self.setLayout(box)
        self.setFocusProxy(self.table)
        self.hide()

    def open(self) -> None:
        """Ask what the document may be made from; of the party that stands in its head."""
        head = self._entry.draft.head
        if self._entry.declared.party_role and not head.party:
            self._told.say(Text("document.no_party"))
            return
        self._desk.ops.query(lambda reader: reader.read(sources_of, draft=head), self._show)

    def _show(self, found: list[OpenSourceLine]) -> None:
        taken = {(line.source_document, line.source_line) for line in self._entry.draft.lines.values()}
        self.rows = [each for each in found if (each.document, each.line) not in taken]
        if not self.rows:
            self._told.say(Text("ui.sources.none"))
            return
        self._told.hide()
        self.table.setRowCount(len(self.rows))
        for place, each in enumerate(self.rows):
            name = self._desk.words(Text(f"document.type.{each.type}"))
            cells = (
                name, each.number, each.date, each.item_code, each.item_name, each.item_spec, number(str(each.left)),
            )  # fmt: skip
            for at, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignRight if at == LEFT_OVER else Qt.AlignmentFlag.AlignLeft
                cell.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(place, at, cell)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(TITLES.index("item_name"), QHeaderView.ResizeMode.Stretch)
        page = self.parentWidget()
        assert page is not None
        self.setGeometry(MARGIN_ACROSS, TOP, page.width() - 2 * MARGIN_ACROSS, page.height() - 2 * TOP)
        self.table.clearSelection()
        self.table.selectionModel().setCurrentIndex(
            self.table.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.show()
        self.raise_()
        self.table.setFocus()

    def take(self) -> None:
        """Make lines from the rows that are selected; where none is, from the one that is current."""
        chosen = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        places = chosen or [self.table.currentRow()]
        head, sources = self._entry.draft.head, [self.rows[each] for each in places if each >= 0]
        self.hide()

        def work(reader: Reader) -> tuple[Document, list[ItemLine]]:
            return head, reader.read(lines_from, draft=head, sources=sources)

        self._desk.ops.query(work, self._put)

    def _put(self, made: tuple[Document, list[ItemLine]]) -> None:
        head, lines = made
        draft = self._entry.draft
        if draft.head.id != head.id:
            return
        for line in lines:
            draft = draft.with_line(line)
        self._entry.put(draft)
        self.taken.emit()

    def put_away(self) -> None:
        """Choose nothing."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Escape goes back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
