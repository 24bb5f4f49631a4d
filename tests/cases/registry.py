"""Which function runs a kind; a kind that stands nowhere here is not built yet and fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases import ageing, barcode, landed, month, picking, settlement, stock, tax, unit, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cases.case import Case, Figures

KINDS: dict[str, Callable[[Case], Figures]] = {
    **tax.KINDS,
    **words.KINDS,
    **unit.KINDS,
    **settlement.KINDS,
    **ageing.KINDS,
    **barcode.KINDS,
    **picking.KINDS,
    **stock.KINDS,
    **month.KINDS,
    **landed.KINDS,
}
