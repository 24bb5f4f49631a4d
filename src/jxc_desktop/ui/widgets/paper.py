"""Finished pages on the screen and on a printer: pictures of a PDF, painted as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter

from jxc_desktop.printing.pictures import page_pictures

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from jxc_desktop.printing.pictures import Picture

MOST_DPI = 300
"""Dot-matrix printers have 180 dots to the inch, slip printers 203; A4 takes 35 MB at 300, half a GB at 1200."""
MM_PER_INCH = 25.4


def image_of(picture: Picture) -> QImage:
    """A page as Qt shows it, with pixels of its own."""
    form = QImage.Format.Format_RGB32
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, form).copy()


def print_pages(printer: QPrinter, pdf: bytes) -> int:
    """Print a PDF page by page at the printer's own resolution; how many pages went out, 0 where it refuses."""
    dpi = min(printer.resolution(), MOST_DPI)
    printer.setResolution(dpi)
    printer.setFullPage(True)
    painter = QPainter()
    count = 0
    for count, picture in enumerate(page_pictures(pdf, dpi=dpi), start=1):
        if count == 1:
            size = QSizeF(picture.width / dpi * MM_PER_INCH, picture.height / dpi * MM_PER_INCH)
            printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter))
            printer.setPageMargins(QMarginsF())
            if not painter.begin(printer):
                return 0
        else:
            printer.newPage()
        painter.drawImage(0, 0, image_of(picture))
    painter.end()
    return count
