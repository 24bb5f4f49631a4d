"""The menu below the name of the book: another book, the colours, the language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from jxc_desktop.kernel.text import Text
from jxc_desktop.ui.widgets.kept import SOUNDS
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
    menu.addSeparator()
    for language, name in LANGUAGES.items():
        action = menu.addAction(words(name), partial(choose, language=language))
        action.setCheckable(True)
        action.setChecked(language is spoken)
    return menu
