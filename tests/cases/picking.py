"""Kind pick: which batches a quantity is taken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.inventory.picking import Stored, first_expired_first, pick
from tests.cases import read
from tests.cases.case import NotBuiltYet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.cases.case import Case, Figures

ORDERS: dict[str, Callable[[Iterable[Stored]], list[Stored]]] = {"oldest_first": first_expired_first, "given": list}
"""Order of a case → the function that brings batches into it."""


def picks(case: Case) -> Figures:
    """Batches with the day they were received, where the order goes by it. Raises NotBuiltYet for another order."""
    order = ORDERS.get(case.given["order"])
    if order is None:
        raise NotBuiltYet(f"order {case.given['order']}")
    found = pick(order(_stored(each) for each in case.given["batches"]), read.quantity(case.given["need"]))
    return {"picks": [[part.batch, part.quantity] for part in found.parts], "short": found.short}


def _stored(given: Any) -> Stored:
    return Stored(
        given["batch"],
        read.quantity(given["qty"]),
        expiry_date=given.get("expiry", ""),
        received=int(given.get("received", "0")),
    )


KINDS = {"pick": picks}
