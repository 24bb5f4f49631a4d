"""The pages of a PDF as pictures at a given resolution: for the preview and, at its own dots, for a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Picture(NamedTuple):
    """A page as rows of pixels, four bytes each: blue, green, red, unused. `QImage.Format_RGB32` takes it as it is."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_pictures(pdf: bytes, *, dpi: float) -> Iterator[Picture]:
    """Each page at `dpi` dots per inch, rendered when it is asked for."""
    import pypdfium2  # noqa: PLC0415 — slow to load, and most runs show nothing

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=dpi / 72, force_bitmap_format=_bgrx())
            yield Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
    finally:
        document.close()


def _bgrx() -> int:
    import pypdfium2.raw  # noqa: PLC0415

    return int(pypdfium2.raw.FPDFBitmap_BGRx)
