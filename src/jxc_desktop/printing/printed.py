"""The door of the package: a document, labels or a report as a PDF, whose pages `pictures` renders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import FileLocked, UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

from .contents import document_values, form_of, item_values, report_values
from .drawing import pdf_of
from .fonts import missing_signs
from .form import form_names, load_form, read_form
from .layout import laid_out
from .papers import papers
from .report_form import report_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jxc_desktop.services.book import Book

    from .form import Form
    from .marks import Page

    Translator = Callable[[Text], str]


@value
class Printed:
    """A finished PDF; `missing` are signs that the font lacks."""

    pdf: bytes
    pages: int
    form: str
    paper: str
    missing: str = ""


def print_document(
    book: Book, content: Mapping[str, Any], *, words: Translator, form: str = "", paper: str = "", copies: int = 1
) -> Printed:
    """A document (the shape that `show` prints) on its form, or on the one named. Raises UserError, NotFound."""
    shipped = form_names()
    chosen = named_form(form or next(name for name in form_of(content) if name in shipped), of="document")
    values = document_values(book, content, words)
    on = _paper(chosen, paper)
    pages = laid_out(chosen, papers()[on], values, words) * copies
    title = f"{values['title']} {values['head']['number']}".strip()
    return _printed(pages, title, chosen.name, on)


def print_labels(
    book: Book, cards: Sequence[Mapping[str, Any]], *, words: Translator, form: str, paper: str = "", copies: int = 1
) -> Printed:
    """A label for each item card. Raises UserError, NotFound."""
    chosen = named_form(form, of="item")
    on = _paper(chosen, paper)
    pages: list[Page] = []
    for card in cards:
        pages += laid_out(chosen, papers()[on], item_values(book, card), words) * copies
    return _printed(pages, words(Text("print.labels")), chosen.name, on)


def print_report(content: Mapping[str, Any], *, title: str, company: str, words: Translator) -> Printed:
    """A report (its JSON form) as a table on A4."""
    form, on = report_form(content)
    given = words(Text("print.list", {"values": list(content["parameters"].values())}))
    values = report_values(content, title=title, company=company, given=given, yes=words(Text("cli.yes")))
    return _printed(laid_out(form, papers()[on], values, words), title, form.name, on)


def named_form(name: str, *, of: str) -> Form:
    """A shipped form by its name, or one of a user by its file (….toml), made for `of`. Raises UserError, NotFound."""
    form = read_form(Path(name)) if name.endswith(".toml") else load_form(name)
    if form.of != of:
        raise UserError(Text("form.of_other", {"form": form.name}))
    return form


def is_label_form(name: str) -> bool:
    """Whether a form prints item cards. Raises UserError, NotFound."""
    return (read_form(Path(name)) if name.endswith(".toml") else load_form(name)).of == "item"


def _paper(form: Form, wanted: str) -> str:
    if wanted and wanted not in form.papers:
        raise UserError(Text("form.no_paper", {"form": form.name, "paper": wanted, "papers": list(form.papers)}))
    return wanted or form.paper


def _printed(pages: Sequence[Page], title: str, form: str, paper: str) -> Printed:
    missing = missing_signs("".join({words.text for page in pages for words in page.words}))
    return Printed(pdf_of(pages, title), len(pages), form, paper, missing)


def write_pdf(printed: Printed, file: Path) -> None:
    """Write a PDF: the whole of it or nothing. Raises FileLocked."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(printed.pdf)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileLocked(Text("import.file.not_writable", {"file": str(file)})) from error
