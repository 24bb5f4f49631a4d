"""A document on paper: what will be printed, on which paper, to a printer or into a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from jxc_desktop.kernel.text import Text
from jxc_desktop.printing.form import load_form
from jxc_desktop.printing.pictures import page_pictures
from jxc_desktop.printing.printed import Printed, print_document, write_pdf
from jxc_desktop.queries.document import document_content
from jxc_desktop.ui.widgets.page import Address, Desk, Page
from jxc_desktop.ui.widgets.paper import image_of, print_pages
from jxc_desktop.ui.widgets.parts import button, column, emptied, label, row
from jxc_desktop.ui.widgets.theme import Size

if TYPE_CHECKING:
    from jxc_desktop.services.book import Book

SCREEN_DPI = 110
MOST_SHOWN = 20
"""So many pages are shown; all are printed."""


class Paper(NamedTuple):
    """The finished pages, pictures of the first of them, and the papers the form knows."""

    number: str
    printed: Printed
    images: list[QImage]
    papers: tuple[str, ...]


class PrintPage(Page):
    """The print preview of one posted document, named by its id."""

    topics = frozenset()

    def __init__(self, desk: Desk, address: Address) -> None:
        super().__init__(desk, address)
        words = desk.words
        self.paper: Paper | None = None
        self.papers = QComboBox()
        self.papers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.papers.activated.connect(lambda _place: self._ask(self.papers.currentText()))
        self._name = label(self.title, "title")
        self._hint = label("", "hint")
        self._sheets: QVBoxLayout = column(gap=Size.GAP)
        inside = QWidget()
        inside.setLayout(self._sheets)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        self.print_button = button(words(Text("ui.print.print")), self.print, kind="primary", key="F11")
        save = button(words(Text("ui.print.save")), self._save, kind="action")
        on = label(words(Text("ui.print.paper")), "label")
        head = row(self._name, self._hint, None, on, self.papers, save, self.print_button)
        box = column(head, area, gap=Size.GAP)
        box.setStretchFactor(area, 1)
        box.setContentsMargins(Size.MARGIN, Size.GAP, Size.MARGIN, Size.MARGIN)
        self.setLayout(box)
        shortcut = QShortcut(QKeySequence("F11"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.print)
        self.setFocusProxy(self.print_button)

    @property
    def title(self) -> str:
        """Says what is printed, as soon as that is known."""
        number = self.paper.number if self.paper else ""
        return self.desk.words(Text("ui.print.title", {"number": number})).strip()

    def refresh(self) -> None:
        """Lay the pages out on the form's own paper."""
        self._ask("")

    def _ask(self, paper: str) -> None:
        words, document = self.desk.words, self.address.name

        def work(book: Book) -> Paper:
            content = book.read(document_content, document_id=document)
            printed = print_document(book, content, words=words, paper=paper)
            shown = zip(range(MOST_SHOWN), page_pictures(printed.pdf, dpi=SCREEN_DPI), strict=False)
            images = [image_of(picture) for _number, picture in shown]
            return Paper(content["head"]["number"], printed, images, load_form(printed.form).papers)

        self.desk.ops.command(work, self._show)

    def _show(self, paper: Paper) -> None:
        self.paper = paper
        self._name.setText(self.title)
        self.titled.emit(self.title)
        self._hint.setText(self.desk.words(Text("ui.print.pages", {"count": paper.printed.pages})))
        self.papers.clear()
        self.papers.addItems(list(paper.papers))
        self.papers.setCurrentText(paper.printed.paper)
        emptied(self._sheets)
        for image in paper.images:
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(image))
            sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._sheets.addWidget(sheet)
        self._sheets.addStretch(1)

    def print(self) -> None:
        """Ask for a printer and print."""
        if self.paper is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 — asks the system for its printers

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.paper.number)
        if QPrintDialog(printer, self).exec():
            count = print_pages(printer, self.paper.printed.pdf)
            self.desk.say(self.desk.words(Text("ui.print.printed", {"count": count})), is_error=not count)

    def _save(self) -> None:
        if self.paper is None:
            return
        printed, start = self.paper.printed, self.desk.folder / f"{self.paper.number}.pdf"
        name, _filter = QFileDialog.getSaveFileName(self, self.title, str(start), "PDF (*.pdf)")
        if name:
            said = self.desk.words(Text("cli.print.written", {"file": name, "pages": printed.pages}))
            self.desk.ops.command(lambda _book: write_pdf(printed, Path(name)), lambda _done: self.desk.say(said))
