"""Checks of batches, serial numbers and bins: balances, movements against rows, batches against stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text

from .finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined import Examined

_NAMED = "coalesce(nullif({0}.serial, ''), nullif({0}.batch, ''), {0}.bin)"
_AT = (
    "m.effective_period = d.effective_period AND m.effective_date = d.effective_date AND m.hlc = d.hlc"
    " AND m.stream = d.stream AND m.document = d.id"
)


def batch_balances_match(examined: Examined) -> Iterator[Finding]:
    """What lies there of a batch, serial or bin is the sum of its movements, and these are what documents say."""
    yield from _balances(examined)
    yield from _known_batches(examined)
    yield from _rows_moved(examined)


def _balances(examined: Examined) -> Iterator[Finding]:
    tag = _NAMED.format("s")
    for code, warehouse, name, difference in examined.some(
        f"SELECT i.code, w.code, {tag}, s.difference FROM (SELECT item, warehouse, batch, serial, bin,"  # noqa: S608
        " sum(quantity) AS difference FROM"
        " (SELECT item, warehouse, batch, serial, bin, quantity FROM tracked_on_hand"
        " UNION ALL SELECT item, warehouse, batch, serial, bin, -quantity FROM tracked_move)"
        " GROUP BY item, warehouse, batch, serial, bin HAVING difference <> 0) s"
        " LEFT JOIN item i ON i.id = s.item LEFT JOIN warehouse w ON w.id = s.warehouse"
    ):
        params = {"item": code, "warehouse": warehouse, "batch": name, "difference": Quantity(difference)}
        yield Finding(Text("doctor.batch_differs", params))


def _known_batches(examined: Examined) -> Iterator[Finding]:
    """Every batch that moved is known, and nothing else."""
    for code, batch in examined.some(
        "SELECT i.code, s.batch FROM (SELECT item, batch FROM batch UNION ALL"
        " SELECT DISTINCT item, batch FROM tracked_move WHERE batch <> '') s"
        " LEFT JOIN item i ON i.id = s.item GROUP BY s.item, s.batch HAVING count(*) <> 2"
    ):
        yield Finding(Text("doctor.batch_unknown", {"item": code, "batch": batch}))


def _rows_moved(examined: Examined) -> Iterator[Finding]:
    """A row of a posted document has moved its batch; what a reversed count moves follows from that count."""
    taken_back = f"SELECT 1 FROM stock_move c WHERE c.item = l.item AND c.basis = {int(Basis.OF_COUNT)} AND "  # noqa: S608
    for code, number in examined.some(
        "SELECT l.item_code, d.number FROM item_line_tracking t"  # noqa: S608 — own text
        " JOIN document d ON d.id = t.document AND d.status = 'posted'"
        " JOIN item_line l ON l.document = t.document AND l.line = t.item_line AND l.item_kind = 'goods'"
        f" LEFT JOIN tracked_move m ON m.item = l.item AND m.warehouse IN (l.warehouse, d.to_warehouse) AND {_AT}"
        " AND m.line = t.line AND m.basis IN (1, 2)"
        " WHERE (t.batch <> '' OR t.serial <> '') AND (m.item IS NULL OR m.batch <> t.batch OR m.serial <> t.serial"
        " OR abs(coalesce(m.counted, m.quantity)) <> abs(t.base_quantity))"
        f" AND NOT EXISTS ({taken_back}{_AT.replace('m.', 'c.')})"
    ):
        yield Finding(Text("doctor.batch_not_moved", {"item": code, "number": number}))
    for code, number in examined.some(
        "SELECT i.code, coalesce(d.number, '') FROM tracked_move m LEFT JOIN item i ON i.id = m.item"
        " LEFT JOIN document d ON d.id = m.document AND d.status = 'posted'"
        " LEFT JOIN item_line_tracking t ON t.document = m.document AND t.line = m.line AND m.basis IN (1, 2)"
        " WHERE d.id IS NULL OR (m.basis IN (1, 2) AND t.document IS NULL)"
    ):
        yield Finding(Text("doctor.batch_without_row", {"item": code, "number": number}))


def serials_in_one_place(examined: Examined) -> Iterator[Finding]:
    """A serial number is one piece and lies in one place at most; what a merge has brought twice is listed."""
    for code, serial, quantity, places in examined.some(
        "SELECT i.code, t.serial, sum(t.quantity), count(*) FROM tracked_on_hand t LEFT JOIN item i ON i.id = t.item"
        " WHERE t.serial <> '' GROUP BY t.item, t.serial HAVING count(*) > 1 OR sum(t.quantity) <> 1000000"
    ):
        params = {"item": code, "serial": serial, "quantity": Quantity(quantity), "places": places}
        yield Finding(Text("doctor.serial_in_places", params), Level.RED if examined.is_alone else Level.YELLOW)


def batches_add_up_to_stock(examined: Examined) -> Iterator[Finding]:
    """Of an item that is kept by batch, everything on hand lies in batches; what came before that is listed."""
    for code, warehouse, held, tracked in examined.some(
        "SELECT i.code, w.code, s.quantity, coalesce((SELECT sum(t.quantity) FROM tracked_on_hand t"
        " WHERE t.item = s.item AND t.warehouse = s.warehouse AND t.batch <> ''), 0) AS tracked"
        " FROM item i JOIN stock_on_hand s ON s.item = i.id LEFT JOIN warehouse w ON w.id = s.warehouse"
        " WHERE i.has_batch = 1 AND s.quantity <> tracked"
    ):
        params = {"item": code, "warehouse": warehouse, "quantity": Quantity(held), "batches": Quantity(tracked)}
        yield Finding(Text("doctor.batches_differ", params), Level.YELLOW)
