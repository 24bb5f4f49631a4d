"""Documents: show, post, amend, void, reverse, close short; each correction can be previewed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import FileMissing, HasProblems, UserError
from jxc_desktop.kernel.problems import Problem, Severity
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.document import document_content, find_document
from jxc_desktop.queries.short_stock import shortages
from jxc_desktop.services.documents import amend, close_short, post, reverse, void
from jxc_desktop.services.impact import impact_of
from jxc_desktop.services.intake import read_drafts

from .command import argument, command, option
from .document_line import with_line
from .document_page import document_lines
from .impact_page import impact_json, impact_lines
from .parameter_types import DAY, FILE
from .refusal import problems_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.queries.document import FoundDocument
    from jxc_desktop.services.book import Book

    from .call import Call

preview_option = option("--preview", "is_preview", is_flag=True, help="preview")


@command("show")
@argument("document", help="document")
@option("--chain", "has_chain", is_flag=True, help="chain")
def show(call: Call, *, document: str, has_chain: bool) -> None:
    """Show everything about a document."""
    with call.book_to_read() as book:
        found = book.read(find_document, reference=document)
        content = book.read(document_content, document_id=found.id, chain=has_chain)
    call.answer(content, lambda: document_lines(call, content))


@command("post")
@argument("file", type=FILE, help="draft_file")
@preview_option
def post_drafts(call: Call, *, file: Path, is_preview: bool) -> int:
    """Post the drafts of a file in order, all or none."""
    content = read_json(file)
    with call.book_to_write() as book:
        try:
            drafts = book.read(read_drafts, content=content)
            if is_preview:
                return _preview(call, book, post, drafts=drafts)
            changes = book.do(post, drafts=drafts)
        except HasProblems as refused:
            if not call.is_json:
                raise
            call.note(refused.text)
            problems = problems_json(refused.problems, call.words)
            call.output.document({"posted": [], "problems": problems})
            return 1
        posted = [book.read(find_document, reference=each) for each in changes.document_ids]
        warnings = [*changes.warnings, *_short(book, changes.document_ids)]
    problems = problems_json(warnings, call.words)
    answer = {"posted": [{"id": each.id, "number": each.number} for each in posted], "problems": problems}
    call.warn(warnings)
    call.answer(answer, lambda: [call.words(Text("cli.document.posted", _named(each))) for each in posted])
    return 0


def _short(book: Book, documents: Sequence[Id]) -> list[Problem]:
    """A warning for each item of which there was not enough."""
    return [
        Problem(
            ("documents", number, "stock", each.item_code),
            Text(
                "stock.went_short",
                {
                    "item": f"{each.item_code} {each.item_name}",
                    "warehouse": each.warehouse_name,
                    "short": Quantity(each.short),
                },
            ),
            Severity.WARNING,
        )
        for number, found in enumerate(book.read(shortages, documents=documents))
        for each in found
    ]


@command("amend")
@argument("document", help="document")
@argument("file", type=FILE, help="draft_file")
@option("--reason", default="", help="reason")
@preview_option
def amend_document(call: Call, *, document: str, file: Path, reason: str, is_preview: bool) -> int:
    """Replace the content of a posted document."""
    content = read_json(file)
    with call.book_to_write() as book:
        drafts = book.read(read_drafts, content=content)
        if len(drafts) != 1:
            raise UserError(Text("cli.document.one_wanted", {"count": len(drafts)}))

        def params(found: FoundDocument) -> dict[str, Any]:
            shown = _base_hash(content)
            return {"document_id": found.id, "content": drafts[0], "base_hash": shown, "reason": reason}

        return _correct(call, book, document, amend, params, is_preview=is_preview)


@command("void")
@argument("document", help="document")
@option("--reason", required=True, help="reason")
@preview_option
def void_document(call: Call, *, document: str, reason: str, is_preview: bool) -> int:
    """Take all effects of a document back."""
    with call.book_to_write() as book:
        return _correct(
            call, book, document, void, lambda found: {"document_id": found.id, "reason": reason}, is_preview=is_preview
        )


@command("reverse")
@argument("document", help="document")
@option("--date", "on", type=DAY, help="reversal_date")
@option("--reason", default="", help="reason")
@preview_option
def reverse_document(call: Call, *, document: str, on: date | None, reason: str, is_preview: bool) -> int:
    """Post a document that takes another one back."""

    def params(found: FoundDocument) -> dict[str, Any]:
        return {"document_id": found.id, "on": on, "reason": reason}

    with call.book_to_write() as book:
        return _correct(call, book, document, reverse, params, is_preview=is_preview)


@command("close-short")
@argument("document", metavar="DOCUMENT[:LINE]", help="document_line")
def close_document_short(call: Call, *, document: str) -> int:
    """Say that nothing more follows from a document or a line."""
    reference, line = with_line(document)
    with call.book_to_write() as book:
        return _correct(
            call, book, reference, close_short, lambda found: {"document_id": found.id, "line": line}, is_preview=False
        )


def _correct(
    call: Call,
    book: Book,
    reference: str,
    use_case: Callable[..., Any],
    params: Callable[[FoundDocument], dict[str, Any]],
    *,
    is_preview: bool,
) -> int:
    found = book.read(find_document, reference=reference)
    if is_preview:
        return _preview(call, book, use_case, **params(found))
    changes = book.do(use_case, **params(found))
    touched = changes.document_ids or (found.id,)
    call.warn([*changes.warnings, *_short(book, touched)])
    result = book.read(find_document, reference=touched[0])
    text = Text(f"cli.document.{use_case.__name__}", {**_named(result), "of": found.number})
    call.say({"id": result.id, "number": result.number, "status": result.status, "of": found.number}, text)
    return 0


def _preview(call: Call, book: Book, use_case: Callable[..., Any], **params: Any) -> int:
    impact = impact_of(book, use_case, **params)
    call.answer({"preview": True, "impact": impact_json(impact)}, lambda: impact_lines(call, impact))
    return 0


def _named(found: FoundDocument) -> dict[str, object]:
    return {"type": Text(f"document.type.{found.type}"), "number": found.number}


def _base_hash(content: Any) -> str:
    head = content.get("head", content) if isinstance(content, dict) else {}
    return str(head.get("base_hash") or "") if isinstance(head, dict) else ""


def read_json(file: Path) -> Any:
    """The content of a JSON file, or of stdin for `-`; decimals stay the texts they are written as."""
    raw = _bytes_of(file)
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_float=str)
    except UnicodeDecodeError as error:
        raise UserError(Text("draft.not_utf8", {"file": str(file)})) from error
    except json.JSONDecodeError as error:
        params = {"file": str(file), "row": error.lineno, "column": error.colno, "reason": error.msg}
        raise UserError(Text("draft.not_json", params)) from error


def _bytes_of(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read() if sys.stdin is not None else b""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(Text("cli.no_file", {"file": str(file)})) from error
