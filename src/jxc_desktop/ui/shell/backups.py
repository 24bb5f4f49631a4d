"""Backups while the window is open: every hour and at exit, where anything changed, and whenever one is asked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from jxc_desktop.kernel.errors import ExternalError, FileMissing, UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.ui.widgets.kept import SECOND_BACKUP

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.services.book import Book
    from jxc_desktop.ui.ops import Ops

HOUR_MS = 3_600_000
FOLDER = "backups"


class Backups(QObject):
    """Keeps the backups of one book in a folder of its own beside it."""

    made = Signal(str)
    """A backup was made, at this time of the day."""
    refused = Signal(object)
    """Why there is none, as a text."""

    def __init__(self, ops: Ops, parent: QObject, settings: QSettings) -> None:
        super().__init__(parent)
        self._ops, self._settings = ops, settings
        path = ops.book.path.absolute()
        self.folder: Path = path.parent / FOLDER / path.stem
        self._is_due = False
        ops.changed.connect(self._changed)
        self._hourly = QTimer(self)
        self._hourly.setInterval(HOUR_MS)
        self._hourly.timeout.connect(self.make_if_due)
        self._hourly.start()

    def _changed(self, changes: Changes, _initiator: object) -> None:
        self._is_due = self._is_due or bool(changes.topics)

    def make_if_due(self) -> None:
        """Make one where anything changed since the last."""
        if self._is_due:
            self.make()

    def make(self) -> None:
        """Make one now."""
        from jxc_desktop.services.backup_keeping import keep_backup  # noqa: PLC0415 — the window starts without it

        self._is_due = False
        self._ops.command(lambda book: keep_backup(book, self.folder), self._made, failed=self._failed)
        second = str(self._settings.value(SECOND_BACKUP) or "")
        if second:
            self._ops.command(lambda book: _keep_away(book, Path(second)), lambda _path: None, failed=self._failed)

    def _made(self, _path: Path) -> None:
        self.made.emit(f"{datetime.now().astimezone():%H:%M}")

    def _failed(self, error: Exception) -> None:
        self._is_due = True
        assert isinstance(error, (UserError, ExternalError))
        self.refused.emit(error.text)


def _keep_away(book: Book, folder: Path) -> Path:
    """A backup in the second place. Raises FileMissing where that is not there now: a stick that was pulled out."""
    from jxc_desktop.services.backup_keeping import keep_backup  # noqa: PLC0415 — the window starts without it

    if not folder.is_dir():
        raise FileMissing(Text("ui.backup.no_second", {"folder": str(folder)}))
    return keep_backup(book, folder / book.path.stem)
