"""Icons: the shipped vector files, drawn once per name, size, colour and device pixel ratio."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from jxc_desktop.resource_files import read_text

from .theme import tokens

SMALL, TILE = 16, 20


def icon(name: str, colour: str = "", size: int = SMALL) -> QIcon:
    """An icon in a colour, the ink of secondary text where none is named."""
    return QIcon(pixmap(name, colour, size))


def pixmap(name: str, colour: str = "", size: int = SMALL) -> QPixmap:
    """The same as a picture, sharp on the densest screen of this machine."""
    screens = QGuiApplication.screens()
    ratio = max((screen.devicePixelRatio() for screen in screens), default=1.0)
    return _drawn(name, colour or tokens().ink2, size, ratio)


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    source = read_text("icons", f"{name}.svg").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
