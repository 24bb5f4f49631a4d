"""What a scan does in a document: its line is added or counted up, a sound tells how it went.

A scan that comes in while another is on its way waits its turn; the focus is moved only when no key is being pressed,
so that neither the next scan nor a hand at work lands elsewhere.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit

from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.services.scanning import scanned_line
from jxc_desktop.ui.ops import Lane
from jxc_desktop.ui.widgets.kept import SCANNER_GAP, SOUNDS
from jxc_desktop.ui.widgets.sounds import Sound, Sounds

from .scanner import GAP_MS, Scanner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.services.scanning import Scanned
    from jxc_desktop.ui.widgets.page import Desk

    from .grid import LinesGrid
    from .told import Told


class Scanning(QObject):
    """The scans of one document."""

    known = Signal(object)
    """A line was added or counted up: what is known about it."""

    def __init__(self, desk: Desk, page: QWidget, grid: LinesGrid, told: Told) -> None:
        super().__init__(page)
        self._desk = desk
        self._grid = grid
        self._told = told
        self._lines = grid.lines
        self._entry = grid.lines.entry
        self._last_label = ""
        gap = int(str(desk.settings.value(SCANNER_GAP, GAP_MS)))
        self.scanner = Scanner(page, grid.drop_cell, gap_ms=gap)
        self.scanner.scanned.connect(self._scanned)
        self.sounds = Sounds(self)

    def _scanned(self, code: str) -> None:
        if not self._entry.declared.line_fields:
            return
        self._grid.leave_cell()
        head = self._entry.draft.head
        self._desk.ops.query(
            lambda reader: reader.read(scanned_line, draft=head, code=code),
            partial(self._answered, head, code),
            lane=Lane.TYPING,
        )

    def _answered(self, head: Document, code: str, found: Scanned) -> None:
        if self._entry.draft.head.id != head.id:
            return
        if found.known is None:
            assert found.refused is not None
            self._sound(Sound.UNKNOWN)
            self._told.say(found.refused)
            return
        line = found.known.line
        same = None if found.is_label else self._same(line)
        is_again = found.is_label and code == self._last_label
        self._last_label = code if found.is_label else ""
        if same is not None:
            line = changed(same, quantity=same.quantity + line.quantity)
        self._entry.put(self._entry.draft.with_line(line))
        self._sound(Sound.REPEATED if is_again or same is not None else Sound.OK)
        if is_again:
            self._told.say(Text("scan.label_again", {"item": line.item_name}))
        else:
            self._told.hide()
        self.known.emit(found.known)
        self._stand_ready()

    def _same(self, line: ItemLine) -> ItemLine | None:
        """The last line that counts the same thing: not a gift, and nothing that was weighed."""
        found = [
            each
            for each in self._entry.draft.lines.values()
            if (each.item, each.unit) == (line.item, line.unit) and not each.is_gift and each.typed_amount is None
        ]
        return found[-1] if found else None

    def _sound(self, sound: Sound) -> None:
        self.sounds.is_on = str(self._desk.settings.value(SOUNDS, "true")) == "true"
        self.sounds.play(sound)

    def _stand_ready(self) -> None:
        """Open the next empty row, unless keys are being pressed somewhere."""
        focus = QApplication.focusWidget()
        is_typed = isinstance(focus, QLineEdit) and focus.isModified() and bool(focus.text())
        if not self.scanner.is_reading and not is_typed:
            self._grid.open_next()
