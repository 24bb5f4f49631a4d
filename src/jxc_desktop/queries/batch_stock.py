"""What lies where by batch, and what it is worth: stock on hand with every row split into its batches.

A batch is worth its share of what its item is worth in that warehouse, by quantity, so that the batches of a row and
what has none add up to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.rounding import largest_remainder

from .held_stock import UP_TO_DAY, HeldRow, held_stock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.db.engine import Session


class BatchStockRow(NamedTuple):
    """What of a batch lies in a warehouse, or of no batch: days YYYYMMDD (0: unknown), quantity in 10⁻⁶, value in fen.

    `warn_days` is how long before its end the item asks to be warned, 0 where it says nothing.
    """

    held: HeldRow
    batch: str
    production_date: int
    expiry_date: int
    warn_days: int
    quantity: int
    value: int


class _Part(NamedTuple):
    batch: str
    production_date: int
    expiry_date: int
    warn_days: int
    quantity: int


_PARTS = (
    "SELECT t.item, t.warehouse, t.batch, coalesce(b.production_date, ''), coalesce(b.expiry_date, ''),"
    " i.expiry_warn_days, t.quantity FROM (SELECT item, warehouse, batch, sum(quantity) AS quantity FROM {table}"
    " WHERE batch <> '' AND {item} AND {day} GROUP BY item, warehouse, batch HAVING sum(quantity) <> 0) t"
    " LEFT JOIN batch b ON b.item = t.item AND b.batch = t.batch JOIN item i ON i.id = t.item"
    " ORDER BY t.item, t.warehouse, b.expiry_date = '', b.expiry_date, b.received, t.batch"
)


def _parts(session: Session, item: int | None, day: int | None) -> dict[tuple[int, int], list[_Part]]:
    text = _PARTS.format(
        table="tracked_on_hand" if day is None else "tracked_move",
        item="?1 IS NULL" if item is None else "item = ?1",
        day="1" if day is None else UP_TO_DAY,
    )
    found: dict[tuple[int, int], list[_Part]] = {}
    for item_key, warehouse, batch, made, expires, warn_days, quantity in session.rows(
        text, (item,) if day is None else (item, day)
    ):
        part = _Part(batch, _day(made), _day(expires), warn_days, quantity)
        found.setdefault((item_key, warehouse), []).append(part)
    return found


def _day(text: str) -> int:
    return int(text.replace("-", "") or 0)


def batch_stock(session: Session, *, item: int | None = None, day: int | None = None) -> Iterator[BatchStockRow]:
    """What lies in every warehouse an item ever moved in, batch by batch, what expires first first.

    What is of no batch comes last, with an empty one; `day` (YYYYMMDD) None is now.
    """
    parts = _parts(session, item, day)
    for held in held_stock(session, item=item, day=day):
        mine = parts.get((held.item, held.warehouse))
        if mine is None:
            yield BatchStockRow(held, "", 0, 0, 0, held.quantity, held.value)
        else:
            yield from _split(held, mine)


def _split(held: HeldRow, parts: list[_Part]) -> Iterator[BatchStockRow]:
    rest = held.quantity - sum(part.quantity for part in parts)
    shown = [*parts, _Part("", 0, 0, 0, rest)] if rest else parts
    quantities = [part.quantity for part in shown]
    values = largest_remainder(held.value, quantities) if held.quantity else [held.value, *[0] * (len(shown) - 1)]
    for part, value in zip(shown, values, strict=True):
        yield BatchStockRow(
            held, part.batch, part.production_date, part.expiry_date, part.warn_days, part.quantity, value
        )
