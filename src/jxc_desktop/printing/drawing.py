"""Pages become a PDF: the same marks always give the same bytes, and the font goes in as far as it is used."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from .fonts import FONT, face, text_width
from .papers import MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from .marks import Bars, Page

RULE = 0.6
"""Width of lines in points: a 24-pin printer still draws it."""
BOLD = 0.28
"""Width of the edge of bold outlines in points."""
FILL, FILL_AND_EDGE, EDGE = 0, 2, 1


def pdf_of(pages: Sequence[Page], title: str) -> bytes:
    """The pages as a PDF file."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 — slow to load, and most runs print nothing

    face()
    file = BytesIO()
    canvas = Canvas(file, invariant=1, initialFontName=FONT, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setCreator("jxc-desktop")
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, page: Page) -> None:
    if page.stamp:
        _stamp(canvas, page)
    canvas.setLineWidth(RULE)
    canvas.lines(page.rules)
    canvas.setLineWidth(BOLD)
    text = canvas.beginText()
    was: tuple[float, bool] = (0.0, False)
    for words in page.words:
        now = (words.size, words.is_bold)
        if now != was:
            text.setFont(FONT, words.size)
            if words.is_bold != was[1]:
                text.setTextRenderMode(FILL_AND_EDGE if words.is_bold else FILL)
            was = now
        text.setTextOrigin(words.x, words.y)
        text.textOut(words.text)
    if was[1]:
        text.setTextRenderMode(FILL)
    canvas.drawText(text)
    for bars in page.bars:
        _bars(canvas, bars)


def _stamp(canvas: Canvas, page: Page) -> None:
    """An outline, which hides nothing and which a needle printer can draw."""
    size = min(page.width / 5, page.height / 5)
    canvas.saveState()
    canvas.translate(page.width / 2, page.height / 2)
    canvas.rotate(18)
    canvas.setLineWidth(0.8)
    wide = size * len(page.stamp)
    text: Any = canvas.beginText(-wide / 2, -size * 0.38)
    text.setFont(FONT, size)
    text.setTextRenderMode(EDGE)
    text.textOut(page.stamp)
    canvas.drawText(text)
    edge = size * 0.12
    canvas.rect(-wide / 2 - edge, -size / 2 - edge, wide + 2 * edge, size + 2 * edge)
    if page.is_struck:
        reach = page.width / 2 - 12 * MM
        canvas.line(-reach, 0, -wide / 2 - edge, 0)
        canvas.line(wide / 2 + edge, 0, reach, 0)
    canvas.restoreState()


def _bars(canvas: Canvas, bars: Bars) -> None:
    """Code 128: every shop's own code and every GTIN fit; below it the code in figures."""
    from reportlab.graphics.barcode.code128 import Code128  # noqa: PLC0415

    size = min(2.6 * MM, bars.height / 3)
    height = bars.height - size * 1.2
    made = Code128(bars.code, barWidth=1.0, barHeight=height, humanReadable=False, quiet=False)
    narrow = min(0.33 * MM, (bars.width - 4 * MM) / made.width)
    made = Code128(bars.code, barWidth=narrow, barHeight=height, humanReadable=False, quiet=False)
    made.drawOn(canvas, bars.x + (bars.width - made.width) / 2, bars.y + size * 1.2)
    canvas.setFont(FONT, size)
    canvas.drawString(bars.x + (bars.width - text_width(bars.code, size)) / 2, bars.y + size * 0.2, bars.code)
