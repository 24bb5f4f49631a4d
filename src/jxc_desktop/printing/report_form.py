"""The form of a report: its columns as wide as what stands in them, on A4 upright where that fits, else on its side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .fonts import text_width
from .form import Column, Table, load_form
from .papers import MM, papers
from .words import filled, pieces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .form import Form

FORMATS = {"money": ":money", "quantity": ":number", "price": ":price", "rate": ":percent"}
NUMBERS = frozenset({*FORMATS, "whole"})
LEAST, MOST = 9.0, 60.0
"""Widths of a column in mm; what is wider is broken into lines."""
SEEN = 2_000
"""So many rows are looked at for the widths."""


def report_form(content: Mapping[str, Any]) -> tuple[Form, str]:
    """The form and its paper."""
    shipped = load_form("report")
    columns = tuple(_column(each, content, shipped.size) for each in content["columns"])
    wide = sum(column.width for column in columns)
    paper = next((name for name in shipped.papers if wide <= _usable(name)), shipped.papers[-1])
    table = Table("rows", columns, carry=bool(content["totals"]), subtotal=bool(content["totals"]))
    return replace(shipped, table=table), paper


def _usable(name: str) -> float:
    paper = papers()[name]
    return paper.width - paper.margins[1] - paper.margins[3]


def _column(column: Mapping[str, Any], content: Mapping[str, Any], size: float) -> Column:
    name, kind = column["name"], column["type"]
    text = pieces("{" + name + FORMATS.get(kind, "") + "}")
    shown = [filled(text, row) for row in content["rows"][:SEEN]]
    shown.append(filled(text, content["totals"]))
    widest = max([text_width(each, size) for each in shown] + [text_width(column["title"], size) / 1.5])
    return Column(
        label=column["title"],
        text=text,
        width=min(max(widest / MM + 3, LEAST), MOST),
        align="right" if kind in NUMBERS else "left",
        lines=3,
        sum=name if name in content["totals"] and kind in NUMBERS else "",
    )
