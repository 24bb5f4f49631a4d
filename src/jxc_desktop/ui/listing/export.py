"""What a list shows as a file: the rows that are filtered, the columns that are seen, in their order, as sorted."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from jxc_desktop.kernel.errors import Interrupted, UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.setting_values import shown_settings
from jxc_desktop.ui.widgets.aside import Aside
from jxc_desktop.ui.widgets.notice import Act, Notice
from jxc_desktop.ui.widgets.parts import button, label, row
from jxc_desktop.ui.widgets.theme import Size

from .source import Line, ListColumn, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.services.reader import Reader
    from jxc_desktop.ui.widgets.page import Desk

    from .source import Source

KEYS = {"xlsx": "Ctrl+Shift+E", "pdf": "Ctrl+P", "csv": "Ctrl+Shift+C"}
"""The kinds of files and the keys that ask for one."""
CHUNK = 1_000
MOST_ON_PAPER = 50_000
PATIENCE_MS, PROGRESS_MS = 400, 100
FOLDER = "export/folder"


@dataclass(frozen=True)
class Screen:
    """What stands on the screen: `lines` where all rows are here, else `keys`, else both are still on the way."""

    title: str
    question: Question
    columns: tuple[ListColumn, ...]
    places: Sequence[int]
    given: Sequence[str]
    lines: Sequence[Line] | None
    keys: array[int] | None
    totals: Mapping[str, str]


class Export(QObject):
    """Writes one file at a time, on a reader of its own; what takes long shows how far it is and can be stopped."""

    def __init__(self, desk: Desk, source: Source, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._source, self._page = desk, source, page
        self._aside = Aside(self)
        self._aside.done.connect(self._done)
        self._aside.failed.connect(self._failed)
        self._stopped = Event()
        page.destroyed.connect(self._stopped.set)
        self._written = self._all = 0
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._progress = QTimer(self, interval=PROGRESS_MS)
        self._progress.timeout.connect(self._show_progress)
        self._said = label("", "hint")
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self.stop_button = button(desk.words(Text("ui.export.stop")), self.stop, kind="action", key="Esc")
        self.stop_button.setShortcut("Esc")
        self.bar = QWidget()
        box = row(self._said, self._meter, self.stop_button, gap=Size.GAP)
        box.setStretchFactor(self._meter, 1)
        self.bar.setLayout(box)
        self._patience.timeout.connect(self.bar.show)
        self.bar.hide()

    def ask(self, suffix: str, screen: Screen) -> None:
        """Ask where to, then write."""
        if self._aside.is_busy:
            return
        folder = Path(str(self._desk.settings.value(FOLDER) or self._desk.folder))
        name = f"{screen.title} {screen.question.today.isoformat()}.{suffix}".replace("/", "-")
        kind = f"{self._desk.words(Text(f'ui.export.{suffix}'))} (*.{suffix})"
        chosen, _kind = QFileDialog.getSaveFileName(self._page, screen.title, str(folder / name), kind)
        if not chosen:
            return
        file = Path(chosen)
        if file.suffix.lower() != f".{suffix}":
            file = file.with_name(f"{file.name}.{suffix}")
        self._desk.settings.setValue(FOLDER, str(file.parent))
        self._stopped.clear()
        self._written = self._all = 0
        self._patience.start()
        self._progress.start()
        self._aside.start(partial(self._write, screen, file))

    def stop(self) -> None:
        """Write no further; the file that was there before stays as it was."""
        self._stopped.set()

    def _write(self, screen: Screen, file: Path) -> Path:
        reader = self._desk.ops.book.reader()
        try:
            content = self._content(reader, screen)
            words = self._desk.words
            if file.suffix.lower() == ".pdf":
                _write_paper(content, file, screen, reader, words)
            else:
                from jxc_desktop.exchange.exporters.report_file import write_report  # noqa: PLC0415 — seldom asked for

                write_report(content, file, title=screen.title, total_word=words(Text("cli.total")))
        finally:
            reader.close()
        return file

    def _content(self, reader: Reader, screen: Screen) -> dict[str, Any]:
        """What stands on the screen in the shape of a report's answer; its rows come one by one."""
        lines, keys, totals = screen.lines, screen.keys, screen.totals
        if lines is None and keys is None:
            answer = self._source.whole(reader, screen.question)
            lines, keys, totals = answer.lines, answer.keys, answer.totals
        columns = [screen.columns[place] for place in screen.places]
        self._all = len(lines or ()) if keys is None else len(keys)
        return {
            "columns": [{"name": each.name, "title": each.title, "type": each.type} for each in columns],
            "rows": self._rows(reader, screen, lines or [], keys),
            "parameters": dict(enumerate(screen.given)),
            "totals": {each.name: totals[each.name] for each in columns if each.name in totals},
        }

    def _rows(
        self, reader: Reader, screen: Screen, lines: Sequence[Line], keys: array[int] | None
    ) -> Iterator[dict[str, Any]]:
        seen = [(place, screen.columns[place]) for place in screen.places]
        for chunk in [lines] if keys is None else _pages(self._source, reader, screen.question, keys):
            for line in chunk:
                if self._stopped.is_set():
                    raise Interrupted(Text("ui.export.stopped"))
                self._written += 1
                yield {column.name: _plain(line, place, column) for place, column in seen}

    def _show_progress(self) -> None:
        self._meter.setMaximum(max(self._all, 1))
        self._meter.setValue(self._written)
        counts = {"written": f"{self._written:,}", "count": f"{self._all:,}"}
        self._said.setText(self._desk.words(Text("ui.export.progress", counts)))

    def _end(self) -> None:
        self._patience.stop()
        self._progress.stop()
        self.bar.hide()

    def _done(self, file: Path) -> None:
        self._end()
        words = self._desk.words
        acts = tuple(
            Act(words(title), partial(_open, place))
            for title, place in ((Text("ui.export.open"), file), (Text("ui.export.folder"), file.parent))
        )
        self._desk.tell(Notice(words(Text("ui.export.done", {"file": str(file)})), acts=acts))

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Interrupted):
            self._desk.say(self._desk.words(Text("ui.export.stopped")))
        else:
            self._desk.ops.failed.emit(error)


def _open(place: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def _pages(source: Source, reader: Reader, question: Question, keys: array[int]) -> Iterator[list[Line]]:
    for start in range(0, len(keys), CHUNK):
        yield source.page(reader, question, keys[start : start + CHUNK])


def _plain(line: Line, place: int, column: ListColumn) -> Any:
    """Numbers and days as values that go on being some; everything else in the words on the screen."""
    return line.values.get(column.name) if column.is_number or column.type == "date" else line.cells[place]


def _write_paper(content: dict[str, Any], file: Path, screen: Screen, reader: Reader, words: Any) -> None:
    from jxc_desktop.printing.printed import print_report, write_pdf  # noqa: PLC0415 — seldom asked for

    rows: list[dict[str, Any]] = []
    for each in content["rows"]:
        if len(rows) >= MOST_ON_PAPER:
            raise UserError(Text("ui.export.too_long", {"most": f"{MOST_ON_PAPER:,}"}))
        rows.append(each)
    company = str(reader.read(shown_settings, key="company_name")["company_name"])
    printed = print_report({**content, "rows": rows}, title=screen.title, company=company, words=words)
    write_pdf(printed, file)
