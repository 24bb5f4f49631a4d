"""The menu below the name of the book: another book, the colours, the language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu

from jxc_desktop.kernel.text import Text
from jxc_desktop.ui.widgets.kept import SECOND_BACKUP, SOUNDS
from jxc_desktop.ui.widgets.theme import Mode

from .spoken import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

    from jxc_desktop.language import Language

THEMES = {
    Mode.SYSTEM: Text("ui.menu.theme.system"),
    Mode.LIGHT: Text("ui.menu.theme.light"),
    Mode.DARK: Text("ui.menu.theme.dark"),
}


def book_menu(
    parent: QWidget,
    words: Callable[[Text], str],
    spoken: Language,
    leave: Callable[[], None],
    choose: Callable[..., None],
    settings: QSettings,
) -> QMenu:
    """The menu, in the language in force."""
    menu = QMenu(parent)
    menu.addAction(f"{words(Text('ui.menu.book'))}\tCtrl+O", leave)
    menu.addSeparator()
    for mode, title in THEMES.items():
        menu.addAction(words(title), partial(choose, mode=mode))
    menu.addSeparator()
    sounds = menu.addAction(words(Text("ui.menu.sounds")))
    sounds.setCheckable(True)
    sounds.setChecked(str(settings.value(SOUNDS, "true")) == "true")
    sounds.toggled.connect(lambda is_on: settings.setValue(SOUNDS, "true" if is_on else "false"))
    _second_backup(menu, parent, words, settings)
    menu.addSeparator()
    for language, name in LANGUAGES.items():
        action = menu.addAction(words(name), partial(choose, language=language))
        action.setCheckable(True)
        action.setChecked(language is spoken)
    return menu


def _second_backup(menu: QMenu, parent: QWidget, words: Callable[[Text], str], settings: QSettings) -> None:
    """A tick where backups go into a second folder as well; a press asks for one, or does without from now on."""
    action = menu.addAction(words(Text("ui.menu.second_backup")))
    action.setCheckable(True)

    def show() -> None:
        folder = str(settings.value(SECOND_BACKUP) or "")
        action.setChecked(bool(folder))
        action.setToolTip(folder)

    def choose() -> None:
        chosen = ""
        if not settings.value(SECOND_BACKUP):
            chosen = QFileDialog.getExistingDirectory(parent, words(Text("ui.menu.second_backup")))
        settings.setValue(SECOND_BACKUP, chosen)
        show()

    action.triggered.connect(choose)
    menu.setToolTipsVisible(True)
    show()
