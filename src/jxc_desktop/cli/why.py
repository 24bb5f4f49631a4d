"""Why something cost what it cost: the tree of its cost, and how the cost changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.queries.cost_history import cost_history, history_json
from jxc_desktop.queries.why import why, why_json
from jxc_desktop.services.business_day import business_day

from .command import argument, command, option
from .cost_page import cost_lines, history_lines
from .document_line import with_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .call import Call


@command("why")
@argument("document", metavar="DOCUMENT[:LINE]", help="why_line")
@option("--history", "has_history", is_flag=True, help="cost_history")
def why_cost(call: Call, *, document: str, has_history: bool) -> None:
    """Show what a cost is made of."""
    reference, line = with_line(document)
    with call.book_to_read() as book:
        found = book.read(why, reference=reference, line=line)
        changes = book.read(cost_history, reference=reference, line=line) if has_history else []
        days = [book.read(business_day, now_ms=each.written_ms) for each in changes]
    content = why_json(found)
    if has_history:
        content["history"] = history_json(changes)

    def lines() -> Iterator[str]:
        yield from cost_lines(call, found)
        if has_history:
            yield ""
            yield from history_lines(call, changes, days)

    call.answer(content, lines)
