"""Shared steps of stock: item lines into movements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.effects import Leg, Movement, ValuePosting
from jxc_desktop.domain.documents.line import NO_ID, ItemKind
from jxc_desktop.domain.inventory.movement import Basis
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import NOTHING, Quantity

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id

GOODS = ItemKind.GOODS
IN, OUT = Leg.IN, Leg.OUT
CURRENT, GIVEN, OF_ISSUE, OF_RECEIPT = Basis.CURRENT, Basis.GIVEN, Basis.OF_ISSUE, Basis.OF_RECEIPT
"""Every line asks for these, and a member of an enumeration is slow to find before Python 3.12."""


def moves_stock(line: ItemLine) -> bool:
    """Goods move stock; services do not."""
    return line.item_kind == GOODS


def movement(
    document: Document,
    line: ItemLine,
    direction: int,
    posting: ValuePosting,
    *,
    counter: Id = NO_ID,
    value: Money | None = None,
) -> Movement:
    """One line as a movement: `direction` 1 in, -1 out; `value` is given where the document itself knows it.

    A line of a reversing document takes back the line of the same key, a linked one its source; what comes in takes
    the cost the source left with, what goes out the cost it came in with.
    """
    quantity = line.base_quantity if direction > 0 else Quantity(-line.base_quantity.micro)
    is_in = quantity.micro > 0
    source, source_line = _source(document, line)
    basis = CURRENT if value is None else GIVEN
    if source:
        basis = OF_ISSUE if is_in else OF_RECEIPT
    return Movement(
        line.key,
        IN if is_in else OUT,
        line.item,
        line.warehouse,
        line.pool,
        quantity,
        basis,
        posting,
        line.accounts.get("stock"),
        counter,
        ZERO if source or value is None else value,
        None,
        line.reference_cost,
        source,
        source_line,
    )


def _source(document: Document, line: ItemLine) -> tuple[Id, int]:
    if document.reverses:
        return document.reverses, line.key
    if line.source_document:
        return line.source_document, line.source_line
    return NO_ID, 0


def transfer_legs(document: Document, line: ItemLine) -> tuple[Movement, Movement]:
    """A transferred line: out of its warehouse, into the document's; a reversal the other way, at the cost it came in.

    Inside one pool only the places change; from pool to pool what comes in takes what went out.
    """
    is_within = line.pool != "warehouse"
    places = (line.warehouse, document.to_warehouse)
    source, target = places if not document.reverses else places[::-1]
    quantity = abs(line.base_quantity)
    basis = Basis.WITHIN if is_within else OF_RECEIPT if document.reverses else CURRENT
    stock, variance = line.accounts.get("stock"), line.accounts.get("negative_stock_variance")
    out = Movement(
        line.key,
        OUT,
        line.item,
        source,
        line.pool,
        -quantity,
        basis,
        ValuePosting.NONE,
        stock,
        variance,
        reference_cost=line.reference_cost,
        source_document=NO_ID if is_within else document.reverses,
        source_line=0 if is_within or not document.reverses else line.key,
    )
    into = Movement(
        line.key,
        IN,
        line.item,
        target,
        line.pool,
        quantity,
        Basis.WITHIN if is_within else Basis.HANDED_OVER,
        ValuePosting.NONE,
        stock,
        variance,
        reference_cost=line.reference_cost,
    )
    return out, into


def handed_in(line: ItemLine, posting: ValuePosting, counter: Id, value: Money) -> Movement:
    """A line that comes in at what other lines of its document hand over to it, and at `value` besides."""
    return Movement(
        line.key,
        IN,
        line.item,
        line.warehouse,
        line.pool,
        line.base_quantity,
        Basis.HANDED_OVER,
        posting,
        line.accounts.get("stock"),
        counter,
        value,
        reference_cost=line.reference_cost,
    )


def revaluation(document: Document, line: ItemLine, counter: Id) -> Movement:
    """A line that changes the value of what lies there, by its amount or to its unit cost; a reversal takes it back."""
    is_reversal = bool(document.reverses)
    return Movement(
        line.key,
        IN,
        line.item,
        line.warehouse,
        line.pool,
        NOTHING,
        Basis.REVALUE,
        ValuePosting.GAIN,
        line.accounts.get("stock"),
        counter,
        ZERO if is_reversal else line.typed_amount or ZERO,
        None if is_reversal else line.unit_cost,
        line.reference_cost,
        document.reverses,
        line.key if is_reversal else 0,
    )


def count_movement(document: Document, line: ItemLine) -> Movement:
    """A counted line: the warehouse holds this much afterwards; a reversed count moves minus its difference."""
    return Movement(
        line.key,
        Leg.IN,
        line.item,
        line.warehouse,
        line.pool,
        line.base_quantity,
        Basis.OF_COUNT if document.reverses else Basis.COUNT,
        ValuePosting.COUNT,
        line.accounts.get("stock"),
        document.accounts.get("stock_gain" if document.reverses else "stock_loss"),
        unit_cost=line.unit_cost,
        reference_cost=line.reference_cost,
        source_document=document.reverses,
        source_line=line.key if document.reverses else 0,
    )
