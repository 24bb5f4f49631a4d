"""Walking through the script in one look: the next step is done when the window has nothing more to do."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox

from jxc_desktop.ui.editor.page import EditorPage

from .cut import cut_texts
from .hands import Hands
from .watch import LoopWatch, Turn

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.ui.shell.window import MainWindow

    from .script import Step

TICK_MS = 15
QUIET_TICKS = 2
PATIENCE_S = 60.0
HARMLESS = "This plugin does not support propagateSizeHints"


class Walked(NamedTuple):
    """What a walk has shown."""

    pictures: list[str]
    posted: list[str]
    turns: list[Turn]
    slow: list[Turn]
    slowness: float
    cut: list[str]
    troubles: list[str]
    """Errors, warnings of Qt, message boxes, waits that had no end."""


class Walk(QObject):
    """Does the steps one by one; `ended` when all are done or one cannot be."""

    ended = Signal()

    def __init__(self, window: MainWindow, steps: list[Step], folder: Path) -> None:
        super().__init__()
        self._window = window
        self._hands = Hands(window)
        self._steps = list(steps)
        self._folder = folder
        self._quiet = 0
        self._pause_until = 0.0
        self._since = time.monotonic()
        self.watch = LoopWatch()
        self.walked = Walked([], [], self.watch.turns, [], 1.0, [], [])
        window.ops.changed.connect(self._changed)
        window.ops.failed.connect(lambda error: self.walked.troubles.append(repr(error)))
        sys.excepthook = self._excepted
        qInstallMessageHandler(self._warned)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to walk."""
        self._timer.start()

    def _changed(self, changes: Changes, initiator: object) -> None:
        if isinstance(initiator, EditorPage):
            self.walked.posted.extend(changes.document_ids)

    def _tick(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.walked.troubles.append(f"{self.watch.step}: {box.text()}")
            box.reject()
        if time.monotonic() < self._pause_until:
            return
        is_at_rest = self._window.ops.is_idle and self._window.is_loaded
        self._quiet = self._quiet + 1 if is_at_rest else 0
        if self._quiet <= QUIET_TICKS:
            if time.monotonic() - self._since > PATIENCE_S:
                self.walked.troubles.append(f"{self.watch.step}: never came to rest")
                self._end()
            return
        self._quiet, self._since = 0, time.monotonic()
        if self._steps:
            self._do(self._steps.pop(0))
        else:
            self._end()

    def _do(self, step: Step) -> None:
        self.watch.step = str(step)
        if step.verb == "picture":
            self.watch.look_at_machine()
            with self.watch.leave_out():
                self._picture(*step.words)
        elif step.verb == "pause":
            self._pause_until = time.monotonic() + step.words[0] / 1_000
        else:
            getattr(self._hands, step.verb)(*step.words)

    def _picture(self, name: str) -> None:
        file = self._folder / f"{len(self.walked.pictures) + 1:02d}-{name}.png"
        self._window.grab().save(str(file))
        self.walked.pictures.append(str(file))
        self.walked.cut.extend(f"{name}: {each}" for each in cut_texts(self._window))

    def _end(self) -> None:
        self._timer.stop()
        sys.excepthook = sys.__excepthook__
        qInstallMessageHandler(None)
        self.walked = self.walked._replace(slow=self.watch.slow(), slowness=self.watch.slowness)
        self.ended.emit()

    def _excepted(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self.walked.troubles.append(f"{self.watch.step}: {kind.__name__}: {error}")

    def _warned(self, kind: QtMsgType, _context: Any, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and HARMLESS not in message:
            self.walked.troubles.append(f"{self.watch.step}: {message}")
