"""The product's font on every machine: Microsoft YaHei UI on Windows, the shipped Noto Sans SC elsewhere."""

from __future__ import annotations

import sys
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from jxc_desktop.resource_files import resource_path

from .theme import Size

WINDOWS_FAMILY = "Microsoft YaHei UI"


@cache
def family() -> str:
    """The family the window writes with; the shipped files are loaded when it is first asked for."""
    if sys.platform == "win32" and WINDOWS_FAMILY in QFontDatabase.families():
        return WINDOWS_FAMILY
    folder = resource_path("fonts")
    loaded = [QFontDatabase.addApplicationFont(str(file)) for file in sorted(folder.glob("*.[to]tf"))]
    names = [name for each in loaded if each >= 0 for name in QFontDatabase.applicationFontFamilies(each)]
    return names[0] if names else QFont().family()


@cache
def font(size: int = Size.BODY, weight: int = 400) -> QFont:
    """A font by size in px and weight, with figures of one width; asked for again it is the same object."""
    made = QFont(family())
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    if family() != WINDOWS_FAMILY:
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def metrics(size: int = Size.BODY, weight: int = 400) -> QFontMetrics:
    """How wide and high a font is."""
    return QFontMetrics(font(size, weight))
