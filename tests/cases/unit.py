"""Kinds uom_qty, uom_price, uom_factor, uom_factor_return: several units of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.inventory.unit import ItemUnit, UnitQuantity, convert_price, convert_quantity, left_of
from jxc_desktop.kernel.errors import InexactQuantity
from jxc_desktop.kernel.quantity import SAME_UNIT, Ratio
from tests.cases import read

if TYPE_CHECKING:
    from tests.cases.case import Case, Figures


def uom_qty(case: Case) -> Figures:
    """Quantities from unit to unit."""
    ratios = _ratios(case)
    return {"rows": [_converted(size, ratios[source], ratios[target]) for source, size, target in case.given["rows"]]}


def uom_price(case: Case) -> Figures:
    """Prices from unit to unit."""
    ratios = _ratios(case)
    rows = case.given["rows"]
    return {"rows": [convert_price(read.price(each), ratios[source], ratios[target]) for source, each, target in rows]}


def uom_factor(case: Case) -> Figures:
    """Stock quantities in purchase units."""
    rows = case.given["rows"]
    sizes = [(row["need_stock_qty"], read.ratio(row["stock_per_purchase_unit"])) for row in rows]
    return {"purchase_qty": [_converted(size, SAME_UNIT, unit) for size, unit in sizes]}


def uom_factor_return(case: Case) -> Figures:
    """A return in another unit than the receipt's."""
    received, returned = _entered(case.given["received"]), _entered(case.given["returned"])
    return {"returned_stock_qty": returned.in_base(), "balance": left_of(received, [returned])}


def _ratios(case: Case) -> dict[str, Ratio]:
    return {name: read.ratio(factor) for name, factor in case.given["factors_to_base"].items()}


def _converted(size: str, source: Ratio, target: Ratio) -> str:
    try:
        return str(convert_quantity(read.quantity(size), source, target))
    except InexactQuantity:
        return "refused"


def _entered(row: dict[str, Any]) -> UnitQuantity:
    return UnitQuantity(read.quantity(row["qty"]), ItemUnit(row["unit"], read.ratio(row.get("factor", "1"))))


KINDS = {
    "uom_qty": uom_qty,
    "uom_price": uom_price,
    "uom_factor": uom_factor,
    "uom_factor_return": uom_factor_return,
}
