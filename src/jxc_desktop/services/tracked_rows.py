"""The rows about batches, serial numbers and bins as they were entered: of which line, how much of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.line import ItemLine, Tracking
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import NOTHING, Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.inventory.picking import Stored

DAYS = ("production_date", "expiry_date")


def entered_rows(document: Document, posted: Document | None, *, moves_stock: int) -> Document:
    """The document with the quantities its rows leave out: a serial number is one piece, the only row the whole line.

    Rows that an amendment has not touched follow their line: where its quantity changed, one row takes it, several and
    those of goods that go out are proposed anew.
    """
    rows = rows_by_line(document.tracking)
    before = rows_by_line(posted.tracking) if posted else {}
    quantities = {line.key: line.base_quantity for line in posted.lines} if posted else {}
    kept: list[Tracking] = []
    for line in document.lines:
        mine = rows.pop(line.key, [])
        if mine and mine == before.get(line.key) and line.base_quantity != quantities.get(line.key):
            mine = [] if len(mine) > 1 or moves_stock < 0 else [changed(mine[0], base_quantity=NOTHING)]
        kept += [_measured(row, line, is_only=len(mine) == 1) for row in mine]
    strays = [row for each in rows.values() for row in each]
    return changed(document, tracking=(*kept, *strays))


def rows_by_line(rows: Sequence[Tracking]) -> dict[int, list[Tracking]]:
    """The rows of each item line, in their order."""
    found: dict[int, list[Tracking]] = {}
    for row in rows:
        found.setdefault(row.line, []).append(row)
    return found


def _measured(row: Tracking, line: ItemLine, *, is_only: bool) -> Tracking:
    row = changed(row, batch=row.batch.strip(), serial=row.serial.strip(), bin=row.bin.strip())
    if row.base_quantity or not (row.serial or is_only):
        return row
    one = Quantity(-1_000_000 if line.base_quantity < NOTHING else 1_000_000)
    return changed(row, base_quantity=one if row.serial else line.base_quantity)


def with_days(row: Tracking, problems: list[Problem]) -> Tracking:
    """The row with its days as ISO texts; one that cannot be read, or an end before the beginning, is a problem."""
    days: dict[str, str] = {}
    for name in DAYS:
        written = str(getattr(row, name))
        try:
            days[name] = date.fromisoformat(written).isoformat() if written else ""
        except ValueError:
            problems.append(Problem(("tracking", row.key, name), Text("tracking.not_a_day", {"value": written})))
            days[name] = ""
    if days["expiry_date"] and days["expiry_date"] < days["production_date"]:
        text = Text("tracking.expires_before_made", {"batch": row.batch, **days})
        problems.append(Problem(("tracking", row.key, "expiry_date"), text))
    return changed(row, **days)


def repeated(line: ItemLine, rows: Sequence[Tracking]) -> list[Problem]:
    """The rows of a line that name a batch, serial and bin named before."""
    seen: set[tuple[str, str, str]] = set()
    found = []
    for row in rows:
        tag = (row.batch, row.serial, row.bin)
        if tag in seen:
            params = {"item": line_name(line), "batch": row.serial or row.batch or row.bin}
            place = ("tracking", row.key, "serial" if row.serial else "batch")
            found.append(Problem(place, Text("tracking.twice", params)))
        seen.add(tag)
    return found


def proposed_row(line: ItemLine, part: Stored) -> Tracking:
    """A row without a key for a part of a line, with the sign of the line."""
    sign = -1 if line.base_quantity < NOTHING else 1
    quantity = Quantity(sign * part.quantity.micro)
    return Tracking(0, line.key, part.batch, expiry_date=part.expiry_date, base_quantity=quantity, bin=part.bin)


def line_name(line: ItemLine) -> str:
    """Code and name of the item, as a message names it."""
    return f"{line.item_code} {line.item_name}"
