"""`python -m tests.benchmarks.window_start BOOK SETTINGS`: from the start of the process to the window on a book.

The window is there, knows its book and has painted its first page; then the process ends at once.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from jxc_desktop.language import Language
from jxc_desktop.ui.shell.starting import load_core


def main(book: str, settings_file: str) -> None:
    """Load what the program loads, in the order it does."""
    load_core()
    core: Any = import_module("PySide6.QtCore")
    running: Any = import_module("jxc_desktop.ui.shell.running")
    settings = core.QSettings(settings_file, core.QSettings.Format.IniFormat)
    app = running.application(settings)
    window = running.MainWindow(running.Book.open(Path(book)), settings, Language.ZH_CN)
    window.resize(1366, 768)
    window.show()
    while not window.state.company:
        app.processEvents(core.QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    main(sys.argv[1], sys.argv[2])
    os._exit(0)
