"""The application: its font and theme, then the first page or the window on a book until it is closed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from jxc_desktop.kernel.errors import ExternalError, UserError
from jxc_desktop.language import Language
from jxc_desktop.services.book import Book
from jxc_desktop.ui.widgets.fonts import font
from jxc_desktop.ui.widgets.theme import Mode, apply_theme

from .window import LANGUAGE, THEME, MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.text import Text

    from .places import Places


class Running(QObject):
    """Which of the two is shown: the first page, or the window on a book."""

    def __init__(self, settings: QSettings, language: Language, places: Places) -> None:
        super().__init__()
        self._settings, self._places = settings, places
        kept = str(settings.value(LANGUAGE, ""))
        self.language = Language(kept) if kept in set(Language) else language
        self.shown: QWidget | None = None

    def begin(self, file: Path) -> None:
        """The window on the book in a file; where it cannot be opened, the first page says why."""
        try:
            book = Book.open(file, tokens=self._places.tokens)
        except (UserError, ExternalError) as error:
            self.show_start(error.text)
            return
        self._places.remember_book(file)
        self.show_book(book)

    def show_start(self, refused: Text | None = None) -> None:
        """Ask which book; `refused` says why another could not be opened."""
        from .start_page import StartPage  # noqa: PLC0415 — the window on a book starts without it

        page = StartPage(self._places, self.language)
        page.opened.connect(self.show_book)
        page.language_chosen.connect(self._speak)
        if refused is not None:
            page.form.refuse(refused)
        self._show(page)

    def show_book(self, book: Book) -> None:
        """The window on a book."""
        window = MainWindow(book, self._settings, self.language)
        window.left.connect(self.show_start)
        self._show(window)

    def _speak(self, language: Language) -> None:
        self.language = language
        self._settings.setValue(LANGUAGE, language.value)
        self.show_start()

    def _show(self, widget: QWidget) -> None:
        before, self.shown = self.shown, widget
        widget.show()
        if before is not None:
            before.close()
            before.deleteLater()


def application(settings: QSettings) -> QApplication:
    """The application in the product's font and the theme that was chosen."""
    QApplication.setStyle("Fusion")
    app = QApplication(sys.argv[:1])
    app.setFont(font())
    apply_theme(app, Mode(str(settings.value(THEME, Mode.SYSTEM))))
    return app


def run_window(book_file: Path | None, settings_file: Path, language: Language, places: Places) -> int:
    """Show the window; what Qt ends with."""
    settings = QSettings(str(settings_file), QSettings.Format.IniFormat)
    app = application(settings)
    running = Running(settings, language, places)
    if book_file is None:
        running.show_start()
    else:
        running.begin(book_file)
    return app.exec()
