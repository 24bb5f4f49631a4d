"""What a scanned code means: for trying a scanner, barcodes and the codes of a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.drafting import begin
from jxc_desktop.services.scanning import scanned_line

from .command import argument, command, option
from .parameter_types import Choice
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .call import Call

WITH_ITEMS = tuple(each.code for each in all_types() if each.line_fields)
OVER_THE_COUNTER = next(each.code for each in all_types() if each.price_of == "sale" and not each.is_party_required)
SHOWN = ("item", "name", "unit", "quantity", "price", "amount")


@command("scan")
@argument("code", help="scan_code")
@option("--type", "type_", type=Choice(WITH_ITEMS), default=OVER_THE_COUNTER, help="scan_type")
def scan(call: Call, *, code: str, type_: str) -> None:
    """Show the line that a scanned code becomes in a document; nothing is changed."""
    with call.book_to_read() as book:
        draft = book.read(begin, type=type_, now_ms=book.clock.now_ms()).head
        found = book.read(scanned_line, draft=draft, code=code)
    if found.known is None:
        assert found.refused is not None
        raise UserError(found.refused)
    line = found.known.line
    shown = {
        "item": line.item_code,
        "name": line.item_name,
        "unit": line.unit,
        "quantity": str(line.quantity),
        "price": str(line.price),
        "amount": None if line.typed_amount is None else str(line.typed_amount),
        "is_label": found.is_label,
    }
    call.answer({"code": code, "line": shown}, lambda: _lines(call, shown))


def _lines(call: Call, shown: dict[str, Any]) -> Iterator[str]:
    columns = [Column(call.words(Text(f"field.{name}"))) for name in SHOWN]
    yield from table(columns, [[str(shown[name] or "") for name in SHOWN]])
