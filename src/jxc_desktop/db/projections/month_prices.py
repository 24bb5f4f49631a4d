"""Prices of months (全月一次加权): which months are priced, and what an item costs in them.

A price holds as long as nothing came to its month, or to one before it, that it was not made with: its record carries a
cut, what of every stream it knew. The months that hold are those priced one after the other from the first of the book.
Applying a record to an open month so makes the month provisional again, whatever order the records arrive in.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.changelog import MONTH_PRICE
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.domain.inventory.landed_cost import COST
from jxc_desktop.domain.inventory.month_pool import NO_PRICE, Price
from jxc_desktop.domain.inventory.movement import Basis

from .period import next_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jxc_desktop.db.changelog import Log, Record
    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.inventory.regime import Regimes

    from .identity import Identities
    from .period import Periods

_FIND = (
    "SELECT quantity, value, period = ?2 FROM month_price WHERE item = ?1 AND period <= ?2 AND period >= ?3"
    " ORDER BY period DESC LIMIT 1"
)
_OUTSIDE = (
    f"(m.basis IN ({Basis.GIVEN:d}, {Basis.OF_RECEIPT:d}, {Basis.HANDED_OVER:d}, {Basis.REVALUE:d},"
    f" {Basis.LATE_ADDITION:d})"
    f" OR m.basis = {Basis.COUNT:d} AND m.unit_cost IS NOT NULL"
    f" OR m.basis IN ({Basis.OF_ISSUE:d}, {Basis.OF_COUNT:d}) AND coalesce(s.effective_period, 0) <> ?1)"
)
_BEFORE = (
    "coalesce((SELECT b.pool_{0} FROM stock_move b WHERE b.item = i.id AND b.effective_period < ?1 ORDER BY"
    " b.effective_period DESC, b.effective_date DESC, b.hlc DESC, b.stream DESC, b.document DESC, b.leg DESC,"
    " b.line DESC LIMIT 1), 0)"
)
TOTALS = (
    f"SELECT i.id, {_BEFORE.format('quantity')} + sum(CASE WHEN {_OUTSIDE} THEN m.quantity ELSE 0 END),"  # noqa: S608
    f" {_BEFORE.format('value')} + sum(CASE WHEN {_OUTSIDE} THEN m.own_value ELSE 0 END)"
    " FROM item i CROSS JOIN stock_move m ON m.item = i.id AND m.effective_period = ?1"
    " LEFT JOIN document s ON s.id = m.source_document GROUP BY i.id"
)
_LATE = (
    "SELECT 1 FROM change_record r JOIN document d ON d.uuid = r.subject WHERE r.kind LIKE 'document.%'"
    " AND ({outside}) AND (d.type IN ({adding}) OR d.type IN ({types})"
    " AND (r.date <= ?1 OR d.effective_period * 100 <= ?1"
    " OR EXISTS (SELECT 1 FROM change_record p WHERE p.id = d.posted_by AND p.date <= ?1)"
    " OR EXISTS (SELECT 1 FROM change_record a WHERE a.subject = r.subject AND a.kind <> 'document.post'"
    " AND a.subject IS NOT NULL AND a.date <= ?1))) LIMIT 1"
)


class MonthTotal(NamedTuple):
    """What a month had of an item to go out: what it began with and what came from outside (10⁻⁶, fen)."""

    item: int
    quantity: int
    value: int


def find_price(session: Session, regimes: Regimes, item: int, period: int) -> Price:
    """The price of an item in a month, else that of the last month before that has one since the method holds."""
    row = session.first(_FIND, (item, period, regimes.since(period)))
    return NO_PRICE if row is None else Price(row[0], row[1], bool(row[2]))


def month_totals(session: Session, period: int) -> list[MonthTotal]:
    """What a month had of every item that moved in it, as the movements are valued now."""
    return [MonthTotal._make(row) for row in session.rows(TOTALS, (period,))]


def stored_prices(session: Session, period: int) -> dict[int, tuple[int, int]]:
    """Item → (quantity, value) of a month."""
    rows = session.rows("SELECT item, quantity, value FROM month_price WHERE period = ?", (period,))
    return {item: (quantity, value) for item, quantity, value in rows}


def put_prices(session: Session, period: int, prices: Mapping[int, tuple[int, int]]) -> None:
    """Store what items cost in a month."""
    session.many(
        "INSERT OR REPLACE INTO month_price (item, period, quantity, value) VALUES (?, ?, ?, ?)",
        [(item, period, *price) for item, price in prices.items()],
    )


def fold_prices(session: Session, log: Log, periods: Periods, regimes: Regimes, items: Identities) -> int | None:
    """Make the tables of prices from all their records; the first month whose price changed, None where none did."""
    wanted = _wanted(session, _newest(log), periods, regimes)
    before = {row[0]: row[1].hex() for row in session.rows("SELECT id, record FROM priced_month")}
    after = {period: record.id for period, record in wanted.items()}
    differing = [period for period in sorted(before.keys() | after.keys()) if before.get(period) != after.get(period)]
    changed: int | None = None
    for period in differing:
        session.run("DELETE FROM priced_month WHERE id = ?", (period,))
        prices: dict[int, tuple[int, int]] = {}
        if period in wanted:
            session.run("INSERT INTO priced_month VALUES (?, ?)", (period, bytes.fromhex(after[period])))
            pools = wanted[period].content()["pools"]
            prices = {items[item]: (quantity, value) for item, (value, quantity) in pools.items()}
        if prices != stored_prices(session, period):
            session.run("DELETE FROM month_price WHERE period = ?", (period,))
            put_prices(session, period, prices)
            changed = period if changed is None else changed
    return changed


def _wanted(
    session: Session, records: Mapping[int, Sequence[Record]], periods: Periods, regimes: Regimes
) -> dict[int, Record]:
    """The record that prices each month: along the months since each time the method began to hold."""
    wanted: dict[int, Record] = {}
    for first in (periods.start, *regimes.changes):
        period = first
        while regimes.method(period).IS_MONTHLY and max(regimes.since(period), periods.start) == first:
            found = next((each for each in records.get(period, ()) if _holds(session, periods, period, each)), None)
            if found is None:
                break
            wanted[period] = found
            period = next_period(period)
    return wanted


def _newest(log: Log) -> dict[int, list[Record]]:
    """The records of each month, the newest first."""
    found: dict[int, list[Record]] = {}
    for record in log.read(
        "WHERE kind = ? AND kind NOT LIKE 'document.%' AND kind <> 'master.set'"
        " ORDER BY hlc DESC, stream DESC, seq DESC",
        (MONTH_PRICE,),
    ):
        found.setdefault(record.content()["period"], []).append(record)
    return found


def _holds(session: Session, periods: Periods, period: int, record: Record) -> bool:
    """Whether nothing that moves stock came to the month or an earlier one that the record did not know."""
    if period in periods.closed:
        return periods.holds(period, record.stream, record.seq)
    cut: dict[str, Any] = record.content()["cut"]
    known = {int(name, 16): seq for name, seq in cut.items()}
    streams = [row[0] for row in session.rows("SELECT id FROM stream")]
    outside = " OR ".join(f"(r.stream = {stream} AND r.seq > {known.get(stream, 0)})" for stream in streams)
    text = _LATE.format(outside=outside or "0", types=_codes(*_stock_types()), adding=_codes(*_adding_types()))
    return session.first(text, (period * 100 + 99,)) is None


@cache
def _codes(*codes: str) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _stock_types() -> Iterator[str]:
    return (each.code for each in all_types() if "stock" in each.line_roles)


def _adding_types() -> Iterator[str]:
    """What changes the value of receipts of any month, as a fee does."""
    return (each.code for each in all_types() if COST in each.allocation_kinds)
