"""选源单: the lines that a document of a kind may still be made from, and the draft of those that are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import NotFound
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.services.derived_drafts import begun_for, lines_from, sources_of
from jxc_desktop.services.drafts import save_drafts

from .command import argument, command
from .document_line import with_line
from .drafts import TYPE
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.queries.open_source_lines import OpenSourceLine

    from .call import Call

SHOWN = ("number", "line", "date", "item_code", "item_name", "left_over", "unit")


@command("pull", key="draft_pull")
@argument("kind", type=TYPE, help="kind_of_draft")
@argument("party", help="party_of_draft")
@argument("sources", nargs=-1, metavar="[DOCUMENT:LINE]...", help="source_lines")
def pull(call: Call, *, kind: str, party: str, sources: tuple[str, ...]) -> None:
    """Keep the draft of a kind made from chosen lines of a party; without lines, say which may be chosen."""
    with call.book_to_write() as book:
        head = book.read(begun_for, type=kind, party=party, now_ms=book.clock.now_ms())
        found = book.read(sources_of, draft=head)
        if not sources:
            call.answer({"rows": [_plain(each) for each in found]}, lambda: _lines(call, found))
            return
        chosen = [_chosen(found, each) for each in sources]
        lines = book.read(lines_from, draft=head, sources=chosen)
        draft = changed(head, id=book.ids.new_id(), lines=tuple(lines))
        book.do(save_drafts, drafts=[draft])
    call.answer({"saved": [draft.id]}, lambda: [call.words(Text("cli.draft.saved", {"draft": draft.id}))])


def _chosen(found: Sequence[OpenSourceLine], reference: str) -> OpenSourceLine:
    number, line = with_line(reference)
    for each in found:
        if (each.number, each.line) == (number, line):
            return each
    raise NotFound(Text("cli.draft.no_source", {"source": reference}))


def _plain(source: OpenSourceLine) -> dict[str, object]:
    values = {**source._asdict(), "left_over": source.left}
    return {name: values[name] if name == "line" else str(values[name]) for name in SHOWN}


def _lines(call: Call, found: Sequence[OpenSourceLine]) -> Iterator[str]:
    if not found:
        yield call.words(Text("ui.sources.none"))
        return
    columns = [Column(call.words(Text(f"field.{name}")), is_number=name == "left_over") for name in SHOWN]
    yield from table(columns, [[str(_plain(each)[name]) for name in SHOWN] for each in found])
