"""The application: its font and theme, then the window on a book until it is closed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from jxc_desktop.services.book import Book
from jxc_desktop.ui.widgets.fonts import font
from jxc_desktop.ui.widgets.theme import Mode, apply_theme

from .window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.language import Language
    from jxc_desktop.services.token_store import TokenStore


def run_window(book_file: Path, settings_file: Path, language: Language, tokens: TokenStore) -> int:
    """Show the window; what Qt ends with."""
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    app.setFont(font())
    settings = QSettings(str(settings_file), QSettings.Format.IniFormat)
    apply_theme(app, Mode(str(settings.value("window/theme", Mode.SYSTEM))))
    window = MainWindow(Book.open(book_file, tokens=tokens), settings, language)
    window.show()
    return app.exec()
