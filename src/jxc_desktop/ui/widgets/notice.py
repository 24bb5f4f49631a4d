"""A notice: what has happened or was refused, and what can be done about it, in a strip that nobody has to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from jxc_desktop.kernel.text import Text

from .icons import pixmap
from .parts import button, column, emptied, label, restyle, row
from .theme import Size, tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

DETAILS_HEIGHT = 132
PICTURES = {"good": "circle-check", "careful": "triangle-alert", "wrong": "circle-alert"}


class Tone(StrEnum):
    """How it went: done, done but to be looked at, refused."""

    GOOD = "good"
    CAREFUL = "careful"
    WRONG = "wrong"


@dataclass(frozen=True)
class Act:
    """What can be done about a notice."""

    title: str
    run: Callable[[], object]


@dataclass(frozen=True)
class Notice:
    """What a strip says: `details` are shown on demand and can be copied, `acts` are its buttons."""

    text: str
    tone: Tone = Tone.GOOD
    details: str = ""
    acts: tuple[Act, ...] = ()


class NoticeStrip(QFrame):
    """Shows one notice; hidden where there is none."""

    closed = Signal()

    def __init__(self, words: Callable[[Text], str]) -> None:
        super().__init__()
        self._words = words
        self._made: list[QPushButton] = []
        self.setObjectName("notice")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._picture = QLabel()
        self._picture.setFixedHeight(Size.CONTROL)
        self.text = label("")
        self.text.setWordWrap(True)
        self.text.setMinimumHeight(Size.CONTROL)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._acts: QHBoxLayout = row(gap=Size.FIELD_GAP)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setFixedHeight(DETAILS_HEIGHT)
        self._copy = button(words(Text("ui.notice.copy")), self._copy_details, kind="link", picture="copy")
        self._more = QWidget()
        self._more.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._more.setLayout(column(self.details, row(self._copy, None)))
        close = button("", self.close_it, kind="status", picture="x")
        close.setAccessibleName(words(Text("ui.notice.close")))
        close.setToolTip(words(Text("ui.notice.close")))
        said = row(self._picture, self.text, self._acts, close, gap=Size.GAP)
        said.setStretchFactor(self.text, 1)
        said.setAlignment(self._picture, Qt.AlignmentFlag.AlignTop)
        box = column(said, self._more)
        box.setContentsMargins(Size.GAP, Size.FIELD_GAP, Size.FIELD_GAP, Size.FIELD_GAP)
        self.setLayout(box)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Say it, or nothing."""
        emptied(self._acts)
        self._made = []
        self._more.hide()
        if notice is None:
            self.hide()
            return
        tone = notice.tone.value
        colours = {"good": tokens().green, "careful": tokens().amber, "wrong": tokens().red}
        restyle(self, mood=tone)
        self._picture.setPixmap(pixmap(PICTURES[tone], colours[tone]))
        self.text.setText(notice.text)
        self._made = [button(act.title, partial(self._act, act), kind="action") for act in notice.acts]
        self.details.setPlainText(notice.details)
        if notice.details:
            self._made.append(button(self._words(Text("ui.notice.details")), self._unfold, kind="link"))
        for made in self._made:
            self._acts.addWidget(made)
        self.show()

    def buttons(self) -> dict[str, QPushButton]:
        """The buttons that are shown, by their titles."""
        return {each.text(): each for each in self._made}

    def close_it(self) -> None:
        """Put the notice away."""
        self.show_notice(None)
        self.closed.emit()

    def _act(self, act: Act) -> None:
        """After the click is over: the act may take the strip and its buttons away."""
        QTimer.singleShot(0, self, act.run)

    def _unfold(self) -> None:
        self._more.setVisible(self._more.isHidden())

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)
