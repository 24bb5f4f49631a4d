"""Checks of the stock ledger: quantities, values, running balances, movements against lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.projections.method import read_regimes
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import NUMBERS
from jxc_desktop.services.settings import Settings

from .examined import stock_types
from .finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined import Examined

_ORDER = "effective_period, effective_date, hlc, stream, document, leg, line"
_BACK = ", ".join(f"{name} DESC" for name in _ORDER.split(", "))


def _pool_findings(examined: Examined, kind: str, condition: str) -> Iterator[Finding]:
    """Pools, and movements after which the pool is in a state that may not be."""
    for code, quantity, worth in examined.some(
        f"SELECT i.code, p.quantity, p.value FROM cost_pool p LEFT JOIN item i ON i.id = p.item WHERE {condition}"  # noqa: S608
    ):
        params = {"item": code, "quantity": Quantity(quantity), "value": Money(worth)}
        yield Finding(Text(f"doctor.{kind}", params))
    if read_regimes(examined.session).is_monthly:
        return  # What comes in later in a priced month has its part in what left before it.
    moved = condition.replace("p.quantity", "m.pool_quantity").replace("p.value", "m.pool_value")
    for code, number, quantity, worth in examined.some(
        "SELECT i.code, d.number, m.pool_quantity, m.pool_value"  # noqa: S608 — own text
        f" FROM {examined.table('stock_move')} m LEFT JOIN item i ON i.id = m.item"
        f" LEFT JOIN document d ON d.id = m.document WHERE {moved}"
    ):
        params = {"item": code, "number": number, "quantity": Quantity(quantity), "value": Money(worth)}
        yield Finding(Text(f"doctor.{kind}_after", params))


def zero_quantity_zero_value(examined: Examined) -> Iterator[Finding]:
    """Nothing there is worth nothing."""
    return _pool_findings(examined, "pool_empty", "p.quantity = 0 AND p.value <> 0")


def pool_value_not_negative(examined: Examined) -> Iterator[Finding]:
    """What is there is worth 0 or more; what is owed to a short pool is worth 0 or less."""
    return _pool_findings(
        examined, "pool_negative", "(p.quantity > 0 AND p.value < 0 OR p.quantity < 0 AND p.value > 0)"
    )


def on_hand_is_sum_of_moves(examined: Examined) -> Iterator[Finding]:
    """What is on hand and what pools hold are the sums of their movements, at every step and at the end."""
    if examined.quick:
        yield from _tails(examined)
        return
    yield from _held(examined)
    yield from _pools(examined)
    yield from _running(examined, "pool", ("pool_quantity", "quantity"), ("pool_value", "value"))
    yield from _running(examined, "warehouse", ("warehouse_quantity", "quantity"))


def _held(examined: Examined) -> Iterator[Finding]:
    for code, warehouse, difference in examined.some(
        "SELECT i.code, w.code, s.difference FROM (SELECT item, warehouse, sum(quantity) AS difference FROM"
        " (SELECT item, warehouse, quantity FROM stock_on_hand"
        " UNION ALL SELECT item, warehouse, -quantity FROM stock_move)"
        " GROUP BY item, warehouse HAVING difference <> 0) s"
        " LEFT JOIN item i ON i.id = s.item LEFT JOIN warehouse w ON w.id = s.warehouse"
    ):
        params = {"item": code, "warehouse": warehouse, "difference": Quantity(difference)}
        yield Finding(Text("doctor.on_hand_differs", params))


def _pools(examined: Examined) -> Iterator[Finding]:
    for code, quantity, worth in examined.some(
        "SELECT i.code, s.quantity, s.value FROM (SELECT item, pool, sum(quantity) AS quantity, sum(value) AS value"
        " FROM (SELECT item, pool, quantity, value FROM cost_pool"
        " UNION ALL SELECT item, pool, -quantity, -value FROM stock_move)"
        " GROUP BY item, pool HAVING sum(quantity) <> 0 OR sum(value) <> 0) s LEFT JOIN item i ON i.id = s.item"
    ):
        params = {"item": code, "quantity": Quantity(quantity), "value": Money(worth)}
        yield Finding(Text("doctor.pool_differs", params))


def _running(examined: Examined, lane: str, *columns: tuple[str, str]) -> Iterator[Finding]:
    """Every running figure is the one before it plus what moved."""
    before = ", ".join(f"lag({total}, 1, 0) OVER lane + {step} AS is_{total}" for total, step in columns)
    wrong = " OR ".join(f"is_{total} <> {total}" for total, _step in columns)
    totals = ", ".join(total for total, _step in columns)
    for code, number in examined.some(
        f"SELECT i.code, d.number FROM (SELECT item, document, {totals}, {before} FROM stock_move"  # noqa: S608
        f" WINDOW lane AS (PARTITION BY item, {lane} ORDER BY {_ORDER})) s"
        f" LEFT JOIN item i ON i.id = s.item LEFT JOIN document d ON d.id = s.document WHERE {wrong}"
    ):
        yield Finding(Text("doctor.running_differs", {"item": code, "number": number}))


def _tails(examined: Examined) -> Iterator[Finding]:
    """The last movement of each recent item left what pools and warehouses say."""
    items = f"SELECT item FROM {examined.table('item_line')}"  # noqa: S608 — own text
    last = f"FROM stock_move m WHERE m.item = t.item AND m.{{lane}} = t.{{lane}} ORDER BY {_BACK} LIMIT 1"
    for table, lane, pairs in (
        ("stock_on_hand", "warehouse", (("quantity", "warehouse_quantity"),)),
        ("cost_pool", "pool", (("quantity", "pool_quantity"), ("value", "pool_value"))),
    ):
        differs = " OR ".join(
            f"t.{stored} <> coalesce((SELECT m.{running} {last.format(lane=lane)}), 0)" for stored, running in pairs
        )
        for (code,) in examined.some(
            f"SELECT i.code FROM {table} t LEFT JOIN item i ON i.id = t.item WHERE t.item IN ({items}) AND ({differs})"  # noqa: S608
        ):
            yield Finding(Text("doctor.tail_differs", {"item": code}))


def no_negative_where_forbidden(examined: Examined) -> Iterator[Finding]:
    """Since a warehouse forbids it nothing takes it below 0; what arrived from elsewhere is listed."""
    for warehouse, name, since in _forbidding(examined):
        for code, number, held, is_foreign in examined.some(
            f"SELECT i.code, d.number, m.warehouse_quantity, {examined.foreign('d')} OR EXISTS (SELECT 1"  # noqa: S608
            " FROM stock_move o JOIN document od ON od.id = o.document"
            f" WHERE o.item = m.item AND o.warehouse = m.warehouse AND {examined.foreign('od')})"
            f" FROM {examined.table('stock_move')} m JOIN document d ON d.id = m.document"
            " JOIN change_record r ON r.id = d.record LEFT JOIN item i ON i.id = m.item"
            " WHERE m.warehouse = ? AND m.warehouse_quantity < 0 AND m.quantity < 0 AND r.hlc > ?",
            (warehouse, since),
        ):
            params = {"item": code, "warehouse": name, "number": number, "quantity": Quantity(held)}
            yield Finding(Text("doctor.below_zero", params), examined.merged(is_foreign=is_foreign))


def _forbidding(examined: Examined) -> list[tuple[int, str, int]]:
    """The warehouses that may not go below 0: key, name, and the HLC of the record since which that holds."""
    default = Settings(examined.session).get("negative_stock")
    session = examined.session
    set_at = session.value("SELECT hlc FROM setting WHERE key = 'negative_stock'") or 0
    found = []
    for key, name, policy in session.rows("SELECT id, name, negative_stock FROM warehouse"):
        if (policy or default) == "forbid":
            stamp = session.value(
                "SELECT hlc FROM master_field WHERE kind_number = ? AND master = ? AND field = 'negative_stock'",
                (NUMBERS["warehouse"], key),
            )
            found.append((key, name, max(stamp or 0, set_at)))
    return found


def movements_match_lines(examined: Examined) -> Iterator[Finding]:
    """Every goods line of a posted document moves its quantity in its warehouse, and nothing else moves."""
    for code, number in examined.some(
        f"SELECT l.item_code, d.number FROM {examined.table('item_line')} l"  # noqa: S608 — own text
        f" JOIN document d ON d.id = l.document AND d.status = 'posted' AND d.type IN ({stock_types()})"
        " LEFT JOIN stock_move m ON m.item = l.item AND m.effective_period = d.effective_period"
        " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream"
        " AND m.document = d.id AND m.line = l.line"
        " WHERE l.item_kind = 'goods' AND (m.item IS NULL OR m.warehouse NOT IN (l.warehouse, d.to_warehouse)"
        " OR CASE WHEN m.counted IS NULL THEN abs(m.quantity) <> abs(l.base_quantity)"
        " ELSE m.counted <> l.base_quantity END)"
    ):
        yield Finding(Text("doctor.line_not_moved", {"item": code, "number": number}))
    for code, number in examined.some(
        f"SELECT i.code, coalesce(d.number, '') FROM {examined.table('stock_move')} m"  # noqa: S608 — own text
        " LEFT JOIN document d ON d.id = m.document AND d.effective_period = m.effective_period"
        " AND d.effective_date = m.effective_date AND d.hlc = m.hlc AND d.stream = m.stream"
        " LEFT JOIN item_line l ON l.document = m.document AND l.line = m.line AND l.item = m.item"
        " LEFT JOIN value_addition a ON a.document = m.document AND a.line = m.line AND a.item = m.item"
        f" LEFT JOIN item i ON i.id = m.item WHERE m.basis <> {int(Basis.PASSED_OVER)}"
        " AND (d.id IS NULL OR coalesce(l.item, a.item) IS NULL)"
    ):
        yield Finding(Text("doctor.move_without_line", {"item": code, "number": number}))
