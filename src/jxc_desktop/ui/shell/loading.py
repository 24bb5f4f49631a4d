"""What the first page of a kind needs is loaded while nobody waits for one, so that it opens as quickly as the next.

Modules without Qt come first, on a reader's thread. Qt makes its classes when they are first asked for and bears only
one thread doing so: those, and the modules that ask for them, are loaded on the window's, a little at a time.
"""

from __future__ import annotations

import time
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jxc_desktop.ui.ops import Ops

PIECE_S = 0.008
"""How long the window's thread loads before it looks after what was pressed."""

CORE = (
    "domain.documents.allocation",
    "exchange.headings",
    "exchange.numbers",
    "printing.pictures",
    "printing.printed",
    "printing.report_form",
    "queries.document_effects",
    "queries.document_links",
    "queries.document_pages",
    "queries.find",
    "queries.item_facts",
    "queries.reports.report",
    "services.batch_choice",
    "services.documents",
    "services.drafting",
    "services.drafts",
    "services.estimates",
    "services.impact",
    "services.scanning",
    "services.settings",
    "services.verbs",
)
"""What the pages stand on."""

PAGES = (
    "widgets.flow",
    "widgets.paper",
    "listing.table",
    "listing.filters",
    "listing.page",
    "editor.cells",
    "editor.grid",
    "editor.entry",
    "editor.picker",
    "editor.scanner",
    "editor.page",
    "screens.document_page",
    "screens.print_page",
    "screens.impact_page",
)
"""The pages and their larger parts, smaller ones first."""


def load_core() -> None:
    """Load everything below the pages that knows nothing of Qt; any thread may."""
    for name in CORE:
        import_module(f"jxc_desktop.{name}")


class Loading(QObject):
    """The loading after the window has opened."""

    done = Signal()

    def __init__(self, ops: Ops, parent: QObject) -> None:
        super().__init__(parent)
        self._ops = ops
        self._left = _pieces()
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._load)

    def start(self) -> None:
        """Begin; `done` follows."""
        self._ops.query(lambda _reader: load_core(), lambda _nothing: self._turn.start())

    def _load(self) -> None:
        until = time.perf_counter() + PIECE_S
        for piece in self._left:
            piece()
            if time.perf_counter() > until:
                return
        self._turn.stop()
        self.done.emit()


def _pieces() -> Iterator[Callable[[], object]]:
    for name in dir(QtWidgets):
        yield partial(getattr, QtWidgets, name)
    for name in PAGES:
        yield partial(import_module, f"jxc_desktop.ui.{name}")
