"""Lists of documents and of cards."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.errors import Ambiguous
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import KINDS
from jxc_desktop.queries.cards import find_card, list_masters
from jxc_desktop.queries.documents import list_documents
from jxc_desktop.queries.plain import plain_row

from .command import argument, command, option
from .parameter_types import DAY, WHOLE, Choice, Kind
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from .call import Call

DOCUMENTS = "documents"
MASTERS = tuple(kind.code for kind in KINDS)
DOCUMENT_COLUMNS = ("date", "kind", "number", "external_number", "party", "status", "amount")
CARD_COLUMNS: dict[str, tuple[str, ...]] = {
    "item": ("code", "name", "spec", "base_unit", "retail_price"),
    "party": ("code", "name", "phone"),
    "account": ("code", "name", "category", "normal_balance"),
    "tax_rate": ("code", "rate", "taxpayer"),
}
"""What a list of cards shows beside what --json has; kinds not named here show code and name."""


LISTED = {
    DOCUMENTS: Text("cli.list.documents"),
    **{each.code: Text(f"document.type.{each.code}") for each in all_types()},
    **{kind: Text(f"master.kind.{kind}") for kind in MASTERS},
}


@command("list")
@argument("kind", type=Kind(LISTED), help="list_kind")
@option("--from", "date_from", type=DAY, help="date_from")
@option("--to", "date_to", type=DAY, help="date_to")
@option("--party", default="", help="party")
@option("--status", type=Choice(("posted", "voided")), help="status")
@option("--text", default="", help="text")
@option("--limit", type=WHOLE, default=0, help="limit")
def list_rows(
    call: Call,
    *,
    kind: str,
    date_from: date | None,
    date_to: date | None,
    party: str,
    status: str | None,
    text: str,
    limit: int,
) -> None:
    """List documents or cards."""
    with call.book_to_read() as book:
        if kind in MASTERS:
            cards = book.read(list_masters, kind=kind, text=text, limit=limit)
            rows = [{"kind": kind, **card} for card in cards]
        else:
            if party:
                with suppress(Ambiguous):
                    book.read(find_card, kind="party", reference=party)
            found = book.read(
                list_documents,
                type="" if kind == DOCUMENTS else kind,
                party=party,
                date_from=date_from,
                date_to=date_to,
                status=status or "",
                text=text,
                limit=limit,
            )
            rows = [plain_row(row) for row in found]
    names = CARD_COLUMNS.get(kind, ("code", "name")) if kind in MASTERS else DOCUMENT_COLUMNS
    call.answer({"rows": rows, "count": len(rows)}, lambda: _lines(call, rows, names))


def _lines(call: Call, rows: list[dict[str, Any]], names: tuple[str, ...]) -> Iterator[str]:
    columns = [
        Column(call.words(Text(f"field.{name}")), is_number=name in {"amount", "retail_price"}) for name in names
    ]
    yield from table(columns, [[_cell(call, name, row[name]) for name in names] for row in rows])
    yield call.words(Text("cli.list.count", {"count": len(rows)}))


def _cell(call: Call, name: str, value: object) -> str:
    if name == "kind":
        return call.words(Text(f"document.type.{value}"))
    if name == "status":
        return call.words(Text(f"document.status.{value}"))
    return "" if value is None else str(value)
