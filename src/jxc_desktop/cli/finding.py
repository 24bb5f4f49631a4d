"""Finding items, parties and documents by anything one remembers of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.find import DOCUMENT, KINDS, find
from jxc_desktop.queries.plain import plain_row

from .command import argument, command, option
from .parameter_types import WHOLE, Choice
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.queries.find import FoundRow

    from .call import Call

SHOWN_ANYWAY = {"code", "name", "number", "amount", "party"}
"""Where one of these matched, the row shows it already."""


@command("find")
@argument("text", help="find_text")
@option("--kind", "kinds", type=Choice(KINDS), multiple=True, help="find_kind")
@option("--party", default="", help="find_party")
@option("--limit", type=WHOLE, default=20, help="find_limit")
def find_anything(call: Call, *, text: str, kinds: Sequence[str], party: str, limit: int) -> None:
    """Find items, parties and documents."""
    with call.book_to_read() as book:
        found = book.read(find, text=text, kinds=kinds or KINDS, party=party, limit=limit)
    rows = [plain_row(row) for row in found]
    call.answer({"text": text, "rows": rows, "count": len(rows)}, lambda: _lines(call, text, found))


def _lines(call: Call, text: str, found: Sequence[FoundRow]) -> Iterator[str]:
    if not found:
        yield call.words(Text("cli.find.none", {"text": text}))
        return
    columns = [
        Column(call.words(Text(f"field.{name}")), is_number=name == "amount")
        for name in ("kind", "code", "name", "detail", "amount", "why")
    ]
    yield from table(columns, [_cells(call, row) for row in found])
    yield call.words(Text("cli.find.count", {"count": len(found)}))


def _cells(call: Call, row: FoundRow) -> list[str]:
    kind = Text(f"document.type.{row.type}") if row.kind == DOCUMENT else Text(f"master.kind.{row.kind}")
    amount = "" if row.amount is None else str(row.amount)
    why = call.words(Text(f"field.{row.why}"))
    why = why if row.why in SHOWN_ANYWAY else f"{why} {row.matched}"
    return [call.words(kind), row.code, row.title, row.detail, amount, why]
