"""The bar of modules at the top and the status bar at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from jxc_desktop.kernel.text import Text
from jxc_desktop.ui.widgets.icons import SMALL, icon
from jxc_desktop.ui.widgets.parts import button, label, restyle, restyle_once, row
from jxc_desktop.ui.widgets.theme import Size, tokens

from .modules import MODULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from .book_state import BookState

STEPS = 4
"""So often the bar gives something up where it is too narrow."""


class _Bar(QWidget):
    """A strip in one colour."""

    def __init__(self, colour: str, height: int, line: str = "") -> None:
        super().__init__()
        self._colour, self._line = QColor(colour), QColor(line or colour)
        self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The colour and a line above."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colour)
        painter.fillRect(0, 0, self.width(), 1, self._line)
        painter.end()


class ModuleBar(_Bar):
    """The name of the book and a button for each module."""

    chosen = Signal(str)

    def __init__(self, words: Callable[[Text], str]) -> None:
        super().__init__(tokens().head, Size.MODULE_BAR)
        self._words = words
        self._company = ""
        self.company = button("", kind="module", picture="chevron-down", colour=tokens().headtx)
        self.company.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.company.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for place, module in enumerate(MODULES, start=1):
            part = button(words(module.title), kind="module", picture=module.picture, colour=tokens().headtx)
            part.setCheckable(True)
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            QShortcut(QKeySequence(f"Ctrl+{place}"), self).activated.connect(part.click)
            part.clicked.connect(lambda _checked=False, code=module.code: self.chosen.emit(code))
            group.addButton(part)
            self.buttons[module.code] = part
        self.search = button(words(Text("ui.palette.open")), kind="find", picture="search", colour=tokens().headtx)
        self.search.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = row(self.company, Size.PAD, *self.buttons.values(), None, self.search, gap=4)
        box.setContentsMargins(Size.MARGIN, 0, Size.MARGIN, 0)
        self.setLayout(box)

    def mark(self, code: str) -> None:
        """This module is in front."""
        self.buttons[code].setChecked(True)

    def show_stage(self, stage: int) -> None:
        """Grey what is switched off, and say how it is switched on."""
        for module in MODULES:
            part = self.buttons[module.code]
            is_off = module.stage > stage or not module.is_ready
            restyle(part, dim="true" if is_off else "false")
            part.setIcon(icon(module.picture, tokens().field if is_off else tokens().headtx))
            part.setEnabled(module.is_ready)
            text = "" if not is_off else self._words(OFF if module.is_ready else NOT_YET)
            part.setToolTip(text)

    def show_company(self, name: str) -> None:
        """The name of the book."""
        self._company = name
        self.company.setToolTip(name)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room, first the icons go, then the words of the search, the name of the book, the air."""
        for step in range(STEPS + 1):
            size = QSize(SMALL, SMALL) if step < 1 else QSize(0, 0)
            for part in self.buttons.values():
                part.setIconSize(size)
                restyle_once(part, tight="true" if step >= STEPS else "false")
            self.search.setText(self._words(Text("ui.palette.open")) if step < 2 else "")
            self.company.setText(self._company if step < 3 else "")
            box = self.layout()
            assert box is not None
            box.invalidate()
            if box.minimumSize().width() <= self.width():
                return


OFF = Text("ui.module.off")
NOT_YET = Text("ui.module.not_yet")


class StatusBar(_Bar):
    """The seal, the user, the open period, the backup; each can be pressed."""

    pressed = Signal(str)

    def __init__(self, words: Callable[[Text], str]) -> None:
        super().__init__(tokens().surface, Size.STATUS_BAR, tokens().line2)
        self._words = words
        self.seal = self._part("seal", "shield-check")
        self.user = self._part("user", "user-round")
        self.period = self._part("period", "calendar")
        self.backup = self._part("backup", "database-backup")
        self.message = label("", "hint")
        box = row(self.seal, self.user, self.period, self.backup, Size.GAP, self.message, None, gap=4)
        box.setContentsMargins(Size.FIELD_GAP, 1, Size.MARGIN, 0)
        self.setLayout(box)
        self.user.setText(words(Text("ui.status.owner")))
        self.backup.setText(words(Text("ui.status.no_backup")))

    def _part(self, name: str, picture: str) -> QPushButton:
        part = button("", lambda: self.pressed.emit(name), kind="status", picture=picture)
        part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return part

    def show_state(self, state: BookState) -> None:
        """The seal and the period."""
        if state.alarms is None:
            self.seal.setText(self._words(Text("ui.status.checking")))
        elif state.alarms:
            self.seal.setText(self._words(Text("ui.status.broken", {"count": str(len(state.alarms))})))
            self.seal.setIcon(icon("shield-alert", tokens().red))
            restyle(self.seal, tone="red")
        else:
            self.seal.setText(self._words(Text("ui.status.sound")))
            self.seal.setIcon(icon("shield-check", tokens().green))
            restyle(self.seal, tone="green")
        self.period.setText(self._words(Text("ui.status.period", {"period": state.period})))

    def show_backup(self, when: str) -> None:
        """When the last backup was made."""
        self.backup.setText(self._words(Text("ui.status.backup", {"time": when})))
