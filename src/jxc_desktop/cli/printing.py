"""Printing: documents, drafts and labels of items as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import NotFound
from jxc_desktop.kernel.text import Text
from jxc_desktop.printing.printed import is_label_form, print_document, print_labels, write_pdf
from jxc_desktop.queries.cards import list_masters
from jxc_desktop.queries.document import document_content, find_document

from .command import argument, command, option
from .parameter_types import FILE, WHOLE
from .usage import WrongUsage

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.printing.printed import Printed
    from jxc_desktop.services.book import Book

    from .call import Call

MOST_COPIES = 999


@command("print")
@argument("reference", help="print_what")
@option("--form", default="", metavar="FORM", help="form")
@option("--paper", default="", metavar="PAPER", help="paper")
@option("--pdf", type=FILE, required=True, help="pdf")
@option("--copies", type=WHOLE, default=1, help="copies")
def print_pdf(call: Call, *, reference: str, pdf: Path, copies: int, **choice: str) -> None:
    """Print a document, or labels of an item, as a PDF."""
    if not 1 <= copies <= MOST_COPIES:
        raise WrongUsage(Text("cli.print.copies", {"copies": copies, "most": MOST_COPIES}))
    with call.book_to_read() as book:
        printed = _printed(call, book, reference, copies=copies, **choice)
    write_pdf(printed, pdf)
    if printed.missing:
        call.note(Text("cli.print.missing", {"signs": printed.missing}))
    answer = {"file": str(pdf), "pages": printed.pages, "form": printed.form, "paper": printed.paper}
    call.say(answer, Text("cli.print.written", {"file": str(pdf), "pages": printed.pages}))


def _printed(call: Call, book: Book, reference: str, *, form: str, paper: str, copies: int) -> Printed:
    choice: dict[str, Any] = {"words": call.words, "form": form, "paper": paper, "copies": copies}
    if form and is_label_form(form):
        return print_labels(book, [_card(book, reference)], **choice)
    found = book.read(find_document, reference=reference)
    return print_document(book, book.read(document_content, document_id=found.id), **choice)


def _card(book: Book, reference: str) -> dict[str, Any]:
    """The item card of that code, or the only one of that name. Raises NotFound."""
    cards = book.read(list_masters, kind="item", text=reference)
    exact = [card for card in cards if reference in {card["code"], card["name"]}]
    if not exact:
        raise NotFound(Text("master.not_found", {"kind": Text("master.kind.item"), "reference": reference}))
    return next((card for card in exact if card["code"] == reference), exact[0])
