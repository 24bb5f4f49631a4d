"""What is loaded after the window has opened: on which thread, and that nothing is left for the first page."""

from __future__ import annotations

import subprocess
import sys

import pytest

CORE_WITHOUT_QT = """
import sys
from jxc_desktop.ui.shell.loading import load_core
qt = {name for name in sys.modules if name.startswith("PySide6")}
load_core()
sys.exit(", ".join({name for name in sys.modules if name.startswith("PySide6")} - qt))
"""
PAGES_ON_CORE = """
import sys
import jxc_desktop.services.book, jxc_desktop.ui.shell.window
from jxc_desktop.ui.shell import loading
loading.load_core()
core = set(sys.modules)
for piece in loading._pieces():
    piece()
more = {name for name in set(sys.modules) - core if name.startswith("jxc_desktop.") and ".ui." not in name}
sys.exit(", ".join(sorted(more)))
"""
NOTHING_LEFT = """
import sys
import jxc_desktop.services.book, jxc_desktop.ui.shell.window
from jxc_desktop.ui.shell import loading, pages
from jxc_desktop.ui.widgets.page import DOCUMENT, EDITOR, IMPACT, PRINT
for piece in loading._pieces():
    piece()
loaded = set(sys.modules)
for kind in (EDITOR, DOCUMENT, PRINT, IMPACT, ""):
    pages._class_of(kind)
sys.exit(", ".join(sorted(set(sys.modules) - loaded)))
"""


@pytest.mark.parametrize("program", [CORE_WITHOUT_QT, PAGES_ON_CORE, NOTHING_LEFT])
def test_pages_are_loaded_on_the_windows_thread_and_what_they_stand_on_elsewhere(program: str) -> None:
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.stderr.strip() == ""
