"""Texts that do not fit where they stand, found in the parts of a window as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SLACK = 1
"""Pixels that nobody sees."""
AROUND_CHOICE = 34
"""What a box needs beside its text: padding, border, arrow."""
AROUND_TITLE = 8


def cut_texts(window: QWidget) -> list[str]:
    """What is cut in a window, each as `kind: text (has < needs)`."""
    found: list[str] = []
    for part in window.findChildren(QWidget):
        if part.isVisible() and not part.visibleRegion().isEmpty():
            found += _cut(part)
        elif part.isVisible() and _is_out_of_sight(part, window):
            found.append(f"{type(part).__name__}: {_text(part)} (out of the window)")
    return found


def _cut(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLabel):
        yield from _label(part)
    elif isinstance(part, QHeaderView):
        yield from _titles(part)
    elif isinstance(part, QTabBar):
        yield from _tabs(part)
    elif isinstance(part, QComboBox):
        yield from _too_narrow(part, part.currentText(), _width(part, part.currentText()) + AROUND_CHOICE)
    elif isinstance(part, QAbstractButton) and part.text():
        yield from _too_narrow(part, part.text(), part.sizeHint().width())
    elif isinstance(part, QLineEdit) and part.placeholderText() and not part.text():
        yield from _too_narrow(part, part.placeholderText(), _width(part, part.placeholderText()) + AROUND_TITLE * 2)


def _label(part: QLabel) -> Iterator[str]:
    text = part.text()
    if not text:
        return
    room = part.contentsRect()
    if part.wordWrap():
        needed = part.heightForWidth(part.width())
        if needed > part.height() + SLACK:
            yield f"QLabel: {text} (height {part.height()} < {needed})"
        return
    flags = int(part.alignment().value) | int(Qt.TextFlag.TextExpandTabs.value)
    needs = part.fontMetrics().boundingRect(QRect(0, 0, 10_000, 10_000), flags, text)
    if needs.width() > room.width() + SLACK or needs.height() > room.height() + SLACK * 2:
        yield f"QLabel: {text} ({room.width()}x{room.height()} < {needs.width()}x{needs.height()})"


def _titles(part: QHeaderView) -> Iterator[str]:
    model = part.model()
    if part.orientation() is not Qt.Orientation.Horizontal:
        return
    for place in range(part.count()):
        if part.isSectionHidden(place):
            continue
        text = str(model.headerData(place, Qt.Orientation.Horizontal))
        needs = _width(part, text) + AROUND_TITLE
        if text and part.sectionSize(place) + SLACK < needs:
            yield f"title: {text} ({part.sectionSize(place)} < {needs})"


def _tabs(part: QTabBar) -> Iterator[str]:
    for place in range(part.count()):
        text = part.tabText(place)
        if part.tabRect(place).width() + SLACK < _width(part, text):
            yield f"tab: {text}"


def _too_narrow(part: QWidget, text: str, needs: int) -> Iterator[str]:
    if part.width() + SLACK < needs:
        yield f"{type(part).__name__}: {text} ({part.width()} < {needs})"


def _width(part: QWidget, text: str) -> int:
    return part.fontMetrics().horizontalAdvance(text)


def _text(part: QWidget) -> str:
    if isinstance(part, QComboBox):
        return part.currentText()
    return part.text() if isinstance(part, (QLabel, QAbstractButton, QLineEdit)) else ""


def _is_out_of_sight(part: QWidget, window: QWidget) -> bool:
    """Whether a part with a text lies outside the window or its parent, where nothing scrolls to it."""
    if not _text(part) or not part.width():
        return False
    parent = part.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            return False
        parent = parent.parentWidget()
    return True
