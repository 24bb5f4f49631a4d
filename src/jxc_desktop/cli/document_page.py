"""A document as text: head, lines, money, settlements, what it did, what it hangs together with."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text

from .table import Column, padded, table, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .call import Call

HIDDEN_IN_HEAD = frozenset(
    {
        "id",
        "type",
        "number",
        "party",
        "party_code",
        "warehouse",
        "warehouse_code",
        "base_hash",
        "taxpayer",
        "is_walk_in",
    }
)
LINES: dict[str, tuple[str, ...]] = {
    "lines": (
        "line", "item_code", "item_name", "item_spec", "unit", "quantity", "price", "discount", "tax_rate", "unit_cost",
        "gross", "tax", "warehouse_name", "source_number", "note",
    ),
    "tracking": ("item_line", "batch", "serial", "production_date", "expiry_date", "bin", "base_quantity"),
    "tenders": ("kind", "money_account_name", "account_code", "account_name", "amount", "tax_rate", "note"),
    "allocations": ("target_number", "target_kind", "amount"),
    "entries": ("account_code", "account_name", "party_name", "summary", "debit", "credit"),
}  # fmt: skip
EFFECTS: dict[str, tuple[str, ...]] = {
    "moves": ("item_code", "item_name", "warehouse_name", "quantity", "value"),
    "open_items": ("kind", "party_name", "due_date", "amount", "settled", "open"),
}
ENTRY = ("account_code", "account_name", "party_name", "debit", "credit")
NUMBERS = frozenset(
    {
        "line", "item_line", "quantity", "base_quantity", "price", "discount", "tax_rate", "unit_cost", "gross", "tax",
        "amount", "debit", "credit", "value", "settled", "open",
    }
)  # fmt: skip
CHOICES = frozenset({"invoice_kind", "price_mode", "reason", "spread_by"})
NOTHING = frozenset({"", "0", "0.00"})


def document_lines(call: Call, content: Mapping[str, Any]) -> Iterator[str]:
    """The page of one document. `content` is what --json prints."""
    head = content["head"]
    yield f"{_type(call, head['type'])} {head['number']}"
    yield from _head(call, head)
    for name, columns in LINES.items():
        yield from _section(call, f"field.{name}", content[name], columns)
    yield from _totals(call, content["totals"])
    effects = content["effects"]
    for name, columns in EFFECTS.items():
        yield from _section(call, f"cli.show.{name}", effects[name], columns)
    yield from _voucher(call, effects)
    yield from _links(call, content)


def _type(call: Call, code: str) -> str:
    return call.words(Text(f"document.type.{code}"))


def _head(call: Call, head: Mapping[str, Any]) -> Iterator[str]:
    rows = [
        (call.words(Text(f"field.{name}")), _shown(call, name, value))
        for name, value in head.items()
        if name not in HIDDEN_IN_HEAD and value not in {None, "", "0.00", False}
    ]
    places = max((width(title) for title, _value in rows), default=0)
    for title, value in rows:
        yield f"  {padded(title, places)}  {value}"


def _shown(call: Call, name: str, value: object) -> str:
    if name == "status":
        return call.words(Text(f"document.status.{value}"))
    if name in CHOICES:
        return call.words(Text(f"choice.{name}.{value}"))
    return call.words(Text("cli.yes")) if value is True else str(value)


def _section(call: Call, title: str, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[str]:
    """A table of the columns in which any row says something."""
    shown = [name for name in names if any(str(row.get(name) or "") not in NOTHING for row in rows)]
    if not rows or not shown:
        return
    yield ""
    yield call.words(Text(title))
    columns = [Column(call.words(Text(f"field.{name}")), is_number=name in NUMBERS) for name in shown]
    yield from table(columns, [[_cell(call, name, row.get(name)) for name in shown] for row in rows])


def _cell(call: Call, name: str, value: object) -> str:
    if name in {"kind", "target_kind"} and value:
        return _kind(call, str(value))
    if name == "tax_rate" and value:
        return f"{(Decimal(str(value)) * 100).normalize():f}%"
    return "" if value is None else str(value)


def _kind(call: Call, value: str) -> str:
    """A kind of open item or of money in words."""
    for text in (Text(f"open_item.{value}"), Text(f"money.kind.{value}"), Text(f"choice.target_kind.{value}")):
        words = call.words(text)
        if words != text.id:
            return words
    return value


def _totals(call: Call, totals: Mapping[str, str]) -> Iterator[str]:
    shown = [
        f"{call.words(Text(f'cli.totals.{name}'))} {value}" for name, value in totals.items() if value not in NOTHING
    ]
    if shown:
        yield ""
        yield "   ".join(shown)


def _voucher(call: Call, effects: Mapping[str, Any]) -> Iterator[str]:
    """The one effect that is no list."""
    for part in effects.values():
        if isinstance(part, dict):
            yield from _section(call, "cli.show.voucher", part["lines"], ENTRY)


def _links(call: Call, content: Mapping[str, Any]) -> Iterator[str]:
    for name, documents in content["links"].items():
        for each in documents:
            title = call.words(Text(f"cli.link.{name}"))
            yield f"{title}  {_type(call, each['type'])} {each['number']}"
    chain = content.get("chain", ())
    if chain:
        yield ""
        yield call.words(Text("cli.show.chain"))
        for each in chain:
            yield f"  {each['date']}  {_type(call, each['kind'])} {each['number']}  {each['amount']}"
