"""Drafts: what was begun and is not posted yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.document import find_document
from jxc_desktop.queries.document_record import posted_content
from jxc_desktop.services.derived_drafts import copied_draft, followers, following_draft
from jxc_desktop.services.documents import amend, post
from jxc_desktop.services.drafts import drop_draft, keep_amendment, kept_draft, kept_drafts, save_drafts
from jxc_desktop.services.intake import read_drafts

from .command import Group, argument, command, group_options, option
from .documents import read_json
from .parameter_types import FILE, Kind
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.book import Book
    from jxc_desktop.services.drafts import KeptDraft

    from .call import Call

TYPE = Kind({each.code: Text(f"document.type.{each.code}") for each in all_types()})

draft = Group(
    "draft",
    {
        "list": "drafts:list_drafts",
        "save": "drafts:save",
        "copy": "drafts:copy",
        "follow": "drafts:follow",
        "pull": "pulling:pull",
        "post": "drafts:post_kept",
        "drop": "drafts:drop",
    },
    prefix="draft_",
    params=group_options(),
)


@command("list", key="draft_list")
def list_drafts(call: Call) -> None:
    """List the drafts that are kept."""
    with call.book_to_read() as book:
        found = book.read(kept_drafts)
    rows = [
        {"id": each.id, "type": each.type, "saved_at": _time(each), "party": each.document.party_name,
         "lines": len(each.document.lines), "amount": str(each.document.amount)}
        for each in found
    ]  # fmt: skip
    call.answer({"rows": rows, "count": len(rows)}, lambda: _lines(call, found))


def _time(kept: KeptDraft) -> str:
    return datetime.fromtimestamp(kept.saved_at / 1000, UTC).isoformat(timespec="seconds")


def _lines(call: Call, found: Sequence[KeptDraft]) -> Iterator[str]:
    if not found:
        yield call.words(Text("cli.draft.none"))
        return
    names = ("id", "type", "saved_at", "party", "amount")
    columns = [Column(call.words(Text(f"field.{name}")), is_number=name == "amount") for name in names]
    cells = [
        [each.id, call.words(Text(f"document.type.{each.type}")), _time(each), each.document.party_name,
         str(each.document.amount)]
        for each in found
    ]  # fmt: skip
    yield from table(columns, cells)


@command("save", key="draft_save")
@argument("file", type=FILE, help="draft_file")
@option("--amends", help="amends")
def save(call: Call, *, file: Path, amends: str | None) -> None:
    """Keep the drafts of a file without posting them, or the one in it as what is to replace a posted document."""
    content = read_json(file)
    with call.book_to_write() as book:
        drafts = book.read(read_drafts, content=content)
        ids = [_keep_amendment(book, drafts, amends)] if amends else _keep(book, drafts)
    _say_saved(call, ids)


def _keep(book: Book, drafts: Sequence[Document]) -> list[Id]:
    named = [changed(each, id=book.ids.new_id()) for each in drafts]
    book.do(save_drafts, drafts=named)
    return [each.id for each in named]


def _keep_amendment(book: Book, drafts: Sequence[Document], reference: str) -> Id:
    if len(drafts) != 1:
        raise UserError(Text("cli.document.one_wanted", {"count": len(drafts)}))
    found = book.read(find_document, reference=reference)
    posted = book.read(posted_content, document_id=found.id)
    content = changed(drafts[0], id=found.id, number=found.number)
    book.do(keep_amendment, content=content, base_hash=posted.base_hash)
    return found.id


def _say_saved(call: Call, ids: Sequence[Id]) -> None:
    call.answer({"saved": list(ids)}, lambda: [call.words(Text("cli.draft.saved", {"draft": each})) for each in ids])


@command("copy", key="draft_copy")
@argument("document", help="document")
def copy(call: Call, *, document: str) -> None:
    """Keep a copy of a document as a draft."""
    with call.book_to_write() as book:
        found = book.read(find_document, reference=document)
        draft = book.read(copied_draft, document_id=found.id, now_ms=book.clock.now_ms())
        ids = _keep(book, [draft])
    _say_saved(call, ids)


@command("follow", key="draft_follow")
@argument("document", help="document")
@argument("kind", type=TYPE, required=False, help="follower")
def follow(call: Call, *, document: str, kind: str | None) -> None:
    """Keep the draft of what follows from a document; without a kind, say which kinds may."""
    with call.book_to_write() as book:
        found = book.read(find_document, reference=document)
        if kind is None:
            kinds = book.read(followers, document_id=found.id)
            call.answer({"kinds": kinds}, lambda: [call.words(each) for each in _named(kinds)])
            return
        draft = book.read(following_draft, document_id=found.id, type=kind, now_ms=book.clock.now_ms())
        ids = _keep(book, [draft])
    _say_saved(call, ids)


def _named(kinds: Sequence[str]) -> list[Text]:
    named = [Text("cli.kind", {"code": each, "name": Text(f"document.type.{each}")}) for each in kinds]
    return named or [Text("cli.draft.nothing_follows")]


@command("post", key="draft_post")
@argument("draft", help="draft")
def post_kept(call: Call, *, draft: str) -> None:
    """Post a draft that is kept; one of an amendment replaces what it was made from."""
    with call.book_to_write() as book:
        kept = book.read(kept_draft, reference=draft)
        verb = "amend" if kept.base_hash else "posted"
        if kept.base_hash:
            changes = book.do(amend, document_id=kept.id, content=kept.document, base_hash=kept.base_hash)
        else:
            changes = book.do(post, drafts=[kept.document])
        posted = book.read(find_document, reference=kept.id)
    call.warn(changes.warnings)
    params = {"number": posted.number, "type": Text(f"document.type.{kept.type}"), "of": posted.number}
    call.say({"id": posted.id, "number": posted.number}, Text(f"cli.document.{verb}", params))


@command("drop", key="draft_drop")
@argument("draft", help="draft")
def drop(call: Call, *, draft: str) -> None:
    """Forget a draft that is kept."""
    with call.book_to_write() as book:
        kept = book.read(kept_draft, reference=draft)
        book.do(drop_draft, draft=kept.id)
    call.say({"dropped": kept.id}, Text("cli.draft.dropped", {"draft": kept.id}))
