"""A 100-line delivery note as PDF, after the first, against a bare ReportLab canvas drawing the same strings."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas

from jxc_desktop.language import Language, translator
from jxc_desktop.printing import printed
from jxc_desktop.printing.contents import document_values
from jxc_desktop.printing.fonts import FONT
from jxc_desktop.printing.form import load_form
from jxc_desktop.printing.layout import laid_out
from jxc_desktop.printing.papers import papers
from jxc_desktop.queries.document import document_content
from tests.benchmarks.figure import Figure, median_ratio, spent
from tests.builders import delivery, line, open_shop, receipt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jxc_desktop.printing.marks import Page

PAIRS, LINES = 40, 100


def print_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """The whole of it: form read, values gathered from the book, pages laid out and drawn."""
    words = translator(Language.ZH_CN)
    shop = open_shop(folder)
    items = [shop.item(f"P{number}", f"晨光按动中性笔 {number} 号", spec="0.5mm 黑") for number in range(LINES)]
    shop.post(receipt(2, shop.supplier("S1"), [line(item, "100", "1") for item in items]))
    sale = shop.post_one(delivery(6, shop.customer("C1", "老王超市"), [line(item, "3", "2.5") for item in items]))
    content = shop.book.read(document_content, document_id=sale)
    values: Any = document_values(shop.book, content, words)
    pages = laid_out(load_form("delivery_note"), papers()["A4"], values, words)

    def product() -> None:
        printed.print_document(shop.book, content, words=words, paper="A4")

    product()
    pairs = [(spent(product), spent(lambda: _bare(pages))) for _ in range(max(int(PAIRS * scale), 5))]
    ratio = median_ratio(pairs)
    yield Figure("print.cpu", ratio.cpu, 2.0, "x a canvas drawing the same strings")
    shop.book.close()


def _bare(pages: Sequence[Page]) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=1)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        canvas.lines(page.rules)
        for words in page.words:
            canvas.setFont(FONT, words.size)
            canvas.drawString(words.x, words.y, words.text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
