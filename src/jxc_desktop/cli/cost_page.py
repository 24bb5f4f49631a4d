"""The cost of a line as an indented tree with its amounts to the right, and the list of what the cost was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import ZERO
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.plain import day_text

from .table import GAP, Column, padded, table, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from jxc_desktop.kernel.money import Money
    from jxc_desktop.queries.cost_history import CostChange
    from jxc_desktop.queries.why import CostNode, Why

    from .call import Call

INDENT = "  "
UNNAMED = frozenset({"earlier", "more", "passed_over"})
"""Summaries that are left out where nothing of the amount is theirs."""


def cost_lines(call: Call, found: Why) -> Iterator[str]:
    """The tree, one line a part."""
    rows = list(_rows(call, found.tree, 0, ""))
    labels = max(width(label) for label, _amount in rows)
    amounts = max(width(amount) for _label, amount in rows)
    for label, amount in rows:
        yield f"{padded(label, labels)}{GAP}{padded(amount, amounts, to_the_right=True)}"


def _rows(call: Call, node: CostNode, depth: int, unit: str, *, is_line: bool = True) -> Iterator[tuple[str, str]]:
    if node.kind in UNNAMED and node.value == ZERO:
        return
    unit = node.unit or unit
    label = _label(call, node, unit)
    if is_line and node.item:
        label = call.words(Text("why.of_item", {"item": node.item, "of": label}))
    yield INDENT * depth + label, str(node.value)
    for child in node.children:
        yield from _rows(call, child, depth + 1, unit, is_line=node.kind == "document")


def _label(call: Call, node: CostNode, unit: str) -> str:
    """What a part says of itself, without signs; a share of a line also says of how much it is one."""
    values: dict[str, object] = {
        "line": _line(call, node),
        "document": _document(call, node),
        "quantity": f"{abs(node.quantity)} {unit}".rstrip(),
        "whole_quantity": f"{node.whole_quantity} {unit}".rstrip(),
        "whole_value": str(node.whole_value),
        "count": node.parts,
    }
    is_share = (abs(node.quantity), abs(node.value)) != (abs(node.whole_quantity), abs(node.whole_value))
    if not node.line or not is_share:
        return call.words(Text(f"why.{node.kind}", values)).strip()
    whole = Text(f"why.{node.kind}", {**values, "quantity": values["whole_quantity"]})
    return call.words(Text("why.share", {**values, "of": whole})).strip()


def _document(call: Call, node: CostNode) -> str:
    return f"{call.words(Text(f'document.type.{node.type}'))} {node.document}" if node.document else ""


def _line(call: Call, node: CostNode) -> str:
    if not node.line:
        return ""
    values = {"document": _document(call, node), "line": node.line, "date": day_text(node.date)}
    return call.words(Text("why.line", values))


def history_lines(call: Call, changes: Sequence[CostChange], days: Sequence[date]) -> Iterator[str]:
    """A table of the costs a line had; `days` are the days on which the records were written."""
    yield call.words(Text("why.history"))
    names = ("day", "action", "document", "before", "cost")
    columns = [Column(call.words(Text(f"why.history.{name}")), is_number=name in {"before", "cost"}) for name in names]
    rows = [_change(call, each, day) for each, day in zip(changes, days, strict=True)]
    yield from table(columns, rows)


def _change(call: Call, change: CostChange, day: date) -> list[str]:
    document = ""
    if change.document:
        kind = call.words(Text(f"document.type.{change.type}"))
        document = f"{kind} {change.document} {day_text(change.date)}"
    action = call.words(Text(f"why.action.{change.action}"))
    return [day.isoformat(), action, document, _amount(change.before), _amount(change.cost)]


def _amount(money: Money | None) -> str:
    return "" if money is None else str(money)
