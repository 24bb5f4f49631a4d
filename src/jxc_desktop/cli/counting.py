"""Counting stock: the sheet to count on, what was counted against the books, posting the count."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jxc_desktop.exchange.exporters.count_sheet import write_count_sheet
from jxc_desktop.exchange.importers.count_sheet import read_count_file
from jxc_desktop.kernel.errors import FileLocked
from jxc_desktop.kernel.money import Money, total
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.document import find_document
from jxc_desktop.services.counting import UNCOUNTED, Tolerance, count_result, count_sheet, post_count
from jxc_desktop.services.impact import impact_of

from .command import Group, argument, command, group_options, option
from .impact_page import impact_json, impact_lines
from .parameter_types import DAY, FILE, Choice, Reading
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from jxc_desktop.services.book import Book
    from jxc_desktop.services.counting import CountLine, CountResult

    from .call import Call

QUANTITY = Reading("quantity", "N", Quantity.parse, "quantity")
MONEY = Reading("money", "N", Money.parse, "money")

count = Group(
    "count",
    {"sheet": "counting:make_sheet", "diff": "counting:compare", "post": "counting:post_sheet"},
    prefix="count_",
    params=group_options(),
)
uncounted_option = option("--uncounted", type=Choice(UNCOUNTED), default=UNCOUNTED[0], help="uncounted")
on_option = option("--date", "on", type=DAY, help="count_date")


@command("sheet", key="count_sheet")
@option("--warehouse", required=True, help="count_warehouse")
@option("--category", default="", help="count_category")
@option("--item", "items", multiple=True, help="count_item")
@option("--empty", "has_empty", is_flag=True, help="count_empty")
@option("--blind", "is_blind", is_flag=True, help="count_blind")
@option("--out", type=FILE, help="count_out")
def make_sheet(
    call: Call,
    *,
    warehouse: str,
    category: str,
    items: Sequence[str],
    has_empty: bool,
    is_blind: bool,
    out: Path | None,
) -> None:
    """Make a sheet to count on."""
    chosen = {"category": category, "items": items, "has_empty": has_empty, "is_blind": is_blind}
    with call.book_to_read() as book:
        content = book.read(count_sheet, warehouse=warehouse, now_ms=book.clock.now_ms(), **chosen)
    if out is None:
        call.answer(content, lambda: _sheet_lines(call, content))
        return
    _write(call, content, out)
    text = Text("cli.count.written", {"file": str(out), "count": len(content["lines"])})
    call.say({"file": str(out), "count": len(content["lines"])}, text)


@command("diff", key="count_diff")
@argument("file", type=FILE, help="count_file")
@uncounted_option
@on_option
@option("--tolerance", "quantity", type=QUANTITY, help="tolerance")
@option("--tolerance-value", "worth", type=MONEY, help="tolerance_value")
@option("--recount", type=FILE, help="recount")
def compare(
    call: Call,
    *,
    file: Path,
    uncounted: str,
    on: date | None,
    quantity: Quantity | None,
    worth: Money | None,
    recount: Path | None,
) -> None:
    """Compare what was counted with the books; nothing is changed."""
    content = read_count_file(file)
    tolerance = Tolerance(quantity, worth)
    with call.book_to_read() as book:
        found = book.read(count_result, content=content, uncounted=uncounted, on=on, tolerance=tolerance)
        if recount is not None:
            _write(call, _recount_sheet(book, content, found), recount)
    call.answer(_result_json(call, found), lambda: _result_lines(call, found))


@command("post", key="count_post")
@argument("file", type=FILE, help="count_file")
@uncounted_option
@on_option
@option("--preview", "is_preview", is_flag=True, help="preview")
def post_sheet(call: Call, *, file: Path, uncounted: str, on: date | None, is_preview: bool) -> None:
    """Post what was counted."""
    params = {"content": read_count_file(file), "uncounted": uncounted, "on": on}
    with call.book_to_write() as book:
        if is_preview:
            impact = impact_of(book, post_count, **params)
            call.answer({"preview": True, "impact": impact_json(impact)}, lambda: impact_lines(call, impact))
            return
        changes = book.do(post_count, **params)
        call.warn(changes.warnings)
        posted = book.read(find_document, reference=changes.document_ids[0])
    call.say({"id": posted.id, "number": posted.number}, Text("cli.count.posted", {"number": posted.number}))


def _recount_sheet(book: Book, content: Any, found: CountResult) -> dict[str, Any]:
    """A new sheet, as of now, of the items that are to be counted again; empty where none is."""
    items = [line.item for line in found.lines if line.is_recount]
    is_blind = bool(content.get("is_blind"))
    made = book.read(count_sheet, warehouse=found.warehouse, now_ms=book.clock.now_ms(), items=items, is_blind=is_blind)
    return made if items else {**made, "lines": []}


def _write(call: Call, content: dict[str, Any], out: Path) -> None:
    if out.suffix.lower() != ".json":
        write_count_sheet(content, out, words=call.words)
        return
    try:
        out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise FileLocked(Text("import.file.not_writable", {"file": str(out)})) from error


def _sheet_lines(call: Call, content: dict[str, Any]) -> Iterator[str]:
    names = ["item_code", "item_name", "item_spec", "unit", "book_quantity", "last_counted"]
    titles = {"book_quantity": "count.column.book", "last_counted": "report.column.counted_on"}
    columns = [
        Column(call.words(Text(titles.get(name, f"field.{name}"))), is_number=name == "book_quantity") for name in names
    ]
    params = {"warehouse": content["warehouse_name"], "date": content["snapshot"]["date"]}
    yield call.words(Text("count.sheet_of", params))
    yield from table(columns, [[line[name] or "" for name in names] for line in content["lines"]])


def _result_json(call: Call, found: CountResult) -> dict[str, Any]:
    return {
        "date": found.on.isoformat(),
        "warehouse": found.warehouse,
        "skipped": found.skipped,
        "lines": [_line_json(call, line) for line in found.lines],
        "recount": [line.item_code for line in found.lines if line.is_recount],
        "totals": {"value": str(total(line.worth for line in found.lines))},
    }


def _line_json(call: Call, line: CountLine) -> dict[str, Any]:
    return {
        "item": line.item,
        "item_code": line.item_code,
        "item_name": line.item_name,
        "item_spec": line.item_spec,
        "unit": line.unit,
        "counted": str(line.counted),
        "book_quantity": str(line.book),
        "moved": str(line.moved),
        "quantity": str(line.quantity),
        "difference": str(line.difference),
        "value": str(line.worth),
        "recount": line.is_recount,
        "causes": [{"id": cause.id, "message": call.words(cause)} for cause in line.causes],
    }


def _result_lines(call: Call, found: CountResult) -> Iterator[str]:
    """The lines that differ with what may explain them; those that agree are only counted."""
    differing = [line for line in found.lines if line.difference]
    titles = ("field.item_code", "field.item_name", "field.unit")
    numbers = ("counted", "book", "moved", "difference", "value")
    columns = [Column(call.words(Text(name))) for name in titles]
    columns += [Column(call.words(Text(f"count.column.{name}")), is_number=True) for name in numbers]
    columns.append(Column(call.words(Text("count.column.recount"))))
    yield from table(columns, [_cells(call, line) for line in differing])
    for line in differing:
        for cause in line.causes:
            yield f"{line.item_code} {line.item_name}: {call.words(cause)}"
    params = {"agreeing": len(found.lines) - len(differing), "differing": len(differing), "skipped": found.skipped}
    yield call.words(Text("cli.count.summary", {**params, "value": total(line.worth for line in found.lines)}))


def _cells(call: Call, line: CountLine) -> list[str]:
    figures = (line.counted, line.book, line.moved, line.difference, line.worth)
    again = call.words(Text("cli.yes")) if line.is_recount else ""
    return [line.item_code, line.item_name, line.unit, *map(str, figures), again]
