"""The page of a list or report: title, filters, table, totals; where nothing is found it says what would be here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QWidget

from jxc_desktop.kernel.errors import ExternalError, Interrupted, UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.business_day import business_day
from jxc_desktop.ui.widgets.icons import pixmap
from jxc_desktop.ui.widgets.page import CARD, CARD_LIST, DOCUMENT_LIST, EDITOR, Address, Desk, Page
from jxc_desktop.ui.widgets.parts import button, card, column, label, row
from jxc_desktop.ui.widgets.theme import Size, tokens
from jxc_desktop.ui.widgets.verbs import Verbs, is_entered

from .export import KEYS, Export, Screen
from .filters import FilterBar
from .model import ListModel
from .shown import shown
from .source import Answer, Question
from .sources import source_of
from .table import TableWithTotals

if TYPE_CHECKING:
    from datetime import date

    from jxc_desktop.services.reader import Reader

TOPICS = {DOCUMENT_LIST: frozenset({"documents"}), CARD_LIST: frozenset({"masters"})}


class ListPage(Page):
    """One list or report."""

    def __init__(self, desk: Desk, address: Address) -> None:
        super().__init__(desk, address)
        self.source = source_of(address)
        self.topics = TOPICS.get(address.kind, frozenset({"documents", "stock", "ledger", "masters", "periods"}))
        self.model = ListModel()
        self.model.wanted.connect(self._want)
        self._question: Question | None = None
        self._answer: Answer | None = None
        self.filters = FilterBar(
            self.source.parameters, desk.words, has_search=self.source.has_search, given=dict(address.given)
        )
        self.filters.asked.connect(self.refresh)
        self.body = TableWithTotals(self.model, desk.settings, self.source.key)
        self.body.table.chosen.connect(self._lead)
        self._count = label("", "hint")
        self._problem = label("", "red")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.body)
        self._stack.addWidget(self._nothing())
        frame = card(column(self._stack))
        self._choose = button(desk.words(Text("ui.list.columns")), kind="action", picture="columns-3")
        self._choose.clicked.connect(self._columns)
        self.export = Export(desk, self.source, self)
        self._save = button(desk.words(Text("ui.export.save")), kind="action", picture="file-spreadsheet")
        self._save.setMenu(self._files())
        again = button(desk.words(Text("ui.list.refresh")), self.refresh, kind="action", picture="refresh-cw", key="F5")
        head = row(label(self.title, "title"), self._count, None, *self._new(), again, self._save, self._choose)
        box = column(head, self.filters, self._problem, self.export.bar, frame, gap=Size.GAP)
        box.setStretchFactor(frame, 1)
        box.setContentsMargins(Size.MARGIN, Size.GAP, Size.MARGIN, Size.MARGIN)
        self.setLayout(box)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_F5), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.refresh)
        self.setFocusProxy(self.body.table)
        if address.kind == DOCUMENT_LIST:
            verbs = Verbs(desk, self, address.module, self._document)
            self.body.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.body.table.customContextMenuRequested.connect(lambda _at: verbs.pop_up())

    def _document(self) -> Id | None:
        """The document one stands on."""
        line = self.model.line(self.body.table.currentIndex().row())
        return Id(str(line.values["id"])) if line is not None else None

    def _new(self) -> list[QWidget]:
        """The button for a new card, or a new document where the type is entered in the window."""
        name, kind = self.address.name, self.address.kind
        if kind != CARD_LIST and (kind != DOCUMENT_LIST or not name or not is_entered(name)):
            return []
        address = Address(self.address.module, CARD if kind == CARD_LIST else EDITOR, name)
        made = button(self.desk.words(Text("ui.list.new")), kind="primary", picture="plus", key="Ctrl+N")
        made.clicked.connect(lambda: self.desk.open(address))
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.desk.open(address))
        return [made]

    def _files(self) -> QMenu:
        """The kinds of files that what is shown can be saved as."""
        menu = QMenu(self)
        for suffix, key in KEYS.items():
            title = self.desk.words(Text(f"ui.export.{suffix}"))
            action = menu.addAction(title, QKeySequence(key), partial(self._export, suffix))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        return menu

    def _export(self, suffix: str) -> None:
        if self._question is None or self._answer is None:
            return
        answer, keys = self._answer, self.model.keys
        lines = self.model.lines() if keys is None and answer.is_whole else None
        self.export.ask(
            suffix,
            Screen(
                title=self.title,
                question=self._question,
                columns=answer.columns,
                places=self.body.table.shown_columns(),
                given=self.filters.told(),
                lines=lines,
                keys=keys,
                totals=answer.totals,
            ),
        )

    @property
    def title(self) -> str:
        """The name of the list."""
        return self.desk.words(self.source.title)

    def refresh(self) -> None:
        """Ask again with what is filled in."""
        given = self.filters.given()
        clock = self.desk.ops.book.clock

        def ask(reader: Reader) -> tuple[Question, Answer]:
            today: date = reader.read(business_day, now_ms=clock.now_ms())
            question = Question(given, today, self.desk.words)
            return question, self.source.first(reader, question)

        self.desk.ops.query(ask, self._first, kind=f"list-{id(self)}", failed=self._refused)

    def _first(self, answered: tuple[Question, Answer]) -> None:
        question, answer = answered
        self._question = question
        self.filters.today = question.today
        self.filters.mark(set())
        self._problem.hide()
        self._show(answer)
        if not answer.is_whole:
            self.desk.ops.query(
                lambda reader: self.source.whole(reader, question), self._show, kind=f"list-{id(self)}-whole"
            )

    def _show(self, answer: Answer) -> None:
        if answer.columns != self.model.columns:
            self.body.table.forget_sizes()
        self._answer = answer
        types = {each.name: each.type for each in answer.columns}
        totals = {name: shown(value, types[name], self.desk.words) for name, value in answer.totals.items()}
        current = self.body.table.currentIndex().row()
        self.model.show(answer)
        self.body.table.size_columns()
        self.body.table.make_room(totals)
        count = self.model.rowCount()
        words = self.desk.words
        self._count.setText(words(Text("cli.list.count", {"count": f"{count:,}"})) if answer.is_whole else "")
        self.body.strip.show_totals(totals, words(Text("cli.total")) if totals else "")
        self._stack.setCurrentIndex(0 if count else 1)
        if count:
            self.body.table.selectRow(min(max(current, 0), count - 1))

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Interrupted):
            return
        assert isinstance(error, (UserError, ExternalError))
        problems = error.problems if isinstance(error, UserError) else ()
        self.filters.mark({str(each.place[0]) for each in problems if each.place})
        self._problem.setText("\n".join(self.desk.words(each.text) for each in problems) or self.desk.words(error.text))
        self._problem.show()

    def _want(self, number: int) -> None:
        question = self._question
        if question is None:
            return
        keys = self.model.keys_of(number)
        self.desk.ops.query(
            lambda reader: self.source.page(reader, question, keys), lambda lines: self.model.fill(number, lines)
        )

    def _lead(self, place: int, name: str) -> None:
        line = self.model.line(place)
        if line is None or self._question is None:
            return
        address = self.source.drill(self._question, line, name)
        if address is not None:
            self.desk.open(address)

    def _columns(self) -> None:
        menu = self.body.table.columns_menu()
        menu.popup(self._choose.mapToGlobal(self._choose.rect().bottomLeft()))

    def _nothing(self) -> QWidget:
        picture = QLabel()
        picture.setPixmap(pixmap("clipboard-list", tokens().off, 40))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said = label(self.desk.words(Text("ui.list.nothing", {"list": self.title})), "hint")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made = QWidget()
        made.setLayout(column(None, picture, said, None))
        return made
