"""Kinds allocate, allocate_nonneg, landed_unit, stock_value, loss_unit: fees that join what goods cost."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.inventory.landed_cost import spread_fee
from jxc_desktop.domain.inventory.unit import ItemUnit, UnitQuantity, left_of, unit_cost
from jxc_desktop.kernel.money import Money, total
from jxc_desktop.kernel.quantity import SAME_UNIT, Quantity, line_amount
from tests import builders
from tests.cases import read
from tests.cases.case import NotBuiltYet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jxc_desktop.kernel.ids import Id
    from tests.builders import Shop
    from tests.cases.case import Case, Figures

FEN = 2
PIECE = ItemUnit("piece", SAME_UNIT)


def allocate(case: Case) -> Figures:
    """A fee spread over weights. Raises NotBuiltYet for parts that are no fen."""
    given = case.given
    if int(given.get("decimals", FEN)) != FEN:
        raise NotBuiltYet(f"parts with {given['decimals']} decimals")
    parts = spread_fee(read.money(given["total"]), [read.quantity(each).micro for each in given["weights"]])
    return {"parts": parts, "sum": total(parts), "min_part": min(parts)}


def landed_unit(case: Case) -> Figures:
    """One fee spread by value over the lines of one receipt: what a piece of each costs then."""
    given = case.given
    with _opened() as shop:
        received = _received(shop, [_line(shop, place, row) for place, row in enumerate(given["lines"])])
        _charge(shop, received, given["charge"])
        return {"unit_costs": [_unit_cost(shop, place) for place, _row in enumerate(given["lines"])]}


def stock_value(case: Case) -> Figures:
    """Receipts of one item, each with a fee of its own."""
    with _opened() as shop:
        for row in case.given["receipts"]:
            _charge(shop, _received(shop, [_line(shop, 0, row)]), row.get("charge", "0"), by="quantity")
        joined = shop.rows("SELECT coalesce(sum(amount), 0) FROM value_addition WHERE state <> 0")
        _quantity, value = _stock(shop, 0)
        return {"value": value, "unit_cost": _unit_cost(shop, 0), "change_by_charge": Money(joined[0][0])}


def loss_unit(case: Case) -> Figures:
    """What arrived of what was paid for bears all of it, with its fees."""
    given = case.given
    ordered, lost = (UnitQuantity(read.quantity(given[name]), PIECE) for name in ("qty", "normal_loss_qty"))
    with _opened() as shop:
        paid = str(line_amount(ordered.quantity, read.price(given["unit_price"])))
        arrived = str(left_of(ordered, [lost]))
        received = _received(shop, [builders.line(_item(shop, 0), arrived, amount=paid)])
        for charge in given["charges"]:
            _charge(shop, received, charge)
        return {"unit_cost": _unit_cost(shop, 0)}


@contextmanager
def _opened() -> Iterator[Shop]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shop = builders.open_shop(Path(folder))
        with shop.book:
            yield shop


def _item(shop: Shop, place: int) -> Id:
    return shop.item(f"item{place}")


def _line(shop: Shop, place: int, row: Any) -> Any:
    return builders.line(_item(shop, place), row["qty"], row["unit_cost"])


def _received(shop: Shop, lines: list[Any]) -> Id:
    return shop.post_one(builders.receipt(5, shop.supplier("supplier"), lines))


def _charge(shop: Shop, received: Id, amount: str, *, by: str = "value") -> None:
    if read.money(amount):
        shop.post(builders.fees(6, shop.supplier("carrier"), amount, [builders.carries(received)], spread_by=by))


def _stock(shop: Shop, place: int) -> tuple[Quantity, Money]:
    rows = shop.rows(
        "SELECT c.quantity, c.value FROM cost_pool c JOIN item i ON i.id = c.item WHERE i.code = ?", f"item{place}"
    )
    return Quantity(rows[0][0]), Money(rows[0][1])


def _unit_cost(shop: Shop, place: int) -> Callable[[int], Any]:
    quantity, value = _stock(shop, place)
    return lambda decimals: unit_cost(value, quantity, decimals=decimals)


KINDS = {
    "allocate": allocate,
    "allocate_nonneg": allocate,
    "landed_unit": landed_unit,
    "stock_value": stock_value,
    "loss_unit": loss_unit,
}
