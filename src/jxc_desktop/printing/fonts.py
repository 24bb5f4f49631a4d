"""The shipped font: registered once, and how wide its texts are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jxc_desktop.resource_files import resource_path

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace

FONT = "NotoSansSC"
FILE = "NotoSansSC-Regular.ttf"


@cache
def face() -> TTFontFace:
    """The font as ReportLab knows it; the first call registers it."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 — slow to load, and most runs print nothing
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    font = TTFont(FONT, str(resource_path("fonts", FILE)))
    pdfmetrics.registerFont(font)
    return font.face


def text_width(text: str, size: float) -> float:
    """How wide a text is, in points."""
    found = face()
    widths, other = found.charWidths, found.defaultWidth
    return sum([widths.get(ord(sign), other) for sign in text]) * size / 1000


def missing_signs(text: str) -> str:
    """The signs of a text that the font cannot draw; they come out as empty boxes."""
    known = face().charToGlyph
    return "".join(sorted({sign for sign in text if ord(sign) not in known and sign.isprintable()}))
