"""Drafts: what was begun and is not posted yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.document import find_document
from jxc_desktop.services.documents import post
from jxc_desktop.services.drafts import drop_draft, kept_draft, kept_drafts, save_drafts
from jxc_desktop.services.intake import read_drafts

from .command import Group, argument, command, group_options
from .documents import read_json
from .parameter_types import FILE
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jxc_desktop.services.drafts import KeptDraft

    from .call import Call

draft = Group(
    "draft",
    {"list": "drafts:list_drafts", "save": "drafts:save", "post": "drafts:post_kept", "drop": "drafts:drop"},
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
def save(call: Call, *, file: Path) -> None:
    """Keep the drafts of a file without posting them."""
    content = read_json(file)
    with call.book_to_write() as book:
        drafts = [changed(each, id=book.ids.new_id()) for each in book.read(read_drafts, content=content)]
        book.do(save_drafts, drafts=drafts)
    ids = [each.id for each in drafts]
    call.answer({"saved": ids}, lambda: [call.words(Text("cli.draft.saved", {"draft": each})) for each in ids])


@command("post", key="draft_post")
@argument("draft", help="draft")
def post_kept(call: Call, *, draft: str) -> None:
    """Post a draft that is kept."""
    with call.book_to_write() as book:
        kept = book.read(kept_draft, reference=draft)
        changes = book.do(post, drafts=[kept.document])
        posted = book.read(find_document, reference=changes.document_ids[0])
    call.warn(changes.warnings)
    text = Text("cli.document.posted", {"number": posted.number, "type": Text(f"document.type.{kept.type}")})
    call.say({"id": posted.id, "number": posted.number}, text)


@command("drop", key="draft_drop")
@argument("draft", help="draft")
def drop(call: Call, *, draft: str) -> None:
    """Forget a draft that is kept."""
    with call.book_to_write() as book:
        kept = book.read(kept_draft, reference=draft)
        book.do(drop_draft, draft=kept.id)
    call.say({"dropped": kept.id}, Text("cli.draft.dropped", {"draft": kept.id}))
