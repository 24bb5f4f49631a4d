"""What a correction would change, as tables for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.plain import plain_row
from jxc_desktop.services.impact import SHOWN

from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.services.impact import Impact, RowChange

    from .call import Call


def impact_json(impact: Impact) -> dict[str, list[dict[str, Any]]]:
    """Every row that would change, by table."""
    return {name: [_change_json(change) for change in changes] for name, changes in impact._asdict().items()}


def _change_json(change: RowChange[Any]) -> dict[str, Any]:
    return {
        "before": None if change.before is None else plain_row(change.before),
        "after": None if change.after is None else plain_row(change.after),
    }


def impact_lines(call: Call, impact: Impact) -> Iterator[str]:
    """One table per kind of row that would change."""
    yield call.words(Text("cli.impact.title"))
    for name, (labels, figures) in SHOWN.items():
        changes = getattr(impact, name)
        if changes:
            yield ""
            yield call.words(Text(f"cli.impact.{name}", {"count": len(changes)}))
            yield from _table(call, changes, labels, figures)
    if not any(getattr(impact, name) for name in SHOWN):
        yield call.words(Text("cli.impact.nothing"))


def _table(
    call: Call, changes: tuple[RowChange[Any], ...], labels: tuple[str, ...], figures: tuple[str, ...]
) -> Iterator[str]:
    before, after = call.words(Text("cli.impact.before")), call.words(Text("cli.impact.after"))
    columns = [Column(call.words(Text(f"field.{name}"))) for name in labels]
    for name in figures:
        title = call.words(Text(f"field.{name}"))
        columns += [Column(f"{title} {before}", is_number=True), Column(f"{title} {after}", is_number=True)]
    return table(columns, [_row(call, change, labels, figures) for change in changes])


def _row(call: Call, change: RowChange[Any], labels: tuple[str, ...], figures: tuple[str, ...]) -> list[str]:
    there = change.after if change.after is not None else change.before
    cells = [_label(call, name, getattr(there, name)) for name in labels]
    for name in figures:
        cells += [_figure(change.before, name), _figure(change.after, name)]
    return cells


def _label(call: Call, name: str, value: object) -> str:
    if name == "type":
        return call.words(Text(f"document.type.{value}"))
    if name == "status":
        return call.words(Text(f"document.status.{value}"))
    if name == "kind":
        return call.words(Text(f"open_item.{value}"))
    return "" if value is None else str(value)


def _figure(row: Any, name: str) -> str:
    value = None if row is None else getattr(row, name)
    return str(value) if isinstance(value, (Money, Quantity)) else ""
