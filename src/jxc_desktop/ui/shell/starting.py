"""How the window starts: is there a screen, are Qt's libraries there, then the application."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import ExternalError
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.language import Language

    from .places import Places

SETTINGS_FILE = "window.ini"
CORE = ("services.book", "services.reader", "queries.book_state", "queries.reports.registry", "queries.find")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def refuse_without_screen() -> None:
    """Raises ExternalError on Linux where there is no screen to show a window on."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in SCREENS):
        raise ExternalError(Text("window.no_screen"))


def load_core() -> None:
    """Load what the window needs beside Qt before Qt: whatever is loaded after Qt is read once more by its bindings."""
    for name in CORE:
        import_module(f"jxc_desktop.{name}")


def start_window(book_file: Path | None, settings_folder: Path, language: Language, places: Places) -> int:
    """Open the window on a book, or where one is chosen, and return when it is closed.

    Raises ExternalError without a screen or libraries.
    """
    refuse_without_screen()
    with with_libraries():
        from .running import run_window  # noqa: PLC0415 — without its libraries Qt cannot be imported
    return run_window(book_file, settings_folder / SETTINGS_FILE, language, places)


@contextmanager
def with_libraries() -> Iterator[None]:
    """Load what is needed in here after the core. Raises ExternalError where a library of Qt is missing."""
    load_core()
    try:
        yield
    except ImportError as error:
        raise ExternalError(Text("window.no_library", {"reason": str(error)})) from error
