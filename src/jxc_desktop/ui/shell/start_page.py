"""The first page: a new book, the demo company, or a book that is there already."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jxc_desktop.kernel.errors import ExternalError, UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language, translator
from jxc_desktop.services.book import Book
from jxc_desktop.services.new_book import NewBook, create_book
from jxc_desktop.ui.widgets.aside import Aside
from jxc_desktop.ui.widgets.parts import button, column, label, row
from jxc_desktop.ui.widgets.theme import Size

from .new_book_form import NewBookForm
from .spoken import LANGUAGES

if TYPE_CHECKING:
    from .places import Places

STEPS = (
    Text("ui.start.step.goods"), Text("ui.start.step.opening"), Text("ui.start.step.sale"),
    Text("ui.start.step.profit"),
)  # fmt: skip


class StartPage(QWidget):
    """Chooses a book; `opened` carries it, opened and ready for a window."""

    opened = Signal(object)
    language_chosen = Signal(object)

    def __init__(self, places: Places, language: Language) -> None:
        super().__init__()
        self._places, self._language = places, language
        self._words = translator(language)
        self.aside = Aside(self)
        self.aside.done.connect(self._done)
        self.aside.failed.connect(self._failed)
        self.form = NewBookForm(self._words, language)
        self.form.asked.connect(self._create)
        self.message = label("", "hint")
        self.message.setWordWrap(True)
        self.setWindowTitle(self._words(Text("ui.start.title")))
        inner = QWidget()
        inner.setLayout(self._laid_out())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        self.setLayout(column(area))
        self.resize(1280, 760)
        self.form.name.setFocus()

    def _laid_out(self) -> QVBoxLayout:
        words = self._words
        languages = [
            button(words(name), partial(self.language_chosen.emit, each), kind="link")
            for each, name in LANGUAGES.items()
        ]
        self.new = self._choice("ui.start.new", "plus", "Ctrl+N", self.form.name.setFocus)
        self.demo = self._choice("ui.start.demo", "circle-play", "Ctrl+D", self._demo)
        self.open = self._choice("ui.start.open", "folder-open", "Ctrl+O", self._open)
        steps = [label(f"{place}   {words(step)}", "label") for place, step in enumerate(STEPS, 1)]
        left = column(
            label(words(Text("ui.start.title")), "figure"),
            label(words(Text("ui.start.promise")), "hint"),
            Size.GAP,
            self.new,
            self.demo,
            self.open,
            self.message,
            Size.GAP,
            label(words(Text("ui.start.then")), "card"),
            *steps,
            None,
            gap=Size.GAP,
        )
        both = row(left, 40, self.form)
        both.setStretch(0, 2)
        both.setStretch(2, 3)
        box = column(row(None, *languages), both, None, gap=Size.PAD)
        box.setContentsMargins(64, Size.PAD, 64, Size.PAD)
        return box

    def _choice(self, title: str, picture: str, key: str, pressed: object) -> QPushButton:
        assert callable(pressed)
        made = button(self._words(Text(title)), pressed, kind="choice", picture=picture, key=key)
        made.setMinimumHeight(56)
        QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut).activated.connect(pressed)
        return made

    def _demo(self) -> None:
        file, tokens = self._places.demo_book, self._places.tokens

        def make() -> Book:
            if not file.exists():
                from jxc_desktop.services.demo import make_demo  # noqa: PLC0415 — an own book starts without it

                file.parent.mkdir(parents=True, exist_ok=True)
                make_demo(file).close()
            return Book.open(file, tokens=tokens)

        self._say(Text("ui.start.making_demo"))
        self.aside.start(make)

    def _create(self, file: Path, choice: NewBook) -> None:
        tokens = self._places.tokens

        def make() -> Book:
            file.parent.mkdir(parents=True, exist_ok=True)
            return create_book(file, choice, tokens=tokens)

        self._say(Text("ui.start.creating"))
        self.aside.start(make)

    def _open(self) -> None:
        kinds = f"{self._words(Text('ui.start.books'))} (*.jxc)"
        file, _kind = QFileDialog.getOpenFileName(self, self._words(Text("ui.start.open")), "", kinds)
        if file:
            self.open_file(file)

    def open_file(self, file: str | Path) -> None:
        """Open the book in a file."""
        tokens = self._places.tokens
        self._say(Text("ui.start.opening"))
        self.aside.start(lambda: Book.open(Path(file), tokens=tokens))

    def _say(self, text: Text) -> None:
        self.message.setText(self._words(text))

    def _done(self, book: Book) -> None:
        self._places.remember_book(book.path)
        self.opened.emit(book)

    def _failed(self, error: Exception) -> None:
        self.message.clear()
        if isinstance(error, (UserError, ExternalError)):
            self.form.refuse(error.text)
        elif isinstance(error, OSError):
            self.form.refuse(Text("cli.system", {"file": str(error.filename), "reason": str(error.strerror)}))
        else:
            self.form.refuse(Text("ui.start.bug", {"error": repr(error)}))
