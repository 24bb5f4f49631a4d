"""The small parts: buttons, labels, cards, rows of them; each takes its look from the style sheet by a property."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from .icons import SMALL, icon
from .theme import Size, tokens

if TYPE_CHECKING:
    from collections.abc import Callable


Box = TypeVar("Box", bound=QBoxLayout)


def button(
    text: str,
    pressed: Callable[[], object] | None = None,
    *,
    kind: str = "",
    picture: str = "",
    colour: str = "",
    key: str = "",
) -> QPushButton:
    """A button; `kind` is primary, action, ghost, link, segment …, `key` the key that does the same."""
    made = QPushButton(f"{key}  {text}" if key else text)
    made.setProperty("kind", kind)
    if picture:
        made.setIcon(icon(picture, colour or ("#FFFFFF" if kind == "primary" else tokens().ink2)))
        made.setIconSize(QSize(SMALL, SMALL))
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def label(text: str, tone: str = "") -> QLabel:
    """A text; `tone` is title, card, figure, hint, label, red or amber."""
    made = QLabel(text)
    made.setProperty("tone", tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def card(content: QLayout, across: int = 0, down: int = 0) -> QFrame:
    """A surface with a line around it, and so much room inside."""
    made = QFrame()
    made.setObjectName("card")
    content.setContentsMargins(across, down, across, down)
    made.setLayout(content)
    return made


def row(*parts: QWidget | QLayout | int | None, gap: int = Size.FIELD_GAP) -> QHBoxLayout:
    """Parts side by side; a number is so much room, None takes what is left."""
    return _filled(QHBoxLayout(), parts, gap)


def column(*parts: QWidget | QLayout | int | None, gap: int = Size.FIELD_GAP) -> QVBoxLayout:
    """Parts one below the other."""
    return _filled(QVBoxLayout(), parts, gap)


def _filled(box: Box, parts: tuple[QWidget | QLayout | int | None, ...], gap: int) -> Box:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
    return box


def restyle(widget: QWidget, **properties: str) -> None:
    """Change properties that the style sheet looks at."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def restyle_once(widget: QWidget, **properties: str) -> None:
    """The same, where they are not so already: styling anew is dear."""
    if any(widget.property(name) != value for name, value in properties.items()):
        restyle(widget, **properties)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (part := layout.takeAt(0)) is not None:
        widget, inner = part.widget(), part.layout()
        if widget is not None:
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)
