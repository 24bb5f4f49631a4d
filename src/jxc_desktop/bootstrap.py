"""The only place that wires: config, book, window, command line or server."""

import sys
from collections.abc import Sequence
from importlib import import_module

from jxc_desktop import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from jxc_desktop.language import Language
    from jxc_desktop.services.tokens import FileTokens

PROGRAM = "jxc-desktop"
HOME_VARIABLE, LANGUAGE_VARIABLE = "JXC_HOME", "JXC_LANG"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def main(argv: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return its exit code.

    `version` is answered here: it must cost no more than starting Python.
    """
    if list(argv) == ["version"]:
        if sys.stdout is not None:
            sys.stdout.write(f"{PROGRAM} {__version__}\n")
        return 0
    if list(argv) == ["--demo"]:
        return int(import_module("jxc_desktop.cli.main").main(["window", "--demo"], UserSurroundings()))
    return int(import_module("jxc_desktop.cli.main").main(argv, UserSurroundings()))


class UserSurroundings:
    """The user's language and folders, each found when it is first asked for.

    `$JXC_HOME` names one folder for settings and logs instead of the system's places, for portable installations.
    """

    def __init__(self) -> None:
        self._tokens: FileTokens | None = None

    @property
    def language(self) -> "Language":
        """`$JXC_LANG`, else the language of the system, else simplified Chinese."""
        import os  # noqa: PLC0415 — start-up imports only what the command needs

        from jxc_desktop.language import closest_language  # noqa: PLC0415

        return closest_language(os.environ.get(LANGUAGE_VARIABLE) or system_language())

    @property
    def log_folder(self) -> "Path":
        """Where bug reports are kept."""
        return _place("user_log_path", "logs")

    @property
    def tokens(self) -> "FileTokens":
        """What tells a book from its copies."""
        if self._tokens is None:
            from jxc_desktop.services.tokens import FileTokens  # noqa: PLC0415

            self._tokens = FileTokens(_settings() / "tokens")
        return self._tokens

    def open_window(self, book: "Path | None") -> int:
        """Open the window on a book, or where one is chosen; returns when it is closed."""
        from jxc_desktop.ui.shell.starting import start_window  # noqa: PLC0415 — only the window loads Qt

        return start_window(book, _settings(), self.language, self)

    def walk_in(self, look: str, demo: "Path", folder: "Path") -> "dict[str, Any]":
        """Walk the window through the tour in one look; what was seen."""
        from jxc_desktop.ui.shell.starting import with_libraries  # noqa: PLC0415
        from jxc_desktop.ui.tour.touring import walk_in  # noqa: PLC0415

        with with_libraries():
            return walk_in(look, demo, folder)

    def refuse_without_screen(self) -> None:
        """Raises ExternalError where there is no screen to show a window on."""
        from jxc_desktop.ui.shell.starting import refuse_without_screen  # noqa: PLC0415

        refuse_without_screen()

    @property
    def demo_book(self) -> "Path":
        """Where the demo company lies that the window shows."""
        return _place("user_data_path", "data") / "demo.jxc"

    def last_book(self) -> "Path | None":
        """The book that was opened last."""
        from jxc_desktop.services.last_book import last_book  # noqa: PLC0415

        return last_book(_settings())

    def remember_book(self, path: "Path") -> None:
        """This book was opened."""
        from jxc_desktop.services.last_book import remember_book  # noqa: PLC0415

        remember_book(_settings(), path)


def _settings() -> "Path":
    return _place("user_config_path", "settings")


def _place(asked: str, below_home: str) -> "Path":
    import os  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home) / below_home
    import platformdirs  # noqa: PLC0415

    found: Path = getattr(platformdirs, asked)(PROGRAM, appauthor=False)
    return found


def system_language() -> str:
    """The language tag of the user's system, empty where it says none."""
    import os  # noqa: PLC0415

    named = next((os.environ[name] for name in LOCALE_VARIABLES if os.environ.get(name)), "")
    if sys.platform == "win32" and not named:
        import ctypes  # noqa: PLC0415

        tag = ctypes.create_unicode_buffer(85)
        if ctypes.windll.kernel32.GetUserDefaultLocaleName(tag, len(tag)):
            return tag.value
    return named
